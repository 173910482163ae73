"""The filters that the search knows, for who types one: its name, an example and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A filter (``outlet:``) with an example (``outlet:dawn``) and what it lists."""

    name: str
    example: str
    told: str


def query_words() -> tuple[QueryWord, ...]:
    """Every filter, in the order in which they are offered."""
    return _WORDS


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
_WORDS = (
    QueryWord("outlet:", "outlet:gazette", "from an outlet, by a part of its name or domain"),
    QueryWord("lang:", "lang:ar", "in a language, by its code"),
    QueryWord("country:", "country:IR", "from a country, by its code"),
    QueryWord("is:", "is:unread", "unread, read, shortlisted, used, archived, spiked, any"),
    QueryWord("tag:", "tag:dams", "with a tag that begins like this"),
    QueryWord("since:", "since:2d", "captured since then: 3h, 2d, 1w, today, or a date"),
    QueryWord("before:", "before:2026-03-01", "captured before then"),
    QueryWord("has:", "has:note", "with a note, a highlight or a tag"),
    QueryWord("title:", "title:treaty", "with words in the title"),
    QueryWord("author:", "author:rivers", "by an author"),
)
