"""What the editor types above the inbox: the filters there are, and a query taken apart into words and filters.

Nothing that can be typed is an error: an unknown filter is a word, an unfinished one narrows nothing yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from workstation.domain.item import ItemState
from workstation.domain.quote import HighlightKind

LONGEST = 2_000
"""Characters of a query that are read; what is longer was pasted by mistake."""

MOST_TERMS = 64


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """A filter of the query language: its name, other names that are understood too, an example, and what it asks for."""

    name: str
    example: str
    meaning: str
    also: tuple[str, ...] = ()


FILTERS: tuple[InboxFilter, ...] = (
    InboxFilter("outlet", 'outlet:"Harbour Gazette"', "from an outlet, by a part of its name or domain"),
    InboxFilter("lang", "lang:ar", "in a language, by its code", ("language",)),
    InboxFilter("country", "country:IR", "from a country, by its code"),
    InboxFilter("is", "is:unread", "in a state: unread, read, shortlisted, used, archived, spiked, or any", ("state",)),
    InboxFilter("tag", "tag:dams", "with a tag that begins like this"),
    InboxFilter("since", "since:2d", "captured since then: 3h, 2d, 1w, 2m, 1y ago, today, yesterday, or a date"),
    InboxFilter("before", "before:2026-03-01", "captured before then", ("until",)),
    InboxFilter("published", "published:2026-03", "published then, by the beginning of the date"),
    InboxFilter("has", "has:note", "with a note, a tag, a highlight, or one of a kind: fact, view, quote, check"),
    InboxFilter("title", "title:treaty", "with words in the title"),
    InboxFilter("author", "author:rivers", "by an author, by a part of the name", ("by",)),
    InboxFilter("feed", "feed:gazette", "that came with a feed, by a part of its title or address"),
    InboxFilter("site", "site:gazette.example", "from a site and what lies below it"),
    InboxFilter("url", "url:/politics/", "with this in the address"),
    InboxFilter("id", "id:3f2a9c4d10be,77e0", "exactly these sources, by the beginnings of their ids"),
)
"""Every filter, in the order in which they are offered."""

OTHER_FORMS: tuple[tuple[str, str], ...] = (
    ('"exact words"', "these words next to each other, each whole"),
    ("-word", "without the word; -outlet:… and every other filter too"),
    ("river OR lake", "one or the other"),
)
"""What else the query language knows: an example and its meaning."""

CANONICAL = {spelled: known.name for known in FILTERS for spelled in (known.name, *known.also)}

_NAMES = "|".join(sorted(CANONICAL, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<minus>-(?=[^\s-]))?(?:(?P<filter>{_NAMES}):)?"
    r'(?:["“„”](?P<quoted>[^"“„”]*)(?P<closed>["“”])?(?P<star>\*)?|(?P<bare>[^\s"“„”]+))',
    re.I,
)
_EMPTY_FILTER = re.compile(rf"-?(?:{_NAMES}):", re.I)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: ``words`` sought (``filter`` None), or the value of a filter.

    ``exact`` words stand so in the text; else the last of them is the beginning of a word. ``without`` asks for the contrary.
    """

    words: str
    filter: str | None = None
    exact: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """Groups of terms: every group is asked for, and of each group at least one term."""

    groups: tuple[tuple[Term, ...], ...] = ()

    @property
    def names_state(self) -> bool:
        """Whether it says itself which states it wants."""
        return any(term.filter == "is" and not term.without for group in self.groups for term in group)

    def allows(self, state: ItemState) -> bool:
        """Whether an item in ``state`` can be asked for, as far as the states alone tell."""
        return all(
            any(term.filter != "is" or (state in states_of(term.words)) is not term.without for term in group)
            for group in self.groups
        )


def parsed(query: str) -> InboxQuery:
    """``query`` taken apart. Never raises."""
    groups: list[tuple[Term, ...]] = []
    joins = False
    for token in _TOKEN.finditer(_sound(query[:LONGEST])):
        if token["bare"] == "OR" and not token["filter"] and not token["minus"]:
            joins = bool(groups)
            continue
        term = _term(token)
        if term is None:
            continue
        if joins:
            groups[-1] = (*groups[-1], term)
        elif len(groups) < MOST_TERMS:
            groups.append((term,))
        joins = False
    return InboxQuery(tuple(groups))


def _term(token: re.Match[str]) -> Term | None:
    quoted = token["bare"] is None
    words = (token["quoted"] if quoted else token["bare"]).strip()
    if not words or (not token["filter"] and not quoted and _EMPTY_FILTER.fullmatch(words)):
        return None
    exact = quoted and bool(token["closed"]) and not token["star"]
    name = CANONICAL[token["filter"].lower()] if token["filter"] else None
    return Term(words, name, exact, bool(token["minus"]))


