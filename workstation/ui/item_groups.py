"""Rows of the inbox that stand for several items, and versions of pages, in the window: by itself, by menu and by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from workstation.domain.changes import Changes
from workstation.ui.actions import add_action
from workstation.workflow.grouping import Grouped

if TYPE_CHECKING:
    from workstation.ui.session import Session, Task
    from workstation.ui.theme import Theme
    from workstation.workflow.desk import Desk
    from workstation.workflow.revisiting import Revisit

AFTER_ARRIVAL_MS = 1_500
AFTER_START_MS = 4_000
MANY = 3_000
"""From so many sources on the comparison is shown in the status bar, where it can be cancelled."""

TIP_MS = 8_000
"""What the capture came to is read first."""
TIP = "Copies of one story share a row. Right on a row shows them, and takes them apart."

Verb = Callable[[], Changes]
MakeStep = Callable[[str, Verb, Verb], None]
"""Makes a step of the inbox: what was done, the verb that does it, and the one that takes it back."""


class ItemGroups(QObject):
    """The verbs. ``selected`` tells the picked sources of the list; ``make_step`` makes a step that the inbox can undo."""

    listed = Signal(str)
    """The source whose row the selected ones were put into."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        desk: Desk,
        selected: Callable[[], Sequence[str]],
        window: QWidget,
        make_step: MakeStep | None = None,
    ) -> None:
        super().__init__(window)
        self._session, self._theme, self._desk, self._window = session, theme, desk, window
        self._selected = selected
        self._make_step = make_step or self._just_do
        self._grouping = desk.grouping
        self._arrived: set[str] = set()
        self._told = False
        self._waiting = QTimer(self, singleShot=True, interval=AFTER_ARRIVAL_MS)
        self._waiting.timeout.connect(self._group_arrived)
        session.changed.connect(self._notice)
        session.item_shown.connect(self._look_at)

    # --- by itself -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Some seconds after the first paint, compare what was not compared yet."""
        if not self._session.is_read_only:
            QTimer.singleShot(AFTER_START_MS, self, self.group_all)

    def group_all(self) -> None:
        """Look for copies of stories among all sources that were not compared yet."""
        self._session.run(lambda _: self._grouping.waiting(), self._group_waiting)

    def _group_waiting(self, count: int) -> None:
        if count:
            label = f"Comparing {count} sources" if count >= MANY else ""
            self._session.run(self._compare_all, self._tell_grouped, label=label)

    def _compare_all(self, task: Task) -> Changes:
        return self._grouping.group_all(cancelled=lambda: task.is_cancelled, progress=task.report)

    def _notice(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and changes.items:
            self._arrived |= changes.items
            self._waiting.start()

    def _group_arrived(self) -> None:
        arrived, self._arrived = tuple(self._arrived), set()
        self._session.run(lambda task: self._grouping.group_new(arrived, cancelled=lambda: task.is_cancelled), self._tell_grouped)

    def _tell_grouped(self, changes: Changes) -> None:
        self._session.publish(changes, self)
        if changes and not self._told:
            self._told = True
            QTimer.singleShot(TIP_MS, self, lambda: self._session.say(TIP))

    def _look_at(self, item: str) -> None:
        """A source that changed is looked at as soon as it is read, which a desk that is only read cannot note."""
        if self._session.is_read_only:
            return
        looked_at = self._desk.revisiting.looked_at
        self._session.run(lambda _: looked_at(item), lambda changes: self._session.publish(changes, self))

    # --- by hand ---------------------------------------------------------------------------------------------------

    def group_selected(self) -> None:
        """Put the selected sources into one row, that of the first of them."""
        chosen = tuple(self._selected())
        if len(chosen) < 2:
            self._session.say("Select two sources or more first (X, or Shift or Ctrl with a click).", "warn")
            return
        self._do(f"{len(chosen)} sources grouped under one row", lambda: self._grouping.merge(chosen, chosen[0]))
        self.listed.emit(chosen[0])

    def take_apart(self, ids: Sequence[str] = ()) -> None:
        """Give the sources of the selected row, or those of ``ids``, rows of their own."""
        chosen = tuple(ids or self._selected())
        if not chosen:
            self._session.say("Select a source in the list first.", "warn")
            return
        self._do("Taken apart", lambda: self._grouping.take_apart(chosen))

    def make_head(self, item: str) -> None:
        """List a source in the place of the one that it stands under."""
        self._do("Another source of the row is listed", lambda: self._grouping.make_head(item))

    def show_group(self, item: str = "") -> None:
        """Show the sources in the row of the selected source."""
        chosen = item or next(iter(self._selected()), "")
        if not chosen:
            self._session.say("Select a source in the list first.", "warn")
            return
        from workstation.ui.dialogs.group_members import GroupMembers  # noqa: PLC0415 - keeps it off the start

        dialog = GroupMembers(
            self._session,
            self._theme,
            self._desk.gathering,
            self._grouping,
            chosen,
            self.take_apart,
            self.make_head,
            self._window,
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def _do(self, told: str, verb: Callable[[], Grouped]) -> None:
        """Make a step of a grouping; what it has to put back is known once it is done."""
        last: list[Grouped] = []

        def back() -> Changes:
            last[:] = [self._grouping.set_heads(last[0].before, last[0].after)]
            return last[0].changes

        def apply() -> Changes:
            if last:
                return back()
            last[:] = [verb()]
            return last[0].changes

        self._make_step(told, apply, back)

    def _just_do(self, told: str, verb: Verb, _back: Verb) -> None:
        def tell(changes: Changes) -> None:
            self._session.publish(changes, self)
            self._session.say(f"{told}.", "good")

        self._session.run(lambda _: verb(), tell)

    def add_to(self, menu: QMenu) -> None:
        """Put every verb into the window's menu; the list has single keys for most of them, too."""
        add_action(menu, "&Group the selected sources", self.group_selected, "Ctrl+G")
        add_action(menu, "Show the sources in this &row…", self.show_group)
        add_action(menu, "&Take the row apart", self.take_apart, "Ctrl+Shift+G")
        add_action(menu, "Find &copies now", self.group_all)
        menu.addSeparator()
        add_action(menu, "&Has the source changed?", self.ask_again, "Ctrl+Shift+R")
        add_action(menu, "Have the sources of the &story changed?", self.ask_story)
        add_action(menu, "Compare &versions of the source…", self.show_versions)

    # --- versions --------------------------------------------------------------------------------------------------

    def ask_again(self, item: str = "") -> None:
        """Has the source that is read, or the selected one, changed since it was captured?"""
        chosen = (item,) if item else tuple(self._selected()) or ((self._session.item,) if self._session.item else ())
        if not chosen:
            self._session.say("Select a source in the list first.", "warn")
            return
        self._revisit(lambda task: self._desk.revisiting.revisit_all(chosen, task.report, lambda: task.is_cancelled))

    def ask_story(self) -> None:
        """Have the sources of the open story changed since they were captured?"""
        number = self._session.story
        if number is None:
            self._session.say("Open a story first.", "warn")
            return
        revisit_story = self._desk.revisiting.revisit_story
        self._revisit(lambda task: revisit_story(number, cancelled=lambda: task.is_cancelled, progress=task.report))

    def show_versions(self, item: str = "") -> None:
        """Compare the versions of a page."""
        chosen = item or next(iter(self._selected()), "") or self._session.item
        if not chosen:
            self._session.say("Select a source in the list first.", "warn")
            return
        from workstation.ui.dialogs.item_versions import ItemVersionsDialog  # noqa: PLC0415 - keeps it off the start

        dialog = ItemVersionsDialog(self._session, self._theme, self._desk.revisiting, chosen, self.ask_again, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def _revisit(self, work: Callable[[Task], Revisit]) -> None:
        self._session.run(work, self._tell_revisited, label="Asking the source again")

    def _tell_revisited(self, revisit: Revisit) -> None:
        self._session.publish(revisit.changes)
        self._session.say(revisit.message, revisit.tone)
        changed = [answer for answer in revisit.answers if answer.outcome == "changed"]
        if len(changed) == 1 and len(revisit.answers) == 1:
            self.show_versions(changed[0].newest)
