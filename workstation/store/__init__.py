"""The memory of the desk, and the only place that knows SQL. Rows go in and out as values of the domain."""

from workstation.store.copies.backup_contents import BackupContents
from workstation.store.copies.backups import LATEST, Backups, is_unharmed
from workstation.store.copies.moving import Moved, copy_to, move, whereabouts
from workstation.store.copies.restoring import restore, restore_what_is_whole
from workstation.store.damage.checking import Examined, check, examine
from workstation.store.opening.lock import StoreLock
from workstation.store.store import Store

__all__ = [
    "LATEST",
    "BackupContents",
    "Backups",
    "Examined",
    "Moved",
    "Store",
    "StoreLock",
    "check",
    "copy_to",
    "examine",
    "is_unharmed",
    "move",
    "restore",
    "restore_what_is_whole",
    "whereabouts",
]
