"""How many problems stand, in the line at the foot of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from workstation.ui.review.row_delegate import ICONS
from workstation.ui.review.rows import Group, counted
from workstation.ui.theme import Theme


class CountChip(QToolButton):
    """An icon with words; a click opens the checks."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: tuple[int, int, int] | None = None
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip("Open the checks (Ctrl+3). F8 goes to the next problem.")
        self.hide()
        theme.on_change(self._dress)

    def show_counts(self, blockers: int, warnings: int, to_write: int = 0) -> None:
        """Say how many problems stand, or how much is still to be written."""
        self._counts = (blockers, warnings, to_write)
        self.setText(counted(*self._counts) or "No problems")
        self.setAccessibleName(f"Checks: {self.text()}")
        self._dress()
        self.show()

    def _dress(self) -> None:
        groups = (Group.BLOCKERS, Group.WARNINGS, Group.TO_WRITE)
        standing = (group for group, number in zip(groups, self._counts or (0, 0, 0), strict=True) if number)
        self.setIcon(self._theme.icon(*ICONS[next(standing, Group.PASSED)]))
        self.setFont(self._theme.font("small", scale=1.08))
