"""The rows of a SQLite file, read without SQLite, so that one bad page does not take the rest with it.

Every page is taken for what it says it is. Where the schema can still be read, each table's pages are reached from its root and
each row is known to be its own; every other page with rows in it is read as well, and who asks has to tell what those are by
what is in them. What the write-ahead log holds of whole transactions counts as written. The format is described at
https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workstation.store.opening.log_frames import LOG_MAGIC, read_log

Value = str | int | float | bytes | None
Record = list[Value]

_SIZES = tuple(2**power for power in range(9, 17))
"""Bytes of a page of every store that this program makes."""
_TABLE_INNER, _TABLE_LEAF, _INDEX_INNER, _INDEX_LEAF = 5, 13, 2, 10
_INNER, _LEAVES = (_TABLE_INNER, _INDEX_INNER), (_TABLE_LEAF, _INDEX_LEAF)
_HEADER_OF = {_TABLE_INNER: 12, _INDEX_INNER: 12, _TABLE_LEAF: 8, _INDEX_LEAF: 8}
_MOST_COLUMNS = 100
_LOOKED_AT = 4_000_000
"""Bytes of a file without a header in which the size of its pages is looked for."""


class Unreadable(Exception):  # noqa: N818 - not an error of the program: a place in the file that holds nothing
    """What lies at a place of the file is no row."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row as it lies in the file: its number in its table (None in an index or a table without such numbers), its values."""

    row: int | None
    values: Record


