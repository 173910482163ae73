"""A backup put in the place of the store; what stood there becomes a backup itself."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from workstation.domain.backup import BackupReason
from workstation.errors import StoreError
from workstation.store import maintenance
from workstation.store.backups import Backups
from workstation.store.strangers import refuse_strangers


def restore(backup: Path, to: Path) -> None:
    """Put ``backup`` in the place of the store ``to``; see :func:`workstation.store.maintenance.restore`."""
    maintenance.restore(backup, to, before=_keep)


def _keep(store: Path) -> None:
    """The old store as a backup. One that cannot be copied is kept all the same: its files are moved aside."""
    if store.exists():
        with suppress(StoreError):
            refuse_strangers(store)
            Backups(store).take(BackupReason.RESTORE)
