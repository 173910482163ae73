"""A damaged desk made a sound one: out of what it still holds, and out of the newest good backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.domain.backup import Backup
from workstation.errors import StoreError
from workstation.store import Backups, is_unharmed
from workstation.store.damage.taking_place import SALVAGED_NOTE

if TYPE_CHECKING:
    from workstation.store.damage.salvage import Salvaged

__all__ = ["SALVAGED_NOTE", "newest_unharmed", "salvage_desk"]


def newest_unharmed(store: Path) -> Backup | None:
    """The newest backup of the desk at ``store`` whose bytes are those that were proven; None where there is none.

    May take seconds for a large one. The desk itself is not opened.
    """
    try:
        backups = Backups(store.expanduser().resolve()).all()
    except StoreError:
        return None
    return next((backup for backup in backups if is_unharmed(backup)), None)


def salvage_desk(store: Path, progress: Callable[[str], object] = lambda _: None) -> Salvaged:
    """Put a sound desk in the place of the damaged one, which is kept under another name.

    Raises:
        StoreError: nothing was changed; the detail names the cause and the mend.
    """
    from workstation.store.damage.salvage import salvage  # noqa: PLC0415 - hardly any start ever needs it

    backup = newest_unharmed(store)
    return salvage(store, backup.path if backup else None, progress)
