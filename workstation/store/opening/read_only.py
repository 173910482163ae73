"""Opening a store only to read it: nothing beside it is made, nothing in it is changed, and no page of its log is passed over."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from workstation.errors import StoreError
from workstation.store.connections import connect, converted, prepare_writer
from workstation.store.files import companions
from workstation.store.migrations import MIGRATIONS, migrate, version_of
from workstation.store.opening.strangers import refuse_stranger_inside

_TRIES = 3
_BARRED = ("unable to open", "readonly", "full", "disk I/O error")
"""What SQLite says where it cannot make the index of the log: of a full disk the last of them, too."""
_LOGGED = "Its last changes lie in a log that cannot be used there, so a copy is read."
_OLDER = "An older version of the program wrote it, so a copy that was brought up to date is read."


@dataclass(slots=True)
class Readable:
    """A store as it can be read: the file itself or a copy of it, which :meth:`close` takes away.

    ``remark`` says in a sentence why it is a copy that is read; empty when it is the file itself.
    """

    path: Path
    immutable: bool = False
    remark: str = ""
    _folder: TemporaryDirectory[str] | None = field(default=None, repr=False)

    def connect(self) -> Connection:
        """A connection that reads."""
        return connect(self.path, "ro", immutable=self.immutable)

    def close(self) -> None:
        """Take the copy away; closing twice does nothing."""
        if self._folder is not None:
            with suppress(OSError):
                self._folder.cleanup()


def readable(path: Path, *, current: bool = True) -> Readable:
    """How the store in ``path`` can be read, wherever it lies; the ``current`` schema is asked for unless told otherwise.

    A log that the medium does not let SQLite take into account is taken into account in a copy. So is a schema of an older
    program, which is brought up to date there. The file is opened by SQLite alone: where this process has it open already, a
    file that is opened and closed beside SQLite would take SQLite's locks with it.

    Raises:
        StoreTooNewError: a newer program wrote it.
        StoreError: it is not there, is no store, is damaged, or there is no room for a copy.
    """
    if not path.is_file():
        raise StoreError("There is no desk to read", f"There is no file {path}. Name another with --store.")
    with converted(path):
        found = _as_it_lies(path) or _copied(path)
        try:
            with closing(found.connect()) as connection:
                refuse_stranger_inside(connection, path)
                is_older = version_of(connection) < len(MIGRATIONS)
            return _brought_up_to_date(found) if current and is_older else found
        except BaseException:
            found.close()
            raise


def _as_it_lies(path: Path) -> Readable | None:
    """The file itself, when what lies beside it can be taken into account or there is nothing to take into account."""
    try:
        with closing(connect(path, "ro")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return Readable(path)
    except sqlite3.OperationalError as error:
        if not any(sign in str(error) for sign in _BARRED):
            raise
    return None if _has_log(path) else Readable(path, immutable=True)


def _has_log(path: Path) -> bool:
    """Whether something beside the database says more than the database, or whether it takes back a part of it."""
    log, _, journal = companions(path)
    return any(file.exists() and file.stat().st_size > 0 for file in (log, journal))


def _copied(path: Path) -> Readable:
    """A copy with its log, in which SQLite does with the log what it could not do where the store lies."""
    folder = TemporaryDirectory(prefix="workstation-reading-")
    copy = Path(folder.name) / path.name
    try:
        _copy_whole(path, copy)
        with closing(connect(copy)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        folder.cleanup()
        raise
    return Readable(copy, remark=_LOGGED, _folder=folder)


def _copy_whole(path: Path, copy: Path) -> None:
    """Copy a store with its log; somebody else may be writing to it, so both have to be the same before and after."""
    log, _, journal = companions(path)
    for _ in range(_TRIES):
        before = _signs(path, log, journal)
        for file, to in zip((path, log, journal), (copy, *companions(copy)[::2]), strict=True):
            to.unlink(missing_ok=True)
            if file.exists():
                copyfile(file, to)
        if _signs(path, log, journal) == before:
            return
    raise StoreError(
        "The desk cannot be read now", f"{path} is being written by another machine. Try again when it is closed there."
    )


def _signs(*files: Path) -> list[tuple[int, int] | None]:
    return [(file.stat().st_size, file.stat().st_mtime_ns) if file.exists() else None for file in files]


def _brought_up_to_date(old: Readable) -> Readable:
    """A copy of a store that an older program wrote, in the schema of this one; what it was made from is let go."""
    folder = TemporaryDirectory(prefix="workstation-reading-")
    copy = Path(folder.name) / old.path.name
    try:
        with closing(old.connect()) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        with closing(connect(copy)) as connection:
            prepare_writer(connection)
            migrate(connection)  # what is migrated is itself the spare copy
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        folder.cleanup()
        raise
    old.close()
    return Readable(copy, remark=_OLDER, _folder=folder)
