"""The list against a plain reading of what the query language promises, item by item in Python."""

from __future__ import annotations

import random
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workstation.domain.inbox_page import InboxQuestion, ItemOrder, ItemPlace
from workstation.domain.item import Capture, Item, ItemState, item_id
from workstation.domain.outlet import Outlet
from workstation.domain.quote import Highlight, HighlightKind
from workstation.errors import Cancelled, InputError
from workstation.store import Store, check, inbox_list
from workstation.store.migrations import COUNTS

BEGINNING = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
COUNT = 400
VOCABULARY = ("river", "rivers", "committee", "commit", "comma", "treaty", "Émile", "ferry", "non", "النهر", "条约水河")
OUTLETS = (
    ("Harbour Gazette", "harbour-gazette.example", "NZ"),
    ("Delta Courier", "news.delta.example", "KE"),
    ("Le Phare", "phare.example", "FR"),
    ("anchor Weekly", "anchor.example", None),
)
HIDDEN = (ItemState.ARCHIVED, ItemState.SPIKED)


@dataclass(frozen=True)
class Known:
    """What the test knows of an item."""

    item: Item
    shown: str
    state: ItemState
    tags: tuple[str, ...]
    notes: str
    highlighted: bool
    tie: str | None


@dataclass(frozen=True)
class FullDesk:
    store: Store
    known: list[Known]
    """Newest first."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullDesk]:
    chance = random.Random(3)
    path = tmp_path_factory.mktemp("full") / "desk.db"
    with Store.open(path) as store:
        items = [_item(number, chance) for number in range(COUNT)]
        store.items.add_all([Capture(item=item, original=item.url.encode()) for item in items])
        store.items.set_outlet(Outlet(name="Delta & Sons", domains=("news.delta.example",), country="UG"))
        known = [_worked_on(store, item, chance) for item in items]
        with store._connections.writing() as connection:
            for here, (newer, older) in enumerate(zip(known[50:60], known[10:20], strict=True)):
                tie = ("version", "copy")[here % 2]
                connection.execute(
                    "UPDATE item_desk SET tie = ?1, head = (SELECT row FROM item WHERE id = ?2)"
                    " WHERE item = (SELECT row FROM item WHERE id = ?3)",
                    (tie, newer.item.id, older.item.id),
                )
                known[10 + here] = Known(**{**_fields(older), "tie": tie})
        yield FullDesk(store, list(reversed(known)))


def _fields(known: Known) -> dict[str, object]:
    return {name: getattr(known, name) for name in Known.__dataclass_fields__}


def _item(number: int, chance: random.Random) -> Item:
    name, domain, country = OUTLETS[number % 4]
    words = chance.choices(VOCABULARY, k=6)
    url = f"https://www.{domain}/{number}"
    return Item(
        id=item_id(url.encode(), url), url=url, title=" ".join(words[:2]), outlet=name,
        author=chance.choice([None, "Ana Rivers", "Émile Ferry"]), published=chance.choice([None, "2026-03-01", "2025-11"]),
        language=chance.choice(["en", "fr", None]), country=country, text=" ".join(words[2:]), words=4,
        captured=BEGINNING + timedelta(hours=number), media_type="text/html", sha256=sha256(url.encode()).hexdigest(),
    )  # fmt: skip


def _worked_on(store: Store, item: Item, chance: random.Random) -> Known:
    state = chance.choice(list(ItemState))
    tags = tuple(chance.sample(["dams", "Follow up", "damage"], chance.choice([0, 0, 0, 1, 2])))
    notes = chance.choice(["", "", "", "Ring the ministry"])
    highlighted = chance.random() < 0.1
    store.items.set_state([item.id], state)
    store.triage.set_tags({item.id: tags})
    store.triage.set_notes({item.id: notes})
    if highlighted:
        store.items.add_highlight(Highlight(id=f"h{item.id}", item=item.id, start=0, end=1, kind=HighlightKind.FACT, note=""))
    shown = "Delta & Sons" if item.outlet == "Delta Courier" else item.outlet
    return Known(item, shown, state, tags, notes, highlighted, None)


# --- the plain reading ---------------------------------------------------------------------------------------------


def tokens(text: str) -> list[str]:
    folded = "".join(mark for mark in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(mark))
    return re.findall(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+", folded)


def holds(text: str, words: str, *, exact: bool) -> bool:
    have, want = tokens(text), tokens(words)
    return any(
        have[at : at + len(want) - 1] == want[:-1]
        and at + len(want) <= len(have)
        and (have[at + len(want) - 1] == want[-1] if exact else have[at + len(want) - 1].startswith(want[-1]))
        for at in range(len(have))
    )


def date(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


def told_outlet(known: Known, part: str) -> bool:
    return any(part.lower() in name.lower() for name in (known.shown, known.item.url.split("/")[2].removeprefix("www.")))


Plain = tuple[str, Callable[[Known], bool]]


def word(words: str, *, exact: bool = False, where: str = "") -> Plain:
    def test(known: Known) -> bool:
        texts = [known.item.title] if where else [known.item.title, known.item.text]
        return any(holds(text, words, exact=exact) for text in texts)

    typed = f'"{words}"' if exact else words
    return f"{where}{typed}", test


PLAIN: list[Plain] = [
    *[word(words) for words in ("river", "committ", "com", "c", "emil", "النهر", "النه", "条约", "水", "volcano", "RIVERS*")],
    *[word(words, exact=True) for words in ("river", "commit", "river treaty", "Émile", "ferry")],
    *[word(words, where="title:") for words in ("river", "comm")],
    ("outlet:delta", lambda known: told_outlet(known, "delta")),
    ('outlet:"harbour ga"', lambda known: told_outlet(known, "harbour ga")),
    ("outlet:courier", lambda known: told_outlet(known, "courier")),
    ("lang:EN", lambda known: known.item.language == "en"),
    ("country:ug", lambda known: known.shown == "Delta & Sons"),
    ("country:fr", lambda known: known.item.country == "FR"),
    ("tag:dam", lambda known: any(tag.startswith("dam") for tag in known.tags)),
    ('tag:"follow up"', lambda known: "Follow up" in known.tags),
    ("has:note", lambda known: bool(known.notes)),
    ("has:highlight", lambda known: known.highlighted),
    ("has:fact", lambda known: known.highlighted),
    ("has:view", lambda _known: False),
    ("has:tags", lambda known: bool(known.tags)),
    ("since:2026-01-10", lambda known: known.item.captured >= date("2026-01-10")),
    ("before:2026-01-12", lambda known: known.item.captured < date("2026-01-12")),
    ("published:2026", lambda known: (known.item.published or "").startswith("2026")),
    ("author:rivers", lambda known: "Rivers" in (known.item.author or "")),
    ("author:émile", lambda known: "Émile" in (known.item.author or "")),
    ("site:delta.example", lambda known: "delta.example" in known.item.url),
    ("url:/17", lambda known: "/17" in known.item.url),
    ("id:1,2,a3", lambda known: known.item.id.startswith(("1", "2", "a3"))),
    ("id:none-of-these,e%", lambda _known: False),
]
STATES: list[Plain] = [
    ("is:unread", lambda known: known.state is ItemState.UNREAD),
    ("state:s", lambda known: known.state in (ItemState.SHORTLISTED, ItemState.SPIKED)),
    ("is:any", lambda _known: True),
]


def without(plain: Plain) -> Plain:
    return f"-{plain[0]}", lambda known: not plain[1](known)


def either(first: Plain, second: Plain) -> Plain:
    return f"{first[0]} OR {second[0]}", lambda known: first[1](known) or second[1](known)


plains = st.sampled_from(PLAIN)
parts = st.one_of(
    plains, plains, st.builds(without, plains), st.builds(either, plains, plains), st.builds(either, plains, plains)
)


def expected(full: FullDesk, asked: list[Plain], state: Plain | None) -> list[str]:
    def is_listed(known: Known) -> bool:
        in_sight = state[1](known) if state else known.state not in HIDDEN
        chosen = known.state in (ItemState.SHORTLISTED, ItemState.USED)
        is_seen = known.tie != "version" or chosen or bool(known.tags or known.notes or known.highlighted)
        return in_sight and is_seen and all(test(known) for _, test in asked)

    return [known.item.id for known in full.known if is_listed(known)]


def read(store: Store, question: InboxQuestion, limit: int) -> list[str]:
    """All pages, each as long as ``limit`` at most."""
    found: list[str] = []
    after: ItemPlace | None = None
    while True:
        page = store.items.page(question, after, limit)
        assert len(page.rows) <= limit
        found += [row.id for row in page.rows]
        after = page.next
        if after is None:
            return found


@pytest.fixture(params=["few", "looked at", "walked"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, full: FullDesk) -> str:
    """All ways to find rows give the same: from a filter's index and a list of hits, from texts, through many short stretches."""
    if request.param == "looked at":
        for name, value in (("FEW_HITS", 0), ("LOOKED_AT", 5), ("BUDGET", 0), ("STEPS", 1)):
            monkeypatch.setattr(inbox_list, name, value)
    if request.param == "few":
        for name, value in (("LOOKED_AT", 1), ("STEPS", 1)):
            monkeypatch.setattr(inbox_list, name, value)
    if request.param == "walked":
        for name, value in (("FEW", 0), ("STRETCH", 1), ("LONG_STRETCH", 1), ("BUDGET", 0)):
            monkeypatch.setattr(inbox_list, name, value)
        with full.store._connections.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO item_milestone (row) SELECT row FROM item WHERE abs(row / 3600000) % 7 = 0")
    return request.param


