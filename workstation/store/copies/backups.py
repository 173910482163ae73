"""The backups of one desk: whole copies, proven, in a folder apart from the store, and in a second one of the editor's choice."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

from workstation.domain.backup import Backup, BackupReason, newest_good, superfluous
from workstation.errors import Cancelled, NotFoundError, StoreError
from workstation.settings import backups_folder
from workstation.store.connections import connect, converted
from workstation.store.copies.backup_files import (
    PARTIAL,
    backups_in,
    clear_leftovers,
    digest_of_file,
    file_name,
    remove,
    write_note,
)
from workstation.store.damage.checking import copy_problems, reading
from workstation.store.files import companions, copy_steadily, make_private, put_in_place, settle_as_it_grows, settle_folder

SPARE = 32 * 1024**2
"""Bytes of a disk that a backup leaves free."""
LATEST = "latest"
_LOOKS = 5_000
"""After so many steps of SQLite it is asked whether the backup is still wanted."""
_SECOND = "second-folder.txt"
_TAKING = threading.Lock()
_WAIT = 0.1
"""Seconds after which who waits for another backup asks whether it is still wanted."""

Wanted = Callable[[], bool]


class Backups:
    """The backups of the store at ``store`` (a resolved path). Who takes one holds the store open, so nobody else takes one."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self.folder = backups_folder(store)

    # --- what there is ---------------------------------------------------------------------------------------------

    def all(self) -> list[Backup]:
        """Every backup that can be reached, the newest first; one that is in both folders is named by the first.

        Raises:
            StoreError: the folder cannot be read.
        """
        with _told("The backups cannot be listed", self.folder):
            here = backups_in(self.folder)
        known = {backup.path.name for backup in here}
        second = self.second_place
        there: list[Backup] = []
        if second is not None:
            with suppress(OSError):
                there = [backup for backup in backups_in(second) if backup.path.name not in known]
        return sorted([*here, *there], key=lambda backup: (backup.number, backup.path.name), reverse=True)

    def find(self, name: str) -> Backup:
        """The backup of this number, or for ``latest`` the newest good one.

        Raises:
            NotFoundError: there is none.
        """
        backups = self.all()
        if name == LATEST:
            found = next((backup for backup in backups if is_unharmed(backup)), None)
        else:
            number = int(name) if name.isascii() and name.isdigit() else 0
            found = next((backup for backup in backups if backup.number == number), None)
        if found is None:
            raise NotFoundError("There is no such backup", f"None is called “{name}”. “workstation backups” lists them.")
        return found

    def is_due(self) -> bool:
        """Whether the store's files are others than those the newest good backup was made from."""
        newest = newest_good(self.all())
        return newest is None or newest.stamp != stamp_of(self._store)

    # --- a second folder -------------------------------------------------------------------------------------------

    @property
    def second_folder(self) -> Path | None:
        """The folder in which the editor wants a second copy of each backup; it may be away."""
        try:
            text = (self.folder / _SECOND).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return Path(text) if text else None

    @property
    def second_place(self) -> Path | None:
        """The desk's own folder in the second one; it was made when that was chosen, so none is made where a disk is away."""
        folder = self.second_folder
        return None if folder is None else folder / self.folder.name

    @property
    def second_away(self) -> Path | None:
        """The second folder when it is not there now: a disk that is not plugged in, a share that is away. None: all is well."""
        place = self.second_place
        return self.second_folder if place is not None and not place.is_dir() else None

    def choose_second(self, folder: Path | None) -> None:
        """Keep a second copy of each backup in ``folder`` from now on, or in none.

        Raises:
            StoreError: it cannot be written, or is the first folder.
        """
        with _told("The folder was not taken", folder or self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if folder is not None:
                folder = folder.expanduser().resolve()
                place = folder / self.folder.name
                if place == self.folder.resolve():
                    raise StoreError(
                        "The folder was not taken", f"{folder} holds the backups already. Choose one on another disk."
                    )
                place.mkdir(mode=0o700, exist_ok=True)
                _try_to_write(place)
            partial = self.folder / f".{_SECOND}{PARTIAL}"
            partial.write_text(str(folder) if folder else "", encoding="utf-8")
            put_in_place(partial, self.folder / _SECOND)

    # --- taking one ------------------------------------------------------------------------------------------------

    def clear_leftovers(self) -> None:
        """Remove what a kill left half written; while no backup is being made."""
        for folder in self._places():
            clear_leftovers(folder)

    def take(self, reason: BackupReason, *, cancelled: Wanted = lambda: False) -> Backup:
        """Copy the store as it is now, prove the copy, and give it its name; then let those go that are worth their room no more.

        Who reads and who writes goes on meanwhile. A copy that says what the newest good one says takes its place. One that is
        damaged is kept as a bad one, and then no good one goes.

        Raises:
            Cancelled: ``cancelled`` answered that it is not wanted any more; nothing is left.
            StoreError: none was made: no room, a folder that cannot be written, a store too damaged to be copied.
        """
        with converted(self._store), reading(self._store) as connection:
            return self.take_from(connection, reason, cancelled=cancelled)

    def take_from(self, connection: Connection, reason: BackupReason, *, cancelled: Wanted = lambda: False) -> Backup:
        """As :meth:`take`, through a connection that is there already."""
        with _one_at_a_time(cancelled):
            self.clear_leftovers()
            backup = self._made(connection, reason, cancelled)
            self._copy_to_second(backup)
            self._thin()
        return backup

    def _made(self, connection: Connection, reason: BackupReason, cancelled: Wanted) -> Backup:
        with _told("No backup was made", self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._require_room(connection)
            known = self.all()
            number = known[0].number + 1 if known else 1
            stamp = stamp_of(self._store)
            partial = self.folder / f".{number:06d}{PARTIAL}"
            try:
                self._copy(connection, partial, cancelled)
                backup = _proven(partial, number, reason, stamp, cancelled)
                same = _same(backup, known)
                return _in_place(partial, replace(backup, path=self.folder / backup.path.name), same)
            finally:
                for path in (partial, *companions(partial)):
                    with suppress(OSError):
                        path.unlink(missing_ok=True)

    def _copy(self, connection: Connection, partial: Path, cancelled: Wanted) -> None:
        partial.unlink(missing_ok=True)
        make_private(partial)
        try:
            with partial.open("rb+") as file, _stoppable(connection, cancelled, lambda: settle_as_it_grows(file)):
                connection.execute("VACUUM INTO ?", (str(partial),))
        except sqlite3.OperationalError as error:  # of the folder, not of the store, which was only read
            raise StoreError(
                "No backup was made", f"{self.folder}: {error}. See that its disk has room and can be written."
            ) from error

    def _require_room(self, connection: Connection) -> None:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        needed = (pages - free) * size + SPARE
        there = shutil.disk_usage(self.folder).free
        if there < needed:
            told = (
                f"It needs {_megabytes(needed)}, and {self.folder} has {_megabytes(there)} left. Make room; what is there stays."
            )
            raise StoreError("There is no room for a backup", told)

    def _copy_to_second(self, backup: Backup) -> None:
        """The second copy; a folder that is away or full is told by :attr:`second_away` and never stops the first."""
        place = self.second_place
        if place is None or not place.is_dir():
            return
        partial = place / f".{backup.path.name}{PARTIAL}"
        with suppress(OSError):
            make_private(partial)
            copy_steadily(backup.path, partial)
            write_note(replace(backup, path=place / backup.path.name))
            put_in_place(partial, place / backup.path.name)
        with suppress(OSError):
            partial.unlink(missing_ok=True)

    def _thin(self) -> None:
        """A backup that cannot be removed stays: that is no reason to tell that none was made."""
        for folder in self._places():
            with suppress(OSError):
                remove(superfluous(backups_in(folder)))

    def _places(self) -> list[Path]:
        second = self.second_place
        return [self.folder, *([second] if second is not None and second.is_dir() else [])]


def stamp_of(store: Path) -> str:
    """What marks the state of a store's files: who compares two knows without reading whether something was written."""
    marks = []
    for path in (store, *companions(store)[:1]):
        with suppress(OSError):
            state = path.stat()
            if state.st_size:
                marks.append(f"{state.st_size}@{state.st_mtime_ns}")
    return " ".join(marks)


def is_unharmed(backup: Backup) -> bool:
    """Whether the bytes of a backup are those that were proven when it was made; may take seconds for a large one."""
    try:
        return backup.is_good and (not backup.sha256 or digest_of_file(backup.path) == backup.sha256)
    except OSError:
        return False


def _proven(partial: Path, number: int, reason: BackupReason, stamp: str, cancelled: Wanted) -> Backup:
    """What the copy at ``partial`` is, good or bad; its path is only its name to be."""
    stories = items = None
    with closing(connect(partial, "ro", immutable=True)) as copy, _stoppable(copy, cancelled):
        try:
            problem = " ".join(list(copy_problems(copy))[:3])
            stories, items = (copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("story", "item"))
        except sqlite3.OperationalError:
            if cancelled():
                raise
            problem = "It cannot be read."
        except sqlite3.DatabaseError as error:
            problem = f"It cannot be read ({error})."
    made = datetime.now(UTC).replace(microsecond=0)
    return Backup(
        number=number,
        made=made,
        reason=reason,
        path=Path(file_name(number, made, reason, is_good=not problem)),
        size=partial.stat().st_size,
        stories=stories,
        items=items,
        problem=problem,
        stamp=stamp,
        sha256=digest_of_file(partial),
    )


def _same(backup: Backup, known: list[Backup]) -> Backup | None:
    """The newest good backup, if it holds byte for byte the same and was made by itself, as the new one was."""
    if backup.reason not in (BackupReason.START, BackupReason.WORK) or not backup.is_good or not known:
        return None
    newest = known[0]
    return newest if newest.sha256 == backup.sha256 and is_unharmed(newest) else None


def _in_place(partial: Path, backup: Backup, same: Backup | None) -> Backup:
    """The copy under its name; where the newest says the same, that one is noted to be of the store's state of now."""
    if same is not None:
        again = replace(same, stamp=backup.stamp)
        write_note(again)
        return again
    write_note(backup)
    put_in_place(partial, backup.path)
    return backup


@contextmanager
def _one_at_a_time(cancelled: Wanted) -> Iterator[None]:
    """One backup made by hand while another is made by itself would take the other's half for a leftover."""
    while not _TAKING.acquire(timeout=_WAIT):
        if cancelled():
            raise Cancelled
    try:
        yield
    finally:
        _TAKING.release()


@contextmanager
def _stoppable(connection: Connection, cancelled: Wanted, beside: Callable[[], None] = lambda: None) -> Iterator[None]:
    """SQLite stops in the midst of a long statement when it is not wanted any more; ``beside`` is done from time to time."""

    def look() -> int:
        beside()
        return int(cancelled())

    connection.set_progress_handler(look, _LOOKS)
    try:
        yield
    except sqlite3.OperationalError:
        if cancelled():
            raise Cancelled from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def _told(title: str, folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        told = f"{error.filename or folder}: {error.strerror or error}. Make the folder writable and see that the disk has room."
        raise StoreError(title, told) from error


def _try_to_write(place: Path) -> None:
    trial = place / f".trial{PARTIAL}"
    trial.write_bytes(b"")
    trial.unlink()
    settle_folder(place)


def _megabytes(size: int) -> str:
    return f"{max(size // 1024**2, 1):,} MB"
