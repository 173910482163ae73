"""The cards that wait outside the story, at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workstation.domain.story import SignalCard
from workstation.ui.story.card import Handle
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme


class OneLine(QLabel):
    """A line of text that ends in an ellipsis where the room does."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)


class ParkedRow(QFrame):
    """One parked card in a line: its headline, how much it holds, and the ways out."""

    back_wanted = Signal()
    removal_wanted = Signal()
    pulled = Signal()

    def __init__(self, card: SignalCard, theme: Theme) -> None:
        super().__init__()
        self.card = card
        self._theme = theme
        self.setProperty("field", True)
        handle = Handle(theme, "Drag into the story")
        handle.dragged.connect(self.pulled)
        self._headline = OneLine(card.headline or card.body.text[:120].replace("\n", " ") or "Without a headline")
        self._headline.setToolTip(plain_tip("\n".join(text for text in (card.headline, card.body.text[:400]) if text)))
        sources, words = len(card.sources), card.body.words
        self._told = QLabel(f"{sources} source{'s' * (sources != 1)} · {words} word{'s' * (words != 1)}")
        self._told.setProperty("muted", True)
        self._back = QPushButton("Bring back")
        self._back.setProperty("plain", True)
        self._back.setToolTip("Put the card at the end of the story")
        self._back.clicked.connect(self.back_wanted)
        self._remove = QToolButton()
        self._remove.setToolTip("Remove the parked card")
        self._remove.setAccessibleName("Remove the parked card")
        self._remove.clicked.connect(self.removal_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 4, 3)
        row.setSpacing(8)
        row.addWidget(handle)
        row.addWidget(self._headline, 1)
        row.addWidget(self._told)
        row.addWidget(self._back)
        row.addWidget(self._remove)
        theme.on_change(self._dress)

    def _dress(self) -> None:
        self._headline.setFont(self._theme.font("list"))
        self._told.setFont(self._theme.font("small"))
        self._remove.setIcon(self._theme.icon("mdi6.close", "muted"))


class ParkedSection(QWidget):
    """Hidden while nothing is parked, but for the time that a card is dragged: then it is a place to park it."""

    back_wanted = Signal(str)
    """Put the card with this key at the end of the story."""
    removal_wanted = Signal(str)
    drag_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[ParkedRow] = []
        self._is_open = True
        self._offers = False
        self._head = QPushButton()
        self._head.setProperty("plain", True)
        self._head.setProperty("flush", True)
        self._head.setToolTip("Cards that wait outside the story; they are neither printed nor checked")
        self._head.clicked.connect(lambda: self.open_rows(not self._is_open))
        self._place = QLabel("Drop the card here to park it outside the story")
        self._place.setProperty("muted", True)
        self._place.setContentsMargins(12, 10, 12, 10)
        self._ground = QFrame()
        self._ground.setProperty("field", True)
        ground = QVBoxLayout(self._ground)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(self._place)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 6, 0, 0)
        whole.setSpacing(5)
        whole.addWidget(self._head, alignment=Qt.AlignmentFlag.AlignLeading)
        whole.addWidget(self._inside)
        whole.addWidget(self._ground)
        theme.on_change(self._dress)
        self._show()

    def show_cards(self, cards: tuple[SignalCard, ...]) -> None:
        """Show these parked cards."""
        shown = tuple(row.card for row in self._rows)
        if cards == shown and [card.key for card in cards] == [card.key for card in shown]:
            return
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(card) for card in cards]
        for row in self._rows:
            self._column.addWidget(row)
        self._show()

    def holds(self, key: str) -> bool:
        """Whether the card with ``key`` is parked here."""
        return any(row.card.key == key for row in self._rows)

    def offer(self, offers: bool) -> None:
        """Be a place to park a card that is being dragged, or no longer."""
        self._offers = offers
        self._show()

    def show_aimed(self, aimed: bool) -> None:
        """Say that the card that is dragged would be parked."""
        if bool(self._ground.property("outlined")) != aimed:
            self._ground.setProperty("outlined", aimed)
            self._ground.style().unpolish(self._ground)
            self._ground.style().polish(self._ground)

    def open_rows(self, is_open: bool) -> None:
        """Show the parked cards, or only how many there are."""
        self._is_open = is_open
        self._show()

    @property
    def head(self) -> QWidget:
        """What the keyboard goes to."""
        return self._head

    def row_of(self, key: str) -> QWidget | None:
        """The row of the card with ``key``."""
        return next((row for row in self._rows if row.card.key == key), None)

    def _row(self, card: SignalCard) -> ParkedRow:
        row = ParkedRow(card, self._theme)
        row.back_wanted.connect(lambda: self.back_wanted.emit(card.key))
        row.removal_wanted.connect(lambda: self.removal_wanted.emit(card.key))
        row.pulled.connect(lambda: self.drag_wanted.emit(card.key))
        return row

    def _show(self) -> None:
        self._head.setText(f"PARKED ({len(self._rows)})")
        self._head.setVisible(bool(self._rows))
        self._inside.setVisible(bool(self._rows) and self._is_open)
        self._ground.setVisible(self._offers)
        self.setVisible(bool(self._rows) or self._offers)
        self._point()

    def _point(self) -> None:
        name = "mdi6.chevron-down" if self._is_open else "mdi6.chevron-right"
        self._head.setIcon(self._theme.icon(name, "accent"))

    def _dress(self) -> None:
        self._head.setFont(self._theme.font("overline"))
        self._place.setFont(self._theme.font("ui"))
        self._point()
