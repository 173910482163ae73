"""What bears a story out, found by the very checks of the review. Pure: the same story and items, the same evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workstation.domain.claim import ClaimCheck, ClaimState
from workstation.domain.evidence import Evidence, Witness, WitnessKind
from workstation.domain.item import Item
from workstation.domain.problem import QuotationCheck
from workstation.domain.quote import Quote
from workstation.domain.story import Source, Story
from workstation.review import Background, check

Reasons = Mapping[tuple[str, int | None], str]
"""Why something went out although it is not borne out, by the place and code point where it stands."""


def bear_out(
    evidence: Evidence, linked: Story, quotes: Mapping[str, Quote], reasons: Reasons | None = None
) -> tuple[Witness, ...]:
    """The witnesses of a story: quotations, then sentences, then sources, each in the order of the story.

    ``linked`` is the story with an item for every source whose address was captured. ``quotes`` are by id.
    """
    background = Background(quotes=quotes, versions=evidence.versions, language=evidence.language)
    found = check(linked, evidence.items, background)
    by_span = {(quote.item, quote.start, quote.end): quote for quote in quotes.values()}
    quotations = (_quotation(one, by_span, reasons or {}) for one in found.quotations)
    sentences = (_sentence(one) for one in found.claims)
    return (*quotations, *sentences, *_sources(linked, evidence.items))


Spans = Mapping[tuple[str, int, int], Quote]


def _quotation(one: QuotationCheck, quotes: Spans, reasons: Reasons) -> Witness:
    place = str(one.place)
    quote = quotes.get((one.item or "", one.start or 0, one.end or 0))
    return Witness(
        kind=WitnessKind.QUOTATION,
        place=place,
        at=one.place.at,
        until=one.place.until,
        words=one.printed,
        state=one.grade.value,
        holds=one.grade.is_true,
        item=one.item,
        start=one.start,
        end=one.end,
        exact=one.source_words,
        folded=tuple(folding.value for folding in one.folded),
        differing=one.differing,
        left_out=one.left_out,
        speaker=quote.speaker if quote else None,
        translation=quote.translation if quote else None,
        waived=None if one.grade.is_true else reasons.get((place, one.place.at)),
    )


def _sentence(one: ClaimCheck) -> Witness:
    witness = Witness(
        kind=WitnessKind.SENTENCE,
        place=str(one.place),
        at=one.place.at,
        until=one.place.until,
        words=one.words,
        state=one.state.value,
        holds=one.rests,
    )
    if one.state is ClaimState.UNTIED:  # its passage is a guess, and no evidence
        return witness
    return replace(witness, item=one.item, start=one.start, end=one.end, exact=one.passage or None)


def _sources(story: Story, items: Mapping[str, Item]) -> Iterator[Witness]:
    for at, card in enumerate(story.signals):
        for entry, source in enumerate(card.sources):
            yield _source(f"signals[{at}].sources[{entry}]", source, items.get(source.item or ""))


def _source(place: str, source: Source, item: Item | None) -> Witness:
    return Witness(
        kind=WitnessKind.SOURCE,
        place=place,
        words=source.printed,
        state="archived" if item else "not archived",
        holds=item is not None,
        item=item.id if item else None,
        start=0 if item else None,
        end=len(item.text) if item else None,
        address=source.url,
    )
