"""A backup put in the place of the store; what stood there becomes a backup itself, and its files are kept aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile, disk_usage

from workstation.domain.backup import BackupReason
from workstation.errors import StoreError
from workstation.store.connections import connect, converted
from workstation.store.copies.backups import Backups
from workstation.store.copies.copying import free_stamp, move_logs_aside
from workstation.store.damage.checking import content_problems, reading, search_problems
from workstation.store.files import make_folder, make_private, put_in_place, settle_file, settle_folder
from workstation.store.opening.lock import StoreLock
from workstation.store.opening.shape import refuse_other_shapes
from workstation.store.opening.strangers import refuse_stranger_inside, refuse_strangers

_SPARE = 16 * 1024**2
"""Bytes of a disk that a restore leaves free."""


def restore(backup: Path, to: Path) -> None:
    """Put ``backup`` in the place of the store ``to``, whose files are moved aside to ``<store>.replaced-<time>``.

    At every moment ``to`` is the whole old store or the whole new one.

    Raises:
        StoreBusyError: a process has ``to`` open.
        StoreTooNewError: a newer program wrote the backup.
        StoreError: the backup is damaged or is no store, or a file could not be written; ``to`` is as it was.
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
            _bring(backup, arriving)
            _back_up(to)
            _replace(arriving, to)
        finally:
            with suppress(OSError):
                arriving.unlink(missing_ok=True)
            lock.release()
    except OSError as error:
        raise StoreError(
            "Nothing was restored", f"{error.filename or to}: {error.strerror}. Make the folder writable."
        ) from error


def _back_up(store: Path) -> None:
    """The old store as a backup. One that cannot be copied is kept all the same: its files are moved aside."""
    if store.exists():
        with suppress(StoreError):
            refuse_strangers(store)
            Backups(store).take(BackupReason.RESTORE)


def _require_room(backup: Path, folder: Path) -> None:
    needed, there = backup.stat().st_size + _SPARE, disk_usage(folder).free
    if there < needed:
        raise StoreError(
            "Nothing was restored",
            f"It needs {needed // 1024**2:,} MB, and {folder} has {there // 1024**2:,} MB left. Make room; nothing was changed.",
        )


def _bring(backup: Path, arriving: Path) -> None:
    """A sound copy of ``backup`` at ``arriving``."""
    arriving.unlink(missing_ok=True)
    with converted(backup), reading(backup) as source:
        refuse_stranger_inside(source, backup)
        refuse_other_shapes(source, str(backup))
        problems = list(content_problems(source))
        if not problems:
            make_private(arriving)
            source.execute("VACUUM INTO ?", (str(arriving),))
            problems = list(search_problems(arriving))
    if problems:
        raise StoreError(
            "Nothing was restored", f"{backup} is damaged: {' '.join(problems[:3])} Use another backup; the desk is as it was."
        )


def _replace(arriving: Path, to: Path) -> None:
    """``arriving`` in the place of ``to``. The old store keeps its name until the very step in which the new one takes it."""
    stamp = free_stamp(to)
    if to.exists():
        _fold_in_log(to)
        aside = to.with_name(f"{to.name}.replaced-{stamp}")
        try:
            aside.hardlink_to(to)
        except OSError:  # a file system without hard links
            copyfile(to, aside)
            settle_file(aside)
        settle_folder(to.parent)  # else the new store could be there after a power cut, and the old one nowhere
    move_logs_aside(to, stamp)
    put_in_place(arriving, to)


def _fold_in_log(store: Path) -> None:
    """Bring what the log of an old store holds into its one file.

    A damaged store keeps its log, and both are moved aside; SQLite is not asked, since it throws away the log of what it does
    not take for a database.
    """
    with suppress(sqlite3.Error, StoreError):
        refuse_strangers(store)
        with closing(connect(store)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
