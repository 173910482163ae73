"""What one file brings: items, addresses to fetch, and words about the parts that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workstation.domain.item import Capture
from workstation.ingest.arrival import Arrival


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a file names, with the title that the file gives it."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about a part that brings no item."""

    text: str


Part = Arrival | Link | Note
Unpack = Callable[[Arrival], Iterator[Part]]
"""Gives the parts of a file in their order, the same ones each time; a part that is the arrival itself is read as one item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Some of the parts of one file, in their order. ``after`` is the number of the part to go on with, None at the end."""

    captures: tuple[Capture, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
    after: int | None = None
