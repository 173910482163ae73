"""A backup put in the place of a desk that nobody has open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workstation.domain.backup import Backup
from workstation.store import LATEST, Backups, is_unharmed, restore, restore_what_is_whole

if TYPE_CHECKING:
    from workstation.store.damage.salvage import Salvaged

__all__ = ["LATEST", "backup_named", "backups_of", "put_back", "put_back_what_is_whole"]


def put_back(backup: Path, store: Path) -> None:
    """Put ``backup`` in the place of the desk at ``store``, which becomes a backup itself; at every moment it is one of the two.

    Raises:
        StoreDamagedError: the backup is damaged; what is whole in it can be put back.
        StoreError: nothing was changed; the detail names the cause and the mend.
    """
    restore(backup, store)


def put_back_what_is_whole(backup: Path, store: Path) -> Salvaged:
    """As :func:`put_back`, for a damaged backup; what is not whole in it is taken from the newest good one before it.

    Raises:
        StoreError: nothing was changed; the detail names the cause and the mend.
    """
    return restore_what_is_whole(backup, store, _older(backup, store))


def _older(backup: Path, store: Path) -> Path | None:
    """The newest good backup from before ``backup``; None where it is none of the desk's own."""
    every = Backups(_own(store)).all()
    number = next((each.number for each in every if each.path.name == backup.name), 0)
    return next((each.path for each in every if each.number < number and is_unharmed(each)), None)


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
