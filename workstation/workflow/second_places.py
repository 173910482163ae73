"""Where words go that the store does not take: a folder on another disk if there is one, on the same disk or in memory if not."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_documents_path

from workstation.settings import APP_NAME, named_rescue_folders, rescue_folder
from workstation.store.opening.mounts import mount_of

_NAME = f"{APP_NAME}-rescued"
_IN_MEMORY = ("tmpfs", "ramfs", "devtmpfs")
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """A folder for words that the store does not take; it need not exist yet.

    ``survives`` tells whether what lies there is there after the machine was switched off, ``apart`` whether it lies on another
    file system than the store.
    """

    folder: Path
    survives: bool
    apart: bool

    def made_ready(self) -> Path:
        """The folder, made if it is missing, for this user alone.

        Raises:
            OSError: it cannot be made, or somebody else made it.
        """
        self.folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        if not is_own(self.folder):
            raise PermissionError(f"{self.folder} belongs to somebody else")
        return self.folder


def second_places(store: Path) -> list[SecondPlace]:
    """The places for words of ``store``, the best one first: apart from it, then what survives, then the rest."""
    places = (_place(folder, store) for folder in named_rescue_folders() or dict.fromkeys(_folders()))
    return sorted(places, key=lambda place: (not place.survives, not place.apart))


def is_own(folder: Path) -> bool:
    """Whether ``folder`` is one that only this user writes into: others can put a folder of any name into a temporary one."""
    try:
        told = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(told.st_mode):
        return False
    return os.name != "posix" or (told.st_uid == os.getuid() and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _folders() -> Iterator[Path]:
    """Every folder that is tried. Temporary ones are shared, so that there the name tells whose it is."""
    yield rescue_folder()
    with suppress(OSError, RuntimeError):
        documents = user_documents_path()
        if documents.is_dir():
            yield documents / _NAME
    with suppress(RuntimeError):
        yield Path.home() / _NAME
    own = f"{_NAME}-{os.getuid()}" if os.name == "posix" else _NAME
    for shared in _shared_folders():
        if shared.is_dir():
            yield shared / own


def _shared_folders() -> Iterator[Path]:
    if os.name == "posix":
        yield Path("/var/tmp")  # noqa: S108 - a folder of this user's own is made in it, and checked
    with suppress(OSError):  # where no temporary folder can be written
        yield Path(tempfile.gettempdir())
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime:
        yield Path(runtime)
    if os.name == "posix":
        yield Path("/dev/shm")  # noqa: S108 - as above


def _place(folder: Path, store: Path) -> SecondPlace:
    near, beside = _nearest(folder), _nearest(store)
    apart = _tells(lambda: near.stat().st_dev != beside.stat().st_dev)
    return SecondPlace(folder, not (_is_cleared_at_start(folder) or _is_in_memory(near)), apart)


def _nearest(path: Path) -> Path:
    """``path`` or the nearest folder above it that exists."""
    for known in (path, *path.parents):
        if _tells(known.exists):
            return known
    return path


def _tells(question: Callable[[], bool]) -> bool:
    """The answer to a question to the disk; no where it cannot be asked."""
    try:
        return question()
    except OSError:
        return False


def _is_cleared_at_start(folder: Path) -> bool:
    """Systems may empty their temporary folder when they start; /var/tmp is kept."""
    return os.name == "posix" and Path("/tmp") in folder.parents  # noqa: S108 - looked at only


def _is_in_memory(folder: Path) -> bool:
    """Whether ``folder`` lies in a file system that is gone with the power; where the system does not tell, it does not."""
    try:
        mount = mount_of(folder.resolve())
    except OSError:
        return False
    return mount is not None and mount.kind in _IN_MEMORY
