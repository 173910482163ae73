"""A card rests on a source once: a report that stands on it twice is one voice that looks like two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import Source, SourceKind
from workstation.domain.web_address import canonical
from workstation.review.manuscript import Manuscript
from workstation.review.outlet_names import name_key

TAKE_OUT = "Take the second out"


def repeated_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a card with one report, or one name, on two chips."""
    for index, card in manuscript.cards:
        told: set[int] = set()
        for (_, one), (entry, other) in combinations(enumerate(card.sources), 2):
            if entry not in told and _is_repeated(one, other):
                told.add(entry)
                yield _problem(index, entry, one, other)


def _is_repeated(one: Source, other: Source) -> bool:
    """Two people of one report are two voices; an outlet and its report under another name are one."""
    if name_key(one.name) == name_key(other.name) and (one.of or "") == (other.of or ""):
        return bool(one.name)
    both_speak = SourceKind.OUTLET not in (one.kind, other.kind)
    return not both_speak and is_one_report(one, other)


def is_one_report(one: Source, other: Source) -> bool:
    """Whether two sources are one item or one page."""
    if one.item and one.item == other.item:
        return True
    page = canonical(one.url)
    return page is not None and page == canonical(other.url)


def _problem(index: int, entry: int, one: Source, other: Source) -> Problem:
    what = "report" if is_one_report(one, other) else "name"
    message = f"Card {index + 1} has one {what} on two chips: {one.printed} and {other.printed}. Take one out."
    fix = Fix(TAKE_OUT, other.name, "")
    return Problem("repeated-source", Severity.WARNING, Place("sources", index, entry=entry), message, other.printed, fix)
