"""The inbox, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.item import ItemState, ItemSummary


class ItemOrder(StrEnum):
    """How the inbox is sorted."""

    NEWEST = "newest"
    """The newest captured first."""
    OUTLET = "outlet"
    """By the name of the outlet that is shown, the newest captured first within it; what shows no outlet comes last."""


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where in the list a page ended: after the item with this row, in the order by outlet shown under this name."""

    row: int
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxQuestion:
    """What is to be listed. ``state`` None means all but the archived and the spiked, unless the query names a state."""

    query: str = ""
    state: ItemState | None = None
    order: ItemOrder = ItemOrder.NEWEST


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some lines of the inbox, and where the next ones begin; ``next`` None when these are the last.

    A page may hold fewer lines than were asked for, even none, though more follow: when finding them would have taken long.
    """

    rows: tuple[ItemSummary, ...]
    next: ItemPlace | None
