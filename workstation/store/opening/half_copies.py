"""What a process that was killed left beside a store: copies that were never finished."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path

CHECKED = ".workstation-check-"
"""How a folder begins in which a copy of a store is checked."""
_HALF = tuple(ending + log for ending in (".partial", ".arriving", ".salvaging") for log in ("", "-journal"))
_FORGOTTEN = 24 * 3600.0
"""Seconds after which no check goes on any more."""


def clear_half_copies(store: Path) -> None:
    """Take away half copies of ``store``, whose lock is held, and copies that were being checked a day ago or earlier."""
    with suppress(OSError):
        for half in _half_copies(store):
            half.unlink(missing_ok=True)
        for folder in store.parent.glob(f"{CHECKED}*"):
            if time.time() - folder.lstat().st_mtime > _FORGOTTEN:
                shutil.rmtree(folder, ignore_errors=True)


def _half_copies(store: Path) -> Iterator[Path]:
    return (path for path in store.parent.glob(f".{escape(store.name)}*") if path.name.endswith(_HALF))
