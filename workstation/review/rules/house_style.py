"""The words keep the house's style; what others said is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from workstation.domain.body import Body
from workstation.domain.house_style import BODY, CAPTION, HEADLINE, HouseStyle
from workstation.domain.problem import Fix, Problem
from workstation.review.manuscript import KEPT, Manuscript, Passage
from workstation.review.styles.house_style import Slip, slips_in

PREFIX = "style/"
"""Before the id of the rule of style in a problem's ``rule``."""

_KINDS = {"headline": HEADLINE, "news": BODY, "body": BODY, "alt": CAPTION, "caption": CAPTION}


def house_style(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of what breaks the house's style; of several styles the one that the story breaks least is meant."""
    every = (name for _, card in manuscript.cards for source in card.sources for name in (source.name, source.of) if name)
    names = frozenset(every)
    found = [
        [(passage, slip) for passage in manuscript.passages for slip in _own_slips(passage, style, names)]
        for style in manuscript.background.styles
    ]
    for passage, slip in min(found, key=len, default=[]):
        yield _problem(passage, slip)


@lru_cache(maxsize=2 * KEPT)
def _own_slips(passage: Passage, style: HouseStyle, names: frozenset[str]) -> tuple[Slip, ...]:
    """Where a text breaks a style in the story's own words; ``names`` are those of its sources."""
    kind = _KINDS.get(passage.place.part or passage.place.field)
    slips = slips_in(passage.text, style, passage.language) if kind else ()
    return tuple(slip for slip in slips if kind in slip.rule.where and not _is_anothers(passage, slip, names))


def _is_anothers(passage: Passage, slip: Slip, names: frozenset[str]) -> bool:
    """Whether the words are quoted, a title (which is set in italics), or part of a source's name."""
    start, end = slip.start, slip.end
    if passage.quotes_at(start, end) or (passage.body is not None and _is_emphasised(passage.body, start, end)):
        return True
    return any(_covers(passage.text, name, start, end) for name in names)


def _is_emphasised(body: Body, start: int, end: int) -> bool:
    return any(begin < end and start < finish for begin, finish in _emphasised(body))


@lru_cache(maxsize=KEPT)
def _emphasised(body: Body) -> tuple[tuple[int, int], ...]:
    """The code points of the text that are set in italics."""
    found: list[tuple[int, int]] = []
    at = 0
    for block in body.blocks:
        for run in block.runs:
            if run.marks.emphasis:
                found.append((at, at + len(run.text)))
            at += len(run.text)
        at += 1
    return tuple(found)


def _covers(text: str, name: str, start: int, end: int) -> bool:
    at = text.find(name, max(0, end - len(name)), start + len(name))
    return at >= 0 and at <= start and end <= at + len(name)


def _problem(passage: Passage, slip: Slip) -> Problem:
    old, rule = passage.text[slip.start : slip.end], slip.rule
    place = passage.place_of(slip.start, slip.end)
    return Problem(f"{PREFIX}{rule.id}", rule.severity, place, rule.told(old, slip.new), old, _fix(slip, old))


def _fix(slip: Slip, old: str) -> Fix | None:
    if slip.new is None:
        return None
    is_removal = len(slip.new) <= 1 < len(old)
    return Fix("Take it out" if is_removal else f"Write “{slip.new}”", old, slip.new, slip.start)
