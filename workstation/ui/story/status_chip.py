"""Where the open story stands, small beside its overline: draft, ready, exported or spiked, and an embargo while it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from workstation.domain.changes import Changes
from workstation.domain.story_entry import StoryEntry
from workstation.errors import WorkstationError
from workstation.ui.badge import Badge
from workstation.ui.story_words import STATUS_NAMES, embargo_words, is_held_back, turn_words
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.shelving import Shelving

PAUSE_MS = 300
MINUTE_MS = 60_000


class StatusChip(QWidget):
    """Reads where the story stands beside the window's thread, a moment after it changed; a click offers the other status."""

    told = Signal(str)
    """What the verb that turns the status is called now."""

    def __init__(self, session: Session, theme: Theme, shelving: Shelving) -> None:
        super().__init__()
        self._session, self._theme, self._shelving = session, theme, shelving
        self._entry: StoryEntry | None = None
        self._chip = QPushButton()
        self._chip.setProperty("chip", True)
        self._chip.setProperty("words", True)
        self._chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._chip.clicked.connect(self._offer)
        self._badge = Badge(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._badge, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._chip, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self._minute = QTimer(self, interval=MINUTE_MS)  # an embargo passes without anybody changing the story
        self._minute.timeout.connect(self._show)
        self._minute.start()
        session.story_shown.connect(lambda _: self._read())
        session.changed.connect(self._notice)
        theme.on_change(self._dress)
        self.hide()

    def turn(self) -> None:
        """Mark a draft as ready, and any other story as a draft again."""
        number = self._session.story
        if number is None or self._entry is None:
            return
        verb = self._shelving.mark_ready if self._entry.status == "draft" else self._shelving.back_to_draft
        self._session.run(lambda _: verb(number), lambda changes: self._session.publish(changes, self), urgent=True)

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if self._session.story in changes.stories:
            self._pause.start()

    def _read(self) -> None:
        number = self._session.story
        if number is not None:
            shelving = self._shelving
            self._session.run(lambda _: shelving.entry(number), self._take, failed=self._forget, urgent=True)

    def _take(self, entry: StoryEntry) -> None:
        if entry.id == self._session.story:
            self._entry = entry
            self._show()

    def _forget(self, _error: WorkstationError) -> None:
        """The story was removed; whoever removed it turns to another one."""
        self._entry = None
        self.hide()

    def _show(self) -> None:
        entry = self._entry
        if entry is None:
            return
        self._chip.setText(STATUS_NAMES.get(entry.status, entry.status))
        self._chip.setToolTip(plain_tip(turn_words(entry.status)))
        self._chip.setAccessibleName(f"Status of the story: {self._chip.text()}")
        self._badge.say("Embargo" if is_held_back(entry) else "", "warn")
        self._badge.setToolTip(plain_tip(f"Under embargo until {embargo_words(entry)}"))
        self.told.emit(turn_words(entry.status))
        self.show()

    def _offer(self) -> None:
        if self._entry is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(turn_words(self._entry.status), self.turn)
        menu.popup(self._chip.mapToGlobal(QPoint(0, self._chip.height())))

    def _dress(self) -> None:
        self._chip.setFont(self._theme.font("small"))
