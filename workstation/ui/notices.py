"""Lines across the top of the window for what concerns the whole desk: each stays until it is no longer so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told, in a sentence or two with the cause and the mend, and what can be done about it.

    ``tone`` is ``bad``, ``warn`` or ``good``. ``acts`` are the buttons: their words, and what they do. One that
    ``can_close`` has a button that takes it away.
    """

    text: str
    tone: str = "warn"
    acts: Sequence[tuple[str, Callable[[], object]]] = ()
    can_close: bool = False


class Notices(QWidget):
    """Shows notices beneath one another, the newest at the foot; each is known by a key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: dict[str, _Line] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()
        theme.on_change(self._dress)

    def tell(self, key: str, notice: Notice) -> None:
        """Show ``notice``, in the place of what ``key`` told before."""
        known = self._lines.get(key)
        if known is not None and known.notice == notice:
            return
        line = _Line(notice, lambda: self.take_back(key))
        line.dress(self._theme)
        if known is None:
            self._column.addWidget(line)
        else:
            self._column.replaceWidget(known, line)
            _discard(known)
        self._lines[key] = line
        line.show()
        self.show()

    def take_back(self, key: str) -> None:
        """It is no longer so."""
        line = self._lines.pop(key, None)
        if line is not None:
            self._column.removeWidget(line)
            _discard(line)
        self.setVisible(bool(self._lines))

    def told(self, key: str) -> Notice | None:
        """What ``key`` tells, if it tells something."""
        line = self._lines.get(key)
        return line.notice if line else None

    def _dress(self) -> None:
        for line in self._lines.values():
            line.dress(self._theme)


class _Line(QFrame):
    def __init__(self, notice: Notice, close: Callable[[], None]) -> None:
        super().__init__()
        self.notice = notice
        self.setProperty("notice", notice.tone)
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
    line.hide()
    line.deleteLater()