class Pages:
    """The pages of a database file and of its log, from 1. Nothing is written."""

    def __init__(self, path: Path, log: Path | None = None) -> None:
        self._file = path.open("rb")
        self._length = path.stat().st_size
        self._frames: dict[int, int] = {}
        self.losses = 0
        """How many places were met so far that should have held rows and did not."""
        self._log = log.open("rb") if log is not None and log.is_file() else None
        self.size = self._page_size()
        if self._log is not None:
            self._frames = read_log(self._log.read(), self.size).places
        self.count = max(-(-self._length // self.size), *self._frames, 0) if self._frames else -(-self._length // self.size)

    def close(self) -> None:
        """Close the files."""
        self._file.close()
        if self._log is not None:
            self._log.close()

    def _page_size(self) -> int:
        """As the header or the log says; in a file without either, that of every desk unless another is far likelier.

        At a multiple of the real size pages begin as pages do about as often, and by chance more often.
        """
        head = self._file.read(100)
        (told,) = struct.unpack_from(">H", head.ljust(100, b"\0"), 16)
        if head.startswith(b"SQLite format 3\0") and (told == 1 or told in _SIZES):
            return 65536 if told == 1 else int(told)
        if self._log is not None:
            log_head = self._log.read(12).ljust(12, b"\0")
            self._log.seek(0)
            magic, _, size = struct.unpack(">III", log_head)
            if magic in LOG_MAGIC and size in _SIZES:
                return int(size)
        return int(max(_SIZES, key=self._beginnings))

    def _beginnings(self, size: int) -> int:
        """How many pages of this size begin as pages of rows do; a multiple of the true size finds fewer of them."""
        return sum(self._begins(start, size) for start in range(size, min(self._length, _LOOKED_AT), size))

    def _begins(self, start: int, size: int) -> bool:
        """Whether all that a page of rows says of its cells lies within it; they fill it from its end, so half a page fails."""
        kind, _, cells, first, _ = struct.unpack(">BHHHB", self._at(start, 8).ljust(8, b"\0"))
        header = _HEADER_OF.get(kind, 0)
        if not header or not cells or header + 2 * cells > min(first, size):
            return False
        places = self._at(start + header, 2 * cells)
        return len(places) == 2 * cells and all(first <= place < size for (place,) in struct.iter_unpack(">H", places))

    def _at(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)

    def read(self, number: int) -> bytes:
        """A page; what is missing at its end is zeros."""
        if not 1 <= number <= self.count:
            raise Unreadable
        if number in self._frames and self._log is not None:
            self._log.seek(self._frames[number])
            return self._log.read(self.size)
        return self._at((number - 1) * self.size, self.size).ljust(self.size, b"\0")

    # --- trees -----------------------------------------------------------------------------------------------------

    def walk(self, root: int, seen: set[int]) -> Iterator[Found]:
        """Every row that can be reached from the page ``root``; pages are added to ``seen``, and none of those is read again."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            try:
                page = self.read(number)
                kind = _kind(page, number)
            except Unreadable:
                self.losses += 1
                continue
            yield from self.rows(number, page)
            if kind in _INNER:
                waiting += reversed(list(_children(page, number, kind)))

    def rows(self, number: int, page: bytes | None = None) -> Iterator[Found]:
        """The rows that lie on one page, with what they go on with elsewhere; those that cannot be read are left out."""
        try:
            page = page or self.read(number)
            kind = _kind(page, number)
        except Unreadable:
            return
        if kind == _TABLE_INNER:
            return
        for place in _places(page, number, kind):
            try:
                yield self._row(page, place, kind)
            except (Unreadable, IndexError, struct.error, OverflowError):
                self.losses += 1

    def _row(self, page: bytes, at: int, kind: int) -> Found:
        if kind == _INDEX_INNER:
            at += 4
        length, at = _number(page, at)
        row = None
        if kind == _TABLE_LEAF:
            row, at = _number(page, at)
            row = row - (1 << 64) if row >= 1 << 63 else row
        return Found(row, _record(self._payload(page, at, length, kind)))

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        if not 0 < length <= self.count * self.size:
            raise Unreadable
        usable = self.size
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return page[at : at + length]
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        (following,) = struct.unpack_from(">I", page, at + here)
        return page[at : at + here] + self._rest(following, length - here)

    def _rest(self, number: int, length: int) -> bytes:
        parts, seen = [], set()
        while length > 0:
            if number in seen:
                raise Unreadable
            seen.add(number)
            page = self.read(number)
            (number,) = struct.unpack_from(">I", page)
            parts.append(page[4 : 4 + length])
            length -= self.size - 4
        return b"".join(parts)


def _kind(page: bytes, number: int) -> int:
    kind = page[100 if number == 1 else 0]
    if kind not in _HEADER_OF:
        raise Unreadable
    return kind


def _places(page: bytes, number: int, kind: int) -> Iterator[int]:
    """Where the rows of a page begin."""
    head = 100 if number == 1 else 0
    (count,) = struct.unpack_from(">H", page, head + 3)
    start = head + _HEADER_OF[kind]
    for index in range(min(count, (len(page) - start) // 2)):
        (place,) = struct.unpack_from(">H", page, start + 2 * index)
        if start <= place < len(page):
            yield place


def _children(page: bytes, number: int, kind: int) -> Iterator[int]:
    for place in _places(page, number, kind):
        if place + 4 <= len(page):
            yield struct.unpack_from(">I", page, place)[0]
    yield struct.unpack_from(">I", page, (100 if number == 1 else 0) + 8)[0]


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and where it ends."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9


def _record(data: bytes) -> Record:
    length, at = _number(data, 0)
    if not 0 < length <= len(data):
        raise Unreadable
    kinds = []
    while at < length:
        kind, at = _number(data, at)
        kinds.append(kind)
    if at != length or len(kinds) > _MOST_COLUMNS:
        raise Unreadable
    values: Record = []
    for kind in kinds:
        value, at = _value(data, at, kind)
        values.append(value)
    return values


_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL = 7
_FIXED: dict[int, Value] = {0: None, 8: 0, 9: 1}
_FIRST_TEXT = 12


def _value(data: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in _FIXED:
        return _FIXED[kind], at
    length = _INTEGERS.get(kind) or (8 if kind == _REAL else (kind - _FIRST_TEXT) // 2)
    end = at + length
    if kind in (10, 11) or end > len(data):
        raise Unreadable
    part = data[at:end]
    if kind in _INTEGERS:
        return int.from_bytes(part, "big", signed=True), end
    if kind == _REAL:
        return struct.unpack(">d", part)[0], end
    return (part.decode("utf-8", "surrogateescape") if kind % 2 else part), end
