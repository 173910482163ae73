"""A link on the words that credit a source leads to that source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from workstation.domain.body import Body
from workstation.domain.mending import HREF
from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import SignalCard, Source
from workstation.domain.web_address import host_of
from workstation.review.manuscript import Manuscript
from workstation.review.outlets.naming import names_outlet
from workstation.review.outlets.outlet_names import OutletNames, outlet_names, spellings_of
from workstation.review.outlets.reports import page_of


def credited_links(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a link that names one source of its card and leads to the report of another, or to another known outlet."""
    names = outlet_names(manuscript.background.outlets)
    for index, card in manuscript.cards:
        for start, words, link in _links(card.body):
            named = [source for source in card.sources if source.url and _names(words, source, names)]
            if len(named) == 1 and _leads_elsewhere(link, named[0], card, names):
                yield _problem(index, start, words, link, named[0])


def _links(body: Body) -> Iterator[tuple[int, str, str]]:
    """Each link of a body: the code point of the text where it begins, its words, its address."""
    at = 0
    for block in body.blocks:
        for link, runs in groupby(block.runs, key=lambda run: run.marks.link):
            words = "".join(run.text for run in runs)
            if link:
                yield at, words, link
            at += len(words)
        at += 1


def _names(words: str, source: Source, names: OutletNames) -> bool:
    return names_outlet(words, tuple(dict.fromkeys((source.name, *spellings_of(source, names)))))


def _leads_elsewhere(link: str, named: Source, card: SignalCard, names: OutletNames) -> bool:
    """A link to another page of the same site is a matter of taste; one to a stranger may be a copy."""
    if page_of(link) == page_of(named.url) or host_of(link) == host_of(named.url):
        return False
    others = {page_of(source.url) for source in card.sources if source is not named}
    there = names.of_address(link)
    return page_of(link) in others or (
        there is not None and there not in names.of_source(named) and there != names.of_address(named.url)
    )


def _problem(index: int, start: int, words: str, link: str, named: Source) -> Problem:
    message = (
        f"This link credits {named.printed} and leads to {host_of(link)}. Link the report of {named.printed}, or mend the words."
    )
    place = Place("body", index, start, start + len(words), part=HREF)
    fix = Fix(f"Link {named.printed}", link, named.url or "")
    return Problem("credited-link", Severity.WARNING, place, message, words, fix, about=link)
