"""Whose perspective is missing: the counts of a story, and unread items on its topic from places that no source of it is from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workstation.domain.perspective import Perspective, Related, RelatedItem
from workstation.domain.story import Story
from workstation.errors import Cancelled
from workstation.store import Store
from workstation.workflow.archive import archive_of, with_items
from workstation.workflow.backgrounds import Backgrounds
from workstation.workflow.gathering import IsCancelled, never
from workstation.workflow.meaning_worker import MeaningError
from workstation.workflow.meanings import Meanings
from workstation.workflow.topic_words import names_in, topic_text, topic_words
from workstation.workflow.writing import Writing

if TYPE_CHECKING:
    from workstation.domain.item import ItemSummary

MOST = 20
"""Items that are told."""
LEAST_SHARED = 2
"""Words, or countries named, that an item has in common with the story at least."""
OF_OWN_SOURCES = 0.3
"""The part of what the story's own sources have in common with it, from which on an item is on its topic."""
ALIKE = 0.36
"""Likeness of two meanings from which on they have one topic: of invented headlines in ten languages the unrelated reach 0.34
in one of a hundred, and the related fall below 0.38 in one of twenty."""
MOST_HOLDING = 3_000
MOST_LOOKED_AT = 400
MOST_LANGUAGES = 24
MOST_COUNTRIES = 6
SMALL = 50
"""Items of an inbox in which nothing is common yet."""
COMMON = 0.2
"""The part of the inbox that may hold a word that tells something."""
COUNTRY = 5.0
TOLD_WORDS = 5


Shared = tuple[float, tuple[str, ...]]
"""How much an item shares with a story, and which words, the most telling first."""


@dataclass(frozen=True, slots=True)
class _Concept:
    """Something that the story speaks of: how it is told, the words that say it, and its weight."""

    label: str
    words: tuple[str, ...]
    weight: float
    is_country: bool = False
    in_headline: bool = False
    is_name: bool = False
    """Whether the headline has it as a name."""


@dataclass(slots=True)
class _Held:
    """What an item holds of a story: words with their worth, and whether one is a name that the story is about."""

    words: list[tuple[float, str]] = field(default_factory=list)
    has_core: bool = False


