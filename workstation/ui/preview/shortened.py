"""What has to be sent to the page: of a long story only what changed, since what stays need not be parsed again.

A card of the page begins with a line ``<div class="card">``, a paragraph is a line ``<p dir="ltr">…</p>``. Those that stand
in the text before and after the change are replaced by empty elements that say which element of the screen takes their
place. A page of another form (a publication may bring its own template) has no such lines and is sent whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from workstation.domain.common_ends import common_head, common_tail


class _Line(NamedTuple):
    """How a line of the page begins: in these very characters, then in one of several ways."""

    beginning: str
    going_on: tuple[str, ...] = ("",)


_CARD = _Line('\n<div class="card">\n')
_PARAGRAPH = _Line('\n<p dir="', ('ltr">', 'rtl">', 'auto">'))
_LEAST = 4_000
"""Characters that are worth leaving out."""


@dataclass(frozen=True, slots=True)
class Shortened:
    """The new page without what stays, and how many cards and paragraphs the screen must show for it to be true."""

    text: str
    cards: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters ``start`` to ``end`` of the new page, and the element that is left in their place."""

    start: int
    end: int
    stand_in: str


def shortened(old: str, new: str) -> Shortened | None:
    """``new`` for a screen that shows ``old``; None when all of it has to be sent."""
    head = common_head(old, new)
    tail = len(new) - common_tail(old, new, min(len(old), len(new)) - head)
    cards = _staying_cards(old, new, head, tail)
    text = _without(new, sorted([*cards, *_staying_paragraphs(old, new, head, tail, cards)], key=lambda each: each.start))
    if len(new) - len(text) < _LEAST:
        return None
    return Shortened(text, _count(old, _CARD), _count(old, _PARAGRAPH))


def _staying_cards(old: str, new: str, head: int, tail: int) -> list[_Stretch]:
    """The cards that are the same in the common head (up to ``head``) and tail (from ``tail``) of both pages."""
    starts = list(_starts(new, _CARD, 0, len(new)))
    shift = _count(old, _CARD) - len(starts)
    found = []
    for number, (start, end) in enumerate(pairwise([*starts, len(new)])):
        if (end <= head or start > tail) and _is_whole(new, start, end):
            stays = number if end <= head else number + shift
            found.append(_Stretch(start, end, f'<div data-stays="{stays}"></div>\n'))
    return found


def _staying_paragraphs(old: str, new: str, head: int, tail: int, cards: list[_Stretch]) -> Iterator[_Stretch]:
    """The paragraphs that are the same in both, beside those of cards that stay as a whole."""
    shift = _count(old, _PARAGRAPH) - _count(new, _PARAGRAPH)
    edges = [0, *(edge for card in cards for edge in (card.start, card.end)), len(new)]
    number = at = 0
    for begin, stop in zip(edges[::2], edges[1::2], strict=True):
        number += _count(new, _PARAGRAPH, at, begin)
        for start in _starts(new, _PARAGRAPH, begin, stop):
            end = new.find("\n", start) + 1
            if (end <= head or start > tail) and new.endswith("</p>\n", start, end):
                stays = number if end <= head else number + shift
                yield _Stretch(start, end, f'<p data-stays="{stays}"></p>\n')
            number += 1
        at = stop


def _count(text: str, line: _Line, begin: int = 0, stop: int | None = None) -> int:
    return sum(1 for _ in _starts(text, line, begin, len(text) if stop is None else stop))


def _starts(text: str, line: _Line, begin: int, stop: int) -> Iterator[int]:
    """Where the lines that begin so stand between two places of a page."""
    at = text.find(line.beginning, max(0, begin - 1), stop)
    while at >= 0:
        if text.startswith(line.going_on, at + len(line.beginning)):
            yield at + 1
        at = text.find(line.beginning, at + 1, stop)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether this stretch is one card and nothing more."""
    return text.endswith("</div>\n", start, end) and text.count("<div ", start, end) == text.count("</div>", start, end)


def _without(text: str, stretches: list[_Stretch]) -> str:
    """``text`` with its stretches left out."""
    pieces, at = [], 0
    for stretch in stretches:
        pieces += [text[at : stretch.start], stretch.stand_in]
        at = stretch.end
    return "".join([*pieces, text[at:]])
