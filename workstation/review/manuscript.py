"""A story with everything that the rules look at: its items, its texts with their sentences, its quotations compared once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workstation.domain.body import Body
from workstation.domain.item import Item
from workstation.domain.problem import Place
from workstation.domain.quote import Quote
from workstation.domain.story import INSIGHTS_AUTO, INSIGHTS_NONE, SignalCard, Story
from workstation.review.attribution import Attribution, attribute
from workstation.review.background import Background
from workstation.review.beside import with_translations
from workstation.review.quotations import Quotation, Quoting, quoting_in, quoting_of
from workstation.review.sentences import Sentence, sentences_in

_quoting_in = lru_cache(maxsize=512)(quoting_in)
_quoting_of = lru_cache(maxsize=512)(quoting_of)
"""Most texts are what they were at the review before."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that the story prints, and the ids of the items whose words it may quote; ``body`` where it is rich text."""

    place: Place
    quoting: Quoting
    item_ids: tuple[str, ...]
    language: str = "en"
    body: Body | None = None

    @property
    def text(self) -> str:
        """The plain text; every offset counts its code points."""
        return self.quoting.text

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, in order."""
        return sentences_in(self.text, self.language)

    def quotes_at(self, start: int, end: int) -> bool:
        """Whether any of the code points ``start`` to ``end`` stands in a quotation: others' words are not ours to mend."""
        return any(start < quotation.end and quotation.start < end for quotation in self.quoting.quotations)

    def place_of(self, start: int, end: int) -> Place:
        """The place of a stretch of the text."""
        place = self.place
        return Place(place.field, place.card, start, end, place.entry, place.part)


@dataclass(frozen=True, slots=True)
class ComparedQuotation:
    """A quotation of the story with what the archive says about it."""

    passage: Passage
    quotation: Quotation
    attribution: Attribution

    @property
    def place(self) -> Place:
        """Where in the story it stands."""
        return self.passage.place_of(self.quotation.start, self.quotation.end)

    @property
    def printed(self) -> str:
        """Its words, without the marks around them."""
        return self.quotation.printed(self.passage.text)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a rule judges. ``items`` are by id and, as the background's quotes, may be more than the story needs."""

    story: Story
    items: Mapping[str, Item]
    background: Background
    passages: tuple[Passage, ...]
    quotations: tuple[ComparedQuotation, ...]

    @property
    def quotes(self) -> Mapping[str, Quote]:
        """The quotes that words and sentences of the story are tied to, by id."""
        return self.background.quotes

    def newest(self, item: str) -> Item | None:
        """The newest version of an item's page; None where there is one version only, or none is known."""
        every = next((ids for ids in self.background.versions.values() if item in ids), ())
        return self.items.get(every[0]) if every else None

    @property
    def cards(self) -> Iterator[tuple[int, SignalCard]]:
        """The cards with their indices."""
        return enumerate(self.story.signals)

    def passage(self, field: str, card: int | None = None, part: str | None = None) -> Passage | None:
        """The text at a place, or None where the story has none."""
        place = Place(field, card, part=part)
        return next((passage for passage in self.passages if passage.place == place), None)


def manuscript_of(story: Story, items: Mapping[str, Item], background: Background) -> Manuscript:
    """The manuscript of ``story``, with its quotations found and compared."""
    passages = tuple(_passages(story, story.language or background.language))
    quotations = tuple(
        ComparedQuotation(passage, quotation, attribution)
        for passage in passages
        for quotation, attribution in zip(passage.quoting.quotations, _attributions(passage, items, background), strict=True)
    )
    return Manuscript(story, items, background, passages, quotations)


def _passages(story: Story, language: str) -> Iterator[Passage]:
    """Every text that the story prints; only a card answers to its own sources, any other text to those of all cards."""
    everything = story.item_ids

    def line(text: str, place: Place, item_ids: tuple[str, ...] = everything) -> Passage:
        return Passage(place, _quoting_in(text, language), item_ids, language)

    yield line(story.headline, Place("headline"))
    if story.insights not in (INSIGHTS_AUTO, INSIGHTS_NONE):
        yield line(story.insights, Place("insights"))
    if story.lead_image:
        yield line(story.lead_image.alt, Place("lead_image", part="alt"))
        yield line(story.lead_image.caption, Place("lead_image", part="caption"))
        yield line(story.lead_image.credit, Place("lead_image", part="credit"))
    yield Passage(Place("news"), _quoting_of(story.news, language), everything, language, story.news)
    for index, card in enumerate(story.signals):
        own = tuple(dict.fromkeys(source.item for source in card.sources if source.item))
        yield line(card.headline, Place("headline", index), own)
        yield Passage(Place("body", index), _quoting_of(card.body, language), own, language, card.body)


def _attributions(passage: Passage, items: Mapping[str, Item], background: Background) -> tuple[Attribution, ...]:
    quotations = passage.quoting.quotations
    found = [_attribute(passage, quotation, items, background) for quotation in quotations]
    return with_translations(passage.text, passage.language, quotations, found)


def _attribute(passage: Passage, quotation: Quotation, items: Mapping[str, Item], background: Background) -> Attribution:
    """Where the words stand: in the items that are named, else in other versions of their pages, which are the same source."""
    own = [items[item_id] for item_id in passage.item_ids if item_id in items]
    tie = background.quotes.get(quotation.quote) if quotation.quote else None
    printed = quotation.printed(passage.text)
    found = attribute(printed, own, items, tie)
    if found.grade.is_true:
        return found
    ids = dict.fromkeys(version for item_id in passage.item_ids for version in background.versions.get(item_id, ()))
    others = [items[version] for version in ids if version in items and version not in passage.item_ids]
    wider = attribute(printed, [*own, *others], items, tie) if others else found
    return wider if wider.grade.is_true else found