class Perspectives:
    """The verbs of the perspective. They read the store: call them beside the window's thread."""

    def __init__(self, store: Store, writing: Writing, backgrounds: Backgrounds) -> None:
        self._store = store
        self._writing = writing
        self._backgrounds = backgrounds
        self.meanings = Meanings(store)

    def of(self, number: int, story: Story | None = None) -> Perspective:
        """The counts of ``story``, by default of the story ``number`` as it stands on the screen."""
        from workstation.review.manuscript import manuscript_of  # noqa: PLC0415 - the window is painted before a story is checked
        from workstation.review.perspective import perspective_of  # noqa: PLC0415 - the same

        story = with_items(self._store, self._writing.story(number) if story is None else story)
        kept = archive_of(self._store, story.item_ids)
        return perspective_of(manuscript_of(story, kept.items, self._backgrounds.of(story, kept, number)))

    def related(self, number: int, story: Story | None = None, *, cancelled: IsCancelled = never) -> Related:
        """Unread items on the story's topic from countries that none of its sources is from, at most twenty.

        Raises:
            Cancelled: nobody waits for it any longer.
        """
        story = with_items(self._store, self._writing.story(number) if story is None else story)
        perspective = self.of(number, story)
        words = self._by_words(story, perspective, cancelled)
        meanings = self._by_meaning(story, cancelled)
        ranked = _ranked(words, meanings)
        sourced = {country.code for country in perspective.sourced}
        unread = self._store.topics.unread(ranked[:MOST_LOOKED_AT])
        found = [
            RelatedItem(summary=summary, shared=words[row][1] if row in words else (), likeness=meanings.get(row))
            for row, summary in _from_elsewhere(unread, sourced, set(story.item_ids))
        ]
        return Related(
            items=tuple(found[:MOST]),
            by_meaning=self.meanings.are_known,
            waiting=self.meanings.waiting(),
        )

    def close(self) -> None:
        """Let go of what compares meanings."""
        self.meanings.close()

    # --- by words --------------------------------------------------------------------------------------------------

    def _by_words(self, story: Story, perspective: Perspective, cancelled: IsCancelled) -> dict[int, Shared]:
        """The rows of items that share words with the story, with how much they share: 1.0 is what the nearest own source does.

        Where no own source is in the inbox, it is what the nearest item does.
        """
        own = set(self._store.topics.rows(story.item_ids).values())
        found = self._held(self._concepts(story, perspective), own, cancelled)
        scores = {row: sum(worth for worth, _ in held.words) for row, held in found.items()}
        whole = max((scores[row] for row in own if row in scores), default=0.0) or max(scores.values(), default=1.0)
        return {
            row: (scores[row] / whole, tuple(word for _, word in sorted(held.words, reverse=True)[:TOLD_WORDS]))
            for row, held in found.items()
            if held.has_core or (len(held.words) >= LEAST_SHARED and scores[row] >= OF_OWN_SOURCES * whole)
        }

    def _held(self, concepts: Iterable[_Concept], own: Collection[int], cancelled: IsCancelled) -> dict[int, _Held]:
        """For the rows of items what they hold of the story.

        What much of the inbox holds, or nothing but the story's own sources, tells nothing.
        """
        size = max(self._store.topics.size(), 1)
        found: dict[int, _Held] = defaultdict(_Held)
        for concept in concepts:
            if cancelled():
                raise Cancelled
            rows = self._store.topics.holding(concept.words, MOST_HOLDING)
            others = sum(row not in own for row in rows)
            is_common = others > COMMON * max(size, SMALL)
            is_whole = concept.is_country or (concept.in_headline and len(rows) - others >= max(1, len(own) / 2))
            if not others or (is_common and not is_whole):
                continue
            worth = math.sqrt(concept.weight) * math.log(1 + size / len(rows))
            is_core = concept.is_name and not is_common and len(rows) - others >= max(2, len(own) / 2)
            for row in rows:
                found[row].words.append((worth, concept.label))
                found[row].has_core |= is_core
        return found

    def _concepts(self, story: Story, perspective: Perspective) -> list[_Concept]:
        """The countries that the story names most, in every language of the inbox, and its telling words."""
        from workstation.review.countries import countries, country_names  # noqa: PLC0415 - see of

        named = sorted((country for country in perspective.countries if country.named), key=lambda country: -country.named)
        languages = ["en", *self._store.topics.languages(MOST_LANGUAGES)]
        found = []
        taken: set[str] = set()
        for country in named[:MOST_COUNTRIES]:
            row = countries()[country.code]
            names = country_names(country.code, languages)
            plain = tuple(name.removesuffix("?") for name in (*row.demonyms, *row.others, *row.capitals) if len(name) > 3)
            found.append(_Concept(names[0] if names else country.code, (*names, *plain), COUNTRY, is_country=True))
            taken |= {word.casefold() for name in (*names, *plain) for word in (name, f"{name}s")}
        summaries = (self._store.items.summary(item).title for item in self._store.topics.rows(story.item_ids))
        words = topic_words(story, summaries)
        names_told = {word.casefold() for word in names_in(story.headline)}
        headline = story.headline.casefold()
        for word, weight in words.items():
            if word not in taken:
                found.append(_Concept(word, (word,), weight, in_headline=word in headline, is_name=word in names_told))
        return found

    # --- by meaning ------------------------------------------------------------------------------------------------

    def _by_meaning(self, story: Story, cancelled: IsCancelled) -> Mapping[int, float]:
        """The rows of items whose meaning is near to the story's, with the likeness; none where no meanings can be compared."""
        try:
            near = self.meanings.nearest(topic_text(story), MOST_LOOKED_AT, cancelled=cancelled)
        except MeaningError:
            return {}
        return {row: likeness for row, likeness in near if likeness >= ALIKE}


def _ranked(words: Mapping[int, Shared], meanings: Mapping[int, float]) -> list[int]:
    """The rows, the nearest first: by the nearer of the two ways, then by the sum of both."""

    def nearness(row: int) -> tuple[float, float, int]:
        by_words = min(1.0, words[row][0]) if row in words else 0.0
        by_meaning = meanings.get(row, 0.0)
        return (max(by_words, by_meaning) + 0.5 * min(by_words, by_meaning), by_meaning, row)

    return sorted({*words, *meanings}, key=nearness, reverse=True)


def _from_elsewhere(
    unread: Sequence[tuple[int, ItemSummary]], sourced: Collection[str], own: Collection[str]
) -> Iterable[tuple[int, ItemSummary]]:
    """Items from countries that no source is from, those of which no country is known last."""
    elsewhere = [(row, item) for row, item in unread if item.id not in own and item.country not in sourced]
    yield from (pair for pair in elsewhere if pair[1].country)
    yield from (pair for pair in elsewhere if not pair[1].country)
