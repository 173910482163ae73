"""Taking a desk to another place: a checked copy there, the old file put aside, and a note that leads to the new one."""

from __future__ import annotations

import json
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workstation.errors import StoreError
from workstation.store.connections import converted
from workstation.store.copies.copying import copy_out
from workstation.store.damage.checking import check
from workstation.store.files import companions, make_folder, put_in_place, settle_folder
from workstation.store.opening.lock import StoreLock
from workstation.store.opening.machine import Machine, this_machine
from workstation.store.opening.read_only import readable

_FORMAT = "workstation-moved/1"
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a desk was taken, and what the file is called now that it was."""

    to: Path
    kept: Path


def move(store: Path, to: Path) -> Moved:
    """Take the desk in ``store`` to ``to``, where nothing may be; the old file stays beside its place under another name.

    At every moment one whole desk is found under ``store``: the file itself, or the note that leads to the new one.

    Raises:
        StoreBusyError: a process has it open.
        StoreError: it could not be copied, or the copy is not sound; the desk is where it was.
    """
    store, to = store.expanduser().resolve(), to.expanduser().resolve()
    if to.exists():
        raise StoreError("The desk was not moved", f"{to} is there already. Choose another place.")
    lock = StoreLock(store)
    try:
        make_folder(to.parent)
        _copy(store, to)
        kept = store.with_name(f"{store.name}.moved-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        _leave_note(store, to)
        _put_aside(store, kept)
    except OSError as error:
        raise StoreError(
            "The desk was not moved",
            f"{error.filename or to}: {error.strerror}. Make both folders writable, or choose another place.",
        ) from error
    finally:
        lock.release()
    return Moved(to, kept)


def whereabouts(store: Path) -> Path:
    """Where the desk that was kept in ``store`` is now: the same place, unless it was moved from there on this machine.

    Raises:
        StoreError: it was moved on another machine, or what it was moved to is gone.
    """
    for _ in range(5):
        note = _note_of(store)
        if store.exists() or not note.is_file():
            return store
        to, machine = _read(note, store)
        if machine.is_another_than(this_machine()):
            raise StoreError(
                "This desk was moved to another machine",
                f"On “{machine.host}” it was taken out of {store.parent}. Work there, put a backup back here with “workstation "
                f"restore FILE”, or delete {note.name} to begin a new desk here.",
            )
        if not to.exists() and not _note_of(to).is_file():
            raise StoreError(
                "The desk is not where it was moved to",
                f"{to} is gone. Bring it back, or put a backup back there. To begin a new desk in the old place, delete {note}.",
            )
        store = to
    return store


def copy_to(store: Path, to: Path) -> None:
    """A checked copy of a desk that may be anywhere, to work in instead of it; ``store`` is only read.

    Raises:
        StoreError: it could not be read, or the copy could not be written or is not sound.
    """
    with converted(to):
        make_folder(to.parent)
    _copy(store.expanduser().resolve(), to)


def _copy(store: Path, to: Path) -> None:
    found = readable(store)
    try:
        with closing(found.connect()) as connection:
            copy_out(connection, store, to)
        problems = check(to)
    finally:
        found.close()
    if problems:
        to.unlink()
        raise StoreError("The desk was not copied", f"The copy is not sound: {' '.join(problems[:3])} Run “workstation doctor”.")


def _note_of(store: Path) -> Path:
    return store.with_name(f"{store.name}.moved-to")


def _leave_note(store: Path, to: Path) -> None:
    machine = this_machine()
    told = {"format": _FORMAT, "to": str(to), "host": machine.host, "mark": machine.mark}
    partial = store.with_name(f".{_note_of(store).name}.partial")
    partial.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    put_in_place(partial, _note_of(store))


def _read(note: Path, store: Path) -> tuple[Path, Machine]:
    with suppress(OSError, ValueError, KeyError, TypeError), note.open("rb") as file:
        told = json.loads(file.read(_LONGEST))
        if told["format"] == _FORMAT:
            return Path(told["to"]), Machine(str(told["host"]), str(told["mark"]))
    raise StoreError(
        "Nobody knows where the desk was moved to", f"{note} cannot be read. Delete it to begin a new desk in {store}."
    )


def _put_aside(store: Path, kept: Path) -> None:
    """The file first: a log without its file is nothing, and the copy holds what was in both."""
    store.rename(kept)
    log = companions(store)[0]
    is_empty = not log.exists() or log.stat().st_size == 0
    for path in companions(store):
        if is_empty:
            path.unlink(missing_ok=True)
        elif path.exists():
            path.rename(path.with_name(f"{kept.name}-{path.name.rpartition('-')[2]}"))
    settle_folder(store.parent)
