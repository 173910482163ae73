"""The items that stand in one row of the inbox: read any of them, take it out, or list it in the place of the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from workstation.ui.inbox.item_list import ItemList
from workstation.ui.inbox.outlet_icons import OutletIcons
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.domain.changes import Changes
    from workstation.domain.item import ItemSummary
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.gathering import Gathering
    from workstation.workflow.grouping import Grouping

WIDTH = 460
ROWS_SHOWN = 6


class GroupMembers(QDialog):
    """Lists the members as the inbox would; ``take_apart`` and ``make_head`` are steps of the inbox."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        gathering: Gathering,
        grouping: Grouping,
        item: str,
        take_apart: Callable[[tuple[str, ...]], object],
        make_head: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._grouping, self._item, self._window = session, grouping, item, parent
        self._take_apart, self._make_head = take_apart, make_head
        self._members: list[ItemSummary] = []
        self.setWindowTitle("In this row")
        self._told = QLabel()
        self._told.setProperty("muted", True)
        self._list = ItemList(theme, OutletIcons(session, theme, gathering, self))
        self._list.setAccessibleName("Sources in this row")
        self._list.open_requested.connect(self._session.show_item)
        self._buttons = [
            self._button("List this one", self._list_chosen, "Puts it into the place of the first one"),
            self._button("Take out", self._take_out, "Gives it a row of its own; it is never grouped here again by itself"),
            self._button("Take all apart", self._take_all, "Gives every source a row of its own"),
        ]
        foot = QHBoxLayout()
        for button in self._buttons:
            foot.addWidget(button)
        foot.addStretch(1)
        close = self._button("Close", self.reject, "")
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.addWidget(self._told)
        whole.addWidget(self._list, 1)
        whole.addLayout(foot)
        back = QShortcut(QKeySequence("Left"), self._list)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self.reject)
        self._list.selectionModel().selectionChanged.connect(self._enable)
        session.changed.connect(self._take_changes)
        self.resize(WIDTH, 320)
        self._read()

    def _button(self, text: str, slot: Callable[[], object], tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setToolTip(plain_tip(tip))
        button.clicked.connect(lambda _=False: slot())
        return button

    def _read(self) -> None:
        self._session.run(lambda _: self._grouping.members(self._item), self._show, urgent=True)

    def _show(self, members: list[ItemSummary]) -> None:
        if not isValid(self):
            return
        was_empty = not self._members
        self._members = members
        several = f"{len(members)} sources in this row; the first one is listed."
        self._told.setText(several if len(members) > 1 else "This source stands in a row of its own now.")
        self._list.show_items(members)
        if was_empty:
            row = self._list.sizeHintForRow(0) or 60
            room = self._window.height() * 2 // 3
            self.resize(QSize(WIDTH, min(len(members) * row + 110, ROWS_SHOWN * row + 110, room)))
            self._list.setFocus()
        self._enable()

    def _enable(self) -> None:
        chosen = self._chosen()
        is_group = len(self._members) > 1
        head = self._members[0].id if self._members else ""
        self._buttons[0].setEnabled(is_group and len(chosen) == 1 and chosen[0] != head)
        self._buttons[1].setEnabled(is_group and bool(chosen) and head not in chosen)
        self._buttons[2].setEnabled(is_group)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(summary.id for summary in self._list.selected)

    def _list_chosen(self) -> None:
        chosen = self._chosen()
        if chosen:
            self._make_head(chosen[0])

    def _take_out(self) -> None:
        self._take_apart(self._chosen())

    def _take_all(self) -> None:
        if self._members:
            self._take_apart((self._members[0].id,))
            self.accept()

    def _take_changes(self, changes: Changes, _initiator: object) -> None:
        if changes.items & {member.id for member in self._members}:
            self._read()
