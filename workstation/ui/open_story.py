"""Which story the window turns to: the one that was open last, a new one, or one that a verb made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from workstation.domain.problem import Place
from workstation.domain.story_entry import StoryEntry
from workstation.errors import StoreDamagedError, WorkstationError
from workstation.ui.boxes import warn

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.story.pane import StoryPane
    from workstation.workflow.desk import Desk

STORY_KEY = "story"


class OpenStory(QObject):
    """Turns ``session`` to a story; what cannot be opened or made is told over ``window``."""

    def __init__(self, session: Session, desk: Desk, pane: StoryPane, settings: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._writing, self._pane, self._settings, self._window = session, desk.writing, pane, settings, window

    def turn_to_last(self) -> None:
        """Turn to the story that was open last, or to the one that changed last; a new desk begins one."""
        entries = self._writing.entries()
        last = self._settings.value(STORY_KEY, 0, int)
        chosen = next((entry.id for entry in entries if entry.id == last), entries[0].id if entries else None)
        if chosen is None and self._session.is_read_only:
            return
        try:
            self._session.show_story(self._readable(chosen, entries) if chosen is not None else self._writing.new())
        except WorkstationError as error:  # a disk that is full takes no new story; sources can be read all the same
            self._session.say_error(error)

    def remember(self) -> None:
        """The story that is open now is the one to turn to at the next start."""
        self._settings.setValue(STORY_KEY, self._session.story or 0)

    def begin(self) -> None:
        """Turn to a new story."""
        self.turn_to(self._writing.new)

    def duplicate(self) -> None:
        """Turn to a copy of the story that is open."""
        story = self._session.story
        if story is not None:
            self.turn_to(lambda: self._writing.duplicate(story))

    def turn_to(self, make: Callable[[], int]) -> None:
        """Turn to the story that a verb makes; when it cannot be made that is said."""
        try:
            self._session.show_story(make())
        except WorkstationError as error:
            warn(self._window, error)
        else:
            self._pane.go_to(Place("headline"))

    def _readable(self, chosen: int, entries: Sequence[StoryEntry]) -> int:
        """The chosen story, or the next one that can be read where that is damaged, which is told."""
        for number in (chosen, *(entry.id for entry in entries if entry.id != chosen)):
            try:
                self._writing.story(number)
            except StoreDamagedError as error:
                self._session.say_error(error)
            else:
                return number
        return chosen
