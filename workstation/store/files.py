"""Whole files put in their place."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import BinaryIO

STEP = 4 * 1024 * 1024
"""Bytes of a large file after which it is settled, so that no other file waits behind all of it when it is settled itself."""

_SYNCS_NO_FOLDERS = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM)
"""What a file system says that synchronises no folders, and one whose folder may not be listed."""


def make_private(path: Path) -> None:
    """An empty file at ``path`` that only this user may read; what SQLite puts beside it takes its rights."""
    path.touch(mode=0o600)


def settle_file(path: Path) -> None:
    """Return when the bytes of ``path`` are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_as_it_grows(file: BinaryIO) -> None:
    """Settle what another writes to ``file``, when it has grown by :data:`STEP` since the last time (its own position)."""
    size = os.fstat(file.fileno()).st_size
    if size - file.tell() >= STEP:
        os.fsync(file.fileno())
        file.seek(size)


def copy_steadily(source: Path, target: Path) -> None:
    """Copy the bytes of ``source`` to ``target``, settled step by step."""
    with source.open("rb") as read, target.open("wb") as written:
        while part := read.read(STEP):
            written.write(part)
            written.flush()
            os.fsync(written.fileno())


def settle_folder(folder: Path) -> None:
    """Return when the names in ``folder`` are on the disk (where the system can promise that)."""
    if os.name == "nt":
        return
    handle = -1
    try:
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _SYNCS_NO_FOLDERS:
            raise
    finally:
        if handle >= 0:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make ``folder``, and those above it, where it is missing; what is put in there later is found after a power cut."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        settle_folder(path.parent)


def put_in_place(finished: Path, target: Path) -> None:
    """Give the finished file the name ``target`` in one step; both are in one folder."""
    settle_file(finished)
    finished.replace(target)
    settle_folder(target.parent)


def companions(database: Path) -> list[Path]:
    """The files that SQLite may keep beside ``database``: its write-ahead log, that log's index, its rollback journal."""
    return [database.with_name(database.name + ending) for ending in ("-wal", "-shm", "-journal")]
