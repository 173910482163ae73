"""Lines across the top of the window for what concerns the whole desk: each stays until it is no longer so.

Two are shown, those that words hang on first; the others are a click away, so that a bad morning leaves room for the story.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workstation.domain.wording import counted
from workstation.ui.theme import Theme

SHOWN = 2
"""So many lines are shown while they are folded."""
BUTTON_ROOM = 22
"""Pixels around a button's words."""
TONES = ("bad", "warn", "good")


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told, in a sentence or two with the cause and the mend, and what can be done about it.

    ``tone`` is ``bad``, ``warn`` or ``good``. ``acts`` are the buttons: their words, and what they do. One that
    ``can_close`` has a button that takes it away. One that ``is_first`` stands above the others of its tone.
    """

    text: str
    tone: str = "warn"
    acts: Sequence[tuple[str, Callable[[], object]]] = ()
    can_close: bool = False
    is_first: bool = False


class Notices(QWidget):
    """Shows notices beneath one another, what is worst at the top, else the newest at the foot; each is known by a key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: dict[str, _Line] = {}
        self._is_open = False
        self._more = QPushButton()
        self._more.setProperty("plain", True)
        self._more.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()
        theme.on_change(self._dress)

    def tell(self, key: str, notice: Notice) -> None:
        """Show ``notice``, in the place of what ``key`` told before."""
        known = self._lines.get(key)
        if known is not None and known.notice == notice:
            return
        line = _Line(notice, lambda: self.take_back(key))
        line.dress(self._theme)
        self._lines[key] = line
        if known is not None:
            _discard(known)
        self._arrange()
        if known is None or known.notice.text != notice.text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def take_back(self, key: str) -> None:
        """It is no longer so."""
        line = self._lines.pop(key, None)
        if line is not None:
            _discard(line)
        self._arrange()

    def told(self, key: str) -> Notice | None:
        """What ``key`` tells, if it tells something."""
        line = self._lines.get(key)
        return line.notice if line else None

    def _arrange(self) -> None:
        """The lines in their order; of many the first two, and how many more there are."""
        lines = sorted(self._lines.values(), key=lambda line: (TONES.index(line.notice.tone), not line.notice.is_first))
        folded = max(0, len(lines) - SHOWN)
        for at, line in enumerate(lines):
            if self._column.indexOf(line) != at:
                self._column.insertWidget(at, line)
            line.setVisible(self._is_open or at < SHOWN)
        self._more.setText("Show fewer notices" if self._is_open else f"Show {counted(folded, 'more notice')}")
        bold = QFont(self._more.font())
        bold.setBold(True)  # the style sheet sets it so, which the button's own measures do not know
        self._more.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(self._more.text()) + BUTTON_ROOM)
        self._more.setVisible(folded > 0)
        self.setVisible(bool(lines))

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._arrange()

    def _dress(self) -> None:
        self._more.setFont(self._theme.font("small"))
        for line in self._lines.values():
            line.dress(self._theme)
        self._arrange()


class _Line(QFrame):
    def __init__(self, notice: Notice, close: Callable[[], None]) -> None:
        super().__init__()
        self.notice = notice
        self.setProperty("notice", notice.tone)
        self.setAccessibleName(notice.text)
        self._label = QLabel(notice.text)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._buttons = [_button(words, act) for words, act in notice.acts]
        if notice.can_close:
            self._buttons.append(_button("Dismiss", close))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(6)
        row.addWidget(self._label, 1)
        for button in self._buttons:
            row.addWidget(button)

    def dress(self, theme: Theme) -> None:
        for widget in (self._label, *self._buttons):
            widget.setFont(theme.font("small"))


def _button(words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.clicked.connect(lambda _=False: act())
    return button


def _discard(line: QWidget) -> None:
    """It may be one of its own buttons that takes it away, so it dies after the click."""
    around = line.parentWidget()
    layout = around.layout() if around is not None else None
    if layout is not None:
        layout.removeWidget(line)
    line.hide()
    line.deleteLater()
