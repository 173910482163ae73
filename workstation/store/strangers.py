"""What is no desk of this program, or one of a newer program, is refused before anything is done to it."""

from __future__ import annotations

import struct
from pathlib import Path
from sqlite3 import Connection

from workstation.errors import StoreError
from workstation.store.migrations import APPLICATION_ID, refuse_newer, version_of

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_VERSION_AT, _APPLICATION_AT = 60, 68

_NOT_OURS = "Name another file with --store, or put a backup back with “workstation restore FILE”."


def refuse_strangers(path: Path) -> None:
    """Look at the first bytes of ``path``, without SQLite, and so without changing it.

    Raises:
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
    if not header:
        return
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise StoreError("This file is not a desk", f"{path} is not a database, or its beginning is damaged. {_NOT_OURS}")
    (version,) = struct.unpack_from(">i", header, _VERSION_AT)
    (application,) = struct.unpack_from(">I", header, _APPLICATION_AT)
    if application == APPLICATION_ID:
        refuse_newer(version, path)
    elif application:
        raise StoreError("This file is not a desk", f"{path} is a database of another program. {_NOT_OURS}")


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
