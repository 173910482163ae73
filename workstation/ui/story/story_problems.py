"""What a review found, shown where it stands: under the words, on the cards, and at the lines around the story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from workstation.domain.problem import Place, Problem, QuotationCheck, Severity
from workstation.ui.story.card import CardFrame
from workstation.ui.story.problem_marks import ProblemMarks, Span, told
from workstation.ui.story.text_field import GrowingEdit
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip
from workstation.workflow.reviewing import Reviewed

Owner = tuple[str, int | None]
"""A field, and the index of the card that it belongs to."""
TONES = {Severity.BLOCKER: "bad", Severity.WARNING: "warn"}


class StoryProblems(QObject):
    """Hands each field its problems. ``fields`` gives the texts; ``line_at`` the line or chip at a place without a text."""

    menu_made = Signal(object, object)
    """The context menu of marked words before it opens, and the :class:`Problem` they are about."""

    def __init__(
        self,
        theme: Theme,
        fields: Callable[[], Mapping[Owner, GrowingEdit]],
        line_at: Callable[[Place], QWidget | None],
        pane: QWidget,
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._theme, self._fields, self._line_at = theme, fields, line_at
        self._marks: dict[GrowingEdit, ProblemMarks] = {}
        self._marked: dict[QWidget, str] = {}

    def show(self, reviewed: Reviewed, frames: Sequence[CardFrame]) -> None:
        """Show a review of the story."""
        self._marks = {edit: marks for edit, marks in self._marks.items() if isValid(edit)}
        by_owner: dict[Owner, list[Problem]] = defaultdict(list)
        for problem in reviewed.faults:
            by_owner[problem.place.field, problem.place.card].append(problem)
        quoted: dict[int, frozenset[Span]] = _quoted(reviewed.quotations)
        for owner, edit in self._fields().items():
            spans = quoted.get(owner[1] or 0, frozenset()) if owner[0] == "body" else frozenset()
            self._marks_of(edit).show_problems(tuple(by_owner.get(owner, ())), spans)
        for index, frame in enumerate(frames):
            own = [problem for problem in reviewed.faults if problem.place.card == index]
            frame.show_problems(own, quoted.get(index, frozenset()))
        self._mark_lines(reviewed.faults)

    def at_caret(self) -> Problem | None:
        """The problem of the words at the caret."""
        focus = self._pane.window().focusWidget()  # not the application's: the palette of commands may still have that
        marks = self._marks.get(focus) if isinstance(focus, GrowingEdit) else None
        return marks.at_caret() if marks else None

    def _marks_of(self, edit: GrowingEdit) -> ProblemMarks:
        if edit not in self._marks:
            marks = self._marks[edit] = ProblemMarks(edit, self._theme)
            marks.menu_made.connect(self._tell_menu)
        return self._marks[edit]

    def _tell_menu(self, menu: QMenu, problem: Problem) -> None:
        self.menu_made.emit(menu, problem)

    def _mark_lines(self, problems: Sequence[Problem]) -> None:
        """A line or a chip has no words to underline: its border tells, and its tool tip."""
        wanted: dict[QWidget, Problem] = {}
        for problem in problems:
            line = self._line_at(problem.place)
            if line is not None:
                wanted.setdefault(line, problem)
        for line in [line for line in self._marked if line not in wanted]:
            tip = self._marked.pop(line)
            if isValid(line):
                _mark(line, "", tip)
        for line, problem in wanted.items():
            self._marked.setdefault(line, line.toolTip())
            _mark(line, TONES[problem.severity], plain_tip(told(problem)) + self._marked[line])


def _quoted(checks: Iterable[QuotationCheck]) -> dict[int, frozenset[Span]]:
    """Where the quotations of each card stand: these words bear the mark of what became of their comparison."""
    found: dict[int, frozenset[Span]] = defaultdict(frozenset)
    for check in checks:
        found[check.card] |= {(check.start_in_body, check.end_in_body)}
    return found


def _mark(line: QWidget, tone: str, own_tip: str) -> None:
    line.setToolTip(own_tip)
    if (line.property("problem") or "") != tone:
        line.setProperty("problem", tone)
        line.style().unpolish(line)
        line.style().polish(line)
