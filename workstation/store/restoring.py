"""A backup, or what is whole in a damaged one, put in the place of the store; what stood there becomes a backup itself."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.domain.backup import BackupReason
from workstation.errors import StoreDamagedError, StoreError
from workstation.store import maintenance
from workstation.store.backups import Backups
from workstation.store.connections import converted
from workstation.store.strangers import refuse_strangers

if TYPE_CHECKING:
    from workstation.store.salvage import Salvaged


def restore(backup: Path, to: Path) -> None:
    """Put ``backup`` in the place of the store ``to``; see :func:`workstation.store.maintenance.restore`."""
    maintenance.restore(backup, to, before=_keep)


def restore_what_is_whole(backup: Path, to: Path, older: Path | None = None) -> Salvaged:
    """As :func:`restore`, for a damaged backup: what is not whole in it is taken from the ``older`` one, or is left over."""
    from workstation.store.salvage import salvage_to  # noqa: PLC0415 - hardly anybody ever needs it

    came: list[Salvaged] = []

    def bring(source: Path, arriving: Path) -> None:
        with suppress(StoreDamagedError):
            refuse_strangers(source)
        with converted(arriving):
            came.append(salvage_to(arriving, source, older, of=to.expanduser().resolve()))
        if not came[0].brought["story"] and not came[0].brought["item"]:
            raise StoreError("Nothing was restored", f"Nothing in {source} is whole. Use another backup; the desk is as it was.")

    maintenance.restore(backup, to, before=_keep, bring=bring)
    return came[0]


def _keep(store: Path) -> None:
    """The old store as a backup. One that cannot be copied is kept all the same: its files are moved aside."""
    if store.exists():
        with suppress(StoreError):
            refuse_strangers(store)
            Backups(store).take(BackupReason.RESTORE)
