"""The memory of the desk, and the only place that knows SQL. Rows go in and out as values of the domain."""

from workstation.store.backup_contents import BackupContents
from workstation.store.backups import LATEST, Backups, is_unharmed
from workstation.store.maintenance import check
from workstation.store.restoring import restore
from workstation.store.store import Store

__all__ = ["LATEST", "BackupContents", "Backups", "Store", "check", "is_unharmed", "restore"]
