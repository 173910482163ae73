"""The memory of the desk, and the only place that knows SQL. Rows go in and out as values of the domain."""

from workstation.store.backup_contents import BackupContents
from workstation.store.backups import LATEST, Backups, is_unharmed
from workstation.store.checking import Examined, check, examine
from workstation.store.lock import StoreLock
from workstation.store.moving import Moved, copy_to, move, whereabouts
from workstation.store.restoring import restore, restore_what_is_whole
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
