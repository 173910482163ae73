"""A salvaged store put in the place of the damaged one, which is kept untouched beside it. A kill at any moment is made good."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from shutil import copyfile

from workstation.store.files import companions, put_in_place, settle_folder

SALVAGED_NOTE = "salvaged"
"""Under this key the new store says what came of it, as JSON text, until the editor has read it."""
_WAITING = ".salvaged-"
_STAMP = re.compile(r"\d{8}T\d{6}\.?\d*Z")


def kept_name(store: Path, stamp: str) -> Path:
    """What the damaged store is called from then on."""
    return store.with_name(f"{store.name}.damaged-{stamp}")


def waiting_name(store: Path, stamp: str) -> Path:
    """What the finished new store is called until it is in its place."""
    return store.with_name(f".{store.name}{_WAITING}{stamp}")


def take_place(store: Path) -> Path | None:
    """Put a finished salvaged store, if one waits, in the place of ``store``; answers with the name of what stood there.

    Called by who holds the lock, before the store is opened. The log goes aside only when the new store is whole on the disk, and
    for as long as that waits nobody opens the old one without its log.
    """
    prefix = f".{store.name}{_WAITING}"
    waiting = sorted(path for path in store.parent.glob(f"{_escaped(prefix)}*") if _STAMP.fullmatch(path.name[len(prefix) :]))
    kept = None
    for new in waiting:
        kept = kept_name(store, new.name[len(prefix) :])
        if store.exists() and not kept.exists():
            _name_too(store, kept)
        for companion in companions(store):
            if companion.exists():
                companion.rename(kept.with_name(kept.name + companion.name[len(store.name) :]))
        settle_folder(store.parent)
        put_in_place(new, store)
    return kept


def _name_too(store: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(store)
    except OSError:  # a file system without hard links
        copy = kept.with_name(f".{kept.name}.partial")
        with suppress(FileNotFoundError):
            copy.unlink()
        copyfile(store, copy)
        put_in_place(copy, kept)


def _escaped(text: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in text)
