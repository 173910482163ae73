"""A backup, or what is whole in a damaged one, put in the place of the store, which becomes a backup and is kept aside."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile, disk_usage
from typing import TYPE_CHECKING

from workstation.domain.backup import BackupReason
from workstation.errors import StoreDamagedError, StoreError
from workstation.store.connections import connect, converted
from workstation.store.copies.backups import Backups
from workstation.store.copies.copying import free_stamp, move_logs_aside
from workstation.store.damage.checking import content_problems, reading, search_problems
from workstation.store.files import make_folder, make_private, put_in_place, settle_file, settle_folder
from workstation.store.opening.lock import StoreLock
from workstation.store.opening.shape import refuse_other_shapes
from workstation.store.opening.strangers import refuse_damaged_log, refuse_stranger_inside, refuse_strangers

if TYPE_CHECKING:
    from workstation.store.damage.salvage import Salvaged

_SPARE = 16 * 1024**2
"""Bytes of a disk that a restore leaves free."""


def restore(backup: Path, to: Path) -> None:
    """Put ``backup`` in the place of the store ``to``, whose files are moved aside to ``<store>.replaced-<time>``.

    At every moment ``to`` is the whole old store or the whole new one.

    Raises:
        StoreBusyError: a process has ``to`` open.
        StoreTooNewError: a newer program wrote the backup.
        StoreDamagedError: the backup is damaged; ``to`` is as it was.
        StoreError: the backup is no store, or a file could not be written; ``to`` is as it was.
    """
    _put_in_place_of(to, backup, _bring_sound)


def restore_what_is_whole(backup: Path, to: Path, older: Path | None = None) -> Salvaged:
    """As :func:`restore`, for a damaged backup: what is not whole in it is taken from the ``older`` one, or is left over."""
    from workstation.store.damage.salvage import salvage_to  # noqa: PLC0415 - hardly anybody ever needs it

    came: list[Salvaged] = []

    def bring(source: Path, arriving: Path) -> None:
        with suppress(StoreDamagedError):
            refuse_strangers(source)
        with converted(arriving):
            came.append(salvage_to(arriving, source, older, of=to.expanduser().resolve()))
        if not came[0].brought["story"] and not came[0].brought["item"]:
            raise StoreError("Nothing was restored", f"Nothing in {source} is whole. Use another backup; the desk is as it was.")

    _put_in_place_of(to, backup, bring)
    return came[0]


def _put_in_place_of(to: Path, backup: Path, bring: Callable[[Path, Path], object]) -> None:
    """``bring`` makes the new store out of the backup, at the second path; the old one is backed up before it goes."""
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
            bring(backup, arriving)
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
        refuse_damaged_log(store)
        with closing(connect(store)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
