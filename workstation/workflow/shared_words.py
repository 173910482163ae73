"""Which items share words with a story: the telling ones, and the countries that it names, in every language of the inbox."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from workstation.domain.perspective import Perspective
from workstation.domain.story import Story
from workstation.errors import Cancelled
from workstation.store import Store
from workstation.workflow.gathering import IsCancelled
from workstation.workflow.topic_words import names_in, topic_words

LEAST_SHARED = 2
"""Words, or countries named, that an item on the topic has in common with the story at least."""
OF_OWN_SOURCES = 0.3
"""The part of what the story's own sources have in common with it, from which on an item is on its topic."""
MOST_HOLDING = 2_000
"""Items that hold a word, the newest, that are looked at."""
MOST_LANGUAGES = 24
MOST_COUNTRIES = 6
SMALL = 50
"""Items of an inbox in which nothing is common yet."""
COMMON = 0.2
"""The part of the inbox that may hold a word that tells something."""
COUNTRY = 5.0
TOLD_WORDS = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """What an item shares with a story.

    ``amount`` is 1.0 for the nearest of the story's own sources (without any, for the nearest item), ``words`` are the most
    telling first, and ``is_enough`` says that they alone make the item one on the topic.
    """

    amount: float
    words: tuple[str, ...]
    is_enough: bool


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
    """What an item holds of a story: words with their worth, whether one is of its headline, or a name that it is about."""

    words: list[tuple[float, str]] = field(default_factory=list)
    has_headline: bool = False
    has_core: bool = False

    @property
    def is_telling(self) -> bool:
        return self.has_headline or len(self.words) >= LEAST_SHARED

    @property
    def worth(self) -> float:
        return sum(worth for worth, _ in self.words)


class SharedWords:
    """Asks the search index."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, story: Story, perspective: Perspective, cancelled: IsCancelled) -> dict[int, Shared]:
        """For the rows of items that share with ``story`` what speaks for one topic what that is.

        It is two words, or one that the headline has, or a country; ``perspective`` is the story's.

        Raises:
            Cancelled: nobody waits for it any longer.
        """
        own = set(self._store.topics.rows(story.item_ids).values())
        found = self._held(self._concepts(story, perspective), own, cancelled)
        found = {row: held for row, held in found.items() if held.is_telling}
        worth = {row: held.worth for row, held in found.items()}
        whole = max((worth[row] for row in own if row in worth), default=0.0) or max(worth.values(), default=1.0)
        return {
            row: Shared(
                worth[row] / whole,
                tuple(word for _, word in sorted(held.words, reverse=True)[:TOLD_WORDS]),
                held.has_core or (len(held.words) >= LEAST_SHARED and worth[row] >= OF_OWN_SOURCES * whole),
            )
            for row, held in found.items()
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
                found[row].has_headline |= concept.in_headline or concept.is_country
                found[row].has_core |= is_core
        return found

    def _concepts(self, story: Story, perspective: Perspective) -> list[_Concept]:
        """The countries that the story names most, in every language of the inbox, and its telling words."""
        from workstation.review.voices.countries import countries, country_names  # noqa: PLC0415 - the window is painted before

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
