"""What the first page of a store says of it, in the file and in its log, read without SQLite, which would change them."""

from __future__ import annotations

import struct
from io import FileIO
from pathlib import Path

from workstation.store.opening.log_frames import LOG_MAGIC

HEADER = 100
"""So many bytes of a first page say whose the database is and of which version."""
_MARKS = struct.Struct(">i4xI")
_SIZE_AT, _MARKS_AT = 16, 60

_LOG = struct.Struct(">8I")
_FRAME = struct.Struct(">4I")
_FRAME_BYTES = 24


def marks_in(head: bytes) -> tuple[int, int]:
    """How many migrations a store has had, and the number of the program whose it is, as its first page says."""
    version, application = _MARKS.unpack_from(head, _MARKS_AT)
    return int(version), int(application)


def page_size_in(head: bytes) -> int:
    """How many bytes each page of the store has, as its first page says."""
    (told,) = struct.unpack_from(">H", head, _SIZE_AT)
    return 65536 if told == 1 else int(told)


def newest_head(store: Path) -> bytes | None:
    """The header of the first page that was last committed to the log of ``store``; None where the log has none.

    Raises:
        OSError: the log cannot be read.
    """
    try:
        with store.with_name(f"{store.name}-wal").open("rb", buffering=0) as log:  # a buffer would be filled anew for each page
            return _newest_head(log)
    except FileNotFoundError:
        return None


def _newest_head(log: FileIO) -> bytes | None:
    begin = log.read(_LOG.size)
    if len(begin) < _LOG.size:
        return None
    magic, _, page_bytes, _, *salts, _, _ = _LOG.unpack(begin)
    if magic not in LOG_MAGIC:
        return None
    found = written = None
    at, step = _LOG.size, _FRAME_BYTES + page_bytes
    while len(frame := log.read(_FRAME_BYTES + HEADER)) == _FRAME_BYTES + HEADER:
        page, commits, *own = _FRAME.unpack_from(frame)
        if own != salts:
            break  # what lies behind is from before the log was begun anew
        written = frame[_FRAME_BYTES:] if page == 1 else written
        found = written if commits else found
        at += step
        log.seek(at)
    return found
