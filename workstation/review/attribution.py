"""Which source has the words of a quotation: the quote it is tied to first, then the card's sources, then any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workstation.domain.item import Item
from workstation.domain.quote import Quote
from workstation.review.comparing import compare, how_many_words
from workstation.review.findings import ABRIDGED, ALTERED, EXACT, MISSING, NOT_FOUND, TRUE_TO_SOURCE, UNARCHIVED, Finding

SHORT = 2
"""A quotation of so many words can stand anywhere by chance."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the archive says about a quotation.

    ``verdict`` is as in QuotationCheck; ``item`` is the source that has the words (``finding`` says where), and None when
    several sources have so few words. ``elsewhere`` is set when ``item`` is none of the sources that the card names.
    """

    verdict: str
    finding: Finding
    item: Item | None = None
    elsewhere: bool = False
    places: int = 1
    translated: bool = False
    """Whether the words are the translation that the editor keeps beside the quote."""


def attribute(printed: str, own: Sequence[Item], items: Mapping[str, Item], tie: Quote | None) -> Attribution:
    """Where the words of ``printed`` stand: ``own`` are the items that the card rests on, ``items`` all that are known."""
    own_ids = {item.id for item in own}
    tied = _tied(printed, tie, items, own_ids) if tie else None
    if tied and tied.verdict != MISSING:
        return tied
    archived = [item for item in own if item.text]
    if archived:
        found = _in_own(printed, archived)
        if found.verdict != MISSING:
            return found
    else:
        found = Attribution(UNARCHIVED, NOT_FOUND)
    others = [item for item in items.values() if item.text and item.id not in own_ids]
    return _in_others(printed, others) or found


def _tied(printed: str, tie: Quote, items: Mapping[str, Item], own_ids: set[str]) -> Attribution | None:
    """The quotation compared with the text that its quote was cut from, at the quote's own place."""
    item = items.get(tie.item)
    if item is None or not item.text:
        return None
    elsewhere = item.id not in own_ids
    translated = compare(printed, tie.translation) if tie.translation else NOT_FOUND
    if translated.verdict in TRUE_TO_SOURCE:
        verdict = ABRIDGED if translated.verdict == ABRIDGED else EXACT
        there = Finding(verdict, tie.start, tie.end, left_out=translated.left_out)
        return Attribution(verdict, there, item, elsewhere, translated=True)
    finding = compare(printed, item.text, tie.start)
    return Attribution(finding.verdict, finding, item, elsewhere, finding.places)


def _in_own(printed: str, archived: Sequence[Item]) -> Attribution:
    """The quotation in the card's sources: true in one or more of them, else altered from the most alike, else missing."""
    findings = [(item, compare(printed, item.text)) for item in archived]
    true = [(item, finding) for item, finding in findings if finding.verdict in TRUE_TO_SOURCE]
    if true:
        item, finding = min(true, key=lambda pair: TRUE_TO_SOURCE.index(pair[1].verdict))
        places = sum(finding.places for _, finding in true)
        if len(true) > 1 and how_many_words(printed) <= SHORT:
            left_out = (gap for _, other in true if other.verdict == finding.verdict for gap in other.left_out)
            nowhere = Finding(finding.verdict, left_out=tuple(dict.fromkeys(left_out)))
            return Attribution(finding.verdict, nowhere, None, places=places)
        return Attribution(finding.verdict, finding, item, places=places)
    item, finding = max(findings, key=lambda pair: pair[1].likeness)
    if finding.verdict == ALTERED:
        return Attribution(ALTERED, finding, item)
    return Attribution(MISSING, NOT_FOUND, places=0)


def _in_others(printed: str, others: Iterable[Item]) -> Attribution | None:
    """The quotation in an item that is no source of the card; the words must be true there."""
    for item in others:
        finding = compare(printed, item.text)
        if finding.verdict in TRUE_TO_SOURCE:
            return Attribution(MISSING, finding, item, elsewhere=True, places=finding.places)
    return None
