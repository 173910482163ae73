"""What the editor types above the inbox, as conditions on the items. See :mod:`workstation.domain.inbox_filter`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from workstation.domain.inbox_filter import Term, having, ids_of, moment_of, parsed, states_of
from workstation.domain.item import ItemState
from workstation.store.arrivals import row_of_time
from workstation.store.search_text import phrase, spellings

MOST_WORDS = 32
INDEXED_PREFIX = 3
"""Letters of a beginning that the search index knows by heart; for a longer one it joins the lists of every word that has it."""

COUNTRY = "coalesce(CASE WHEN outlet.edited THEN outlet.country END, item.country, outlet.country)"
"""Where an item comes from: the editor's word, else the page's, else what is known of its outlet."""

Value = str | int


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition on ``item``, ``item_desk`` and ``outlet``.

    ``source`` selects, by an index and one after the other, the rows (as ``item``) that can meet it: all of them, perhaps more,
    perhaps some twice; None when no index knows them.
    """

    sql: str
    values: tuple[Value, ...] = ()
    source: str | None = None
    source_values: tuple[Value, ...] = ()


@dataclass(slots=True)
class Condition:
    """What an inbox query asks for: words of the search index, conditions, and bounds of the row (see ``row_of_time``)."""

    words: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    first: int | None = None
    """The least row that is asked for."""
    end: int | None = None
    """The row before which all that are asked for lie."""
    names_state: bool = False
    asks: bool = False
    """Whether anything is asked for at all."""

    @property
    def match(self) -> str | None:
        """The FTS5 expression, or None when no word is sought."""
        wanted = " AND ".join(self.words[:MOST_WORDS])
        if not wanted or not self.unwanted:
            return wanted or None
        return f"({wanted}) NOT ({self.without})"

    @property
    def without(self) -> str | None:
        """The FTS5 expression of what no item may hold, or None."""
        return " OR ".join(self.unwanted[:MOST_WORDS]) or None

    @property
    def joins_lists(self) -> bool:
        """Whether the search index has to join the lists of many words first, which it then does for every question."""
        return any(_is_long_beginning(words) for words in [*self.words, *self.unwanted])

    @property
    def seeks_phrase(self) -> bool:
        """Whether words are sought next to each other."""
        return any(len(_WORD.findall(sought)) > 1 for words in [*self.words, *self.unwanted] for sought in _QUOTED.findall(words))


_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"([^"]*)"')


def _is_long_beginning(expression: str) -> bool:
    return any(
        len(re.split(r"[\W_]+", sought)[-1]) > INDEXED_PREFIX for sought in re.findall(r'"([^"]*)"\*', expression) if sought
    )


def condition_of(query: str, now: datetime | None = None) -> Condition:
    """The condition that ``query`` means at ``now``. Never raises."""
    taken = parsed(query)
    condition = Condition(names_state=taken.names_state, asks=bool(taken.groups))
    for group in taken.groups:
        _require(condition, group, now or datetime.now(UTC))
    return condition


def _require(condition: Condition, group: Sequence[Term], now: datetime) -> None:
    if all(_is_sought(term) and not term.without for term in group):
        found = [sought for term in group if (sought := _sought(term))]
        condition.words += [found[0] if len(found) == 1 else f"({' OR '.join(found)})"] if found else []
    elif len(group) == 1 and _is_sought(group[0]):
        condition.unwanted += [sought] if (sought := _sought(group[0])) else []
    elif len(group) == 1 and group[0].filter in ("since", "before"):
        _bound(condition, group[0], now)
    else:
        clauses = [clause for term in group if (clause := _clause(term, now))]
        condition.clauses += [_any_of(clauses)] if clauses else []


# --- words ---------------------------------------------------------------------------------------------------------


def _is_sought(term: Term) -> bool:
    return term.filter in (None, "title")


def _sought(term: Term) -> str | None:
    spelled = (term.words,) if term.exact else spellings(term.words)
    found = [words for spelling in spelled if (words := phrase(spelling, exact=term.exact))]
    words = found[0] if len(found) == 1 else f"({' OR '.join(found)})" if found else None
    return f"(title : {words})" if words and term.filter == "title" else words


