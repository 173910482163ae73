"""Right-to-left words inside a text whose markup may be taken away: kept in order by invisible isolates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from workstation.domain.body import LINE_BREAK, Run

RIGHT_TO_LEFT_ISOLATE = "\u2067"
END_OF_ISOLATE = "\u2069"

_ANY_ISOLATE = re.compile("[\u2066-\u2069]")
_QUOTED = re.compile('(?<=[“„«])[^“”„«»]+(?=[”“»])|(?<=")[^"]+(?=")')


def starts_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    return next(filter(None, map(_side, text)), "") == "r"


def runs_right_to_left(text: str) -> bool:
    """Whether any letter of it runs from right to left."""
    return not text.isascii() and "r" in map(_side, text)


def isolated(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """``runs`` with each right-to-left stretch between U+2067 and U+2069.

    A line that begins right-to-left is one stretch; in any other, each right-to-left quotation is, and whatever words
    are left. A text that has isolates already stays as it is.
    """
    text = "".join(run.text for run in runs)
    if _ANY_ISOLATE.search(text):
        return runs
    opens, closes = set[int](), set[int]()
    start = 0
    for line in text.split(LINE_BREAK):
        for first, last in _stretches(line):
            opens.add(start + first)
            closes.add(start + last)
        start += len(line) + 1
    return tuple(_with_isolates(runs, opens, closes)) if opens else runs


def isolated_text(text: str) -> str:
    """``text`` with its right-to-left stretches isolated; see :func:`isolated`."""
    return isolated((Run(text),))[0].text if text else text


def _with_isolates(runs: Iterable[Run], opens: set[int], closes: set[int]) -> Iterable[Run]:
    at = 0
    for run in runs:
        pieces: list[str] = []
        for character in run.text:
            pieces.append(RIGHT_TO_LEFT_ISOLATE * (at in opens) + character)
            at += 1
            pieces.append(END_OF_ISOLATE * (at in closes))
        yield replace(run, text="".join(pieces))


def _stretches(line: str) -> list[tuple[int, int]]:
    """The right-to-left stretches of one line, as (start, end) with the end exclusive, in order, not overlapping."""
    sides = [_side(character) for character in line]
    if "r" not in sides:
        return []
    if _first(sides) == "r":
        return [(0, len(line))]
    quoted = [match.span() for match in _QUOTED.finditer(line) if _first(sides[slice(*match.span())]) == "r"]
    for start, end in quoted:
        sides[start:end] = ["l"] * (end - start)
    return sorted([*quoted, *_words(sides)])


def _words(sides: list[str]) -> list[tuple[int, int]]:
    """From the first to the last right-to-left letter of each stretch without a left-to-right one between."""
    stretches: list[tuple[int, int]] = []
    joined = False
    for index, side in enumerate(sides):
        if side == "r":
            stretches[-1:] = [(stretches[-1][0], index + 1)] if joined else [*stretches[-1:], (index, index + 1)]
        joined = side == "r" or (joined and side != "l")
    return stretches


def _first(sides: list[str]) -> str:
    return next((side for side in sides if side), "")


def _side(character: str) -> str:
    """``"r"`` or ``"l"`` for a letter with a direction, empty for anything else."""
    name = unicodedata.bidirectional(character)
    return "r" if name in ("R", "AL") else "l" if name == "L" else ""
