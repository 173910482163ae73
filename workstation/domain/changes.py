"""What a verb touched: the only thing that flows back."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of the items and stories that a verb touched, and whether the waiting addresses, the feeds or the views changed."""

    items: frozenset[str] = field(default_factory=frozenset)
    stories: frozenset[int] = field(default_factory=frozenset)
    waiting: bool = False
    feeds: bool = False
    views: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.items | other.items,
            self.stories | other.stories,
            self.waiting or other.waiting,
            self.feeds or other.feeds,
            self.views or other.views,
        )

    def __bool__(self) -> bool:
        return bool(self.items or self.stories or self.waiting or self.feeds or self.views)


NOTHING = Changes()


def items_changed(*ids: str) -> Changes:
    """Changes that touch these items."""
    return Changes(items=frozenset(ids))


def stories_changed(*ids: int) -> Changes:
    """Changes that touch these stories."""
    return Changes(stories=frozenset(ids))
