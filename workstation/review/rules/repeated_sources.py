"""A card rests on a source once: a report that stands on it twice is one voice that looks like two."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import Source, SourceKind
from workstation.review.manuscript import Manuscript
from workstation.review.outlets.outlet_names import name_key
from workstation.review.outlets.reports import is_one_report

TAKE_OUT = "Take the second out"


def repeated_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a card with one report, or one name, on two chips."""
    for index, card in manuscript.cards:
        for entry, before in _repeated(card.sources):
            yield _problem(index, entry, card.sources[before], card.sources[entry])


@lru_cache(maxsize=512)
def _repeated(sources: tuple[Source, ...]) -> tuple[tuple[int, int], ...]:
    """The indices of sources that an earlier one says already, each with that one's."""
    found: dict[int, int] = {}
    for (before, one), (entry, other) in combinations(enumerate(sources), 2):
        if entry not in found and _is_repeated(one, other):
            found[entry] = before
    return tuple(sorted(found.items()))


def _is_repeated(one: Source, other: Source) -> bool:
    """Two people of one report are two voices; an outlet and its report under another name are one."""
    if name_key(one.name) == name_key(other.name) and (one.of or "") == (other.of or ""):
        return bool(one.name)
    both_speak = SourceKind.OUTLET not in (one.kind, other.kind)
    return not both_speak and is_one_report(one, other)


def _problem(index: int, entry: int, one: Source, other: Source) -> Problem:
    what = "report" if is_one_report(one, other) else "name"
    message = f"Card {index + 1} has one {what} on two chips: {one.printed} and {other.printed}. Take one out."
    fix = Fix(TAKE_OUT, other.name, "")
    return Problem("repeated-source", Severity.WARNING, Place("sources", index, entry=entry), message, other.printed, fix)
