"""A backup put in the place of a desk that nobody has open."""

from __future__ import annotations

from pathlib import Path

from workstation.domain.backup import Backup
from workstation.store import LATEST, Backups, restore

__all__ = ["LATEST", "backup_named", "backups_of", "put_back"]


def put_back(backup: Path, store: Path) -> None:
    """Put ``backup`` in the place of the desk at ``store``, which becomes a backup itself; at every moment it is one of the two.

    Raises:
        StoreError: nothing was changed; the detail names the cause and the mend.
    """
    restore(backup, store)


def backups_of(store: Path) -> list[Backup]:
    """The backups of the desk at ``store``, the newest first; nothing is opened, so it works for one that cannot be."""
    return Backups(_own(store)).all()


def backup_named(store: Path, name: str) -> Backup:
    """The backup of this number, or ``latest``.

    Raises:
        NotFoundError: there is none.
    """
    return Backups(_own(store)).find(name)


def _own(store: Path) -> Path:
    """The store's path as its lock and its backups know it."""
    return store.expanduser().resolve()
