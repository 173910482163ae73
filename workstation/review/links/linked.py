"""Every link that a story prints: those of its sources, and those in its texts with the words that they stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from workstation.domain.body import Body
from workstation.domain.mending import HREF
from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.wording import shortened
from workstation.review.manuscript import Manuscript, Passage

_SHOWN = 40
"""So many characters of a link's words are told."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with an address.

    ``told`` goes on from “The link of Harbour Post on card 1 …” and says how to mend it. ``better`` is the address that was
    meant, where that is certain, and ``label`` what a button says that puts it in.
    """

    told: str
    better: str | None = None
    label: str = "Mend the address"
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points ``start`` to ``end`` of a body's plain text that link to ``address``."""

    start: int
    end: int
    address: str
    words: str


Judge = Callable[[str], Flaw | None]


def flawed_links(manuscript: Manuscript, rule: str, of_source: Judge, in_text: Judge | None = None) -> Iterator[Problem]:
    """A problem for every link whose address has a flaw; ``in_text`` judges the links in texts where it is given."""
    for index, card in manuscript.cards:
        for entry, source in enumerate(card.sources):
            address = (source.url or "").strip()
            flaw = of_source(address) if address else None
            if flaw:
                place = Place("sources", index, entry=entry, part="url")
                told = f"The link of {source.name.strip() or 'a source'} on card {index + 1}"
                yield _problem(rule, told, place, address, flaw, source.name)
    for passage, stretch in links_in_texts(manuscript):
        flaw = (in_text or of_source)(stretch.address)
        if flaw:
            told = told_link(passage, stretch)
            yield _problem(rule, told, place_of_link(passage, stretch), stretch.address, flaw, stretch.words)


def links_in_texts(manuscript: Manuscript) -> Iterator[tuple[Passage, Stretch]]:
    """The links of The News and of the cards' bodies, each with the text that it stands in."""
    for passage in manuscript.passages:
        if passage.body is not None:
            for stretch in stretches_in(passage.body):
                yield passage, stretch


def place_of_link(passage: Passage, stretch: Stretch) -> Place:
    """The place of a link's words, as that of an address."""
    return Place(passage.place.field, passage.place.card, stretch.start, stretch.end, part=HREF)


def told_link(passage: Passage, stretch: Stretch) -> str:
    """The link in an editor's words."""
    card = passage.place.card
    return f"The link “{shortened(stretch.words, _SHOWN)}” in {'The News' if card is None else f'card {card + 1}'}"


@lru_cache(maxsize=512)
def stretches_in(body: Body) -> tuple[Stretch, ...]:
    """The links of a body, in order."""
    found: list[Stretch] = []
    at = 0
    for block in body.blocks:
        for address, runs in groupby(block.runs, key=lambda run: run.marks.link):
            words = "".join(run.text for run in runs)
            if address:
                found.append(Stretch(at, at + len(words), address, words))
            at += len(words)
        at += 1
    return tuple(found)


def _problem(rule: str, link: str, place: Place, address: str, flaw: Flaw, about: str) -> Problem:
    severity = Severity.BLOCKER if flaw.blocks else Severity.WARNING
    fix = None if flaw.better is None else Fix(flaw.label, address, flaw.better)
    return Problem(rule, severity, place, f"{link} {flaw.told}", address, fix, about)
