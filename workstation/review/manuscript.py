"""A story with everything that the rules look at: its items, its texts with their sentences, its quotations compared once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workstation.domain.body import Body
from workstation.domain.item import Item
from workstation.domain.problem import Place
from workstation.domain.quote import Quote
from workstation.domain.story import INSIGHTS_AUTO, INSIGHTS_NONE, SignalCard, Story
from workstation.review.background import Background
from workstation.review.quoting.attribution import Attribution, attribute
from workstation.review.quoting.beside import with_translations
from workstation.review.quoting.quotations import Quotation, Quoting, quoting_in, quoting_of
from workstation.review.sentences import Sentence, sentences_in

KEPT = 256
"""So many texts of stories are remembered with what was found in them: most are what they were at the review before."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One text that the story prints, and the ids of the items whose words it may quote; ``body`` where it is rich text.

    A passage that is what it was at the review before is the same object, and equal to no other one: so what was found in it
    can be asked for quickly.
    """

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


@dataclass(frozen=True, slots=True, eq=False)
class ComparedQuotation:
    """A quotation of the story with what the archive says about it; the same object where nothing of it changed."""

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


class KnownItems(dict[str, Item]):
    """Items by id. As passages, the same object at the next review if nothing changed, and equal to no other one."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:  # type: ignore[override]  # a dict has none
        return id(self)


MOST_READ = 300_000
"""Code points of a source that are looked through for names, figures and passages; quoted words are sought in all of it."""


def opening(item: Item) -> str:
    """The text of an item, of a very long one (a book, a law) its beginning."""
    return item.text if len(item.text) <= MOST_READ else item.text[:MOST_READ]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a rule judges. ``items`` are by id and, as the background's quotes, may be more than the story needs."""

    story: Story
    items: KnownItems
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
    known = _known(tuple(items.values()))
    passages = tuple(_passages(story, story.language or background.language))
    quotations = tuple(compared for passage in passages for compared in _compared_in(passage, known, background))
    return Manuscript(story, known, background, passages, quotations)


@lru_cache(maxsize=16)
def _known(items: tuple[Item, ...]) -> KnownItems:
    return KnownItems((item.id, item) for item in items)


# --- texts ---------------------------------------------------------------------------------------------------------


def _passages(story: Story, language: str) -> Iterator[Passage]:
    """Every text that the story prints; only a card answers to its own sources, any other text to those of all cards."""
    everything = story.item_ids

    def line(text: str, place: Place, item_ids: tuple[str, ...] = everything) -> Passage:
        return _line(text, place, item_ids, language)

    yield line(story.headline, Place("headline"))
    if story.insights not in (INSIGHTS_AUTO, INSIGHTS_NONE):
        yield line(story.insights, Place("insights"))
    if story.lead_image:
        yield line(story.lead_image.alt, Place("lead_image", part="alt"))
        yield line(story.lead_image.caption, Place("lead_image", part="caption"))
        yield line(story.lead_image.credit, Place("lead_image", part="credit"))
    yield _rich_text(story.news, Place("news"), everything, language)
    for index, card in enumerate(story.signals):
        own = tuple(dict.fromkeys(source.item for source in card.sources if source.item))
        yield line(card.headline, Place("headline", index), own)
        yield _rich_text(card.body, Place("body", index), own, language)


@lru_cache(maxsize=KEPT)
def _line(text: str, place: Place, item_ids: tuple[str, ...], language: str) -> Passage:
    return Passage(place, quoting_in(text, language), item_ids, language)


@lru_cache(maxsize=KEPT)
def _rich_text(body: Body, place: Place, item_ids: tuple[str, ...], language: str) -> Passage:
    return Passage(place, quoting_of(body, language), item_ids, language, body)


# --- quotations ----------------------------------------------------------------------------------------------------


def _compared_in(passage: Passage, items: KnownItems, background: Background) -> tuple[ComparedQuotation, ...]:
    """The quotations of a text, compared."""
    if not passage.quoting.quotations:
        return ()
    ties = tuple(background.quotes.get(found.quote) if found.quote else None for found in passage.quoting.quotations)
    versions = dict.fromkeys(version for item in passage.item_ids for version in background.versions.get(item, ()))
    return _compared(passage, items, ties, tuple(versions))


@lru_cache(maxsize=2 * KEPT)
def _compared(
    passage: Passage, items: KnownItems, ties: tuple[Quote | None, ...], versions: tuple[str, ...]
) -> tuple[ComparedQuotation, ...]:
    own = [items[item_id] for item_id in passage.item_ids if item_id in items]
    others = [items[version] for version in versions if version in items and version not in passage.item_ids]
    quotations = passage.quoting.quotations
    found = [
        _attribute(quotation.printed(passage.text), own, others, items, tie)
        for quotation, tie in zip(quotations, ties, strict=True)
    ]
    told = with_translations(passage.text, passage.language, quotations, found)
    return tuple(ComparedQuotation(passage, *pair) for pair in zip(quotations, told, strict=True))


def _attribute(
    printed: str, own: Sequence[Item], others: Sequence[Item], items: Mapping[str, Item], tie: Quote | None
) -> Attribution:
    """Where the words stand: in the items that are named, else in other versions of their pages, which are the same source."""
    found = attribute(printed, own, items, tie)
    if found.grade.is_true or not others:
        return found
    wider = attribute(printed, [*own, *others], items, tie)
    return wider if wider.grade.is_true else found
