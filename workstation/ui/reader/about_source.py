"""The small window that tells what is known of a source, and where each of it was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from workstation.ui.reader.wording import Fact
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip

VALUE_WIDTH = 360
BESIDE = 130


class AboutSource(QFrame):
    """Lies over its parent: a row a field, its name, its value, where it was found. Escape or leaving it closes it."""

    def __init__(self, theme: Theme, facts: Sequence[Fact], parent: QWidget, before: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("About this source")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("card", True)
        self._theme = theme
        self._before = before
        self._width = max(120, min(VALUE_WIDTH, parent.width() - BESIDE))
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(16, 14, 16, 14)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(6)
        title = self._label("About this source", theme.font("ui"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self._rows.addWidget(title, 0, 0, 1, 2)
        for number, fact in enumerate(facts, start=1):
            self._row(number, fact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the keys that end looking."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_I, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close when the editor turns elsewhere."""
        super().focusOutEvent(event)
        self.close()

    def _leave(self) -> None:
        before = self._before
        self.close()
        if before is not None:
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _row(self, number: int, fact: Fact) -> None:
        small = self._theme.font("small")
        name, value = self._label(fact.name, small), self._label(fact.value, self._theme.font("ui"))
        origin = self._label(f"from {fact.origin}" if fact.origin else "", small)
        value.setAccessibleDescription(origin.text())
        for label, is_muted in ((name, True), (value, not fact.origin), (origin, True)):
            label.setProperty("muted", is_muted)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(value)
        if fact.origin:
            told.addWidget(origin)
        self._rows.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addLayout(told, number, 1)

    def _label(self, text: str, font: QFont) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(font)
        label.setText(label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, self._width))
        if label.text() != text:
            label.setToolTip(plain_tip(text))
        return label
