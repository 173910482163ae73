"""The memory of the desk, and the only place that knows SQL. Rows go in and out as values of the domain."""

from workstation.store.backup_contents import BackupContents
from workstation.store.backups import LATEST, Backups, is_unharmed
from workstation.store.checking import check
from workstation.store.moving import Moved, copy_to, move, whereabouts
from workstation.store.place import Place, PlaceKind, place_of
from workstation.store.restoring import restore
from workstation.store.store import Store

__all__ = [
    "LATEST", "BackupContents", "Backups", "Moved", "Place", "PlaceKind", "Store", "check", "copy_to", "is_unharmed", "move",
    "place_of", "restore", "whereabouts",
]  # fmt: skip
