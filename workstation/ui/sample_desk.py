"""The sample desk put there and taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from workstation.domain.changes import Changes
from workstation.ui.boxes import warn

if TYPE_CHECKING:
    from workstation.ui.open_story import OpenStory
    from workstation.ui.session import Session, Task
    from workstation.workflow.desk import Desk


class SampleDesk(QObject):
    """Works beside the window's thread; what fails is told over ``window``."""

    def __init__(self, session: Session, desk: Desk, open_story: OpenStory, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._desk, self._open_story, self._window = session, desk, open_story, window

    def load(self) -> None:
        """Put the sample desk there and turn to its story."""
        task = self._session.run(self._loaded, self._show, label="Loading the sample desk")
        task.ended.connect(lambda: QTimer.singleShot(0, self, self._ensure_story))

    def _loaded(self, task: Task) -> tuple[Changes, int]:
        return self._desk.sampling.load(cancelled=lambda: task.is_cancelled, progress=task.report)

    def _show(self, loaded: tuple[Changes, int]) -> None:
        changes, story = loaded
        self._session.publish(changes, self)
        self._session.show_story(story)

    def _ensure_story(self) -> None:
        """Where the sample desk was cancelled or could not be loaded, the editor still has a story to write in."""
        if self._session.story is None:
            self._open_story.turn_to_last()

    def remove(self) -> None:
        """Take the sample desk away; an open sample story gives way first, so that nothing shows what is gone."""
        if self._desk.sampling.is_loaded:
            self._leave_sample_story()
        remove = self._desk.sampling.remove
        self._session.run(
            lambda _: remove(), self._tell_removed, failed=partial(warn, self._window), label="Removing the sample desk"
        )

    def _leave_sample_story(self) -> None:
        writing = self._desk.writing
        entries = writing.entries(include_spiked=True)
        if any(entry.sample and entry.id == self._session.story for entry in entries):
            own = next((entry.id for entry in entries if not entry.sample and entry.status != "killed"), None)
            self._open_story.turn_to(lambda: writing.new() if own is None else own)

    def _tell_removed(self, changes: Changes) -> None:
        self._session.publish(changes, self)
        told = "The sample desk is removed. Story > Load sample desk brings it back."
        self._session.say(told if changes else "The sample desk is not loaded.")
