"""What the list shows: the tabs with their counts, the menu with every state, and the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from workstation.domain.item import ItemState
from workstation.ui.inbox.wording import STATE_NAMES
from workstation.ui.tab import Tab
from workstation.ui.theme import Theme

TABS: tuple[ItemState | None, ...] = (None, ItemState.SHORTLISTED, ItemState.USED, ItemState.ARCHIVED)
LISTED = (ItemState.UNREAD, ItemState.READ, ItemState.SHORTLISTED, ItemState.USED)
"""The states that the inbox lists when no state is asked for."""


class Order(StrEnum):
    """How the list is sorted."""

    NEWEST = "Newest first"
    OUTLET = "By outlet"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows; ``state`` None is the inbox: all but the archived and the spiked."""

    state: ItemState | None = None
    order: Order = Order.NEWEST

    def holds(self, state: ItemState) -> bool:
        """Whether an item in ``state`` belongs into the list."""
        return state in LISTED if self.state is None else state is self.state


class FilterBar(QWidget):
    """The row of tabs; the button with the menu is made here too and placed beside the search."""

    filtered = Signal(object)
    """The :class:`Filter` that the editor chose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._filter = Filter()
        self._counts: Mapping[ItemState, int] = {}
        self._tabs = [self._tab(number) for number in range(len(TABS))]
        self._group = QButtonGroup(self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 2, 0)
        row.setSpacing(0)
        for tab in self._tabs:
            self._group.addButton(tab)
            row.addWidget(tab)
        row.addStretch(1)
        self.button = QToolButton()
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setAccessibleName("What the list shows, and its order")
        self.button.setToolTip("What the list shows, and its order")
        self.button.setMenu(self._menu())
        self._show()
        theme.on_change(self._dress)

    @property
    def filter(self) -> Filter:
        return self._filter

    def choose(self, chosen: Filter) -> None:
        """Show this state in this order."""
        changed = chosen != self._filter
        self._filter = chosen
        self._show()
        if changed:
            self.filtered.emit(chosen)

    def show_counts(self, counts: Mapping[ItemState, int]) -> None:
        """Show how many items are in each state."""
        self._counts = counts
        self._show()

    def _tab(self, number: int) -> Tab:
        tab = Tab()
        tab.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        tab.clicked.connect(lambda: self._choose_state(TABS[number]))
        return tab

    def _choose_state(self, state: ItemState | None) -> None:
        self.choose(Filter(state, self._filter.order))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        states = QActionGroup(menu)
        self._states = {}
        for state in (None, *ItemState):
            action = menu.addAction(_name(state), partial(self._choose_state, state))
            action.setCheckable(True)
            states.addAction(action)
            self._states[state] = action
        menu.addSeparator()
        orders = QActionGroup(menu)
        self._orders = {}
        for order in Order:
            action = menu.addAction(order.value, partial(self._choose_order, order))
            action.setCheckable(True)
            orders.addAction(action)
            self._orders[order] = action
        return menu

    def _choose_order(self, order: Order) -> None:
        self.choose(Filter(self._filter.state, order))

    def _show(self) -> None:
        """The first tab also stands for a state that has no tab of its own."""
        first = None if self._filter.state in TABS else self._filter.state
        for tab, state in zip(self._tabs, (first, *TABS[1:]), strict=True):
            tab.setAccessibleName(f"{_name(state)}, {self._count(state)} items")
            tab.setChecked(state is self._filter.state)
        self._fit(first)
        self._states[self._filter.state].setChecked(True)
        self._orders[self._filter.order].setChecked(True)

    def _fit(self, first: ItemState | None) -> None:
        """Counts on all tabs where there is room, else on the chosen one, else on none."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._row.spacing() * (len(TABS) - 1)
        for counted in (self._tabs, [tab for tab in self._tabs if tab.isChecked()], []):
            for tab, state in zip(self._tabs, (first, *TABS[1:]), strict=True):
                count = self._count(state) if tab in counted and state is not ItemState.ARCHIVED else 0
                tab.setText(f"{_name(state)} {count:,}" if count else _name(state))
            if sum(tab.sizeHint().width() for tab in self._tabs) <= room:
                return

    def minimumSizeHint(self) -> QSize:
        """The tabs never keep the pane from shrinking: they give up their counts first."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _count(self, state: ItemState | None) -> int:
        if state is None:
            return sum(self._counts.get(listed, 0) for listed in LISTED)
        return self._counts.get(state, 0)

    def _dress(self) -> None:
        self.button.setIcon(self._theme.icon("mdi6.filter-variant", "muted"))
        for tab in self._tabs:
            tab.setFont(self._theme.font("ui"))


def _name(state: ItemState | None) -> str:
    return "Inbox" if state is None else STATE_NAMES[state]