@given(
    asked=st.lists(parts, min_size=1, max_size=3), state=st.none() | st.sampled_from(STATES), limit=st.sampled_from([3, 40, 500])
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_query_lists_just_the_items_it_asks_for_whatever_the_way_and_the_pages(
    full: FullDesk, way: str, asked: list[Plain], state: Plain | None, limit: int
) -> None:
    query = " ".join(typed for typed, _ in [*asked, *([state] if state else [])])
    wanted = expected(full, asked, state)
    question = InboxQuestion(query=query)
    assert read(full.store, question, limit) == wanted, query
    everything = [known.item.id for known in full.known]
    assert [row.id for row in full.store.items.among(question, everything)] == wanted, query
    sorted_by_outlet = read(full.store, InboxQuestion(query=query, order=ItemOrder.OUTLET), limit)
    shown = {known.item.id: known.shown.lower() for known in full.known}
    assert sorted_by_outlet == sorted(wanted, key=lambda id: shown[id]), query


@pytest.mark.parametrize("state", [None, *ItemState])
@pytest.mark.parametrize("few", [5_000, 10], ids=["sorted", "outlet by outlet"])
def test_nothing_typed_lists_the_rows_of_the_inbox(
    full: FullDesk, monkeypatch: pytest.MonkeyPatch, state: ItemState | None, few: int
) -> None:
    def is_row(known: Known) -> bool:
        beneath = known.tie is not None and state not in (ItemState.SHORTLISTED, ItemState.USED)
        return not beneath and (known.state is state if state else known.state not in HIDDEN)

    monkeypatch.setattr(inbox_list, "FEW", few)
    wanted = [known for known in full.known if is_row(known)]
    assert read(full.store, InboxQuestion(state=state), 7) == [known.item.id for known in wanted]
    by_outlet = sorted(wanted, key=lambda known: known.shown.lower())
    assert read(full.store, InboxQuestion(state=state, order=ItemOrder.OUTLET), 7) == [known.item.id for known in by_outlet]


def test_a_row_tells_how_many_are_listed_beneath_it(full: FullDesk) -> None:
    beneath = [full.store.items.summary(known.item.id).beneath for known in full.known]
    assert sum(beneath) == 10 == sum(known.tie is not None for known in full.known)
    assert max(beneath) == 1


# --- being overtaken -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["walked"], indirect=True)
def test_a_search_that_nobody_waits_for_any_more_ends_and_leaves_the_reader_usable(
    full: FullDesk, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_list, "BUDGET", 60)
    for query in ("volcano lang:en", "-river -r -c -f -e -n -ا -水", "url:nowhere"):
        with pytest.raises(Cancelled):
            full.store.items.page(InboxQuestion(query=query), None, 500, _second_time())
    assert full.store.items.page(InboxQuestion(query="river"), None, 100, lambda: False).rows


def _second_time() -> Callable[[], bool]:
    """Somebody waits at first, and then nobody."""
    asked = iter((False,))
    return lambda: next(asked, True)


def test_sqlite_itself_is_stopped_in_the_middle_of_a_long_statement(full: FullDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_list, "_STEPS", 100)
    with pytest.raises(Cancelled):
        full.store.items.page(InboxQuestion(query="river", order=ItemOrder.OUTLET), None, 100, lambda: True)


def test_a_feed_lists_what_it_brought(store: Store, make_capture) -> None:
    brought, other = make_capture("water"), make_capture("water")
    store.items.add_all([brought, other])
    with store._connections.writing() as connection:
        connection.execute(
            "INSERT INTO feed (id, url, title, added, due) VALUES (1, 'https://delta.example/feed', 'Delta, all news', '', '')"
        )
        connection.execute(
            "INSERT INTO feed_entry (feed, key, print, item) SELECT 1, x'00', x'00', row FROM item WHERE id = ?",
            (brought.item.id,),
        )
    for query in ("feed:delta.example", 'feed:"all news" water', "feed:DELTA"):
        assert [row.id for row in store.items.summaries(query=query)] == [brought.item.id], query
    assert [row.id for row in store.items.summaries(query="-feed:delta")] == [other.item.id]
    assert store.items.summaries(query="feed:gazette") == []


# --- counts and migration ------------------------------------------------------------------------------------------


@given(steps=st.lists(st.tuples(st.integers(0, 5), st.sampled_from([*ItemState, "under", "out"])), max_size=25))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_counts_stay_right_through_every_change(tmp_path_factory, make_capture, steps) -> None:
    path = tmp_path_factory.mktemp("counts") / "desk.db"
    captures = [make_capture(f"water {number}") for number in range(6)]
    with Store.open(path) as store:
        store.items.add_all(captures, sample=True)
        for number, step in steps:
            if isinstance(step, ItemState):
                store.items.set_state([captures[number].item.id], step)
                continue
            head = captures[0].item.id if step == "under" and number else None
            with store._connections.writing() as connection:
                connection.execute(
                    "UPDATE item_desk SET head = (SELECT row FROM item WHERE id = ?)"
                    " WHERE item = (SELECT row FROM item WHERE id = ?)",
                    (head, captures[number].item.id),
                )
        with store._connections.reading() as connection:
            truth = dict(tuple(row) for row in connection.execute(COUNTS).fetchall())
        assert store.items.counts() == {state: truth.get(state.value, 0) for state in ItemState}
        store.items.remove_samples()
        assert set(store.items.counts().values()) == {0}


def test_counts_that_are_wrong_are_found_by_the_check(path: Path, make_capture) -> None:
    with Store.open(path) as store:
        store.items.add(make_capture())
    assert check(path) == []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE item_count SET number = 7 WHERE state = 'unread'")
    assert check(path) == ["The inbox counts 7 items as unread, which is not so."]


def test_a_store_of_the_first_program_is_counted_and_found_as_before(path: Path, age, make_capture) -> None:
    captures = [make_capture(f"water {number}", url=f"https://www.delta.example/{number}") for number in range(9)]
    with Store.open(path) as store:
        store.items.add_all(captures)
        store.items.set_state([captures[0].item.id], ItemState.USED)
    age()
    with Store.open(path) as store:
        counts = store.items.counts()
        assert (counts[ItemState.UNREAD], counts[ItemState.USED]) == (8, 1)
        for query in ("water", "outlet:gazette", "outlet:delta", "site:delta.example", "is:used OR is:unread"):
            assert len(store.items.summaries(query=query)) == 9, query
        store.items.add(make_capture("water", url="https://www.delta.example/new"))
        assert store.items.counts()[ItemState.UNREAD] == 9
        assert len(store.items.summaries(query="site:delta.example")) == 10
    assert check(path) == []


# --- many at once --------------------------------------------------------------------------------------------------


def test_thousands_of_one_second_are_kept_in_their_order_and_met_again(store: Store, make_capture) -> None:
    captures = [make_capture(f"water {number}", captured=BEGINNING) for number in range(1_200)]
    captures[700] = captures[3]
    for start in range(0, 1_200, 400):
        new = store.items.add_all(captures[start : start + 400])
        assert new.count(False) == (1 if start == 400 else 0)
    listed = [row.id for row in store.items.summaries(query="water", limit=5_000)]
    assert listed == [capture.item.id for number, capture in reversed(list(enumerate(captures))) if number != 700]
    assert store.items.add_all(captures) == [False] * 1_200
    assert store.check() == []


def test_one_that_cannot_be_kept_keeps_all_of_them_out(store: Store, make_capture) -> None:
    good, bad = make_capture(), make_capture(author="Half a character \ud800")
    with pytest.raises(InputError, match="half a character"):
        store.items.add_all([good, bad])
    assert not store.items.has(good.item.id)
    assert set(store.items.counts().values()) == {0}
    assert store.items.add_all([good]) == [True]
