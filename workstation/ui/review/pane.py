"""The checks: problems with their places and fixes, what is waived or in order, and whose voices the story has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from workstation.domain.problem import Place, Problem, Severity, story_order
from workstation.ui.review.claims_list import ClaimsList
from workstation.ui.review.perspective import PerspectiveSection
from workstation.ui.review.problem_list import FOLD, GO, ProblemList
from workstation.ui.review.row_layout import FIX, FIX_ALL, HEAD_HEIGHT, SOURCE, STAND, WAIVE
from workstation.ui.review.rows import Checked, Group, Row, counted, rows_of
from workstation.ui.review.verbs import ProblemVerbs
from workstation.workflow.reviewing import Reviewed

if TYPE_CHECKING:
    from workstation.ui.checking import Checking
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.reviewing import Reviewing

KEYS = "Enter go there   F mend   W waive   F8 next problem"
AROUND = 40
"""Pixels that are shown above and below the row that the keyboard stands on."""


class ReviewPane(QScrollArea):
    """Shows the last review of the open story, section by section, and walks through its problems."""

    counted = Signal(int, int, int)
    """How many blockers and how many warnings stand, and how much is to be written before a story is begun."""

    def __init__(self, session: Session, theme: Theme, reviewing: Reviewing, checking: Checking) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._shown: tuple[int, Checked] | None = None
        self._checked = Checked()
        self._folds: dict[Group, bool] = {}
        self._reached: tuple[Problem, Place | None] | None = None
        self.here: Callable[[], Place | None] = lambda: None
        """Where in the story the editor's caret stands; None while the hands are elsewhere."""
        self.verbs = ProblemVerbs(session, reviewing, self)
        self.list = ProblemList(theme)
        self.claims = ClaimsList(theme)
        self.perspective = PerspectiveSection(theme)
        self._head, self._keys = QLabel(), QLabel(KEYS)
        self._lay_out()
        self.list.wanted.connect(self._carry_out)
        self.list.menu_wanted.connect(self._ask_menu)
        self.list.walked.connect(self._bring_into_view)
        checking.reviewed.connect(self._show)
        theme.on_change(self._dress)

    # --- showing ---------------------------------------------------------------------------------------------------

    def _show(self, reviewed: Reviewed) -> None:
        """Nothing moves that is the same as in the last review."""
        number = self._session.story
        if number is None:
            return
        self.claims.show_claims(reviewed.claims)
        faults, to_write = reviewed.faults, reviewed.to_write
        checked = Checked(faults, reviewed.waived, reviewed.passes, reviewed.quotations, to_write)
        shown = (number, checked)
        if shown == self._shown:
            return
        if self._shown is None or self._shown[0] != number:
            self.verticalScrollBar().setValue(0)
        self._shown, self._checked, self.verbs.reviewed = shown, checked, reviewed
        blockers = sum(problem.severity is Severity.BLOCKER for problem in faults)
        numbers = (blockers, len(faults) - blockers, len(to_write))
        self._head.setText(f"Before export  ·  {counted(*numbers) or 'nothing stands in the way'}".upper())
        self._keys.setVisible(bool(faults))
        self.counted.emit(*numbers)
        self._show_rows()

    def _show_rows(self) -> None:
        self.list.show_rows(rows_of(self._checked, [group for group in Group if self._is_folded(group)]))

    def _is_folded(self, group: Group) -> bool:
        return self._folds.get(group, group is Group.WAIVED)

    # --- walking ---------------------------------------------------------------------------------------------------

    def step(self, step: int) -> None:
        """Go to the next problem of the story (1) or the one before (-1), from the caret; over the end it begins anew."""
        problems = sorted((*self._checked.problems, *self._checked.to_write), key=lambda problem: story_order(problem.place))
        if not problems:
            self._session.say("No problems.", "good")
            return
        self._go(problems[self._next(problems, step) % len(problems)])

    def _next(self, problems: list[Problem], step: int) -> int:
        here = self.here()
        if self._reached is not None and self._reached[0] in problems and here in (None, self._reached[1]):
            return problems.index(self._reached[0]) + step
        if here is None:
            return 0 if step > 0 else -1
        places = [story_order(problem.place) for problem in problems]
        return bisect_right(places, story_order(here)) if step > 0 else bisect_left(places, story_order(here)) - 1

    def _go(self, problem: Problem) -> None:
        self.verbs.go(problem)
        self._reached = (problem, self.here())
        self.show_problem(problem)

    def show_problem(self, problem: Problem) -> None:
        """Make the row of a problem the current one, in an open group."""
        key = self.list.key_of(problem)
        if key is None:
            self._folds |= dict.fromkeys(Group, False)
            self._show_rows()
            key = self.list.key_of(problem)
        if key is not None:
            self.list.show_current(key)

    def problem_in_hand(self) -> Problem | None:
        """The problem of the current row while the list has the keyboard."""
        row = self.list.current() if self.window().focusWidget() is self.list else None
        return row.problem if row is not None else None

    # --- what the rows do ------------------------------------------------------------------------------------------

    def _carry_out(self, wish: str, row: Row) -> None:
        if wish == FOLD:
            self._folds[row.group] = not row.folded
            self._show_rows()
            return
        if row.problem is not None:
            self._act(wish, row, row.problem)

    def _act(self, wish: str, row: Row, problem: Problem) -> None:
        if wish == SOURCE and row.passage is not None:
            self._session.show_passage(*row.passage)
        elif wish == STAND and row.waiver is not None:
            self.verbs.withdraw(row.waiver)
        elif wish == GO or row.stands:
            verbs = {GO: self._go, FIX: self.verbs.mend, FIX_ALL: self.verbs.mend_all, WAIVE: self.verbs.waive}
            verbs.get(wish, self._go)(problem)

    def _ask_menu(self, row: Row, at: QPoint) -> None:
        if row.problem is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            problem = row.problem
            menu.addAction("Go there", lambda: self._go(problem))
            if row.passage is not None:
                passage = row.passage
                menu.addAction("Show in source", lambda: self._session.show_passage(*passage))
            self.verbs.fill(menu, problem)
            menu.popup(at)

    def _bring_into_view(self, box: QRect) -> None:
        place = QRect(self.list.mapTo(self._inside, box.topLeft()), box.size())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if box.top() <= HEAD_HEIGHT and place.bottom() <= height:  # the first problem: what stands over it is shown, too
            bar.setValue(0)
        elif place.top() - AROUND < bar.value():
            bar.setValue(place.top() - AROUND)
        elif place.bottom() + AROUND > bar.value() + height:
            bar.setValue(place.bottom() + AROUND - height)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Checks")
        inside = self._inside = QWidget()
        inside.setProperty("pane", True)
        inside.setMinimumWidth(1)  # never wider than the pane, whatever a word would like: it would be cut off
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 14, 16, 20)
        self._column.setSpacing(8)
        for part in (self._head, self._keys, self.list, self.claims, self.perspective):
            self._column.addWidget(part)
        self._column.addStretch(1)
        for label in (self._head, self._keys):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("muted", True)
        self._keys.hide()
        self.setWidget(inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _dress(self) -> None:
        self._head.setFont(self._theme.font("overline"))
        self._keys.setFont(self._theme.font("small"))
