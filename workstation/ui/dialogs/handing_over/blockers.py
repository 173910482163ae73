"""What stands between the story and its hand-over, in words; a click leads to the place, a reason lets it pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.problem import Problem
from workstation.domain.wording import counted
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme
    from workstation.workflow.reviewing import Reviewed

PROBLEM = Qt.ItemDataRole.UserRole
HINT = "A click, or Enter, leads to the place."


class _Rows(QListWidget):
    """Enter goes to a row instead of carrying out the dialog's main action."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.itemClicked.emit(item)
        else:
            super().keyPressEvent(event)


class Blockers(QWidget):
    """Shows the blockers of a review, and takes the reason that lets them pass."""

    place_wanted = Signal(object)
    """A :class:`Problem` whose place the editor wants to go to."""
    checks_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reviewed: Reviewed | None = None
        self.head = QLabel("The story is being checked.")
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.rows = _Rows()
        self.rows.setWordWrap(True)
        self.rows.setAccessibleName("What blocks")
        self.rows.setAccessibleDescription(HINT)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setSpacing(2)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Why the story may go out with what blocks it")
        self._reason_label = QLabel("&Reason")
        self._reason_label.setBuddy(self.reason)
        self._checks = QPushButton("Go to Chec&ks")
        self._checks.setAutoDefault(False)
        self._checks.clicked.connect(self.checks_wanted)
        self.rows.itemClicked.connect(self._go)
        self._lay_out()
        self._ask_reason(False)
        theme.on_change(self._dress)

    @property
    def stand(self) -> bool:
        """Whether a blocker stands."""
        return self._reviewed is not None and bool(self._reviewed.blockers)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The blockers that stand."""
        return self._reviewed.blockers if self._reviewed is not None else ()

    @property
    def waive(self) -> str | None:
        """The reason, where one is needed and given."""
        return (self.reason.text().strip() or None) if self.stand else None

    def show_reviewed(self, reviewed: Reviewed) -> None:
        """Show what a review found; the row in hand stays while it is told again."""
        current = self.rows.currentItem()
        before = current.data(PROBLEM).fingerprint if current is not None else ""
        self._reviewed = reviewed
        blockers = reviewed.blockers
        self.head.setText(_head(reviewed))
        self.rows.clear()
        for problem in blockers:
            self.rows.addItem(self._row(problem))
            if problem.fingerprint == before:
                self.rows.setCurrentRow(self.rows.count() - 1)
        self.rows.setVisible(bool(blockers))
        self._ask_reason(bool(blockers))

    def offer(self, reasons: Sequence[str]) -> None:
        """Offer reasons that were given before while one is typed."""
        completer = QCompleter(list(reasons), self.reason)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.reason.setCompleter(completer)

    def _row(self, problem: Problem) -> QListWidgetItem:
        item = QListWidgetItem(problem.told)
        item.setData(PROBLEM, problem)
        item.setIcon(self._theme.icon("mdi6.close-circle", "bad"))
        detail = "\n".join(filter(None, (problem.place.full_label, f"“{problem.excerpt}”" if problem.excerpt else "", HINT)))
        item.setToolTip(plain_tip(detail))
        return item

    def _go(self, item: QListWidgetItem) -> None:
        self.place_wanted.emit(item.data(PROBLEM))

    def _ask_reason(self, asks: bool) -> None:
        for widget in (self.reason, self._reason_label):
            widget.setVisible(asks)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._reason_label)
        row.addWidget(self.reason, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._checks)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.rows, 1)
        column.addLayout(row)
        column.addLayout(foot)
        column.addStretch(0)
        self.rows.hide()

    def _dress(self) -> None:
        self.rows.setFont(self._theme.font("ui"))
        for at in range(self.rows.count()):
            self.rows.item(at).setIcon(self._theme.icon("mdi6.close-circle", "bad"))


def _head(reviewed: Reviewed) -> str:
    """What the review came to, in a sentence or two."""
    blockers, warnings = len(reviewed.blockers), len(reviewed.problems) - len(reviewed.blockers)
    waived = f" {counted(len(reviewed.waived), 'problem')} passed with a reason." if reviewed.waived else ""
    beside = f" {counted(warnings, 'warning')} beside, which {'stops' if warnings == 1 else 'stop'} nothing." if warnings else ""
    if not blockers:
        return f"Nothing blocks.{beside}{waived}"
    stand = "A blocker stands." if blockers == 1 else f"{blockers} blockers stand."
    return f"{stand} Mend {'it' if blockers == 1 else 'them'}, or give a reason that is kept.{beside}{waived}"
