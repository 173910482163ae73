"""What the window's menus do with feeds: the list of them, refreshing, and the whole of an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from workstation.ui.feed_schedule import FeedSchedule

if TYPE_CHECKING:
    from workstation.ui.dialogs.feeds import FeedsDialog
    from workstation.ui.session import Session, Task
    from workstation.ui.theme import Theme
    from workstation.workflow.desk import Desk
    from workstation.workflow.gathering import Captured


class FeedActions(QObject):
    """Holds the schedule, and opens the list of feeds once."""

    sources_wanted = Signal(str)
    """An inbox query for what a feed brought."""
    _arrived = Signal(object)

    def __init__(self, session: Session, theme: Theme, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._theme, self._desk, self._window = session, theme, desk, window
        self.schedule = FeedSchedule(session, desk, self)
        self._dialog: FeedsDialog | None = None
        self._arrived.connect(self._show_captured)

    def show(self) -> None:
        """Open the list of feeds, or bring it to the front."""
        from workstation.ui.dialogs.feeds import FeedsDialog  # noqa: PLC0415 - keeps it off the start

        if self._dialog is None or not isValid(self._dialog):
            self._dialog = FeedsDialog(self._session, self._theme, self._desk.following, self.schedule, self._window)
            self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._dialog.sources_wanted.connect(self._show_sources)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def fetch_whole(self, ids: Sequence[str]) -> None:
        """Capture the pages that these items link to."""
        chosen = tuple(ids)
        if chosen:
            self._session.run(self._whole(chosen), label="Fetching the whole article")
        else:
            self._session.say("Select a source in the list first.", "warn")

    def _whole(self, ids: tuple[str, ...]) -> Callable[[Task], None]:
        def work(task: Task) -> None:
            from workstation.workflow.whole_articles import fetch_whole  # noqa: PLC0415 - keeps it off the start

            captured = fetch_whole(self._desk.gathering, ids, cancelled=lambda: task.is_cancelled, progress=task.report)
            self._arrived.emit(captured)

        return work

    def _show_captured(self, captured: Captured) -> None:
        """Turn the reader to the whole article; what was kept before the editor cancelled is shown too."""
        self._session.publish(captured.changes, self)
        self._session.say(captured.message, captured.tone)
        if len(captured.items) == 1:
            self._session.show_item(captured.items[0])

    def _show_sources(self, name: str) -> None:
        quoted = name.replace('"', " ")
        self.sources_wanted.emit(f'feed:"{quoted}"')
