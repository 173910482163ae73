"""A disk that fails when it is told to, and remembers what was written to it: the other half of ``disk.c``.

    disk = Disk(under=tmp_path / "desk", tmp=tmp_path / "harness", records=True)
    process = subprocess.Popen(…, env=os.environ | disk.environment())
    disk.fail(errno.ENOSPC)              # from now on, whatever would need room
    disk.fail(errno.EIO, SYNC, ending="-wal", after=3, times=1)
    disk.short(); disk.die(after=120); disk.slow(0.2); disk.heal()
    for cut in power_cuts(disk, points, rng): …

Everything concerns paths under ``under`` only, in this process's children and theirs. All of it works while they run.
"""

from __future__ import annotations

import atexit
import errno
import functools
import mmap
import random
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntFlag
from pathlib import Path
from typing import Any

import pytest


class Kind(IntFlag):
    """What is done to a disk."""

    OPEN = 1
    """For writing, or a file that is made."""
    WRITE = 2
    SYNC = 4
    TRUNCATE = 8
    RENAME = 16
    UNLINK = 32
    LINK = 64
    MKDIR = 128
    RMDIR = 256


NEEDS_ROOM = Kind.OPEN | Kind.WRITE | Kind.MKDIR | Kind.LINK
CHANGES = NEEDS_ROOM | Kind.SYNC | Kind.TRUNCATE | Kind.RENAME | Kind.UNLINK | Kind.RMDIR

needs_a_compiler = pytest.mark.skipif(not shutil.which("cc"), reason="the disk that fails is compiled with cc")

_RULES = 8
_RULE = struct.Struct("<4i7q72s")
_CONTROL = struct.Struct("<q")
_ENTRY = struct.Struct("<2I2i4Q2I")
_MAGIC = 0x4B534944
_FAIL, _SHORT, _DIE, _DIE_TORN, _SLOW = 1, 2, 3, 4, 5
_IS_NEW, _IS_CUT, _IS_GROWN, _SWAPS = 1, 2, 4, 2
SECTOR = 512