def _words_clause(term: Term) -> Clause | None:
    """Words beside a filter with OR between them."""
    words = _sought(term)
    return Clause("item.row IN (SELECT rowid FROM item_search WHERE item_search MATCH ?)", (words,)) if words else None


# --- times ---------------------------------------------------------------------------------------------------------


def _bound(condition: Condition, term: Term, now: datetime) -> None:
    moment = moment_of(term.words, now)
    if moment is None:
        return
    row = row_of_time(moment)
    if (term.filter == "since") is not term.without:
        condition.first = row if condition.first is None else max(row, condition.first)
    else:
        condition.end = row if condition.end is None else min(row, condition.end)


def _time_clause(term: Term, now: datetime) -> Clause | None:
    moment = moment_of(term.words, now)
    return Clause(f"item.row {'>=' if term.filter == 'since' else '<'} ?", (row_of_time(moment),)) if moment else None


# --- filters -------------------------------------------------------------------------------------------------------


def _clause(term: Term, now: datetime) -> Clause | None:
    if _is_sought(term):
        clause = _words_clause(term)
    elif term.filter in ("since", "before"):
        clause = _time_clause(term, now)
    else:
        clause = _FILTERS[term.filter or ""](term.words)
    if clause is None or not term.without:
        return clause
    return Clause(f"({clause.sql}) IS NOT TRUE", clause.values)


def _any_of(clauses: Sequence[Clause]) -> Clause:
    if len(clauses) == 1:
        return clauses[0]
    sources = [clause.source for clause in clauses]
    return Clause(
        " OR ".join(f"({clause.sql})" for clause in clauses),
        tuple(value for clause in clauses for value in clause.values),
        None if None in sources else " UNION ALL ".join(source for source in sources if source),
        tuple(value for clause in clauses for value in clause.source_values),
    )


def _indexed(sql: str, source: str, *values: Value) -> Clause:
    return Clause(sql, values, source, values)


_OUTLETS = r"""SELECT id FROM outlet WHERE name LIKE ?1 ESCAPE '\'
    UNION SELECT outlet FROM outlet_domain WHERE domain LIKE ?1 ESCAPE '\'
    UNION SELECT id FROM outlet_alias JOIN outlet ON outlet.id = outlet_alias.outlet
        WHERE NOT edited AND outlet_alias.name LIKE ?1 ESCAPE '\'"""
_SITES = r"SELECT domain FROM item_site WHERE domain LIKE ? ESCAPE '\'"


def _outlet(name: str) -> Clause:
    """By the names that the outlet goes by and by its domains: a small table is searched, an index gives the items."""
    outlets = _OUTLETS.replace("?1", "?")
    return _indexed(
        f"(item_desk.outlet IN ({outlets}) OR item.domain IN ({_SITES}))",
        f"""SELECT item FROM item_desk WHERE outlet IN ({outlets})
            UNION ALL SELECT row AS item FROM item WHERE domain IN ({_SITES})""",
        *[f"%{_literal(name)}%"] * 4,
    )


def _language(code: str) -> Clause:
    return _indexed("item.language = ?", "SELECT row AS item FROM item WHERE language = ?", code.lower())


def _country(code: str) -> Clause:
    source = """SELECT row AS item FROM item WHERE country = ?
        UNION ALL SELECT item FROM item_desk WHERE outlet IN (SELECT id FROM outlet WHERE country = ?)"""
    return Clause(f"{COUNTRY} = ?", (code.upper(),), source, (code.upper(), code.upper()))


def _state(beginning: str) -> Clause:
    """As it is typed, the beginning of a state stands for it; what begins no state finds nothing."""
    states = [state.value for state in states_of(beginning)]
    if len(states) == len(ItemState):
        return Clause("TRUE")
    marks = ", ".join("?" * len(states))
    return _indexed(f"item_desk.state IN ({marks})", f"SELECT item FROM item_desk WHERE state IN ({marks})", *states)


