"""How long a part of the story is, and how long it may be: shown, never enforced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

NEARLY = 0.85
"""From this part of its limit on a quiet counter is shown."""
PLURALS = {"word": "words", "character": "characters", "signal": "signals"}


class Counter(QLabel):
    """A number and its limit; in the tone of a warning beyond it. A quiet one is seen only where the limit is near."""

    def __init__(self, theme: Theme, unit: str, *, quiet: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._unit = unit
        self._quiet = quiet
        self.setProperty("muted", True)
        theme.on_change(self._dress)

    def show_count(self, count: int, limit: int | None, more: str = "") -> None:
        """Show ``count``; ``more`` is added to the tool tip."""
        over = limit is not None and count > limit
        told = f"{count} {self._unit if count == 1 else PLURALS[self._unit]}"
        of = f"{count} of {limit} {PLURALS[self._unit]}" if limit is not None else told
        text = of if over or self._quiet else told
        if text != self.text():
            self.setText(text)
        self.setToolTip(plain_tip("\n".join(line for line in (of, more) if line)))
        self._set_tone("warn" if over else "")
        if self._quiet:
            self.setVisible(limit is not None and count >= limit * NEARLY)

    def _dress(self) -> None:
        self.setFont(self._theme.font("small"))

    def _set_tone(self, tone: str) -> None:
        if (self.property("tone") or "") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
