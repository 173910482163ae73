"""The filters that the search knows, for who types one: its name, an example and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.inbox_filter import FILTERS


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A filter (``outlet:``) with an example (``outlet:dawn``) and what it lists."""

    name: str
    example: str
    told: str


def query_words() -> tuple[QueryWord, ...]:
    """Every filter, in the order in which they are offered."""
    return tuple(QueryWord(f"{known.name}:", known.example, known.meaning) for known in FILTERS)


def query_values(name: str) -> tuple[str, ...]:
    """The values that the filter called ``name`` is most used with; empty where anything may stand."""
    return _VALUES.get(name.lower(), ())


_STATES = ("unread", "read", "shortlisted", "used", "archived", "spiked", "any")
_VALUES = {
    "is": _STATES,
    "state": _STATES,
    "has": ("note", "highlight", "tag", "check"),
    "since": ("today", "yesterday", "3h", "2d", "1w"),
    "before": ("today", "1w"),
}
