"""What the sentences of a story rest on: the passages they are tied to, and the archived texts of their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workstation.domain.claim import Claim
from workstation.domain.item import Item
from workstation.domain.quote import Quote
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.sentences import Sentence


def own_language(manuscript: Manuscript) -> str:
    """The ISO 639 code of the language that the story is written in."""
    return (manuscript.story.language or manuscript.background.language).partition("-")[0].lower()


def dateline_day(manuscript: Manuscript) -> date | None:
    """The day that the story bears: of its last change, else of its publication, in its own zone; else the day of the review."""
    story = manuscript.story
    moment = story.updated or story.first_published
    return _day_in(moment, story.time_zone) if moment else manuscript.background.today


def _day_in(moment: datetime, time_zone: str | None) -> date:
    try:
        return moment.astimezone(ZoneInfo(time_zone)).date() if time_zone else moment.date()
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):  # the first and the last year end in some zones
        return moment.date()


def texts_in_its_language(manuscript: Manuscript, passage: Passage) -> Iterator[Item]:
    """The items that a text rests on, as far as they are archived and in the story's language."""
    language = own_language(manuscript)
    return (item for item in archived(manuscript, passage) if language_of(item, language) == language)


def archived(manuscript: Manuscript, passage: Passage) -> Iterator[Item]:
    """The items that a text rests on, as far as their text is archived."""
    every = (manuscript.items.get(item_id) for item_id in passage.item_ids)
    return (item for item in every if item and item.text)


def language_of(item: Item, default: str) -> str:
    """The ISO 639 code of the language that an item is written in; ``default`` where nobody knows."""
    return (item.language or default).partition("-")[0].lower()


def ties_of(manuscript: Manuscript, passage: Passage) -> Mapping[str, Quote]:
    """The quotes that sentences of a text are tied to, by the words of the sentence."""
    claims = _claims(manuscript, passage)
    return {claim.words: manuscript.quotes[claim.quote] for claim in claims if claim.quote in manuscript.quotes}


def _claims(manuscript: Manuscript, passage: Passage) -> tuple[Claim, ...]:
    place = passage.place
    if place.field == "news":
        return manuscript.story.claims
    return manuscript.story.signals[place.card].claims if place.field == "body" and place.card is not None else ()


def tie_of(sentence: Sentence, passage: Passage, ties: Mapping[str, Quote]) -> Quote | None:
    """The quote that a sentence is tied to, or None."""
    if not ties:
        return None
    words = " ".join(sentence.printed(passage.text).split())
    return next((quote for claimed, quote in ties.items() if " ".join(claimed.split()) == words), None)
