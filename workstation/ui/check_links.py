"""Where the checks lead: to the words of the story, to items of the inbox, to the house style and the ties of sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from workstation.domain.changes import Changes
from workstation.domain.claim import ClaimCheck
from workstation.domain.problem import Problem
from workstation.errors import WorkstationError
from workstation.ui.inbox.inbox_pane import InboxPane
from workstation.ui.review.pane import ReviewPane
from workstation.ui.session import Session
from workstation.ui.story.pane import StoryPane
from workstation.workflow.desk import Desk

if TYPE_CHECKING:
    from workstation.ui.window import Window


class CheckLinks(QObject):
    """Joins the pane of the checks to the other panes, which do not know each other."""

    def __init__(
        self, session: Session, desk: Desk, checks: ReviewPane, story: StoryPane, inbox: InboxPane, turn: Callable[[], None],
        parent: Window,
    ) -> None:  # fmt: skip
        """``turn`` brings the checks to the front."""
        super().__init__(parent)
        self._session, self._desk = session, desk
        self._checks, self._story, self._inbox, self._turn = checks, story, inbox, turn
        checks.here = story.place_in_hand
        checks.verbs.rule_off_requested.connect(self._switch_off)
        checks.claims.place_wanted.connect(session.show_place)
        checks.claims.passage_wanted.connect(session.show_passage)
        checks.claims.accepted.connect(self._accept)
        checks.perspective.items_requested.connect(self._list_items)
        story.problems.menu_made.connect(self._offer_mends)

    def go_to_checks(self) -> None:
        """Bring the checks to the front and give them the keyboard."""
        self._turn()
        self._checks.list.setFocus()

    def mend_in_hand(self) -> None:
        """Mend the problem of the row, or of the words, that the keyboard is at."""
        problem = self._checks.problem_in_hand() or self._story.problems.at_caret()
        if problem is not None:
            self._checks.verbs.mend(problem)
        else:
            self._session.say("Nothing is marked at the caret. F8 goes to the next problem.")

    def _offer_mends(self, menu: QMenu, problem: Problem) -> None:
        """What can be done with marked words stands above all else in their menu."""
        first = menu.actions()[0] if menu.actions() else menu.addSeparator()
        self._checks.verbs.fill(menu, problem, first)
        show = QAction("Show in checks", menu)
        show.triggered.connect(lambda _=False: self._show_in_checks(problem))
        menu.insertAction(first, show)
        menu.insertSeparator(first)

    def _show_in_checks(self, problem: Problem) -> None:
        self._turn()
        self._checks.show_problem(problem)

    def _list_items(self, query: str) -> None:
        """List items in the inbox, and say how its other ones come back: a query by ids explains nothing."""
        self._inbox.list_query(query)
        self._session.say("The inbox lists only these now. Esc shows all of it again.")

    def _switch_off(self, rule: str) -> None:
        """A rule of the house style is told never again; *House style…* brings it back."""
        said = "Not told again. Story › House style… brings the rule back."

        def tell(changes: Changes) -> None:
            self._session.publish(changes, self)
            self._session.say(said, "good")

        self._session.run(lambda _: self._desk.styles.switch(rule, on=False), tell, urgent=True)

    def _accept(self, check: ClaimCheck) -> None:
        story = self._session.story
        if story is None:
            return
        try:
            self._session.publish(self._desk.claiming.accept(story, check), self)
        except WorkstationError as error:
            self._session.say_error(error)
