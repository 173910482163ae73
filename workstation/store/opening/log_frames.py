"""A write-ahead log, read without SQLite, which passes over everything behind the first place that is damaged, and says nothing.

Each frame's sums go on from those of the one before it, as that one tells them itself: so each can be proven alone. The format is
described at https://www.sqlite.org/fileformat2.html#walformat.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

LOG_MAGIC = (0x377F0682, 0x377F0683)
_HEAD, _FRAME_HEAD = 32, 24
_CERTAIN = 2
"""A transaction is on the disk before the next begins. A power cut can tear the last one, never one with another behind it."""


@dataclass(slots=True)
class Log:
    """Where in a log the last state of each page lies, by the pages' numbers, as far as whole transactions go.

    ``is_damaged`` when there is a damaged frame with more than one transaction from there on; ``places`` are then those of every
    frame that is whole.
    """

    places: dict[int, int] = field(default_factory=dict)
    is_damaged: bool = False


def read_log(log: bytes, size: int) -> Log:
    """What ``log`` holds for a database of pages of ``size`` bytes; nothing when it is the log of another one."""
    if len(log) < _HEAD:
        return Log()
    magic, _, told, _, salt_1, salt_2, *_ = struct.unpack_from(">8I", log)
    if magic not in LOG_MAGIC or told != size:
        return Log()
    order = ">" if magic & 1 else "<"
    sums = _summed(log[:24], order, (0, 0))
    kept: dict[int, int] = {}
    coming: dict[int, int] = {}
    sound: dict[int, int] | None = None
    behind = 0
    for at in range(_HEAD, len(log) - size - _FRAME_HEAD + 1, size + _FRAME_HEAD):
        page, committed, one, two, *own = struct.unpack_from(">6I", log, at)
        is_of_this = (one, two) == (salt_1, salt_2)
        words = log[at : at + 8] + log[at + _FRAME_HEAD : at + _FRAME_HEAD + size]
        is_whole = is_of_this and _summed(words, order, sums) == tuple(own)
        sums = (own[0], own[1])
        if is_whole:
            coming[page] = at + _FRAME_HEAD
        elif sound is None:
            sound = dict(kept)
        if committed and is_of_this:
            behind += sound is not None
            kept |= coming
            coming = {}
    is_damaged = behind >= _CERTAIN
    return Log(kept if is_damaged or sound is None else sound, is_damaged)


def _summed(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for index in range(0, len(words), 2):
        one = (one + words[index] + two) & 0xFFFFFFFF
        two = (two + words[index + 1] + one) & 0xFFFFFFFF
    return one, two
