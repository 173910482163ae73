"""Files that were packed one by one (.gz): what is in them, as far as it goes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival
from workstation.ingest.delivery import Note, Part

LENGTH = 48 * 1024 * 1024
"""Bytes that a file may unpack to."""
_ANY_GZIP = 31


def unpack(arrival: Arrival) -> Iterator[Part]:
    """The file inside, under its name without ``.gz``; of one that was cut off its beginning, and a note that it is.

    Raises:
        ReadError: nothing can be unpacked, or far too much.
    """
    name = arrival.name or "This file"
    unpacker = zlib.decompressobj(_ANY_GZIP)
    data = _beginning(unpacker, arrival.data)
    if len(data) > LENGTH:
        raise ReadError(f"{name} is not read", f"It unpacks to more than {LENGTH >> 20} MB. Unpack it and capture a part.")
    if not data:
        raise ReadError(f"{name} could not be read", "It is packed (gzip) and damaged or cut off. Save or download it again.")
    yield replace(arrival, data=data, name=_inner(arrival.name), media_type=None)
    if not unpacker.eof:
        yield Note(f"{name} is damaged or cut off: only its beginning could be read. Save or download it again.")


def _beginning(unpacker: zlib._Decompress, data: bytes) -> bytes:
    """What can be unpacked before the first damage; a little at a time, since damage takes all of its chunk with it."""
    found = bytearray()
    for start in range(0, len(data), 1024):
        try:
            found += unpacker.decompress(data[start : start + 1024], LENGTH + 1 - len(found))
        except zlib.error:
            break
        if unpacker.eof or len(found) > LENGTH:
            break
    return bytes(found)


def _inner(name: str) -> str:
    return name[: -len(".gz")] if name.lower().endswith(".gz") else name
