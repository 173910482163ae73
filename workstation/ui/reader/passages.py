"""Passages of a text: what is selected without the white space around it, and where words are found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

MATCHES_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Passage:
    """Code points ``start`` to ``end`` (exclusive) of a text."""

    start: int
    end: int


class Placed(Protocol):
    """Anything that lies in a text: a highlight, a quote, a passage."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def trimmed(text: str, start: int, end: int) -> Passage | None:
    """The passage without white space at its ends; None when nothing is left."""
    words = text[start:end]
    stripped = words.strip()
    if not stripped:
        return None
    first = start + len(words) - len(words.lstrip())
    return Passage(first, first + len(stripped))


def found(text: str, words: str) -> list[Passage]:
    """Where ``words`` stand in ``text``, small and capital letters alike, at most ``MATCHES_SHOWN`` of them."""
    wanted = words.strip()
    if not wanted:
        return []
    matches = re.finditer(re.escape(wanted), text, re.IGNORECASE)
    return [Passage(*match.span()) for match, _ in zip(matches, range(MATCHES_SHOWN), strict=False)]


def innermost(placed: Iterable[P], at: int) -> P | None:
    """The shortest of those that hold the code point at ``at`` or end there."""
    holding = [entry for entry in placed if entry.start <= at <= entry.end]
    return min(holding, key=lambda entry: entry.end - entry.start, default=None)
