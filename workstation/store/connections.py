"""The store's connections: one that writes, and one that reads for each thread that asks."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from workstation.errors import (
    InputError,
    StoreDamagedError,
    StoreError,
    StoreFailedError,
    StoreFullError,
    StoreReadOnlyError,
)
from workstation.store.file_place import FilePlace

if TYPE_CHECKING:
    from sqlite_utils import Database

_EVERY_CONNECTION = """
PRAGMA busy_timeout = 5000;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
"""

_WRITER = """
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
PRAGMA cache_size = -65536;
PRAGMA secure_delete = FAST;
"""

_READER = """
PRAGMA query_only = ON;
PRAGMA cache_size = -16384;
"""


def connect(path: Path, mode: str = "rw", *, immutable: bool = False) -> Connection:
    """A guarded connection to ``path`` without implicit transactions; ``mode`` is ``ro`` or ``rw``; the file must be there."""
    address = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256)
    connection.row_factory = sqlite3.Row
    connection.executescript(_EVERY_CONNECTION)
    return connection


def connect_nowhere() -> Connection:
    """A database in memory, for a moment's work."""
    return sqlite3.connect(":memory:", isolation_level=None)


def prepare_writer(connection: Connection) -> None:
    """Make ``connection`` one whose commits survive a power cut.

    Raises:
        StoreError: the file system cannot keep a write-ahead log.
    """
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StoreError(
            "The desk cannot be kept safely here",
            f"The file system has no write-ahead log (it answered “{mode}”). Keep the store on a local disk.",
        )
    connection.executescript(_WRITER)


