"""Who reports in a card's words stands on its chip too: the insights line and the counts go by the chips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import Source, SourceKind
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.outlets.naming import names_outlet
from workstation.review.outlets.outlet_names import OutletNames, alike, names_of, outlet_names, spellings_of
from workstation.review.outlets.told_outlets import NameIndex, Told, is_someone_else, name_index, told_outlets, told_press

ADD = "Add to the sources"
_INSTITUTION = re.compile(
    r"\b(?:organi[sz]ation|ministry|institute?|universit\w+|office|bank|council|commission|cent(?:er|re)|department|authority|bureau"
    r"|association|union|fund|court|government|police|house|foundation|society|observatory|programme?|board|party|parliament|embassy"
    r"|company|inc|corp|ltd|gmbh|federation|committee|museum|laboratory|school|hospital|navy|army|ministerium|ministère|ministerio)\b",
    re.IGNORECASE,
)
"""What speaks in other outlets' reports too: that it is one card's source makes no credit of "the ministry said" on another."""


def missing_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of outlets that a card's words credit and its chips leave out."""
    names = outlet_names(manuscript.background.outlets)
    own = (source.outlet for _, card in manuscript.cards for source in card.sources if source.kind is SourceKind.OUTLET)
    index = _names_to_seek(names, frozenset(name for name in own if name and not _INSTITUTION.search(name)))
    for passage in manuscript.passages:
        if passage.place.field == "body" and passage.place.card is not None:
            yield from _judge(passage, passage.place.card, manuscript, index, names)


@lru_cache(maxsize=32)
def _names_to_seek(names: OutletNames, own: frozenset[str]) -> NameIndex:
    rows = [names_of(outlet) for outlets in names.by_key.values() for outlet in outlets]
    known = (name for row in rows for name in row if "(" not in name)
    with_article = (name for row in rows if any(name.startswith("The ") for name in row) for name in row if name.isupper())
    return name_index({*own, *known}, own, with_article)


def _judge(passage: Passage, index: int, manuscript: Manuscript, seek: NameIndex, names: OutletNames) -> Iterator[Problem]:
    said: set[str] = set()
    for told in _not_on_a_chip(passage.text, manuscript.story.signals[index].sources, seek, names):
        if told.name not in said and not _is_quoted(told, passage) and not _is_someone_else(told, manuscript, seek):
            said.add(told.name)
            name = _as_printed_on_a_chip(told, passage.text, manuscript, names)
            message = f"Card {index + 1} credits {name}, which is not among its sources. Add it, or credit the card’s own."
            credit = " ".join(passage.text[slice(*told.credit)].split())
            fix = Fix(ADD, "", name)
            place = Place("sources", index)
            yield Problem("attribution-missing-source", Severity.WARNING, place, message, credit, fix, about=name)


@lru_cache(maxsize=256)
def _not_on_a_chip(text: str, sources: tuple[Source, ...], seek: NameIndex, names: OutletNames) -> tuple[Told, ...]:
    every = (*told_outlets(text, seek), *told_press(text))
    return tuple(told for told in every if not _is_on_a_chip(told.name, sources, names))


def _is_quoted(told: Told, passage: Passage) -> bool:
    """Whether others say the name; one that stands in marks by itself is no quotation."""
    spans = passage.quoting.quotations
    return any(span.start <= told.start and told.end <= span.end and span.printed(passage.text) != told.name for span in spans)


@lru_cache(maxsize=2048)
def _is_on_a_chip(name: str, sources: tuple[Source, ...], names: OutletNames) -> bool:
    """Whether a chip bears the name, an alias of it, or a longer or shorter form."""
    for source in sources:
        spellings = (source.name, *spellings_of(source, names))
        if any(alike(name, spelling) for spelling in spellings) or names_outlet(f"the {name}", tuple(dict.fromkeys(spellings))):
            return True
    hosts = {host for outlet in names.of_name(name) for host in outlet.outlet.domains}
    there = (names.of_address(source.url) for source in sources)
    return any(outlet is not None and not hosts.isdisjoint(outlet.outlet.domains) for outlet in there)


def _is_someone_else(told: Told, manuscript: Manuscript, seek: NameIndex) -> bool:
    if told.name in seek.sure or " " in told.name:
        return False
    return any(is_someone_else(passage.text, told.name) for passage in manuscript.passages)


def _as_printed_on_a_chip(told: Told, text: str, manuscript: Manuscript, names: OutletNames) -> str:
    """The name that other cards have for it, else the one that the outlet calls itself, where it is plain which one is meant."""
    every = (source.outlet for _, card in manuscript.cards for source in card.sources)
    printed = next((other for other in every if other.removeprefix("The ") == told.name), None)
    known = {outlet.outlet.name for outlet in names.of_name(told.name)}
    written = f"The {told.name}" if text[: told.start].endswith("The ") else told.name
    return printed or (known.pop() if len(known) == 1 else written)
