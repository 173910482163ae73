"""What is no desk of this program, or one of a newer program, is refused before anything is done to it."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

from workstation.errors import StoreDamagedError, StoreError
from workstation.settings import backups_folder
from workstation.store.connections import DAMAGED
from workstation.store.files import companions
from workstation.store.migrations import APPLICATION_ID, refuse_newer, version_of
from workstation.store.opening.heads import HEADER, marks_in, newest_head, page_size_in
from workstation.store.opening.log_frames import read_log

_MAGIC = b"SQLite format 3\0"
_LONGEST_LOG = 32 * 1024**2
"""Bytes of a log that is read through before the desk is opened; in the program's own hands it has a few megabytes."""

_SOUGHT = 16 * 1024**2
_MARKS = (b"item_body", b"story_version", b"item_desk")
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
            header = file.read(HEADER)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError("The desk cannot be opened", f"{path} cannot be read ({error.strerror}). Make it readable.") from error
    if len(header) < HEADER or not header.startswith(_MAGIC):
        _refuse_beginning(path, header)
        return
    for head in filter(None, (header, _logged(path))):
        version, application = marks_in(head)
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
            told = page_size_in(file.read(HEADER).ljust(HEADER, b"\0"))
        if 0 < log.stat().st_size <= _LONGEST_LOG and read_log(log.read_bytes(), told).is_damaged:
            what = "where the last changes of the desk are, is damaged"
            raise StoreDamagedError(DAMAGED[0], f"{log}, {what}. {DAMAGED[1]}")
    except OSError:  # it is not there
        return


def _refuse_beginning(path: Path, header: bytes) -> None:
    """An empty file is a desk that is to be begun, unless there was one in it."""
    if was_a_desk(path):
        what = "is damaged at its beginning" if header else "is empty, and was not"
        raise StoreDamagedError(DAMAGED[0], f"{path} {what}. {DAMAGED[1]}")
    if header:
        raise StoreError("This file is not a desk", f"{path} is not a database, or its beginning is damaged. {_NOT_OURS}")


def _refuse_owner(path: Path) -> None:
    if was_a_desk(path):  # a bit of the number that tells whose it is has turned
        raise StoreDamagedError(DAMAGED[0], f"{path} does not say whose it is. {DAMAGED[1]}")
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
            header = file.read(HEADER)
    except OSError:
        return False
    is_database = len(header) == HEADER and header.startswith(_MAGIC)
    return is_database and marks_in(header)[1] == APPLICATION_ID
