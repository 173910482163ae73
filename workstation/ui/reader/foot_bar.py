"""The line below the text: what is selected, the four kinds of marks, and the button that quotes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from workstation.ui.reader.kinds import KINDS, SWATCH, swatch
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip

MARGIN = 11


class FootBar(QFrame):
    """One row where there is room, else two."""

    mark_requested = Signal(object)
    """The :class:`HighlightKind` of a new mark."""
    quote_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_wide: bool | None = None
        self.setProperty("foot", True)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setProperty("muted", True)
        self._kinds = QWidget()
        self._buttons = self._kind_buttons()
        self.quote_button = QPushButton()
        self.quote_button.setProperty("primary", True)
        self.quote_button.clicked.connect(self.quote_requested)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(MARGIN, 7, MARGIN, 7)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        theme.on_change(self._dress)
        self._arrange(wide=False)

    def show_selection(self, told: str, *, can_mark: bool) -> None:
        """Say what is selected; marks and quotes need words."""
        self._label.setText(told)
        for button in self._buttons:
            button.setEnabled(can_mark)
        self._arrange_for(self.width())

    def show_quote(self, label: str, reason: str) -> None:
        """Name the card that a quote goes into; with a ``reason`` it cannot be done."""
        self.quote_button.setText(label)
        self.quote_button.setEnabled(not reason)
        self.quote_button.setToolTip(plain_tip(reason or "Puts the selected words, with their source, into the card (Q)"))
        self._arrange_for(self.width())

    def minimumSizeHint(self) -> QSize:
        """As wide as the two rows need."""
        height = super().minimumSizeHint().height()
        return QSize(max(self._kinds.minimumSizeHint().width(), self.quote_button.sizeHint().width()) + 2 * MARGIN, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_for(event.size().width())

    def _kind_buttons(self) -> list[QPushButton]:
        row = QHBoxLayout(self._kinds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        buttons = []
        for entry in KINDS:
            button = QPushButton(entry.name)
            button.setIconSize(QSize(SWATCH, SWATCH))
            button.setToolTip(plain_tip(f"Marks {entry.purpose} ({entry.key})"))
            button.setAccessibleName(f"Mark as {entry.name.lower()}")
            button.clicked.connect(lambda _checked=False, kind=entry.kind: self.mark_requested.emit(kind))
            row.addWidget(button)
            buttons.append(button)
        row.addStretch(1)
        return buttons

    def _arrange_for(self, width: int) -> None:
        parts = (self._label.sizeHint(), self._kinds.sizeHint(), self.quote_button.sizeHint())
        self._arrange(wide=sum(part.width() for part in parts) + 2 * MARGIN + 2 * self._grid.horizontalSpacing() <= width)

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._is_wide:
            return
        self._is_wide = wide
        self._grid.addWidget(self._label, 0, 0)
        if wide:
            self._grid.addWidget(self._kinds, 0, 1)
            self._grid.addWidget(self.quote_button, 0, 2)
        else:
            self._grid.addWidget(self._kinds, 1, 0, 1, 3)
            self._grid.addWidget(self.quote_button, 0, 2)
        QWidget.setTabOrder(self._buttons[-1], self.quote_button)
        self.updateGeometry()

    def _dress(self) -> None:
        self._label.setFont(self._theme.font("small"))
        for entry, button in zip(KINDS, self._buttons, strict=True):
            button.setIcon(swatch(self._theme, entry.kind, self.devicePixelRatioF()))
