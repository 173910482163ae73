"""One signal card in the story editor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPixmap, QRegion
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from workstation.domain.body import Body
from workstation.domain.grade import Grade
from workstation.domain.item import ItemSummary
from workstation.domain.problem import Problem, Severity
from workstation.domain.publication import Limits
from workstation.domain.story import SignalCard, Source
from workstation.domain.wording import counted
from workstation.ui.badge import Badge
from workstation.ui.flow_layout import FlowLayout
from workstation.ui.reading_time import reading_time
from workstation.ui.story.beside import Beside
from workstation.ui.story.body_edit import BodyEdit
from workstation.ui.story.changed_mark import ChangedMark
from workstation.ui.story.counter import Counter
from workstation.ui.story.sources import SourceChips
from workstation.ui.story.text_field import LineField
from workstation.ui.story.veil import Veil
from workstation.ui.story.verdict import Tone, Verdict
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

DRAG_DISTANCE = 6
HANDLE = QSize(22, 24)
PICTURE = QSize(320, 110)
COUNT_MS = 200
"""Counting waits for the fingers."""


class Handle(QLabel):
    """The dots at a card's edge by which it is dragged."""

    dragged = Signal()

    def __init__(self, theme: Theme, tip: str = "Drag to move the card (Alt+Shift+Up, Alt+Shift+Down)") -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(HANDLE)
        self.setToolTip(plain_tip(tip))
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
    item_wanted = Signal(str, str)
    """Put this inbox item on the card with this key."""
    drag_wanted = Signal(str)
    """The card with this key is being pulled by its handle."""
    fold_wanted = Signal(str)
    """Fold the card with this key, or unfold it."""
    problem_wanted = Signal(object)
    """Lead the editor to this :class:`Problem` of the card."""
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
        self._shown_sources: tuple[Source, ...] | None = None
        self._folded = False
        self._limits = Limits()
        self._veil: Veil | None = None
        self.setProperty("card", True)
        self._handle = Handle(theme)
        self._number = QLabel()
        self.changed = ChangedMark(theme)
        self.headline = LineField("Headline of this signal")
        self.sources = SourceChips(card.key, theme, icon_of, offers)
        self.body = BodyEdit(theme, "What its sources report, in a few sentences", clean)
        self._badge, self._problems = Badge(theme), Badge(theme)
        self._first_quoted: Problem | None = None
        self._first: Problem | None = None
        self._told_sources = QLabel()
        self._told_sources.setProperty("muted", True)
        self._told_sources.hide()
        self._length = Counter(theme, "character", quiet=True)
        self._length.hide()
        self._words = Counter(theme, "word")
        for counter in (self._length, self._words):
            counter.setContentsMargins(0, 2, 0, 2)  # in line with the badge
        self._counting = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._counting.timeout.connect(self._count)
        self._fold = QToolButton()
        self._fold.setAccessibleName("Collapse or expand the card")
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
        self._show_sources(card)
        self.body.show_body(card.body)
        self._counting.start()

    def _show_sources(self, card: SignalCard) -> None:
        if card.sources is self._shown_sources:
            return
        self._shown_sources = card.sources
        self.sources.show_sources(card.sources)
        count = len(card.sources)
        self._told_sources.setText(counted(count, "source") if count else "No source yet")
        self._told_sources.setToolTip(plain_tip(", ".join(source.printed for source in card.sources)))

    def show_limits(self, limits: Limits) -> None:
        """Say from now on what is longer than these limits."""
        if limits != self._limits:
            self._limits = limits
            self._counting.start()

    def show_number(self, number: int) -> None:
        """Show the card's place in the story, from 1."""
        self._number.setText(str(number))
        self.setAccessibleName(f"Signal {number}")

    def show_current(self, current: bool) -> None:
        """Draw the border that says whose turn it is."""
        self._mark("current", current)

    def show_quotations(self, quotations: tuple[Verdict, ...]) -> None:
        """Underline the quotations, and say on the badge what became of them."""
        self.body.show_quotations(quotations)
        self._badge.say(*badge_of(quotations))

    def show_problems(self, problems: Sequence[Problem], quoted: Collection[tuple[int, int]]) -> None:
        """Say how many problems the card has; those at the spans of its quotations are told by the quotations' badge."""
        of_quotations = [p for p in problems if p.place.field == "body" and (p.place.at, p.place.until) in quoted]
        others = [problem for problem in problems if problem not in of_quotations]
        self._first_quoted, self._first = next(iter(of_quotations), None), next(iter(others), None)
        blocks = any(problem.severity is Severity.BLOCKER for problem in others)
        count = counted(len(others), "problem") if others else ""
        self._problems.say(count, "bad" if blocks else "warn")
        self._problems.setToolTip(plain_tip("\n".join(problem.message for problem in others)))
        self._badge.lead(self._first_quoted is not None)
        self._problems.lead(True)

    @property
    def card(self) -> SignalCard:
        """The card as it is shown."""
        return self._card

    # --- folding, and being dragged --------------------------------------------------------------------------------

    @property
    def is_folded(self) -> bool:
        """Whether only the headline, the number of sources, the badge and the words are shown."""
        return self._folded

    def show_folded(self, folded: bool) -> None:
        """Show the card in two lines, or whole again."""
        if folded != self._folded:
            self._folded = folded
            self.sources.setVisible(not folded)
            self.body.setVisible(not folded)
            self._told_sources.setVisible(folded)
            self._dress()

    def show_aimed(self, aimed: bool) -> None:
        """Say that what is dragged would go on this card."""
        self._mark("aimed", aimed)

    def show_dragged(self, dragged: bool) -> None:
        """Dim the card while it is dragged."""
        if self._veil is not None:
            self._veil.deleteLater()
        self._veil = Veil(self._theme, self) if dragged else None

    def drag_picture(self) -> QPixmap:
        """What hangs at the pointer while the card is dragged: its head, at most so wide and so high."""
        shown = QSize(self.width(), min(self.height(), round(PICTURE.height() * self.width() / PICTURE.width())))
        picture = QPixmap(shown * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.render(picture, QPoint(), QRegion(QRect(QPoint(), shown)))
        return picture.scaledToWidth(
            round(min(self.width(), PICTURE.width()) * self.devicePixelRatioF()), Qt.TransformationMode.SmoothTransformation
        )

    def _mark(self, name: str, on: bool) -> None:
        if bool(self.property(name)) != on:
            self.setProperty(name, on)
            self.style().unpolish(self)
            self.style().polish(self)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        gutter = QVBoxLayout()
        gutter.setSpacing(1)
        gutter.addWidget(self._handle, alignment=Qt.AlignmentFlag.AlignHCenter)
        for widget in (self._number, self.changed):
            gutter.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        gutter.addStretch(1)
        figures = FlowLayout(place := QWidget(), gap=6)
        for figure in (self._length, self._badge, self._problems, self._words):
            figures.addWidget(figure)
        told = Beside(gap=4)
        for part in (self.sources, self._told_sources, place):
            told.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.headline, 1)
        head.addWidget(self._fold, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(told)
        column.addWidget(self.body)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 9, 12, 8)
        row.setSpacing(6)
        row.addLayout(gutter)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.headline.typed.connect(self._tell_headline)
        self.headline.submitted.connect(self._go_to_body)
        self.body.typed.connect(self._tell_body)
        self.sources.changed.connect(lambda sources, label: self._tell(replace(self._card, sources=sources), label, None))
        self.sources.item_wanted.connect(lambda item: self.item_wanted.emit(self.key, item))
        self.sources.touched.connect(lambda: self.focused.emit(self.key))
        self.headline.focused.connect(lambda: self.focused.emit(self.key))
        self.body.focused.connect(lambda: self.focused.emit(self.key))
        self._handle.dragged.connect(lambda: self.drag_wanted.emit(self.key))
        self._fold.clicked.connect(lambda: self.fold_wanted.emit(self.key))
        self._more.clicked.connect(self._ask_menu)
        self._badge.clicked.connect(lambda: self._go_to_problem(self._first_quoted))
        self._problems.clicked.connect(lambda: self._go_to_problem(self._first))

    def _go_to_problem(self, problem: Problem | None) -> None:
        if problem is not None:
            self.problem_wanted.emit(problem)

    def _go_to_body(self) -> None:
        if self._folded:
            self.fold_wanted.emit(self.key)
        self.body.setFocus()

    def _ask_menu(self) -> None:
        self.menu_wanted.emit(self.key, self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.focused.emit(self.key)
        super().mousePressEvent(event)

    def _tell_headline(self) -> None:
        card = replace(self._card, headline=self.headline.text())
        self._tell(card, self.headline.step_label, (self.key, "headline", self.headline.typing_group))

    def _tell_body(self) -> None:
        card = replace(self._card, body=self.body.body())
        self._tell(card, self.body.step_label, (self.key, "body", self.body.typing_group))

    def _tell(self, card: SignalCard, label: str, merge: object) -> None:
        self._card = card
        self._show_sources(card)
        self._counting.start()
        self.edited.emit(card, label, merge)

    def _count(self) -> None:
        words = self._card.body.words
        self._words.show_count(words, self._limits.card_words, f"{reading_time(words)} to read")
        self._length.show_count(len(self._card.headline), self._limits.card_headline_characters, "in the headline")

    def _dress(self) -> None:
        small = self._theme.font("small")
        self._number.setFont(self._theme.font("overline"))
        self._told_sources.setFont(small)
        self._fold.setIcon(self._theme.icon("mdi6.chevron-right" if self._folded else "mdi6.chevron-down", "muted"))
        self._fold.setToolTip("Expand the card (Ctrl+.)" if self._folded else "Collapse the card (Ctrl+.)")
        self.headline.set_text_font(self._theme.font("card"))
        self._more.setIcon(self._theme.icon("mdi6.dots-horizontal", "muted"))


def badge_of(quotations: tuple[Verdict, ...]) -> tuple[str, str]:
    """What a card says of its quotations, and in which tone; nothing where there is none."""
    told = [verdict for verdict in quotations if verdict.tone in (Tone.BAD, Tone.WARN)]
    tone = Tone.BAD if any(verdict.tone is Tone.BAD for verdict in told) else Tone.WARN
    by = {grade: [verdict.check for verdict in told if verdict.check.grade is grade] for grade in Grade}
    if lost := len(by[Grade.ABSENT]) + len(by[Grade.ELSEWHERE]):
        return (f"{counted(lost, 'quote')} not found", tone)
    if by[Grade.ALTERED]:
        words = sum(len(check.differing) for check in by[Grade.ALTERED])
        return (f"Quote differs: {counted(words, 'word')}", tone)
    if unsure := sum(verdict.check.grade.is_true for verdict in told):
        return (f"{counted(unsure, 'quote')} to check", tone)
    return ("Quote not comparable", tone) if told else _in_order(quotations)


def _in_order(quotations: tuple[Verdict, ...]) -> tuple[str, str]:
    """The badge of a card whose quotations nothing stands against."""
    verified = sum(verdict.tone is Tone.GOOD for verdict in quotations)
    waived = sum(verdict.is_waived for verdict in quotations)
    edited = sum(verdict.tone is Tone.GOOD and verdict.check.grade is Grade.EDITED for verdict in quotations)
    told = [f"{counted(verified, 'quote')} verified"] if verified else []
    told += [f"{edited} edited"] if edited else []
    told += [f"{waived} waived" if verified else f"{counted(waived, 'quote')} waived"] if waived else []
    return (", ".join(told), Tone.GOOD if verified or not waived else Tone.QUIET)
