"""What is done with a problem, from its row, from its words in the story or by a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from workstation.domain.changes import Changes
from workstation.domain.problem import Problem, Severity, Waiver
from workstation.errors import WorkstationError
from workstation.ui.review.problem_list import told_change
from workstation.ui.review.rows import alike
from workstation.ui.review.waive_dialog import WaiveDialog

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.workflow.reviewing import Reviewed, Reviewing

STYLE = "style/"
TONES = {Severity.BLOCKER: "bad", Severity.WARNING: "warn"}


class ProblemVerbs(QObject):
    """Carries out on the open story what the editor wants with a problem of its last review."""

    rule_off_requested = Signal(str)
    """The editor never wants to hear of this rule of style again."""

    def __init__(self, session: Session, reviewing: Reviewing, pane: QWidget) -> None:
        super().__init__(pane)
        self._session, self._reviewing, self._pane = session, reviewing, pane
        self.reviewed: Reviewed | None = None

    def go(self, problem: Problem) -> None:
        """Lead the editor to the words and say what is wrong with them."""
        self._session.show_place(problem.place)
        mend = f"  Alt+Enter: {problem.fix.label}." if problem.fix else ""
        self._session.say(f"{problem.message}{mend}", TONES[problem.severity])

    def mend(self, problem: Problem) -> None:
        """Apply the fix of a problem; where there is none that is said."""
        fix = problem.fix
        if fix is None:
            self._session.say(f"This has to be mended by hand. {problem.message}", "warn")
        elif self._attempt(lambda story: self._reviewing.mend(story, problem)):
            self._session.say(f"{fix.label}: {told_change(fix.old, fix.new)}. Ctrl+Z takes it back.", "good")

    def mend_all(self, problem: Problem) -> None:
        """Apply the fixes of every problem of the same rule, as one step."""
        same = alike(problem, self.reviewed.problems) if self.reviewed else []
        if not same:
            self.mend(problem)
        elif self._attempt(lambda story: self._reviewing.mend_all(story, same)):
            self._session.say(f"{len(same)} mended in one step. Ctrl+Z takes it back.", "good")

    def waive(self, problem: Problem) -> None:
        """Ask for a reason, and let the story go out with the problem for it."""
        story = self._session.story
        if story is None:
            return
        reviewing = self._reviewing
        dialog = WaiveDialog(
            problem, self._pane.window(), lambda reason: self._run(lambda: reviewing.waive(story, problem, reason))
        )
        dialog.open()
        self._session.run(
            lambda _: reviewing.last_reasons(), lambda reasons: dialog.offer(reasons) if isValid(dialog) else None, urgent=True
        )

    def withdraw(self, waiver: Waiver) -> None:
        """Let a waived problem stand again."""
        story, reviewing = self._session.story, self._reviewing
        if story is not None:
            self._run(lambda: reviewing.withdraw_waiver(story, waiver.fingerprint))

    def waiver_of(self, problem: Problem) -> Waiver | None:
        """The reason that a problem was waived for."""
        waived = self.reviewed.waived if self.reviewed else ()
        return next((waiver for other, waiver in waived if other == problem), None)

    def fill(self, menu: QMenu, problem: Problem, before: QAction | None = None) -> None:
        """Put what can be done with a problem into a menu, before one of its entries."""
        waiver = self.waiver_of(problem)
        entries: list[tuple[str, Callable[[], object]]] = []
        if waiver is not None:
            entries.append(("Let it stand again", lambda: self.withdraw(waiver)))
        else:
            entries += self._mends(problem)
            entries.append(("Waive…", lambda: self.waive(problem)))
            if problem.rule.startswith(STYLE):
                entries.append(("Never tell this again", lambda: self.rule_off_requested.emit(problem.rule)))
        for text, act in entries:
            action = QAction(text.replace("&", "&&"), menu)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.insertAction(before, action)  # type: ignore[arg-type]

    def _mends(self, problem: Problem) -> list[tuple[str, Callable[[], object]]]:
        if problem.fix is None:
            return []
        told = f"{problem.fix.label}: {told_change(problem.fix.old, problem.fix.new)}\tAlt+Enter"
        mends: list[tuple[str, Callable[[], object]]] = [(told, lambda: self.mend(problem))]
        same = alike(problem, self.reviewed.problems) if self.reviewed else []
        if len(same) > 1:
            mends.append((f"Fix all {len(same)} of this kind", lambda: self.mend_all(problem)))
        return mends

    def _attempt(self, verb: Callable[[int], Changes]) -> bool:
        if self._session.story is None:
            return False
        try:
            changes = verb(self._session.story)
        except WorkstationError as error:
            self._session.say_error(error)
            return False
        self._session.publish(changes, self)
        return bool(changes)

    def _run(self, verb: Callable[[], Changes]) -> None:
        """Write beside the window's thread."""
        self._session.run(lambda _: verb(), lambda changes: self._session.publish(changes, self), urgent=True)