def _tag(beginning: str) -> Clause:
    bounds = (beginning, f"{beginning}\U0010ffff")
    return _indexed(
        "EXISTS (SELECT 1 FROM item_tag WHERE item_tag.item = item.row AND item_tag.tag >= ? AND item_tag.tag < ?)",
        "SELECT +item AS item FROM item_tag INDEXED BY item_tag_tag WHERE tag >= ? AND tag < ?",
        *bounds,
    )


def _published(beginning: str) -> Clause:
    return Clause(r"item.published LIKE ? ESCAPE '\'", (f"{_literal(beginning)}%",))


def _has(words: str) -> Clause:
    thing = having(words) or ""
    if thing in _HAS:
        return _HAS[thing]
    return _indexed(
        "EXISTS (SELECT 1 FROM highlight WHERE highlight.item = item.id AND highlight.kind = ?)",
        "SELECT row AS item FROM item WHERE id IN (SELECT item FROM highlight WHERE kind = ?)",
        thing,
    )


_HAS = {
    "note": _indexed("item_desk.notes <> ''", "SELECT item FROM item_desk WHERE notes <> ''"),
    "highlight": _indexed(
        "EXISTS (SELECT 1 FROM highlight WHERE highlight.item = item.id)",
        "SELECT row AS item FROM item WHERE id IN (SELECT item FROM highlight)",
    ),
    "tag": _indexed("EXISTS (SELECT 1 FROM item_tag WHERE item_tag.item = item.row)", "SELECT item FROM item_tag"),
}


def _author(name: str) -> Clause:
    """SQLite's LIKE folds ASCII alone."""
    spellings = list(dict.fromkeys((name, name.lower(), name.upper(), name.title())))
    like = " OR ".join([r"author LIKE ? ESCAPE '\'"] * len(spellings))
    bylines = f"SELECT author FROM item_byline WHERE {like}"
    return _indexed(
        f"item.author IN ({bylines})",
        f"SELECT row AS item FROM item WHERE author IN ({bylines})",
        *[f"%{_literal(spelling)}%" for spelling in spellings],
    )


def _site(name: str) -> Clause:
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", name.lower()).split("/", 1)[0].rstrip(".")
    sites = r"SELECT domain FROM item_site WHERE domain = ? OR domain LIKE ? ESCAPE '\'"
    return _indexed(
        f"item.domain IN ({sites})",
        f"SELECT row AS item FROM item WHERE domain IN ({sites})",
        host,
        f"%.{_literal(host)}",
    )


def _url(part: str) -> Clause:
    return Clause(r"item.url LIKE ? ESCAPE '\'", (f"%{_literal(part)}%",))


def _ids(words: str) -> Clause:
    """By the beginnings of ids, which are hexadecimal: what begins so lies between it and it followed by a letter beyond them."""
    ids = ids_of(words) or ("-",)
    either = " OR ".join(["item.id >= ? AND item.id < ?"] * len(ids))
    return _indexed(
        f"({either})", f"SELECT row AS item FROM item WHERE {either}", *(bound for id in ids for bound in (id, f"{id}g"))
    )


def _feed(name: str) -> Clause:
    like = r"title LIKE ? ESCAPE '\' OR name LIKE ? ESCAPE '\' OR url LIKE ? ESCAPE '\'"
    return _indexed(
        f"EXISTS (SELECT 1 FROM feed_entry JOIN feed ON feed.id = feed WHERE feed_entry.item = item.row AND ({like}))",
        f"SELECT item FROM feed_entry WHERE item IS NOT NULL AND feed IN (SELECT id FROM feed WHERE {like})",
        *[f"%{_literal(name)}%"] * 3,
    )


_FILTERS: dict[str, Callable[[str], Clause]] = {
    "outlet": _outlet,
    "lang": _language,
    "country": _country,
    "is": _state,
    "tag": _tag,
    "published": _published,
    "has": _has,
    "author": _author,
    "site": _site,
    "url": _url,
    "feed": _feed,
    "id": _ids,
}


def _literal(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text)
