"""The checks: problems with their places and fixes, what is in order, and whose voices the story has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.changes import Changes
from workstation.domain.item import ItemSummary
from workstation.domain.problem import Problem, Severity, Waiver
from workstation.domain.story import Story
from workstation.errors import NotFoundError, WorkstationError
from workstation.ui.flow_layout import FlowLayout
from workstation.ui.wording import country_name, plain_tip
from workstation.workflow.reviewing import Reviewed

if TYPE_CHECKING:
    from workstation.ui.checking import Checking
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.gathering import Gathering
    from workstation.workflow.reviewing import Reviewing
    from workstation.workflow.writing import Writing

ICON = 18
MOST_ROWS = 100
"""So many problems are shown at once; who has more mends these first."""
Button = tuple[str, Callable[[], None]]


class ReviewPane(QScrollArea):
    """Lists what a review found; a click leads to the place, a button mends or waives."""

    counted = Signal(int)
    """How many problems stand."""

    def __init__(
        self, session: Session, theme: Theme, reviewing: Reviewing, writing: Writing, gathering: Gathering, checking: Checking
    ) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._reviewing = reviewing
        self._writing = writing
        self._gathering = gathering
        self._reviewed: Reviewed | None = None
        self._shown: object = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Checks")
        checking.reviewed.connect(self._show)
        theme.changed.connect(self._rebuild)

    def _show(self, reviewed: Reviewed) -> None:
        """Rows are made anew only when something that they say has changed, so that the focus stays on a button."""
        story = self._session.story
        sources = self._writing.story(story).signals if story is not None else ()
        shown = (story, reviewed, tuple(card.sources for card in sources))
        if shown != self._shown:
            self._shown, self._reviewed = shown, reviewed
            self.counted.emit(len(reviewed.problems))
            self._rebuild()

    def _rebuild(self) -> None:
        reviewed, story = self._reviewed, self._session.story
        if reviewed is None or story is None:
            return
        inside = QWidget()
        inside.setProperty("pane", True)
        inside.setMinimumWidth(1)  # never wider than the pane, whatever a word would like: it would be cut off
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 20)
        column.setSpacing(8)
        column.addWidget(self._overline(_headline(reviewed)))
        for problem in reviewed.problems[:MOST_ROWS]:
            column.addWidget(self._problem(problem))
        if len(reviewed.problems) > MOST_ROWS:
            column.addWidget(self._overline(f"and {len(reviewed.problems) - MOST_ROWS} more"))
        for problem, waiver in reviewed.waived:
            column.addWidget(self._waived(problem, waiver))
        for passed in reviewed.passes:
            column.addWidget(self._row("mdi6.check-circle", "good", passed.title, passed.detail))
        self._add_perspective(column, self._writing.story(story))
        column.addStretch(1)
        position = self.verticalScrollBar().value()
        self.setWidget(inside)
        self.verticalScrollBar().setValue(position)

    # --- rows ------------------------------------------------------------------------------------------------------

    def _problem(self, problem: Problem) -> QFrame:
        blocker = problem.severity is Severity.BLOCKER
        icon, token = ("mdi6.close-circle", "bad") if blocker else ("mdi6.alert", "warn")
        detail = f"{problem.place.label}: “{problem.excerpt}”" if problem.excerpt else problem.place.label
        buttons: list[Button] = [("Show", lambda: self._session.show_place(problem.place))]
        if problem.fix is not None:
            buttons.insert(0, (problem.fix.label, lambda: self._mend(problem)))
        passage = self._passage(problem)
        if passage is not None:
            buttons.append(("Show in source", lambda: self._session.show_passage(*passage)))
        if blocker:
            buttons.append(("Waive…", lambda: self._waive(problem)))
        return self._row(icon, token, problem.message, detail, buttons)

    def _passage(self, problem: Problem) -> tuple[str, int, int] | None:
        """Where the source has the quotation that a problem is about: the item and its code points."""
        for check in self._reviewed.quotations if self._reviewed else ():
            about = check.card == problem.place.card and check.printed == problem.excerpt and problem.rule.startswith("quotation")
            if about and check.item is not None and check.start is not None and check.end is not None:
                return check.item, check.start, check.end
        return None

    def _waived(self, problem: Problem, waiver: Waiver) -> QFrame:
        detail = f"Waived: {waiver.reason}"
        return self._row(
            "mdi6.minus-circle-outline",
            "muted",
            problem.message,
            detail,
            [("Let it stand again", lambda: self._withdraw(waiver))],
        )

    def _row(self, icon: str, token: str, title: str, detail: str, buttons: Sequence[Button] = ()) -> QFrame:
        frame = QFrame()
        frame.setProperty("field", True)
        picture = QLabel()
        picture.setPixmap(self._theme.icon(icon, token).pixmap(ICON, ICON))
        head, told = QLabel(title), QLabel(detail)
        head.setFont(self._theme.font("ui"))
        head.setStyleSheet("font-weight: 600;")
        told.setFont(self._theme.font("small"))
        told.setProperty("muted", True)
        for label in (head, told):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(head)
        words.addWidget(told)
        if buttons:
            words.addWidget(_button_row(buttons))
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(11)
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return frame

    def _overline(self, text: str) -> QLabel:
        label = QLabel(text.upper())
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(self._theme.font("overline"))
        label.setWordWrap(True)
        label.setProperty("muted", True)
        return label

    def _add_perspective(self, column: QVBoxLayout, story: Story) -> None:
        """Where the sources come from: the form lives on many voices, so the editor sees at a glance which are missing."""
        summaries = self._summaries(story)
        if not summaries:
            return
        countries = Counter(summary.country or "" for summary in summaries)
        languages = {summary.language for summary in summaries if summary.language}
        told = f"{_count(len(story.outlets), 'outlet')}, {_count(len(countries), 'country', 'countries')}"
        column.addSpacing(6)
        column.addWidget(self._overline(f"Whose perspective?  ·  {told}, {_count(len(languages), 'language')}"))
        for country, number in countries.most_common():
            column.addWidget(self._bar(country_name(country) or "Country unknown", number, len(summaries)))

    def _bar(self, name: str, number: int, total: int) -> QWidget:
        row = QWidget()
        grid = QVBoxLayout(row)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setSpacing(3)
        line = QHBoxLayout()
        country, share = QLabel(name), QLabel(f"{number} of {total} sources")
        share.setProperty("muted", True)
        for label in (country, share):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(self._theme.font("small"))
        line.addWidget(country, 1)
        line.addWidget(share)
        bar = QProgressBar()
        bar.setRange(0, total)
        bar.setValue(number)
        bar.setTextVisible(False)
        bar.setFixedHeight(7)
        bar.setAccessibleName(f"{name}: {number} of {total} sources")
        grid.addLayout(line)
        grid.addWidget(bar)
        return row

    def _summaries(self, story: Story) -> list[ItemSummary]:
        found = []
        for item in story.item_ids:
            try:
                found.append(self._gathering.summary(item))
            except NotFoundError:
                continue
        return found

    # --- what the buttons do ---------------------------------------------------------------------------------------

    def _mend(self, problem: Problem) -> None:
        self._attempt(lambda story: self._reviewing.mend(story, problem))

    def _waive(self, problem: Problem) -> None:
        told = f"{problem.message}\n\nWhy may the story go out with it?"
        reason, answered = QInputDialog.getText(self, "Waive a blocker", plain_tip(told))
        if answered:
            self._attempt(lambda story: self._reviewing.waive(story, problem, reason))

    def _withdraw(self, waiver: Waiver) -> None:
        self._attempt(lambda story: self._reviewing.withdraw_waiver(story, waiver.fingerprint))

    def _attempt(self, verb: Callable[[int], Changes]) -> None:
        if self._session.story is None:
            return
        try:
            self._session.publish(verb(self._session.story), self)
        except WorkstationError as error:
            self._session.say_error(error)


def _button_row(buttons: Sequence[Button]) -> QWidget:
    place = QWidget()
    row = FlowLayout(place, gap=6)
    for label, slot in buttons:
        button = QPushButton(label)
        button.clicked.connect(lambda _=False, slot=slot: slot())
        row.addWidget(button)
    return place


def _headline(reviewed: Reviewed) -> str:
    blockers = len(reviewed.blockers)
    warnings = len(reviewed.problems) - blockers
    if not reviewed.problems:
        return "Before export  ·  nothing stands in the way"
    told = [_count(blockers, "blocker")] if blockers else []
    told += [_count(warnings, "warning")] if warnings else []
    return f"Before export  ·  {', '.join(told)}"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
