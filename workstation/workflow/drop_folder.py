"""The drop folder: what is put into it is captured once it is whole, and stays where it is.

Nothing in the folder is ever moved, changed or removed. What was captured or refused once is remembered by its name, size and
time, so that it is not read again; the same bytes under another name are met as the item that is there already.
"""

from __future__ import annotations

import json
import os
import stat
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workstation.domain.changes import NOTHING, Changes
from workstation.errors import InputError, StoreError, WorkstationError
from workstation.store import Store
from workstation.workflow.gathering import Captured, Gathering, IsCancelled, never

NOTE = "drop-folder"
STILL_SECONDS = 1.5
"""A file is whole when neither its size nor its time changed for so long."""
MOST = 20_000
"""Entries of the folder that are looked at: an editor's archive is no drop folder."""
FAILURES_TOLD = 3

_PARTIAL = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", ".temp", ".filepart", "~", ".swp", ".lock")
_PASSING = ("~$", ".", "~")

Mark = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a look at a folder found: the files that are whole and new, those that still grow, and every file that is there."""

    ready: tuple[Path, ...]
    growing: Mapping[str, tuple[Mark, float]]
    present: Mapping[str, Mark]


def scan(folder: Path, known: Mapping[str, Mark], growing: Mapping[str, tuple[Mark, float]], now: float) -> Scan:
    """Look at the files of ``folder``, not at folders in it, hidden files, links and downloads that are not done.

    ``known`` are the marks of files that were dealt with; ``growing`` is what the last look found, ``now`` in seconds of the
    monotonic clock. Does not open a file.

    Raises:
        InputError: the folder is gone or cannot be read.
    """
    present = _marks(folder)
    ready, waiting = [], {}
    for name, mark in sorted(present.items()):
        if known.get(name) == mark:
            continue
        before, since = growing.get(name, (None, now))
        since = since if before == mark else now
        if mark[0] and now - since >= STILL_SECONDS:
            ready.append(folder / name)
        else:
            waiting[name] = (mark, since)
    return Scan(tuple(ready), waiting, present)


def _marks(folder: Path) -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if len(found) >= MOST:
                    raise InputError(
                        "The drop folder is too full", f"{folder} holds more than {MOST:,} files. Choose another one."
                    )
                mark = None if _is_passing(entry.name) else _mark(entry)
                if mark is not None:
                    found[entry.name] = mark
    except OSError as error:
        raise InputError(
            "The drop folder cannot be read",
            f"{folder}: {error.strerror or error}. It is looked for again, or choose another one (Source > Drop folder).",
        ) from error
    return found


def _is_passing(name: str) -> bool:
    return name.startswith(_PASSING) or name.lower().endswith(_PARTIAL)


def _mark(entry: os.DirEntry[str]) -> Mark | None:
    try:
        told = entry.stat(follow_symlinks=False)
    except OSError:  # gone meanwhile
        return None
    return (told.st_size, told.st_mtime_ns) if stat.S_ISREG(told.st_mode) else None


@dataclass(slots=True)
class _Kept:
    """What is remembered of the folder, in the desk."""

    folder: str = ""
    is_on: bool = False
    known: dict[str, Mark] = field(default_factory=dict)


class DropFolder:
    """The verbs of the drop folder. They touch the disk: call them beside the window's thread."""

    def __init__(self, store: Store, gathering: Gathering, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._gathering = gathering
        self._clock = clock
        self._growing: Mapping[str, tuple[Mark, float]] = {}
        self._is_gone = False
        self._one = threading.Lock()
        self._read: _Kept | None = None

    @property
    def _kept(self) -> _Kept:
        if self._read is None:
            self._read = _read(self._store.notes.get(NOTE))
        return self._read

    @property
    def folder(self) -> Path | None:
        """The folder that is watched or was watched last."""
        return Path(self._kept.folder) if self._kept.folder else None

    @property
    def is_on(self) -> bool:
        """Whether it is watched."""
        return self._kept.is_on

    @property
    def is_waiting(self) -> bool:
        """Whether the last look found files that may still grow, so that another look is worth while soon."""
        return bool(self._growing)

    def watch(self, folder: Path, *, with_present: bool = False) -> None:
        """Watch ``folder`` from now on; what is in it already is captured only ``with_present``.

        Raises:
            InputError: it is no folder that can be read.
        """
        present = _marks(folder)
        with self._one:
            known = dict(self._kept.known) if str(folder) == self._kept.folder else {}
            self._growing, self._is_gone = {}, False
            self._keep(_Kept(str(folder), True, known if with_present else present | known))

    def stop(self) -> None:
        """Watch it no more; what was captured is remembered."""
        with self._one:
            self._growing = {}
            self._keep(_Kept(self._kept.folder, False, self._kept.known))

    def look(self, *, cancelled: IsCancelled = never) -> Captured | None:
        """Capture what is new and whole; None when there is nothing to tell. A file that cannot be read is told once.

        Raises:
            InputError: the folder is gone or cannot be read; told once, until it is there again.
        """
        with self._one:
            seen = self._scanned()
            return self._capture(seen, cancelled) if seen and seen.ready else None

    def _scanned(self) -> Scan | None:
        folder = self.folder
        if folder is None or not self._kept.is_on:
            return None
        try:
            seen = scan(folder, self._kept.known, self._growing, self._clock())
        except InputError:
            self._growing = {}
            if self._is_gone:
                return None
            self._is_gone = True
            raise
        self._is_gone = False
        self._growing = seen.growing
        return seen

    def _capture(self, seen: Scan, cancelled: IsCancelled) -> Captured:
        changes: Changes = NOTHING
        items: list[str] = []
        failures: list[str] = []
        told = ""
        known = {name: mark for name, mark in self._kept.known.items() if name in seen.present}
        for path in seen.ready:
            if cancelled():
                break
            try:
                captured = self._gathering.capture_file(path, may_ask=False)
            except WorkstationError as error:
                failures.append(f"{error.title}. {error.detail}")
                if isinstance(error, StoreError) or cancelled():  # not the file's fault: it is tried again
                    break
            else:
                changes |= captured.changes
                items.extend(captured.items)
                told = captured.message
            known[path.name] = seen.present[path.name]
        self._keep(_Kept(self._kept.folder, self._kept.is_on, known))
        return Captured(changes, tuple(dict.fromkeys(items)), _told(told, items, failures), "warn" if failures else "good")

    def _keep(self, kept: _Kept) -> None:
        said = {"folder": kept.folder, "is_on": kept.is_on, "known": kept.known}
        self._store.notes.set(NOTE, json.dumps(said, ensure_ascii=True))  # a file's name may hold what is no character
        self._read = kept


def _told(last: str, items: list[str], failures: list[str]) -> str:
    more = len(failures) - FAILURES_TOLD
    parts = [last if len(items) == 1 else f"Captured {len(items)} sources."] if items else []
    parts += [*failures[:FAILURES_TOLD], *([f"And {more} more files were not captured."] if more > 0 else [])]
    return "Drop folder: " + " ".join(parts)


def _read(note: str | None) -> _Kept:
    if not note:
        return _Kept()
    said = json.loads(note)
    return _Kept(said["folder"], said["is_on"], {name: (size, changed) for name, (size, changed) in said["known"].items()})
