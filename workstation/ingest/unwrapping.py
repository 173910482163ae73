"""Lines that were broken at a width put together again, so that a paragraph is one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from workstation.ingest.plain import one_line

_WIDEST, _NARROWEST = 100, 40
_LIST = re.compile(r"^\s*(?:[-*•–·]\s|\d{1,3}[.)]\s|>|\||https?://)")
_NO_SPACES = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")


def unwrapped(text: str) -> str:
    r"""``text`` with one line a paragraph: lines of one block that were broken at a width of 40 to 100 letters are joined."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line for block in blocks for line in _paragraphs(block))


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph as one: with a space between them, unless the script has none."""
    if not before or not after:
        return before or after
    if _NO_SPACES.match(before[-1]) and _NO_SPACES.match(after[0]):
        return before + after
    return f"{before} {after}"


def _paragraphs(block: str) -> Iterator[str]:
    lines = [line for line in (one_line(raw) for raw in block.split("\n")) if line]
    if not _were_wrapped(lines):
        yield from lines
        return
    paragraph = lines[0]
    for line in lines[1:]:
        if _LIST.match(line):
            yield paragraph
            paragraph = line
        else:
            paragraph = joined(paragraph, line)
    yield paragraph


def _were_wrapped(lines: list[str]) -> bool:
    """Whether every line but the last is as long as the width allows: the next one's first word would not have fitted."""
    if len(lines) < 2:
        return False
    width = max(map(len, lines))
    if not _NARROWEST <= width <= _WIDEST:
        return False
    broken = sum(_is_full(line, after, width) for line, after in pairwise(lines))
    return broken * 4 >= (len(lines) - 1) * 3


def _is_full(line: str, after: str, width: int) -> bool:
    return bool(_LIST.match(after)) or len(line) + 1 + len(after.split(" ", 1)[0]) > width - 4
