"""The saved searches: a button beside the search with their list, and the numbers of what waits in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from workstation.domain.changes import Changes
from workstation.domain.saved_view import SavedView
from workstation.ui.dialogs.commands import COMMAND
from workstation.ui.inbox.filter_bar import Order
from workstation.ui.inbox.steps import Step, Steps
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip
from workstation.workflow.viewing import VIEWS_CHANGED, ViewCount, Viewing

ORDERS = {"newest": Order.NEWEST, "outlet": Order.OUTLET}
NAME_WIDTH = 84
NUMBERED = 9


class ViewsMenu(QObject):
    """Lists, saves and arranges views. Everything is read and written beside the window's thread."""

    chosen = Signal(object)
    """The :class:`SavedView` to list, or None for the whole inbox."""

    def __init__(self, session: Session, theme: Theme, viewing: Viewing, steps: Steps, pane: QWidget) -> None:
        super().__init__(pane)
        self._session, self._theme, self._viewing, self._steps, self._pane = session, theme, viewing, steps, pane
        self._query, self._order = "", Order.NEWEST
        self._current: SavedView | None = None
        self.counts: list[ViewCount] = []
        self.menu = QMenu("&Views", pane)
        self.menu.aboutToShow.connect(self._count)
        self.button = QToolButton()
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setMenu(self.menu)
        self._fill()
        theme.on_change(self._dress)

    @property
    def views(self) -> list[SavedView]:
        """The views in the editor's order, as they were read last."""
        return [count.view for count in self.counts]

    def read(self) -> None:
        """Read the views; what waits in them is counted only when somebody looks, so that no start waits for it."""
        self._session.run(lambda _task: [ViewCount(view, 0) for view in self._viewing.views()], self._show)

    def _count(self) -> None:
        self._session.run(lambda _task: self._viewing.counts(), self._show)

    def follow(self, query: str, order: Order) -> None:
        """The search was changed: say which view it is, if it is one."""
        self._query, self._order = query.strip(), order
        self._name_current()

    def choose(self, number: int) -> None:
        """List the view with this number, from 1; 0 is the whole inbox."""
        if number == 0:
            self.chosen.emit(None)
        elif number <= len(self.counts):
            self.chosen.emit(self.counts[number - 1].view)
        else:
            self._session.say(f"There is no view {number}.")

    def open(self) -> None:
        """Open the list below its button."""
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
        self.menu.setActiveAction(self.menu.actions()[0])

    def ask_name(self) -> None:
        """Ask under which name the search is to be kept."""
        query, order = self._query, self._order
        if not query:
            self._session.say("Search for something first: a view keeps what stands in the search.", "warn")
            return
        dialog = QInputDialog(self._pane)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Save this search as a view")
        dialog.setLabelText(plain_tip(f"A name for the view of {query if len(query) < 60 else query[:60] + '…'}"))
        dialog.setTextValue(self._current.name if self._current else "")
        dialog.textValueSelected.connect(lambda name: self.save(name, query, order))
        dialog.open()

    def save(self, name: str, query: str, order: Order) -> None:
        """Keep a query under a name; undo takes it back."""
        kept = next(key for key, value in ORDERS.items() if value is order)
        name = " ".join(name.split())
        self._change(f"View “{name}” saved", lambda: self._viewing.save(name, query, kept))

    def arrange(self) -> None:
        """Open the list in which views are renamed, moved and removed."""
        from workstation.ui.inbox.views_dialog import ViewsDialog  # noqa: PLC0415 - keeps it off the start

        dialog = ViewsDialog(self._pane, self.views, self._rename, self._move, self._remove)
        dialog.finished.connect(lambda _: self.read())
        dialog.open()

    def _rename(self, view: SavedView, name: str) -> None:
        self._change(f"View “{view.name}” renamed", lambda: self._viewing.rename(view, name))

    def _move(self, views: Sequence[SavedView]) -> None:
        ids = [view.id for view in views]
        self._change("Views rearranged", lambda: self._viewing.arrange(ids))

    def _remove(self, view: SavedView) -> None:
        self._change(f"View “{view.name}” removed", lambda: self._viewing.remove(view))

    def _change(self, told: str, verb: Callable[[], Changes]) -> None:
        """A step whose undo brings the whole list back as it was right before."""
        before: list[list[SavedView]] = []

        def apply() -> Changes:
            before[:] = [self._viewing.views()]
            return verb()

        def revert() -> Changes:
            return self._viewing.put_all(before[0]) if before else VIEWS_CHANGED

        self._steps.do(Step(told, apply, revert))

    def _show(self, counts: list[ViewCount]) -> None:
        if counts == self.counts and self.menu.actions():
            return
        renewed = [(count.view.id, count.view.name) for count in counts] != [(view.id, view.name) for view in self.views]
        self.counts = counts
        if renewed or not self.menu.isVisible():
            self._fill()
        else:
            self._tell_counts()
        self._name_current()

    def _fill(self) -> None:
        self.menu.clear()
        self._entry("Whole inbox\t0", partial(self.chosen.emit, None), command="View: whole inbox")
        for number, count in enumerate(self.counts, start=1):
            view = count.view
            self._entry(_entry_text(count, number), partial(self.chosen.emit, view), view.query, command=f"View: {view.name}")
        self.menu.addSeparator()
        self._entry("Save this search as a view…", self.ask_name)
        self._entry("Arrange the views…", self.arrange)
        self.menu.setToolTipsVisible(True)

    def _entry(self, text: str, act: Callable[[], object], tip: str = "", command: str = "") -> None:
        action = self.menu.addAction(text)
        action.setProperty(COMMAND, command or None)
        action.setToolTip(plain_tip(tip))
        action.triggered.connect(lambda _=False: act())

    def _tell_counts(self) -> None:
        for number, (action, count) in enumerate(zip(self.menu.actions()[1:], self.counts, strict=False), start=1):
            action.setText(_entry_text(count, number))

    def _name_current(self) -> None:
        self._current = next((view for view in self.views if self._query and view.query == self._query), None)
        name = self._current.name if self._current else ""
        metrics = QFontMetrics(self.button.font())
        self.button.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, NAME_WIDTH))
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if name else Qt.ToolButtonStyle.ToolButtonIconOnly
        self.button.setToolButtonStyle(style)
        self.button.setAccessibleName(f"View: {name}" if name else "Views")
        self.button.setToolTip(plain_tip(f"View: {name} (V)" if name else "Views: saved searches (V)"))

    def _dress(self) -> None:
        self.button.setIcon(self._theme.icon("mdi6.bookmark-outline", "muted"))
        self.button.setFont(self._theme.font("small"))
        self._name_current()


def _entry_text(count: ViewCount, number: int) -> str:
    """The view's name (an ampersand is doubled: menus take it for a mnemonic), what waits in it, and its key."""
    name = count.view.name.replace("&", "&&")
    told = f"{name}  ({count.told})" if count.told else name
    return f"{told}\t{number}" if number <= NUMBERED else told
