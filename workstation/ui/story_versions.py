"""The versions of the open story in the window: the timeline, a version by name, and one when the editor turns away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QWidget

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.desk import Desk


class StoryVersions(QObject):
    """What the Story menu does with versions, and what happens by itself when the editor turns to another story."""

    def __init__(self, session: Session, theme: Theme, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._theme, self._desk, self._window = session, theme, desk, window
        self._open: int | None = session.story
        session.story_shown.connect(self._turn)

    def show(self) -> None:
        """Open the timeline of the open story."""
        from workstation.ui.dialogs.history import HistoryDialog  # noqa: PLC0415 - keeps it off the start

        if self._session.story is not None:
            dialog = HistoryDialog(self._session, self._theme, self._desk.versions, self._desk.writing, self._window)
            dialog.exec()
            dialog.deleteLater()

    def keep(self) -> None:
        """Ask for a name and keep the open story under it."""
        number, versions = self._session.story, self._desk.versions
        if number is None:
            return
        name, answered = QInputDialog.getText(self._window, "Keep a version", "Name, such as “Before the cuts”")
        name = name.strip()
        if answered and name:
            done = f"The version “{name}” is kept. Story > History shows it."
            self._session.run(lambda _: versions.keep(number, name), lambda _: self._session.say(done, "good"), urgent=True)

    def _turn(self, number: int) -> None:
        left, self._open = self._open, number
        if left is not None and left != number:
            self._session.run(lambda _: self._desk.versions.leave(left))
