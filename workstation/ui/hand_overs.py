"""The hand-overs of the open story in the window: what has changed since the last one, and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from workstation.domain.changes import Changes
from workstation.domain.story_diff import StoryChanges
from workstation.ui.story.change_line import ChangeLine

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.story.pane import StoryPane
    from workstation.ui.theme import Theme
    from workstation.workflow.handed_over import HandedOver

PAUSE_MS = 400
"""The story is compared with what was handed over when the typing rests."""


class HandOvers(QObject):
    """Compares beside the window's thread; the line above the story and the marks on its cards say what came of it."""

    def __init__(self, session: Session, theme: Theme, handed_over: HandedOver, story: StoryPane, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._theme, self._handed_over, self._pane, self._window = session, theme, handed_over, story, window
        self.line = ChangeLine(theme)
        self.line.clicked.connect(self.show)
        story.add_below_head(self.line)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._compare)
        session.story_shown.connect(lambda _: self._turn())
        session.changed.connect(self._notice)

    def show(self) -> None:
        """Open the ledger of the open story."""
        from workstation.ui.dialogs.hand_overs import HandOversDialog  # noqa: PLC0415 - keeps it off the start

        if self._session.story is not None:
            dialog = HandOversDialog(self._session, self._theme, self._handed_over, self._window)
            dialog.exec()
            dialog.deleteLater()

    def _turn(self) -> None:
        """Another story: what is told of the one before is not its business."""
        self._tell(None)
        self._compare()

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if self._session.story in changes.stories:
            self._pause.start()

    def _compare(self) -> None:
        number, handed_over = self._session.story, self._handed_over
        if number is not None:
            self._session.run(
                lambda _: handed_over.what_changed(number),
                lambda changes: self._tell(changes) if number == self._session.story else None,
                failed=lambda _: self._tell(None),
                urgent=True,
            )

    def _tell(self, changes: StoryChanges | None) -> None:
        self.line.tell(changes.told if changes else "")
        self._pane.show_changes(changes)
