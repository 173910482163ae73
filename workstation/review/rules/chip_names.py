"""A chip bears the name of the outlet whose report is behind it, and its link and the links in the text lead there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from workstation.domain.item import Item
from workstation.domain.outlet import KnownOutlet, OutletKind
from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import Source, SourceKind
from workstation.domain.web_address import host_of
from workstation.review.manuscript import Manuscript
from workstation.review.outlets.outlet_names import OutletNames, alike, names_of, outlet_names

_LINES_WITH_A_CREDIT = 600
"""Characters of an item in which it says whose report it prints."""
_SLIP = 0.85
"""A name that is so much like another one is that other, mistyped."""


def chip_names(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a chip with another outlet's report, or another outlet's address, behind its name."""
    names = outlet_names(manuscript.background.outlets)
    for index, card in manuscript.cards:
        for entry, source in enumerate(card.sources):
            if source.outlet.strip() and (source.of or source.kind is SourceKind.OUTLET):
                problem = _judge(source, Place("sources", index, entry=entry), manuscript, names)
                if problem:
                    yield problem


def _judge(source: Source, place: Place, manuscript: Manuscript, names: OutletNames) -> Problem | None:
    item = manuscript.items.get(source.item) if source.item else None
    if item and item.outlet.strip():
        if _fits(source.outlet, item.outlet, item.url, names) or _prints_it(item, source.outlet):
            return None
        message = (
            f"The chip says {source.outlet}, the report behind it is {item.outlet}’s. Mend the name, or choose the right report."
        )
        fix = _fix(source.outlet, item.outlet.strip())
        place = replace(place, part="of" if source.of else "name") if fix else place
        return Problem("chip-name", Severity.WARNING, place, message, source.outlet, fix, about=item.outlet)
    there = _another(source.outlet, source.url, names)
    if there is None:
        return None
    message = (
        f"The chip says {source.outlet}, its link leads to {there.outlet.name} ({host_of(source.url)}). Mend one or the other."
    )
    return Problem("chip-name", Severity.WARNING, place, message, source.url or "", about=source.outlet)


@lru_cache(maxsize=512)
def _fix(name: str, outlet: str) -> Fix | None:
    """The outlet's name where the chip's is that one with a slip of the pen."""
    is_slip = SequenceMatcher(None, name.casefold(), outlet.casefold(), autojunk=False).ratio() >= _SLIP
    return Fix(f"Write {outlet}", name, outlet) if is_slip else None


@lru_cache(maxsize=2048)
def _fits(name: str, outlet: str, url: str | None, names: OutletNames) -> bool:
    """Whether a chip's ``name`` is one of those that the outlet of an item goes by."""
    there = names.of_address(url)
    known = (*names.of_name(outlet), *((there,) if there else ()))
    every = {outlet, *(spelling for row in known for spelling in names_of(row))}
    own = {name, *(spelling for row in names.of_name(name) for spelling in names_of(row))}
    return any(alike(one, other) for one in own for other in every) or alike(name, host_of(url).replace(".", " "))


def _prints_it(item: Item, name: str) -> bool:
    """Whether the item says that it prints the report of the outlet ``name``, as one that prints an agency's does."""
    return name in item.text[:_LINES_WITH_A_CREDIT] or name in item.text[-_LINES_WITH_A_CREDIT:] or name in (item.author or "")


@lru_cache(maxsize=2048)
def _another(name: str, url: str | None, names: OutletNames) -> KnownOutlet | None:
    """The outlet at an address where ``name`` is a known one's and not of the one there; agencies are printed everywhere."""
    known, there = names.of_name(name), names.of_address(url)
    if there is None or not known or there in known or any(row.outlet.kind is OutletKind.AGENCY for row in known):
        return None
    is_alike = any(alike(one, other) for row in known for one in names_of(row) for other in names_of(there))
    return None if is_alike else there
