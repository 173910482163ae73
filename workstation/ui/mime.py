"""What is carried when something is dragged inside the window."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

ITEM_TYPE = "application/x-workstation-item"
"""Ids of inbox items, UTF-8, one a line."""
CARD_TYPE = "application/x-workstation-card"
"""The key of a card, ASCII."""


def items_in(data: QMimeData) -> list[str]:
    """The ids of the inbox items that are carried."""
    return bytes(data.data(ITEM_TYPE).data()).decode().split()


def card_in(data: QMimeData) -> str:
    """The key of the card that is carried; empty for none."""
    return bytes(data.data(CARD_TYPE).data()).decode()
