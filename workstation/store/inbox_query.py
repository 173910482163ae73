"""What the editor types above the inbox, as a condition on the items.

Words are sought in title and text, each as the beginning of a word; ``"several words"`` as a phrase; ``outlet:``, ``lang:``,
``country:``, ``state:`` and ``tag:`` narrow the list. Nothing that can be typed is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from workstation.domain.item import ItemState
from workstation.store.search_text import phrase

_TOKEN = re.compile(
    r'(?:(?P<filter>outlet|lang|language|country|state|tag):)?(?:["“„”](?P<quoted>[^"“„”]*)["“”]?|(?P<bare>[^\s"“„”]+))', re.I
)
_EMPTY_FILTER = re.compile(r"(?:outlet|lang|language|country|state|tag):", re.I)

LONGEST = 2_000
"""Characters of a query that are read; what is longer was pasted by mistake."""

MOST_WORDS = 32


@dataclass(slots=True)
class Condition:
    """An FTS5 expression (or none) and SQL conditions with their values, over ``item``, ``item_desk`` and ``outlet``."""

    words: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    names_state: bool = False

    @property
    def match(self) -> str | None:
        """The FTS5 expression, or None when no word is sought."""
        return " AND ".join(self.words[:MOST_WORDS]) or None

    def require(self, clause: str, *values: str) -> None:
        """Narrow by ``clause``, in which ``values`` fill the question marks."""
        self.clauses.append(clause)
        self.values.extend(values)


def condition_of(query: str) -> Condition:
    """The condition that ``query`` means. Never raises."""
    condition = Condition()
    for token in _TOKEN.finditer(query[:LONGEST].replace("\0", " ")):
        words = token["quoted"] if token["bare"] is None else token["bare"]
        if token["filter"]:
            _FILTERS[token["filter"].lower()](condition, _sound(words.strip()))
        elif not _EMPTY_FILTER.fullmatch(words):
            sought = phrase(words)
            if sought:
                condition.words.append(sought)
    return condition


def _outlet(condition: Condition, name: str) -> None:
    condition.require(
        r"(CASE WHEN outlet.edited THEN outlet.name ELSE item.outlet END LIKE ? ESCAPE '\' OR item.domain LIKE ? ESCAPE '\')",
        *[f"%{_literal(name)}%"] * 2,
    )


def _language(condition: Condition, code: str) -> None:
    condition.require("item.language = ?", code.lower())


def _country(condition: Condition, code: str) -> None:
    condition.require(f"{COUNTRY} = ?", code.upper())


def _state(condition: Condition, beginning: str) -> None:
    """As it is typed, the beginning of a state stands for it; what begins no state finds nothing."""
    condition.names_state = True
    states = [state.value for state in ItemState if state.value.startswith(beginning.lower())]
    condition.require(f"item_desk.state IN ({', '.join('?' * len(states))})", *states)


def _tag(condition: Condition, beginning: str) -> None:
    condition.require(
        r"EXISTS (SELECT 1 FROM item_tag WHERE item_tag.item = item.row AND item_tag.tag LIKE ? ESCAPE '\')",
        f"{_literal(beginning)}%",
    )


_FILTERS: dict[str, Callable[[Condition, str], None]] = {
    "outlet": _outlet,
    "lang": _language,
    "language": _language,
    "country": _country,
    "state": _state,
    "tag": _tag,
}

COUNTRY = "coalesce(CASE WHEN outlet.edited THEN outlet.country END, item.country, outlet.country)"
"""Where an item comes from: the editor's word, else the page's, else what is known of its outlet."""


def _sound(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


def _literal(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text)
