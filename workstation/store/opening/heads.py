"""What the first page of a store says of it, in the file and in its log, read without SQLite, which would change them."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

HEADER = 100
"""So many bytes of a first page say whose the database is and of which version."""
_MARKS = struct.Struct(">i4xI")
_MARKS_AT = 60

_LOG = struct.Struct(">8I")
_FRAME = struct.Struct(">4I")
_FRAME_BYTES = 24
_MAGIC = (0x377F0682, 0x377F0683)


def marks_in(head: bytes) -> tuple[int, int]:
    """How many migrations a store has had, and the number of the program whose it is, as its first page says."""
    version, application = _MARKS.unpack_from(head, _MARKS_AT)
    return int(version), int(application)


def newest_head(store: Path) -> bytes | None:
    """The header of the first page that was last committed to the log of ``store``; None where the log has none.

    Raises:
        OSError: the log cannot be read.
    """
    try:
        with store.with_name(f"{store.name}-wal").open("rb") as log:
            return _newest_head(log)
    except FileNotFoundError:
        return None


def _newest_head(log: BinaryIO) -> bytes | None:
    begin = log.read(_LOG.size)
    if len(begin) < _LOG.size:
        return None
    magic, _, page_bytes, _, *salts, _, _ = _LOG.unpack(begin)
    if magic not in _MAGIC:
        return None
    found = written = None
    while len(frame := log.read(_FRAME_BYTES)) == _FRAME_BYTES:
        page, commits, *own = _FRAME.unpack_from(frame)
        head = log.read(HEADER)
        if own != salts or len(head) < HEADER:
            break  # what lies behind is from before the log was begun anew
        log.seek(page_bytes - HEADER, 1)
        written = head if page == 1 else written
        found = written if commits else found
    return found
