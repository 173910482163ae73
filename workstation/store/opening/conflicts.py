"""Copies that a sync program made beside the store when two machines had written: what is in them is in no open desk."""

from __future__ import annotations

import re
from pathlib import Path

from workstation.store.opening.strangers import is_a_desk

_SIGNS = re.compile(
    r"""
    \(.*(conflict|konflikt|conflit|conflicto|конфликт|冲突|衝突|競合).*\)    # Dropbox, Nextcloud, Box, Seafile
    | \.sync-conflict-\d{8}-\d{6}                                    # Syncthing
    | [ _-]conflict(ed)?([ _.-]|$)                                   # pCloud, ownCloud
    | ^\ \(\d+\)$ | ^\ \d+$                                          # Google Drive, iCloud
    | ^-[A-Za-z0-9][\w-]*$                                           # OneDrive: the name of the machine
    | \.Conflict$                                                    # Resilio
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OWN = re.compile(r"\.(before-|replaced-|moved-)")
_MOST_LOOKED_AT = 5_000


def conflict_copies(store: Path) -> list[Path]:
    """The desks beside ``store`` whose names say that they were put aside, by name. It looks at the disk."""
    found = []
    try:
        for number, path in enumerate(store.parent.iterdir()):
            if number > _MOST_LOOKED_AT:
                break
            if path != store and _is_named_so(path.name, store) and is_a_desk(path):
                found.append(path)
    except OSError:
        return []
    return sorted(found)


def _is_named_so(name: str, store: Path) -> bool:
    """Whether ``name`` is the store's with a sign of a conflict before or behind its ending."""
    if not name.startswith(store.stem) or name.endswith((".lock", "-wal", "-shm", "-journal")) or _OWN.search(name):
        return False
    middle = name.removeprefix(store.stem).removesuffix(store.suffix) if name.endswith(store.suffix) else name[len(store.name) :]
    return bool(middle) and _SIGNS.search(middle) is not None
