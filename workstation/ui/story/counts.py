"""The counters of the story's own fields: the headline, The News and how many cards there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from workstation.domain.publication import Limits
from workstation.domain.story import Story
from workstation.ui.reading_time import reading_time
from workstation.ui.story.counter import Counter

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

PAUSE_MS = 200
"""Counting waits for the fingers: a long story has many words."""


class StoryCounts(QObject):
    """Three counters that follow the story a moment later."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.headline = Counter(theme, "character", quiet=True)
        self.news = Counter(theme, "word")
        self.cards = Counter(theme, "signal", quiet=True)
        self._shown: tuple[Story, Limits] | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._count)

    def show_story(self, story: Story, limits: Limits) -> None:
        """Count ``story`` as soon as nothing else is to do."""
        self._shown = (story, limits)
        self._timer.start()

    def _count(self) -> None:
        if self._shown is None:
            return
        story, limits = self._shown
        words = story.news.words
        self.headline.show_count(len(story.headline), limits.headline_characters)
        self.news.show_count(words, limits.news_words, f"{reading_time(words)} to read")
        self.cards.show_count(len(story.signals), limits.cards)
