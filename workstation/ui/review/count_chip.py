"""How many problems stand, in the line at the foot of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from workstation.ui.review.rows import counted
from workstation.ui.theme import Theme


class CountChip(QToolButton):
    """An icon with words; a click opens the checks."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: tuple[int, int] | None = None
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip("Open the checks (Ctrl+3). F8 goes to the next problem.")
        self.hide()
        theme.on_change(self._dress)

    def show_counts(self, blockers: int, warnings: int) -> None:
        """Say how many problems stand."""
        self._counts = (blockers, warnings)
        self.setText(counted(blockers, warnings) or "No problems")
        self.setAccessibleName(f"Checks: {self.text()}")
        self._dress()
        self.show()

    def _dress(self) -> None:
        blockers, warnings = self._counts or (0, 0)
        name, tone = ("mdi6.alert", "warn") if warnings else ("mdi6.check-circle", "good")
        self.setIcon(self._theme.icon("mdi6.close-circle", "bad") if blockers else self._theme.icon(name, tone))
        self.setFont(self._theme.font("small", scale=1.08))
