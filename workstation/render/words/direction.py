"""Right-to-left words inside a text whose markup may be taken away: kept in order by invisible isolates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from workstation.domain.body import LINE_BREAK, Run

LEFT_TO_RIGHT_ISOLATE = "\u2066"
RIGHT_TO_LEFT_ISOLATE = "\u2067"
END_OF_ISOLATE = "\u2069"

_MAYBE_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Where Unicode has characters that run from right to left, and only there: most texts have none, and are not looked through."""
_ANY_ISOLATE = re.compile("[\u2066-\u2069]")
_QUOTED = re.compile('(?<=[“„«])[^“”„«»]+(?=[”“»])|(?<=")[^"]+(?=")')


def starts_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    return next(filter(None, map(_side, text)), "") == "r"


def holds_right_to_left(text: str) -> bool:
    """Whether any letter of it runs from right to left."""
    return not text.isascii() and "r" in map(_side, text)


def runs_right_to_left(text: str, *, otherwise: bool = False) -> bool:
    """Whether ``text`` is written from right to left: where its first letter and most of them agree, else ``otherwise``."""
    if not _MAYBE_RIGHT_TO_LEFT.search(text):
        return otherwise and not any(map(_side, text))
    return _runs_right_to_left([_side(character) for character in text], otherwise=otherwise)


def html_direction(text: str, page: str) -> str:
    """The ``dir`` of a block on a page that runs ``page`` (``"ltr"`` or ``"rtl"``): ``"auto"`` wherever a browser is right.

    A browser goes by the first letter alone: it would turn a line that only begins with a name from the other side.
    """
    is_right_to_left = runs_right_to_left(text, otherwise=page == "rtl")
    if is_right_to_left == starts_right_to_left(text) or not any(map(_side, text)):
        return "auto"
    return "rtl" if is_right_to_left else "ltr"


def isolated(runs: tuple[Run, ...], *, right_to_left: bool = False) -> tuple[Run, ...]:
    """``runs`` with each right-to-left stretch between U+2067 and U+2069.

    A line that runs right to left is one stretch (``right_to_left`` decides where its letters leave it open); in any other,
    each right-to-left quotation is, and whatever words are left. A text that has isolates already stays as it is.
    """
    text = "".join(run.text for run in runs)
    if not _MAYBE_RIGHT_TO_LEFT.search(text) or _ANY_ISOLATE.search(text):
        return runs
    opens, closes = set[int](), set[int]()
    start = 0
    for line in text.split(LINE_BREAK):
        for first, last in _stretches(line, right_to_left):
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


def _stretches(line: str, right_to_left: bool) -> list[tuple[int, int]]:
    """The right-to-left stretches of one line, as (start, end) with the end exclusive, in order, not overlapping."""
    sides = [_side(character) for character in line]
    if "r" not in sides:
        return []
    if _runs_right_to_left(sides, otherwise=right_to_left):
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


def _runs_right_to_left(sides: list[str], *, otherwise: bool) -> bool:
    if "r" not in sides and "l" not in sides:
        return otherwise
    begins, mostly = _first(sides) == "r", sides.count("r") > sides.count("l")
    return begins if begins == mostly else otherwise


def _first(sides: list[str]) -> str:
    return next((side for side in sides if side), "")


@lru_cache(maxsize=4096)
def _side(character: str) -> str:
    """``"r"`` or ``"l"`` for a letter with a direction, empty for anything else."""
    name = unicodedata.bidirectional(character)
    return "r" if name in ("R", "AL") else "l" if name == "L" else ""