@functools.cache
def library() -> Path:
    """The library, compiled once a session.

    :raises subprocess.CalledProcessError: it does not compile
    """
    folder = Path(tempfile.mkdtemp(prefix="workstation-disk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    source = Path(__file__).with_name("disk.c")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", folder / "disk.so", source, "-ldl", "-lpthread"], check=True)
    return folder / "disk.so"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that was done to the disk, in the order in which it took effect."""

    kind: Kind
    path: str
    other: str
    """Where it was renamed or linked to."""
    error: int
    flags: int
    inode: int
    offset: int
    """In bytes; of TRUNCATE the new length."""
    data: bytes
    nanoseconds: int
    """As ``time.monotonic_ns()`` tells them."""


class Disk:
    """The disk under a folder, for processes that are started with its ``environment()``.

    :param under: what it concerns; it need not exist yet
    :param tmp: a folder of its own, not under ``under``
    :param records: keep a log of all operations
    """

    def __init__(self, under: Path, tmp: Path, *, records: bool = False) -> None:
        self.under = under.resolve()
        tmp.mkdir(parents=True, exist_ok=True)
        self._control_file, self._log_file = tmp / "control", tmp / "log"
        self._records = records
        self._control_file.write_bytes(bytes(_CONTROL.size + _RULES * _RULE.size))
        with self._control_file.open("r+b") as file:
            self._control = mmap.mmap(file.fileno(), 0)
        self._used = 0
        self.before = snapshot(self.under)
        """What was there when it was made: what a log begins with."""

    def environment(self) -> dict[str, str]:
        """What a process needs to be under it."""
        return {
            "LD_PRELOAD": str(library()),
            "DISK_UNDER": str(self.under),
            "DISK_CONTROL": str(self._control_file),
            "DISK_LOG": str(self._log_file) if self._records else "",
        }

    def fail(self, error: int = errno.ENOSPC, kinds: Kind = NEEDS_ROOM, **when: Any) -> int:
        """From now on such operations fail.

        :param error: an errno
        :param when: ``ending`` of the file's name; ``after`` so many of them, or after ``after_bytes`` written; ``times``
            how often, for ever unless told
        :return: the rule's number, for ``hits``
        """
        return self._rule(_FAIL, kinds, error, **when)

    def short(self, **when: Any) -> int:
        """From now on only half of what is written arrives; the caller is told how much."""
        return self._rule(_SHORT, Kind.WRITE, 0, **when)

    def die(self, kinds: Kind = CHANGES, *, torn: bool = False, **when: Any) -> int:
        """The process is killed (SIGKILL) at such an operation: before it, or after half of a write where it is ``torn``."""
        return self._rule(_DIE_TORN if torn else _DIE, kinds, 0, **{"times": 1} | when)

    def slow(self, seconds: float, kinds: Kind = Kind.SYNC, **when: Any) -> int:
        """From now on such operations take longer."""
        return self._rule(_SLOW, kinds, 0, micros=int(seconds * 1e6), **when)

    def heal(self) -> None:
        """All is well from now on."""
        self._control[_CONTROL.size :] = bytes(_RULES * _RULE.size)
        self._used = 0

    def hits(self, rule: int = 0) -> int:
        """How often a rule has struck."""
        return int(_RULE.unpack_from(self._control, _CONTROL.size + rule * _RULE.size)[9])

    @property
    def operations(self) -> int:
        """How many changes were asked of it so far."""
        return int(_CONTROL.unpack_from(self._control)[0])

    def log(self) -> list[Operation]:
        """What was done so far."""
        return list(_read(self._log_file.read_bytes())) if self._log_file.exists() else []

    def _rule(
        self,
        action: int,
        kinds: Kind,
        error: int,
        *,
        ending: str = "",
        after: int = 0,
        after_bytes: int = -1,
        times: int = -1,
        micros: int = 0,
    ) -> int:
        number, self._used = self._used, self._used + 1
        assert number < _RULES, "heal() makes room for more rules"
        at = _CONTROL.size + number * _RULE.size
        rule = _RULE.pack(0, kinds, action, error, after, after_bytes, times, 0, 0, 0, micros, ending.encode())
        self._control[at : at + _RULE.size] = rule
        self._control[at : at + 4] = struct.pack("<i", 1)
        return number


def _read(log: bytes) -> Iterator[Operation]:
    at = 0
    while at + _ENTRY.size <= len(log):
        magic, kind, error, flags, inode, offset, length, when, one, two = _ENTRY.unpack_from(log, at)
        assert magic == _MAGIC, f"the log is broken at {at}"
        at += _ENTRY.size
        path, other = log[at : at + one].decode(), log[at + one : at + one + two].decode()
        at += one + two
        yield Operation(Kind(kind), path, other, error, flags, inode, offset, log[at : at + length], when)
        at += length


Files = dict[str, bytes | None]
"""What is on a disk: paths in full, with the bytes of files and None for folders."""


def snapshot(under: Path) -> Files:
    """What is there now."""
    return {str(path): None if path.is_dir() else path.read_bytes() for path in sorted(under.rglob("*"))}


def lay_out(files: Files, under: Path, into: Path) -> Path:
    """Write what was under one folder into another, which is emptied first."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for name, content in sorted(files.items()):
        path = into / Path(name).relative_to(under)
        if content is None:
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(content)
    return into


