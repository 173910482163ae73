"""What has to be sent to the page: of a long story only what changed, since what stays need not be parsed again.

A card of the page begins with a line ``<div class="card">``, a paragraph is a line ``<p dir="auto">…</p>``. Those that stand
in the text before and after the change are replaced by empty elements that say which element of the screen takes their
place. A page of another form (a publication may bring its own template) has no such lines and is sent whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.common_ends import common_head, common_tail

_CARD = '\n<div class="card">\n'
_PARAGRAPH = '\n<p dir="auto">'
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
    tail = common_tail(old, new, min(len(old), len(new)) - head)
    cards, paragraphs = _starts(old, _CARD), _starts(old, _PARAGRAPH)
    stretches = [
        *_staying(new, _starts(new, _CARD), len(cards), (head, tail), "div"),
        *_staying(new, _starts(new, _PARAGRAPH), len(paragraphs), (head, tail), "p"),
    ]
    text = _without(new, sorted(stretches, key=lambda stretch: (stretch.start, -stretch.end)))
    return Shortened(text, len(cards), len(paragraphs)) if len(new) - len(text) >= _LEAST else None


def _starts(text: str, line: str) -> list[int]:
    """Where the lines that begin so stand in a page."""
    starts, at = [], text.find(line)
    while at >= 0:
        starts.append(at + 1)
        at = text.find(line, at + 1)
    return starts


def _staying(new: str, starts: list[int], before: int, kept: tuple[int, int], tag: str) -> list[_Stretch]:
    """The elements of one kind that are the same in the common head and tail of both pages; ``before`` counts the old ones."""
    head, tail = kept[0], len(new) - kept[1]
    shift = before - len(starts)
    found = []
    for number, start in enumerate(starts):
        if head < start <= tail:
            continue
        end = new.find("\n", start) + 1 if tag == "p" else (starts[number + 1] if number + 1 < len(starts) else len(new))
        if (end <= head or start > tail) and _is_whole(new, start, end, tag):
            stays = number if end <= head else number + shift
            found.append(_Stretch(start, end, f'<{tag} data-stays="{stays}"></{tag}>\n'))
    return found


def _is_whole(text: str, start: int, end: int, tag: str) -> bool:
    """Whether this stretch is one element and nothing more."""
    close = f"</{tag}>"
    return text.endswith(f"{close}\n", start, end) and text.count(f"<{tag} ", start, end) == text.count(close, start, end)


def _without(text: str, stretches: list[_Stretch]) -> str:
    """``text`` with its stretches left out; one inside another goes with it."""
    pieces, at = [], 0
    for stretch in stretches:
        if stretch.start >= at:
            pieces += [text[at : stretch.start], stretch.stand_in]
            at = stretch.end
    return "".join([*pieces, text[at:]])
