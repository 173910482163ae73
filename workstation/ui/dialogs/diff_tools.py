"""The tools above a difference: what to compare with, all parts or only those that changed, and the way from change to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QToolButton, QWidget

from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.dialogs.history_text import DiffView
    from workstation.ui.theme import Theme


class DiffTools(QWidget):
    """Stands above a :class:`DiffView` and leads it."""

    def __init__(self, theme: Theme, view: DiffView, choices: Sequence[str]) -> None:
        super().__init__()
        self._view = view
        self.choice = QComboBox()
        self.choice.addItems(choices)
        self.choice.setAccessibleName("What to compare with")
        self.only_changes = QCheckBox("Only parts that changed")
        self.only_changes.setChecked(True)
        self.only_changes.toggled.connect(view.show_only_changes)
        self._back = _tool(theme, "mdi6.arrow-up", "Previous change", "Alt+Up", view.go_back)
        self._on = _tool(theme, "mdi6.arrow-down", "Next change", "Alt+Down", view.go_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choice)
        row.addWidget(self.only_changes)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._on)

    def enable(self, *, can_choose: bool) -> None:
        """Offer what makes sense for what is shown."""
        self.choice.setEnabled(can_choose)
        for button in (self._back, self._on):
            button.setEnabled(self._view.has_changes)


def _tool(theme: Theme, icon: str, name: str, keys: str, slot: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon(icon))
    button.setShortcut(QKeySequence(keys))
    button.setToolTip(plain_tip(f"{name} ({keys})"))
    button.setAccessibleName(name)
    button.clicked.connect(lambda _=False: slot())
    return button
