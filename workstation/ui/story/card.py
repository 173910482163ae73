"""One signal card in the story editor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from workstation.domain.body import Body
from workstation.domain.item import ItemSummary
from workstation.domain.problem import QuotationCheck
from workstation.domain.story import SignalCard
from workstation.ui.badge import Badge
from workstation.ui.mime import CARD_TYPE, ITEM_TYPE, items_in
from workstation.ui.story.body_edit import BodyEdit
from workstation.ui.story.sources import SourceChips
from workstation.ui.story.text_field import LineField

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

DRAG_DISTANCE = 6


class Handle(QLabel):
    """The dots at a card's edge by which it is dragged."""

    dragged = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag to move the card (Alt+Shift+Up, Alt+Shift+Down)")
        self._theme = theme
        self._from: QPoint | None = None
        theme.on_change(self._dress)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from and (event.position().toPoint() - self._from).manhattanLength() > DRAG_DISTANCE:
            self._from = None
            self.dragged.emit()

    def _dress(self) -> None:
        self.setPixmap(self._theme.icon("mdi6.drag-vertical", "muted").pixmap(18, 18))


class CardFrame(QFrame):
    """Shows a card and tells what the editor makes of it."""

    edited = Signal(object, str, object)
    """The card as it should be, what the step is called, and what the step merges with."""
    focused = Signal(str)
    """The editor's hands are on the card with this key."""
    item_dropped = Signal(str, str)
    """Put this inbox item on the card with this key."""
    menu_wanted = Signal(str, QPoint)
    """The card with this key was asked for its menu."""

    def __init__(
        self,
        card: SignalCard,
        theme: Theme,
        clean: Callable[[str], Body],
        icon_of: Callable[[str], bytes | None],
        offers: Callable[[], list[ItemSummary]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key = card.key
        self._card = card
        self._theme = theme
        self._was_current = False
        self.setProperty("card", True)
        self.setAcceptDrops(True)
        self._handle = Handle(theme)
        self._number = QLabel()
        self.headline = LineField("Headline of this signal")
        self.sources = SourceChips(theme, icon_of, offers)
        self.body = BodyEdit(theme, "What its sources report, in a few sentences", clean)
        self._badge = Badge(theme)
        self._words = QLabel()
        self._words.setProperty("muted", True)
        self._more = QToolButton()
        self._more.setToolTip("Card menu")
        self._more.setAccessibleName("Card menu")
        self._more.setMinimumSize(self._more.sizeHint())  # a card that is squeezed for a moment would draw an icon without height
        self._lay_out()
        self._connect()
        theme.on_change(self._dress)
        self.show_card(card)

    def show_card(self, card: SignalCard) -> None:
        """Show ``card``; fields that hold the same already are left alone, with their carets."""
        self._card = card
        self.headline.show_text(card.headline)
        self.sources.show_sources(card.sources)
        self.body.show_body(card.body)
        self._count()

    def show_number(self, number: int) -> None:
        """Show the card's place in the story, from 1."""
        self._number.setText(str(number))
        self.setAccessibleName(f"Signal {number}")

    def show_current(self, current: bool) -> None:
        """Draw the border that says whose turn it is."""
        if self.property("current") != current:
            self.setProperty("current", current)
            self.style().unpolish(self)
            self.style().polish(self)

    def show_quotations(self, quotations: Iterable[QuotationCheck]) -> None:
        """Underline the quotations, and say on the badge what became of them."""
        checks = tuple(quotations)
        self.body.show_quotations(checks)
        self._badge.say(*badge_of(checks))

    @property
    def card(self) -> SignalCard:
        """The card as it is shown."""
        return self._card

    # --- drag and drop ---------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(ITEM_TYPE):
            self._was_current = bool(self.property("current"))
            self.show_current(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.show_current(self._was_current)

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_current(self._was_current)
        for item in items_in(event.mimeData()):
            self.item_dropped.emit(self.key, item)
        event.acceptProposedAction()

    def _drag(self) -> None:
        data = QMimeData()
        data.setData(CARD_TYPE, self.key.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        picture = QPixmap(self.size())
        self.render(picture)
        drag.setPixmap(picture.scaledToWidth(min(self.width(), 320), Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.MoveAction)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        gutter = QVBoxLayout()
        gutter.setSpacing(1)
        gutter.addWidget(self._handle, alignment=Qt.AlignmentFlag.AlignHCenter)
        gutter.addWidget(self._number, alignment=Qt.AlignmentFlag.AlignHCenter)
        gutter.addStretch(1)
        told = QHBoxLayout()
        told.setSpacing(6)
        told.addWidget(self.sources, 1)
        told.addWidget(self._badge, alignment=Qt.AlignmentFlag.AlignTop)
        told.addWidget(self._words, alignment=Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.addWidget(self.headline, 1)
        head.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(told)
        column.addWidget(self.body)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 11, 12, 8)
        row.setSpacing(8)
        row.addLayout(gutter)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.headline.typed.connect(self._tell_headline)
        self.headline.submitted.connect(self.body.setFocus)
        self.body.typed.connect(self._tell_body)
        self.sources.changed.connect(lambda sources, label: self._tell(replace(self._card, sources=sources), label, None))
        self.sources.item_wanted.connect(lambda item: self.item_dropped.emit(self.key, item))
        self.headline.focused.connect(lambda: self.focused.emit(self.key))
        self.body.focused.connect(lambda: self.focused.emit(self.key))
        self._handle.dragged.connect(self._drag)
        self._more.clicked.connect(self._ask_menu)

    def _ask_menu(self) -> None:
        self.menu_wanted.emit(self.key, self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.focused.emit(self.key)
        super().mousePressEvent(event)

    def _tell_headline(self) -> None:
        card = replace(self._card, headline=self.headline.text())
        self._tell(card, "Typing", (self.key, "headline", self.headline.typing_group))

    def _tell_body(self) -> None:
        card = replace(self._card, body=self.body.body())
        self._tell(card, "Typing", (self.key, "body", self.body.typing_group))

    def _tell(self, card: SignalCard, label: str, merge: object) -> None:
        self._card = card
        self.sources.show_sources(card.sources)
        self._count()
        self.edited.emit(card, label, merge)

    def _count(self) -> None:
        words = self._card.body.words
        self._words.setText(f"{words} word{'' if words == 1 else 's'}")

    def _dress(self) -> None:
        small = self._theme.font("small")
        self._number.setFont(self._theme.font("overline"))
        self._words.setFont(small)
        self.headline.set_text_font(self._theme.font("card"))
        self._more.setIcon(self._theme.icon("mdi6.dots-horizontal", "muted"))


def badge_of(checks: tuple[QuotationCheck, ...]) -> tuple[str, str]:
    """What a card says of its quotations, and in which tone; nothing where there is none."""
    by = {verdict: [check for check in checks if check.verdict == verdict] for verdict in _ORDER}
    if by["missing"]:
        return (f"{len(by['missing'])} quote{'s' * (len(by['missing']) > 1)} not found", "bad")
    if by["altered"]:
        words = sum(len(check.differing) for check in by["altered"])
        return (f"Quote differs: {words} word{'s' * (words != 1)}", "warn")
    if by["unarchived"]:
        return ("Quote not comparable", "warn")
    abridged = len(by["abridged"])
    verified = len(by["exact"]) + len(by["typography"]) + abridged
    told = f"{verified} quote{'s' * (verified > 1)} verified" if verified else ""
    return (f"{told}, {abridged} abridged" if abridged else told, "good")


_ORDER = ("missing", "altered", "unarchived", "exact", "typography", "abridged")
