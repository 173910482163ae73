"""What the filters of the search are most used with, for who types one."""

from __future__ import annotations


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
