"""Where the editor writes, as the page takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workstation.ui.session import CaretPlace


@dataclass(frozen=True, slots=True)
class Hand:
    """Where the editor writes: the number of the card in hand (from 1, 0 for none), and the caret, when it is known."""

    card: int = 0
    caret: CaretPlace | None = None
    caret_card: int = 0

    @property
    def place(self) -> dict[str, Any] | None:
        """The caret as the page's script takes it."""
        if self.caret is None:
            return None
        return {"card": self.caret_card, "field": self.caret.field, "block": self.caret.block, "units": self.caret.units}
