"""Looking after the file: copies that are whole, and copies put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from shutil import copyfile, disk_usage
from sqlite3 import Connection

from workstation.errors import StoreDamagedError, StoreError
from workstation.store.checking import content_problems, reading, search_problems
from workstation.store.connections import connect, converted
from workstation.store.files import companions, make_folder, make_private, put_in_place, settle_file, settle_folder
from workstation.store.lock import StoreLock
from workstation.store.shape import refuse_other_shapes
from workstation.store.strangers import refuse_damaged_log, refuse_stranger_inside, refuse_strangers

_SPARE = 16 * 1024**2
"""Bytes of a disk that a restore leaves free."""


def copy_out(connection: Connection, store: Path, out: Path) -> None:
    """A whole copy of the store behind ``connection`` at ``out``, which keeps what it has until the copy is complete.

    Raises:
        StoreError: the copy could not be written, or ``out`` is the store itself.
    """
    out = out.expanduser().absolute()
    if out.resolve() == store.resolve():
        raise StoreError("No backup was made", f"{out} is the desk itself. Name another file.")
    partial = out.with_name(f".{out.name}.partial")
    try:
        with converted(out):
            partial.unlink(missing_ok=True)
            make_private(partial)
            connection.execute("VACUUM INTO ?", (str(partial),))
        _move_aside([path for path in companions(out) if path.exists()], _free_stamp(out))
        put_in_place(partial, out)
    except OSError as error:
        raise StoreError(
            "No backup was made", f"{out}: {error.strerror}. Make its folder writable, or name another file."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def restore(
    backup: Path,
    to: Path,
    before: Callable[[Path], object] = lambda _: None,
    bring: Callable[[Path, Path], object] | None = None,
) -> None:
    """Put ``backup`` in the place of the store ``to``, whose files are moved aside to ``<store>.replaced-<time>``.

    At every moment ``to`` is the whole old store or the whole new one. ``before`` is called with the old one while it is still
    in its place and nobody can open it. ``bring`` makes the new one out of the backup; without it the backup has to be sound.

    Raises:
        StoreBusyError: a process has ``to`` open.
        StoreTooNewError: a newer program wrote the backup.
        StoreDamagedError: the backup is damaged; ``to`` is as it was.
        StoreError: the backup is no store, or a file could not be written; ``to`` is as it was.
    """
    backup, to = backup.expanduser().resolve(), to.expanduser().resolve()
    if not backup.is_file():
        raise StoreError("Nothing was restored", f"There is no file {backup}. Name a backup.")
    if backup == to:
        raise StoreError("Nothing was restored", f"{to} is the desk itself. Name a backup.")
    arriving = to.with_name(f".{to.name}.arriving")
    try:
        make_folder(to.parent)
        lock = StoreLock(to)
        try:
            _require_room(backup, to.parent)
            (bring or _bring_sound)(backup, arriving)
            before(to)
            _replace(arriving, to)
        finally:
            with suppress(OSError):
                arriving.unlink(missing_ok=True)
            lock.release()
    except OSError as error:
        raise StoreError(
            "Nothing was restored", f"{error.filename or to}: {error.strerror}. Make the folder writable."
        ) from error


def _require_room(backup: Path, folder: Path) -> None:
    needed, there = backup.stat().st_size + _SPARE, disk_usage(folder).free
    if there < needed:
        raise StoreError(
            "Nothing was restored",
            f"It needs {needed // 1024**2:,} MB, and {folder} has {there // 1024**2:,} MB left. Make room; nothing was changed.",
        )


def _bring_sound(backup: Path, arriving: Path) -> None:
    """A copy of ``backup`` at ``arriving``, if it is sound."""
    try:
        problems = _brought(backup, arriving)
    except StoreDamagedError as error:
        problems = [f"{error.detail.removeprefix(f'{backup}: ').partition('. ')[0]}."]
    if problems:
        told = f"{backup} is damaged: {' '.join(problems[:3])} Use another backup, or let what is whole in it be put back: "
        raise StoreDamagedError(
            "Nothing was restored", f"{told}“workstation restore --salvage '{backup}'”. The desk is as it was."
        )


def _brought(backup: Path, arriving: Path) -> list[str]:
    """A copy of ``backup`` at ``arriving``, and what is wrong with it."""
    arriving.unlink(missing_ok=True)
    refuse_strangers(backup)
    with converted(backup), reading(backup) as source:
        refuse_stranger_inside(source, backup)
        refuse_other_shapes(source, str(backup))
        problems = list(content_problems(source))
        if not problems:
            make_private(arriving)
            source.execute("VACUUM INTO ?", (str(arriving),))
            problems = list(search_problems(arriving))
    return problems


def _replace(arriving: Path, to: Path) -> None:
    """``arriving`` in the place of ``to``. The old store keeps its name until the very step in which the new one takes it."""
    stamp = _free_stamp(to)
    if to.exists():
        _fold_in_log(to)
        aside = to.with_name(f"{to.name}.replaced-{stamp}")
        try:
            aside.hardlink_to(to)
        except OSError:  # a file system without hard links
            copyfile(to, aside)
            settle_file(aside)
        settle_folder(to.parent)  # else the new store could be there after a power cut, and the old one nowhere
    _move_aside([path for path in companions(to) if path.exists()], stamp)
    put_in_place(arriving, to)


def _fold_in_log(store: Path) -> None:
    """Bring what the log of an old store holds into its one file.

    A damaged store keeps its log, and both are moved aside; SQLite is not asked, since it throws away the log of what it does
    not take for a database.
    """
    with suppress(sqlite3.Error, StoreError):
        refuse_strangers(store)
        refuse_damaged_log(store)
        with closing(connect(store)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _move_aside(companions: list[Path], stamp: str) -> None:
    """Move logs aside so that they still belong to the store moved aside: a log beside a file it was not written for ruins it."""
    for path in companions:
        name, _, ending = path.name.rpartition("-")
        path.rename(path.with_name(f"{name}.replaced-{stamp}-{ending}"))
        settle_folder(path.parent)


def _free_stamp(store: Path) -> str:
    """A name by this moment that no file that was kept aside bears: a clock that repeats an hour must not overwrite one."""
    stamp = plain = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    number = 1
    while any(store.parent.glob(f"{escape(store.name)}.replaced-{stamp}*")):
        number += 1
        stamp = f"{plain}-{number}"
    return stamp
