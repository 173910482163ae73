"""What can be done with several picked items at once: a bar at the foot of the list, there only while some are picked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from workstation.ui.inbox.keys import KEYS, Verbs
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip

ACTIONS = (
    ("shortlist", "mdi6.star-outline", "Shortlist"),
    ("archive", "mdi6.archive-arrow-down-outline", "Archive"),
    ("spike", "mdi6.delete-outline", "Spike"),
    ("tags", "mdi6.tag-outline", "Tags"),
    ("group", "mdi6.folder-multiple-outline", "Group under one row"),
    ("clear", "mdi6.close", "Clear the selection"),
)


class ActionBar(QFrame):
    """The number of picked items, and a button for each verb. More buttons come in by :meth:`add` before the last one."""

    def __init__(self, theme: Theme, verbs: Verbs) -> None:
        super().__init__()
        self._theme = theme
        self._icons: list[tuple[QToolButton, str]] = []
        self._count = 0
        self.setProperty("foot", True)
        self._label = QLabel()
        self._label.setMinimumWidth(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 3, 6, 3)
        self._row.setSpacing(1)
        self._row.addWidget(self._label, 1)
        for verb, icon, name in ACTIONS:
            self._row.addWidget(self._button(name, icon, KEYS[verb].shown, verbs[verb]))
        self.hide()
        theme.on_change(self._dress)

    def add(self, name: str, icon: str, act: Callable[[], object], key: str = "") -> QToolButton:
        """Put one more button beside the others: ``icon`` is a QtAwesome name."""
        button = self._button(name, icon, key, act)
        self._row.insertWidget(self._row.count() - 1, button)
        self._dress()
        return button

    def show_count(self, count: int) -> None:
        """Say how many are picked; the bar goes when none is."""
        self._count = count
        self._fit()
        self.setVisible(count > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the inbox is narrow, the number alone has to do: the buttons need the room."""
        margins, spacing = self._row.contentsMargins(), self._row.spacing()
        taken = margins.left() + margins.right() + sum(button.sizeHint().width() + spacing for button, _ in self._icons)
        words = f"{self._count} selected"
        fits = self._label.fontMetrics().horizontalAdvance(words) <= self.width() - taken
        self._label.setText(words if fits else str(self._count))
        self._label.setAccessibleName(words)

    def _button(self, name: str, icon: str, key: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(name)
        button.setToolTip(plain_tip(f"{name} ({key})" if key else name))
        button.clicked.connect(lambda: act())
        self._icons.append((button, icon))
        return button

    def _dress(self) -> None:
        font = self._theme.font("ui")
        font.setWeight(QFont.Weight.DemiBold)
        self._label.setFont(font)
        for button, icon in self._icons:
            button.setIcon(self._theme.icon(icon))