class Connections:
    """The writing connection of a store, guarded by a lock, and its reading connections.

    Writing blocks nest: an inner one is kept when the outer is, and can be undone alone. A thread that reads inside its own
    writing block sees what it has written.
    """

    def __init__(self, path: Path, writer: Connection | None, read: Callable[[], Connection] | None = None) -> None:
        """Without a ``writer`` the store is only read; ``read`` makes a reading connection where ``path`` does not tell how."""
        self.path = path
        self._writer = writer
        self._read = read or (lambda: connect(path))
        self._place = FilePlace(path) if writer is not None else None
        self._write_lock = threading.RLock()
        self._depth = 0
        self._here = threading.local()
        self._idle = threading.Condition()
        self._readers: dict[threading.Thread, Connection] = {}
        self._reading = 0
        self._closed = False

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction on the writing connection: kept whole when the block ends, undone when it raises.

        Raises:
            StoreReadOnlyError: the store was opened only to be read.
            StoreError: it could not be written, or its file is no longer where it was.
        """
        with self._write_lock, converted(self.path):
            self._require_open()
            writer = self._required_writer()
            self._depth += 1
            self._here.writes = True
            try:
                with transaction(writer) if self._depth == 1 else _inner(writer):
                    yield writer
                if self._depth == 1:
                    self._require_kept(writer)
            finally:
                self._depth -= 1
                self._here.writes = self._depth > 0

    @cached_property
    def tables(self) -> Database:
        """The writing connection's tables, for rows that go in whole; inside a writing block, whose transaction they join."""
        from sqlite_utils import Database  # noqa: PLC0415 - it takes a quarter of a second that no start and no export should wait for

        return Database(self._required_writer(), recursive_triggers=False, execute_plugins=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that reads, this thread's own."""
        if getattr(self._here, "writes", False):
            yield self._required_writer()
            return
        with self._idle:
            self._require_open()
            self._reading += 1
        try:
            with converted(self.path):
                yield self._reader()
        finally:
            with self._idle:
                self._reading -= 1
                self._idle.notify_all()

    def close(self) -> None:
        """Interrupt who reads, wait for who writes, and close everything. Closing twice does nothing."""
        with self._write_lock:
            with self._idle:
                if self._closed:
                    return
                self._closed = True
                for reader in self._readers.values():
                    reader.interrupt()
                self._idle.wait_for(lambda: self._reading == 0)
                for reader in self._readers.values():
                    reader.close()
                self._readers.clear()
            if self._writer is not None:
                self._writer.close()

    @property
    def is_read_only(self) -> bool:
        """Whether there is nothing to write with."""
        return self._writer is None

    def _require_kept(self, writer: Connection) -> None:
        """What was committed has to be found again: in the file that bears the store's name, and in its log or in itself."""
        if self._place is None:
            return
        self._place.require()
        if self._place.log_is_gone() and writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            told = f"Another program deleted the log beside {self.path} while the desk was open. Close the desk and open it anew."
            raise StoreError("The desk cannot be written safely", told)

    def _required_writer(self) -> Connection:
        if self._writer is None:
            raise not_writable(self.path)
        return self._writer

    def _reader(self) -> Connection:
        known: Connection | None = getattr(self._here, "reader", None)
        if known is None:
            known = self._read()
            known.executescript(_READER)
            self._here.reader = known
            with self._idle:
                self._close_orphans()
                self._readers[threading.current_thread()] = known
        return known

    def _close_orphans(self) -> None:
        """Threads come and go; what a finished one read with is of no more use."""
        for thread in [thread for thread in self._readers if not thread.is_alive()]:
            self._readers.pop(thread).close()

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError("The desk is closed", f"{self.path} was closed before this was asked. Open it again.")


def not_writable(path: Path) -> StoreReadOnlyError:
    """What a change of a store is told that was opened only to be read."""
    return StoreReadOnlyError(
        "This desk is open for reading only", f"{path} is not changed. What is there can be read, copied and exported."
    )


@contextmanager
def transaction(connection: Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Everything in the block, or nothing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _inner(connection: Connection) -> Iterator[None]:
    """Everything in the block, or nothing, inside an open transaction."""
    connection.execute("SAVEPOINT inner_block")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO inner_block")
            connection.execute("RELEASE inner_block")
        raise
    connection.execute("RELEASE inner_block")


@contextmanager
def converted(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the file system as what they mean to the person at the desk."""
    try:
        yield
    except OSError as error:
        raise told_by_system(error, path) from error
    except sqlite3.Error as error:
        raise told(error, path) from error
    except UnicodeDecodeError as error:  # a message of SQLite's that repeats damaged bytes
        raise StoreDamagedError(DAMAGED[0], f"{path}: what it says of itself is not readable. {DAMAGED[1]}") from error
    except UnicodeEncodeError as error:
        raise InputError(
            "This text cannot be kept",
            f"It holds half a character (position {error.start}). Paste or capture it again as proper Unicode.",
        ) from error


def told(error: sqlite3.Error, path: Path) -> StoreError:
    """The store error that ``error`` on ``path`` means: its title, its cause and its mend."""
    cause = str(error)
    if _FAILED in cause:
        return _failed(error, path)
    if _FULL in cause:
        return StoreFullError(*_no_room(path))
    if _MALFORMED in cause and _cannot_be_read(path):
        return StoreFailedError(*_broken(path, "it cannot be read"))
    title, mend = next(
        (words for sign, words in _MEANINGS.items() if sign in cause),
        ("The desk could not be read or written", "Run “workstation doctor” to see whether the store is sound."),
    )
    if title in _OF_DAMAGE:
        return StoreDamagedError(title, f"{path}: {_without_text(cause)}. {mend}")
    kind = StoreReadOnlyError if "readonly" in cause else StoreError
    return kind(title, f"{path}: {cause}. {mend}")


def _without_text(cause: str) -> str:
    """SQLite repeats a text that is no Unicode any more; whose it is, is enough. Its word for damage is an engineer's."""
    return cause.partition(" with text ")[0].replace("database disk image is malformed", "its pages do not fit together")


def told_by_system(error: OSError, path: Path) -> StoreError:
    """The store error that an error of the file system means."""
    if error.errno in _NO_SPACE:
        return StoreFullError(*_no_room(path))
    if error.errno == errno.EIO:
        return StoreFailedError(*_broken(path, error.strerror or str(error)))
    return StoreError(
        "The desk cannot be written",
        f"{error.filename or path}: {error.strerror}. Make the file and its folder writable, or name another with --store.",
    )


def _failed(error: sqlite3.Error, path: Path) -> StoreError:
    """SQLite says of many things that the disk failed, also of a quota that is used up: the disk itself is asked which it is."""
    try:
        _try_to_write(path)
    except OSError as cause:
        if cause.errno in _NO_SPACE:
            return StoreFullError(*_no_room(path))
    return StoreFailedError(*_broken(path, f"{error} ({getattr(error, 'sqlite_errorname', 'unknown')})"))


def _cannot_be_read(path: Path) -> bool:
    """The index of the search takes whatever it cannot read for damage: whether the disk hands out as much as the first pages."""
    try:
        with closing(connect(path, "ro")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        return _FAILED in str(error)
    return False


def _try_to_write(path: Path) -> None:
    """Write as much beside ``path`` as the index of its log takes, and take it away again."""
    with tempfile.TemporaryFile(dir=path.parent, prefix=".workstation-") as file:
        file.write(bytes(_INDEX_BYTES))
        file.flush()
        os.fsync(file.fileno())


_INDEX_BYTES = 32_768
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_FULL, _FAILED, _MALFORMED = "full", "disk I/O error", "malformed"


def _no_room(path: Path) -> tuple[str, str]:
    return "There is no room left on the disk", f"The disk of {path} is full; nothing was half written. Make room and try again."


def _broken(path: Path, cause: str) -> tuple[str, str]:
    return "The disk failed", f"{path}: {cause}. Look at the disk, then run “workstation doctor”."


DAMAGED = (
    "The store is damaged",
    "Save what can be saved with “workstation doctor --salvage”, or put a backup back with “workstation restore FILE”; the "
    "damaged file is kept in either case.",
)
"""The title and the mend of a damaged store."""
_MEANINGS = {
    "not a database": (
        "This file is not a desk",
        "Name another file with --store, or put a backup back with “workstation restore FILE”.",
    ),
    "malformed": DAMAGED,
    "Could not decode": DAMAGED,
    "readonly": ("The desk cannot be written", "Make the file and its folder writable, or name another store with --store."),
    "unable to open": ("The desk cannot be opened", "Make the file and its folder writable, or name another store with --store."),
    "locked": ("The desk is busy", "Another program is writing to the store. Close it and try again."),
}
_OF_DAMAGE = (DAMAGED[0], _MEANINGS["not a database"][0])