def _sound(text: str) -> str:
    """``text`` without what no store can hold: NUL and halves of characters."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode()


# --- times ---------------------------------------------------------------------------------------------------------

_AGO = re.compile(r"(\d{1,6})([hdwmy])", re.I)
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2}))?)?)?")


def moment_of(words: str, now: datetime) -> datetime | None:
    """The moment that ``words`` name (``2d`` ago, ``today``, a date), in the time zone of this machine; None when they name none.

    A month counts 30 days and a year 365 days.
    """
    text = words.strip().lower()
    try:
        ago = _AGO.fullmatch(text)
        if ago:
            return now - timedelta(hours=int(ago[1]) * _HOURS[ago[2]])
        if text in ("today", "yesterday"):
            return _midnight(now, days_ago=("today", "yesterday").index(text))
        date = _DATE.fullmatch(text.upper())
        if date:
            year, month, day, hour, minute = (
                int(part) if part else least for part, least in zip(date.groups(), _FIRST, strict=True)
            )
            return datetime(year, month, day, hour, minute).astimezone()
    except (ValueError, OverflowError, OSError):  # no such day, or a time outside of what the machine knows
        return None
    return None


_FIRST = (1, 1, 1, 0, 0)


def _midnight(now: datetime, *, days_ago: int) -> datetime:
    day = (now.astimezone() - timedelta(days=days_ago)).date()
    return datetime(day.year, day.month, day.day).astimezone()


# --- in words ------------------------------------------------------------------------------------------------------


def explained(query: str, now: datetime) -> str:
    """What ``query`` asks for, in words for a tool tip or an empty list; empty when it asks for nothing.

    Also says which of it narrows nothing, such as a date that is none.
    """
    return "; ".join(" or ".join(_told(term, now) for term in group) for group in parsed(query).groups)


def _told(term: Term, now: datetime) -> str:
    told = _WORDING[term.filter](term.words, now) if term.filter in _WORDING else _told_words(term)
    return f"not {told}" if term.without else told


def _told_words(term: Term) -> str:
    where = {
        "title": "in the title ",
        "author": "by ",
        "feed": "from the feed ",
        "site": "from the site ",
        "url": "address with ",
    }
    if term.filter in where:
        return f"{where[term.filter]}“{term.words}”"
    return f"exactly “{term.words}”" if term.exact else f"“{term.words}”"


_PLACES = {
    "title": "in the title",
    "author": "by",
    "feed": "from the feed",
    "site": "from the site",
    "url": "with an address that holds",
}


def _told_state(words: str, _now: datetime) -> str:
    states = states_of(words)
    if len(states) == len(ItemState):
        return "in any state"
    return " or ".join(state.value for state in states) or f"in a state “{words}”, which does not exist"


def _told_time(word: str, words: str, now: datetime) -> str:
    moment = moment_of(words, now)
    return f"captured {word} {moment.astimezone():%Y-%m-%d %H:%M}" if moment else f"“{words}” is no date yet"


def _told_ids(words: str, _now: datetime) -> str:
    count = len(ids_of(words))
    return "exactly one source" if count == 1 else f"exactly {count} sources"


def _told_having(words: str, _now: datetime) -> str:
    known = having(words)
    if known is None:
        return f"“{words}” is nothing an item can have"
    return f"with a highlight of the kind {known}" if known in tuple(HighlightKind) else f"with a {known}"


_WORDING = {
    "outlet": lambda words, _now: f"from “{words}”",
    "lang": lambda words, _now: f"in the language {words.lower()}",
    "country": lambda words, _now: f"from the country {words.upper()}",
    "is": _told_state,
    "tag": lambda words, _now: f"tagged “{words}…”",
    "since": lambda words, now: _told_time("since", words, now),
    "before": lambda words, now: _told_time("before", words, now),
    "published": lambda words, _now: f"published {words}",
    "has": _told_having,
    "id": _told_ids,
}

HAVING = ("note", "highlight", "tag", *HighlightKind)


def having(words: str) -> str | None:
    """What ``has:`` asks for, by its beginning or its plural; None when it is nothing that an item can have."""
    text = words.lower()
    return next((known for known in HAVING if known.startswith(text) or text == f"{known}s"), None)


_ID = re.compile(r"[0-9a-f]+")


def ids_of(words: str) -> tuple[str, ...]:
    """The beginnings of ids that ``id:`` asks for, divided by commas."""
    return tuple(dict.fromkeys(part for part in words.lower().split(",") if _ID.fullmatch(part)))


def states_of(words: str) -> tuple[ItemState, ...]:
    """The states that begin like ``words``; all of them for ``any``; none when it begins no state."""
    text = words.lower()
    return tuple(ItemState) if text == "any" else tuple(state for state in ItemState if state.value.startswith(text))
