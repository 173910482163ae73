"""Files that hold several items, or none but addresses: taken apart in the worker, some parts at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from types import MappingProxyType
from typing import Any, cast

from workstation.domain.item import Capture
from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival
from workstation.ingest.delivery import Delivery, Link, Note, Part, Unpack
from workstation.ingest.kinds import kind_of
from workstation.ingest.reading import name_of, read_arrival
from workstation.ingest.worker import answer_of

UNPACKERS: Mapping[str, str] = MappingProxyType(
    {
        "mail": "workstation.ingest.mail",
        "mbox": "workstation.ingest.mbox",
        "warc": "workstation.ingest.warc",
        "wacz": "workstation.ingest.zipped",
        "zip": "workstation.ingest.zipped",
        "gzip": "workstation.ingest.gzipped",
        "link": "workstation.ingest.link_files",
        "bookmarks": "workstation.ingest.bookmarks",
    }
)
"""The modules whose ``unpack(arrival) -> Iterator[Part]`` takes such a file apart, by the kinds of ``kinds.kind_of``."""

DEPTH = 3
PARTS = 20_000
BATCH_BYTES = 12 * 1024 * 1024
BATCH_SECONDS = 6.0


def items(data: bytes, known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The worker's job: some parts of ``data`` as JSON, their original bytes one behind the other beside it.

    ``known`` holds ``captured`` (ISO 8601), ``start`` and ``most`` (numbers of parts) and what ``reading.read`` takes.
    A capture's ``length`` is that of its original; None says that it is ``data`` itself.
    """
    arguments = dict(known)
    captured = datetime.fromisoformat(arguments.pop("captured"))
    start, most = int(arguments.pop("start", 0)), int(arguments.pop("most", PARTS))
    delivery = delivery_of(Arrival(data=data, captured=captured, **arguments), start, most)
    own = [None if capture.original is data else capture.original for capture in delivery.captures]
    answer = {
        "captures": [
            {**answer_of(capture), "length": None if original is None else len(original)}
            for capture, original in zip(delivery.captures, own, strict=True)
        ],
        "links": [[link.url, link.title] for link in delivery.links],
        "notes": list(delivery.notes),
        "after": delivery.after,
    }
    return answer, b"".join(original or b"" for original in own)


def delivery_of(arrival: Arrival, start: int = 0, most: int = PARTS) -> Delivery:
    """Parts ``start`` and following of what arrived: at most ``most``, and no more than a few seconds and megabytes of them.

    Raises:
        ReadError: nothing at all could be read in it.
    """
    batch = _Batch(time.monotonic() + BATCH_SECONDS)
    after = None
    try:
        after = _fill(batch, arrival, start, most)
    except ReadError as error:
        batch.refuse(error)
    except (MemoryError, RecursionError):
        batch.refuse(ReadError("This file could not be read to its end", "It is too large or too deeply nested."))
    if start == 0 and after is None and not batch.holds_something:
        raise batch.why_nothing(arrival.name or "this file")
    return batch.delivery(after)


def _fill(batch: _Batch, arrival: Arrival, start: int, most: int) -> int | None:
    """Take parts until the batch is full; the number of the part that is left, None when all were taken."""
    for number, part in enumerate(_parts(arrival)):
        if number < start:
            continue
        if number >= PARTS:
            batch.notes.append(f"Only its first {PARTS:,} parts were read.")
            return None
        if number - start >= most or batch.is_full(part):
            return number
        batch.take(part)
    return None


def told(error: ReadError) -> str:
    """A refusal as one line of notes."""
    return f"{error.title}. {error.detail}"


@dataclass(slots=True)
class _Batch:
    until: float
    captures: list[Capture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusals: list[ReadError] = field(default_factory=list)
    size: int = 0

    @property
    def holds_something(self) -> bool:
        return bool(self.captures or self.links)

    def is_full(self, part: Part) -> bool:
        """Whether ``part`` has to wait for the next batch; a first one never has to."""
        if not (self.captures or self.links or self.notes):
            return False
        coming = len(part.data) if isinstance(part, Arrival) else 0
        return self.size + coming > BATCH_BYTES or time.monotonic() > self.until

    def take(self, part: Part) -> None:
        if isinstance(part, Link):
            self.links.append(part)
        elif isinstance(part, Note):
            self.notes.append(part.text)
        else:
            self._read(part)

    def _read(self, part: Arrival) -> None:
        try:
            capture = read_arrival(part)
        except ReadError as error:
            self.refuse(error)
        else:
            self.captures.append(capture)
            self.size += len(capture.original) + len(capture.item.text)

    def refuse(self, error: ReadError) -> None:
        """Tell of a part, or of the rest of the file, that could not be read."""
        self.refusals.append(error)
        self.notes.append(told(error))

    def why_nothing(self, name: str) -> ReadError:
        """Why there is nothing in the file: its only refusal, or the first of several."""
        if len(self.notes) == 1 and self.refusals:
            return self.refusals[0]
        reasons = " ".join(self.notes[:2]) or "It holds no page, no mail and no address. Check that it is the right file."
        return ReadError(f"There is nothing to read in {name}", reasons)

    def delivery(self, after: int | None) -> Delivery:
        return Delivery(captures=tuple(self.captures), links=tuple(self.links), notes=tuple(self.notes), after=after)


def _parts(arrival: Arrival, depth: int = 0) -> Iterator[Part]:
    """The parts of what arrived and of the files inside it, flat; what holds only itself is its own only part."""
    kind = kind_of(arrival.data, name_of(arrival), arrival.media_type)
    if kind not in UNPACKERS:
        yield arrival
        return
    if depth >= DEPTH:
        yield arrival if kind == "mail" else Note(f"{arrival.name or 'A part'} is nested too deeply and was left out.")
        return
    for part in _unpacker(kind)(arrival):
        if not isinstance(part, Arrival) or part is arrival:
            yield part
        elif part.data.strip():
            yield from _inside(part, depth + 1)


def _inside(part: Arrival, depth: int) -> Iterator[Part]:
    """The parts of a file inside another; one that cannot be taken apart does not keep those behind it out."""
    try:
        yield from _parts(part, depth)
    except ReadError as error:
        yield Note(told(error))


def _unpacker(kind: str) -> Unpack:
    return cast("Unpack", import_module(UNPACKERS[kind]).unpack)
