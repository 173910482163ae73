"""Whose perspective is missing: the counts of a story, and unread items on its topic from places that no source of it is from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from workstation.domain.perspective import Perspective, Related, RelatedItem
from workstation.domain.story import Story
from workstation.store import Store
from workstation.workflow.archive import archive_of, with_items
from workstation.workflow.backgrounds import Backgrounds
from workstation.workflow.gathering import IsCancelled, never
from workstation.workflow.meaning_worker import MeaningError
from workstation.workflow.meanings import NOTHING_NEAR, Meanings, Near
from workstation.workflow.shared_words import Shared, SharedWords
from workstation.workflow.topic_words import topic_text, topic_words
from workstation.workflow.writing import Writing

if TYPE_CHECKING:
    from workstation.domain.item import ItemSummary

MOST = 20
"""Items that are told."""
MOST_LOOKED_AT = 400
ALIKE = 0.44
"""Likeness of two meanings from which on they have one topic without sharing a word.

Of 31 sources of six stories and those stories: one in fifty of another topic reaches it, four in five of the same do."""
ALIKE_WITH_WORDS = 0.38
"""The same where words are shared as well."""
UNUSUAL = 3.0
"""Standard deviations above what is usual in the inbox that it has to be as well, in an inbox of thousands of topics."""

Topic = tuple[object, ...]
"""Two that are equal have the same items related to them."""


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
        from workstation.review.voices.perspective import perspective_of  # noqa: PLC0415 - the same

        story = with_items(self._store, self._writing.story(number) if story is None else story)
        kept = archive_of(self._store, story.item_ids)
        return perspective_of(manuscript_of(story, kept.items, self._backgrounds.of(story, kept, number)))

    def topic(self, number: int, perspective: Perspective) -> Topic:
        """What :meth:`related` goes by, of a story as it stands on the screen with its perspective."""
        story = self._writing.story(number)
        countries = tuple((country.code, country.named, country.sources) for country in perspective.countries)
        return topic_text(story), tuple(topic_words(story, ()).items()), countries, story.item_ids

    def related(self, number: int, story: Story | None = None, *, cancelled: IsCancelled = never) -> Related:
        """Unread items on the story's topic from countries that none of its sources is from, at most twenty.

        Raises:
            Cancelled: nobody waits for it any longer.
        """
        story = with_items(self._store, self._writing.story(number) if story is None else story)
        perspective = self.of(number, story)
        words = SharedWords(self._store).of(story, perspective, cancelled)
        meanings = _telling(self._near(story, cancelled), words)
        ranked = _ranked({row: shared for row, shared in words.items() if shared.is_enough}, meanings)
        sourced = {country.code for country in perspective.sourced}
        unread = self._store.topics.unread(ranked[:MOST_LOOKED_AT])
        found = [
            RelatedItem(summary=summary, shared=words[row].words if row in words else (), likeness=meanings.get(row))
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

    def _near(self, story: Story, cancelled: IsCancelled) -> Near:
        """The items nearest in meaning; none where no meanings can be compared."""
        try:
            return self.meanings.nearest(topic_text(story), MOST_LOOKED_AT, cancelled=cancelled)
        except MeaningError:
            return NOTHING_NEAR


def _telling(near: Near, words: Mapping[int, Shared]) -> dict[int, float]:
    """The rows of items whose meaning puts them on the topic, with the likeness."""
    alone = max(ALIKE, near.usual + UNUSUAL * near.spread) if near.is_many else ALIKE
    return {row: likeness for row, likeness in near.found if likeness >= (ALIKE_WITH_WORDS if row in words else alone)}


def _ranked(words: Mapping[int, Shared], meanings: Mapping[int, float]) -> list[int]:
    """The rows, the nearest first: by the nearer of the two ways, then by the sum of both."""

    def nearness(row: int) -> tuple[float, float, int]:
        by_words = min(1.0, words[row].amount) if row in words else 0.0
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
