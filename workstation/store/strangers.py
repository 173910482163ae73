"""What is no desk of this program, or one of a newer program, is refused before anything is done to it."""

from __future__ import annotations

import struct
from pathlib import Path
from sqlite3 import Connection

from workstation.errors import StoreDamagedError, StoreError
from workstation.settings import backups_folder
from workstation.store.files import companions
from workstation.store.log_frames import read_log
from workstation.store.log_head import newest_head
from workstation.store.migrations import APPLICATION_ID, refuse_newer, version_of

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_SIZE_AT, _VERSION_AT, _APPLICATION_AT = 16, 60, 68
_LONGEST_LOG = 32 * 1024**2
"""Bytes of a log that is read through before the desk is opened; in the program's own hands it has a few megabytes."""

_SOUGHT = 16 * 1024**2
_MARKS = (b"item_body", b"story_version", b"item_desk")
_SALVAGE = (
    "Save what can be saved with “workstation doctor --salvage”, or put a backup back with “workstation restore FILE”; "
    "the damaged file is kept."
)
_NOT_OURS = "Name another file with --store, or put a backup back with “workstation restore FILE”."


def refuse_strangers(path: Path) -> None:
    """Look at the first bytes of ``path``, and of what its log has in their place, without SQLite, which would change files.

    Raises:
        StoreDamagedError: it was a desk, and its beginning is damaged.
        StoreError: it is not a database, or one of another program, or cannot be read.
        StoreTooNewError: it was written by a newer program.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError("The desk cannot be opened", f"{path} cannot be read ({error.strerror}). Make it readable.") from error
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        _refuse_beginning(path, header)
        return
    for head in filter(None, (header, _logged(path))):
        (version,) = struct.unpack_from(">i", head, _VERSION_AT)
        (application,) = struct.unpack_from(">I", head, _APPLICATION_AT)
        if application == APPLICATION_ID:
            refuse_newer(version, path)
        elif application:
            _refuse_owner(path)


def refuse_damaged_log(path: Path) -> None:
    """Refuse a store with a damaged log: SQLite would pass over every transaction behind the damage, and write over them.

    For who holds the lock, since a log that is being written looks like anything. About 0.1 s for each MB of the log.

    Raises:
        StoreDamagedError: whole transactions lie behind a damaged place.
    """
    log = companions(path)[0]
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER).ljust(_HEADER, b"\0")
        (told,) = struct.unpack_from(">H", header, _SIZE_AT)
        if 0 < log.stat().st_size <= _LONGEST_LOG and read_log(log.read_bytes(), 65536 if told == 1 else told).is_damaged:
            what = "where the last changes of the desk are, is damaged"
            raise StoreDamagedError("The store is damaged", f"{log}, {what}. {_SALVAGE}")
    except OSError:  # it is not there
        return


def _refuse_beginning(path: Path, header: bytes) -> None:
    """An empty file is a desk that is to be begun, unless there was one in it."""
    if was_a_desk(path):
        what = "is damaged at its beginning" if header else "is empty, and was not"
        raise StoreDamagedError("The store is damaged", f"{path} {what}. {_SALVAGE}")
    if header:
        raise StoreError("This file is not a desk", f"{path} is not a database, or its beginning is damaged. {_NOT_OURS}")


def _refuse_owner(path: Path) -> None:
    if was_a_desk(path):  # a bit of the number that tells whose it is has turned
        raise StoreDamagedError("The store is damaged", f"{path} does not say whose it is. {_SALVAGE}")
    raise StoreError("This file is not a desk", f"{path} is a database of another program. {_NOT_OURS}")


def was_a_desk(path: Path) -> bool:
    """Whether a file that does not begin as a desk was one: the names of our tables are in it, or there are backups of it."""
    if any(backups_folder(path).glob("*.db")):
        return True
    with path.open("rb") as file:
        beginning = file.read(_SOUGHT)
    return all(mark in beginning for mark in _MARKS)


def _logged(path: Path) -> bytes | None:
    try:
        return newest_head(path)
    except OSError as error:
        raise StoreError(
            "The desk cannot be opened", f"{path}-wal cannot be read ({error.strerror}). Make it readable."
        ) from error


def refuse_stranger_inside(connection: Connection, path: Path) -> None:
    """As :func:`refuse_strangers`, through SQLite, which also knows what its log holds."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application == APPLICATION_ID:
        refuse_newer(version_of(connection), path)
    elif application or tables:
        raise StoreError("This file is not a desk", f"{path} is a database of another program. {_NOT_OURS}")


def is_a_desk(path: Path) -> bool:
    """Whether the first bytes of a file are those of a desk; False for one that cannot be read."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return False
    is_database = len(header) == _HEADER and header.startswith(_MAGIC)
    return is_database and struct.unpack_from(">I", header, _APPLICATION_AT)[0] == APPLICATION_ID
