"""A vote over what several signals of a page say: those that agree add up, and the heaviest opinion wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workstation.ingest.arrival import Finding

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Vote:
    """A value, where it was found, and how much that place has been right (about 1.0 where it mostly is)."""

    value: str
    origin: str
    weight: float


def letters(text: str) -> str:
    """``text`` folded to its letters and digits: what two spellings of one thing share."""
    return _NOT_LETTERS.sub("", text.casefold())


def elected(votes: Iterable[Vote], agreement: Callable[[str, str], float], *, enough: float = 0.0) -> Finding | None:
    """The value that the votes weigh heaviest, None where it weighs less than ``enough``; the earlier one when two are even.

    ``agreement(one, other)`` tells between 0 and 1 how much a vote for ``other`` speaks for ``one``.
    """
    cast = list(votes)
    weights = [sum(other.weight * agreement(vote.value, other.value) for other in cast) for vote in cast]
    best = max(range(len(cast)), key=lambda number: (round(weights[number], 6), -number), default=None)
    if best is None or weights[best] < enough:
        return None
    return Finding(cast[best].value, cast[best].origin)