@dataclass(eq=False)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes (offset, bytes) and new lengths (length, None) since it was last synced."""

    def sync(self) -> None:
        for offset, data in self.pending:
            _put(self.synced, offset, data)
        self.pending.clear()


def _put(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
    end = offset + len(data or b"")
    content.extend(bytes(max(0, end - len(content))))
    if data is not None:
        content[offset:end] = data


@dataclass(frozen=True, slots=True)
class _Naming:
    """A name that was given (``old`` None), taken (``new`` None) or changed; durable once its folder is synced."""

    old: str | None
    new: str | None
    file: _File | None
    """None: it is a folder."""

    def folders(self) -> set[str]:
        return {name.rpartition("/")[0] for name in (self.old, self.new) if name}

    def do(self, names: dict[str, _File | None]) -> None:
        if self.old and self.new and self.file is None:
            for name in [name for name in names if name.startswith(self.old + "/")]:
                names[self.new + name.removeprefix(self.old)] = names.pop(name)
        if self.old:
            names.pop(self.old, None)
        if self.new:
            names[self.new] = self.file


class Platter:
    """What is on the disk for certain, and what would be lost if the power went now.

    A file's bytes are certain once it was synced; a name once its folder was.
    """

    def __init__(self, before: Files, under: Path) -> None:
        self._under = str(under)
        self._names: dict[str, _File | None] = {
            path: None if content is None else _File(bytearray(content)) for path, content in before.items()
        }
        self._now = dict(self._names)
        self._namings: list[_Naming] = []
        self._open: dict[int, _File] = {}

    def take(self, operation: Operation) -> None:
        """Do what was done."""
        if operation.error:
            return
        act = {
            Kind.OPEN: self._opened,
            Kind.WRITE: self._written,
            Kind.TRUNCATE: self._cut,
            Kind.SYNC: self._synced,
            Kind.RENAME: self._renamed,
            Kind.LINK: self._linked,
            Kind.UNLINK: self._dropped,
            Kind.RMDIR: self._dropped,
            Kind.MKDIR: lambda made: self._name(_Naming(None, made.path, None)),
        }
        act[operation.kind](operation)

    def cut(self, rng: random.Random) -> Files:
        """What is found after a power cut: some of what was not synced, torn and in any order, or none, or all of it."""
        keeps = rng.choice((0.0, 1.0, rng.random(), rng.random()))
        names = dict(self._names)
        if rng.random() < 0.5:
            kept = self._namings[: round(keeps * len(self._namings))]
        else:
            kept = [naming for naming in self._namings if rng.random() < keeps]
        for naming in kept:
            naming.do(names)
        return {
            path: None if file is None else _after(file, keeps, rng)
            for path, file in names.items()
            if self._is_reachable(path, names) and not path.endswith("-shm")
        }

    def _is_reachable(self, path: str, names: dict[str, _File | None]) -> bool:
        folder = path.rpartition("/")[0]
        while folder != self._under:
            if folder not in names:
                return False
            folder = folder.rpartition("/")[0]
        return path.startswith(self._under + "/")

    def _name(self, naming: _Naming) -> None:
        naming.do(self._now)
        self._namings.append(naming)

    def _opened(self, opened: Operation) -> None:
        if opened.flags & _IS_NEW:
            self._name(_Naming(None, opened.path, _File()))
        file = self._now.get(opened.path)
        if file is None:
            return
        self._open[opened.inode] = file
        if opened.flags & _IS_CUT:
            file.pending.append((0, None))

    def _file(self, operation: Operation) -> _File | None:
        return self._open.get(operation.inode) or self._now.get(operation.path)

    def _written(self, written: Operation) -> None:
        if file := self._file(written):
            file.pending.append((written.offset, written.data))

    def _cut(self, cut: Operation) -> None:
        if (file := self._file(cut)) and not cut.flags & _IS_GROWN:
            file.pending.append((cut.offset, None))

    def _synced(self, synced: Operation) -> None:
        if synced.path == self._under or (synced.path in self._now and self._now[synced.path] is None):
            later = []
            for naming in self._namings:
                if synced.path in naming.folders():
                    naming.do(self._names)
                else:
                    later.append(naming)
            self._namings = later
        elif file := self._file(synced):
            file.sync()

    def _renamed(self, renamed: Operation) -> None:
        if renamed.flags & _SWAPS:
            one, two = self._now.get(renamed.path), self._now.get(renamed.other)
            self._name(_Naming(None, renamed.path, two))
            self._name(_Naming(None, renamed.other, one))
        else:
            self._name(_Naming(renamed.path, renamed.other, self._now.get(renamed.path)))

    def _linked(self, linked: Operation) -> None:
        self._name(_Naming(None, linked.other, self._now.get(linked.path)))

    def _dropped(self, dropped: Operation) -> None:
        self._name(_Naming(dropped.path, None, None))


def _after(file: _File, keeps: float, rng: random.Random) -> bytes:
    content = bytearray(file.synced)
    for offset, data in file.pending:
        if rng.random() < keeps:
            _put(content, offset, data)
        elif data is not None and rng.random() < 0.3:
            _tear(content, offset, data, rng)
    return bytes(content)


def _tear(content: bytearray, offset: int, data: bytes, rng: random.Random) -> None:
    """Some sectors of a write arrive, and the length may grow before what fills it."""
    if rng.random() < 0.5:
        _put(content, offset + len(data), b"")
    at = 0
    while at < len(data):
        until = min(len(data), at + SECTOR - (offset + at) % SECTOR)
        if rng.random() < 0.5:
            _put(content, offset + at, data[at:until])
        at = until


@dataclass(frozen=True, slots=True)
class PowerCut:
    """The power went before the operation with this number."""

    point: int
    nanoseconds: int
    """When: all that was said to be saved before then must be there."""
    files: Files


def power_cuts(
    disk: Disk, points: Iterable[int], rng: random.Random, choices: int = 3, log: list[Operation] | None = None
) -> Iterator[PowerCut]:
    """Cut the power at each point of the log, each with several choices of what had arrived by then."""
    operations = disk.log() if log is None else log
    platter, done = Platter(disk.before, disk.under), 0
    for point in sorted(points):
        while done < point:
            platter.take(operations[done])
            done += 1
        when = operations[min(point, len(operations) - 1)].nanoseconds
        for _ in range(choices):
            yield PowerCut(point, when, platter.cut(rng))
