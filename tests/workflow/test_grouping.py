from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workstation.domain.grouping import Place, Tie
from workstation.domain.item import Capture, Item, ItemState, item_id
from workstation.domain.outlet import Outlet
from workstation.errors import InputError
from workstation.store import Store
from workstation.workflow.grouping import Grouping

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SYLLABLES = [f"{a}{b}" for a in "bdgklmnprst" for b in "aeiou"]
chance = random.Random(5)
WORDS = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(800)]


def story(words: int = 200) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def copied(text: str) -> str:
    words = text.split()
    return " ".join([*chance.choices(WORDS, k=12), *words[: len(words) * 4 // 5]])


Add = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db") as store:
        yield store


@pytest.fixture
def grouping(store: Store) -> Grouping:
    return Grouping(store)


def captured(text: str, outlet: str, minutes: int, url: str | None = None) -> Capture:
    url = url or f"https://{outlet.replace(' ', '-').lower()}.example/{minutes}"
    original = text.encode()
    return Capture(
        item=Item(
            id=item_id(original, url), url=url, title=text[:30], outlet=outlet, author=None, published=None, language="en",
            country=None, text=text, words=len(text.split()), captured=NOON + timedelta(minutes=minutes),
            media_type="text/html", sha256=sha256(original).hexdigest(),
        ),
        original=original,
    )  # fmt: skip


@pytest.fixture
def add(store: Store) -> Add:
    made = 0

    def add(text: str, name: str = "Harbour Gazette", **about: object) -> str:
        nonlocal made
        made += 1
        capture = captured(text, name, made)
        store.items.keep_all([capture], **about)
        return capture.item.id

    return add


def rows(store: Store) -> set[str]:
    return {summary.id for summary in store.items.summaries()}


def test_an_agency_story_in_three_outlets_is_one_row_and_everything_stays_readable(
    store: Store, grouping: Grouping, add: Add
) -> None:
    text = story()
    first, other = add(text, "Harbour Gazette"), add(story(), "Hill Courier")
    copies = [add(copied(text), outlet) for outlet in ("Lantern Post", "Valley Times")]
    changes = grouping.group_all()
    assert rows(store) == {first, other}
    assert changes.items == {first, *copies}
    assert store.items.summary(first).beneath == 2
    assert [summary.id for summary in grouping.members(copies[0])] == [first, copies[1], copies[0]]
    assert all(store.items.get(copy).text for copy in copies)
    assert not grouping.group_all()


def test_what_arrives_later_finds_its_row_and_the_agency_takes_over_a_row_that_nobody_has_looked_at(
    store: Store, grouping: Grouping, add: Add
) -> None:
    text = story()
    first = add(text, "Harbour Gazette")
    grouping.group_all()
    agency = add(copied(text), "Orrin News Agency", outlet=Outlet(name="Orrin News Agency", kind="agency"))
    grouping.group_new([agency])
    assert rows(store) == {agency}
    store.items.set_state([agency], ItemState.READ)
    late = add(copied(text), "Tide Agency", outlet=Outlet(name="Tide Agency", kind="agency"))
    Grouping(store).group_new([late])  # a new start of the program knows what was compared before
    assert rows(store) == {agency}
    assert {summary.id for summary in grouping.members(late)} == {agency, first, late}


def test_what_the_editor_works_with_is_never_put_under_another_row(store: Store, grouping: Grouping, add: Add) -> None:
    text = story()
    plain, chosen, noted = add(text, "One"), add(copied(text), "Two"), add(copied(text), "Three")
    store.items.set_state([chosen], ItemState.SHORTLISTED)
    store.triage.set_notes({noted: "Ask them"})
    grouping.group_all()
    assert rows(store) == {chosen, noted}
    assert store.groups.place(plain) == Place(chosen, Tie.COPY)


def test_nothing_new_disappears_under_a_row_that_was_archived_or_spiked(store: Store, grouping: Grouping, add: Add) -> None:
    for state in (ItemState.ARCHIVED, ItemState.SPIKED):
        text = story()
        old = add(text, f"One {state}")
        grouping.group_all()
        store.items.set_state([old], state)
        new = add(copied(text), f"Two {state}")
        grouping.group_new([new])
        assert new in rows(store)


def test_two_reports_of_one_outlet_stay_two_rows(store: Store, grouping: Grouping, add: Add) -> None:
    text = story()
    reports = {add(text, "Harbour Gazette"), add(copied(text), "Harbour Gazette")}
    grouping.group_all()
    assert rows(store) == reports


def test_what_the_editor_took_apart_is_never_grouped_again_by_itself(store: Store, grouping: Grouping, add: Add) -> None:
    text = story()
    first, copy = add(text, "One"), add(copied(text), "Two")
    grouping.group_all()
    undone = grouping.take_apart([copy])
    assert rows(store) == {first, copy}
    third = add(copied(text), "Three")
    grouping.group_new([third])
    assert rows(store) == {first, copy}
    grouping.set_heads(undone.before)
    assert store.groups.place(copy) == Place(first, Tie.COPY)
    with pytest.raises(InputError):
        grouping.take_apart([add(story(), "Four")])


def test_a_version_goes_along_with_the_item_that_is_taken_out(store: Store, grouping: Grouping, add: Add) -> None:
    text = story()
    first = add(text, "One")
    page = "https://two.example/the-river-81234"
    old, new = captured(copied(text), "Two", 50, page), captured(copied(text), "Two", 60, page)
    store.items.add_all([old, new])
    grouping.group_all()
    assert rows(store) == {first}
    assert store.items.summary(first).beneath == 2
    grouping.take_apart([new.item.id])
    assert rows(store) == {first, new.item.id}
    assert store.groups.place(old.item.id) == Place(new.item.id, Tie.VERSION)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_grouping_loses_an_item_and_each_is_taken_back_exactly(store: Store, grouping: Grouping, add: Add, data) -> None:
    items = [add(story(15), f"Outlet {number}") for number in range(5)]
    for _ in range(data.draw(st.integers(1, 5))):
        before = {item: store.groups.place(item) for item in items}
        chosen = data.draw(st.lists(st.sampled_from(items), min_size=1, max_size=3, unique=True))
        verbs = [partial(grouping.merge, chosen, chosen[0]), partial(grouping.take_apart, chosen)]
        verb = data.draw(st.sampled_from([*verbs, partial(grouping.make_head, chosen[0])]))
        try:
            grouped = verb()
        except InputError:
            assert {item: store.groups.place(item) for item in items} == before
            continue
        after = {item: store.groups.place(item) for item in items}
        seen = [member.id for item in items if after[item].head is None for member in grouping.members(item)]
        assert sorted(seen) == sorted(items)
        back = grouping.set_heads(grouped.before)
        assert {item: store.groups.place(item) for item in items} == before
        grouping.set_heads(back.before)
        assert {item: store.groups.place(item) for item in items} == after


GROUP = """
import sys
from pathlib import Path
from workstation.store import Store
from workstation.workflow import grouping
grouping.AT_ONCE = 20
with Store.open(Path(sys.argv[1])) as store:
    print("began", flush=True)
    grouping.Grouping(store).group_all(progress=lambda done, total: print(done, flush=True))
"""


def test_a_kill_in_the_middle_loses_nothing_and_the_rest_is_done_next_time(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    texts = [story(120) for _ in range(60)]
    with Store.open(path) as store:
        store.items.add_all([captured(text, f"One{n}", n) for n, text in enumerate(texts)])
        store.items.add_all([captured(copied(text), f"Two{n}", 100 + n) for n, text in enumerate(texts)])
    with subprocess.Popen([sys.executable, "-c", GROUP, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while child.stdout.readline().strip() not in ("60", "80", "120", ""):
            pass
        child.kill()
    with Store.open(path) as store:
        grouping = Grouping(store)
        grouping.group_all()
        assert len(rows(store)) == 60
        assert sum(len(grouping.members(row)) for row in rows(store)) == 120
        assert store.check() == []


def test_a_cancelled_grouping_keeps_what_it_has_done_and_goes_on_later(store: Store, grouping: Grouping, add: Add) -> None:
    text = story()
    add(text, "One")
    add(copied(text), "Two")
    assert not grouping.group_all(cancelled=lambda: True)
    assert len(rows(store)) == 2
    assert grouping.group_all()
    assert len(rows(store)) == 1


@pytest.mark.parametrize("succeeded", ["one", "other"])
def test_a_grouping_is_taken_back_exactly_though_a_version_has_taken_a_row_of_it_since(
    store: Store, grouping: Grouping, succeeded: str
) -> None:
    pages = {name: f"https://{name}.example/the-river-81234" for name in ("one", "other")}
    captures = {name: captured(story(), name, 50 + len(name), page) for name, page in pages.items()}
    store.items.add_all(list(captures.values()))
    one, other = (captures[name].item.id for name in pages)
    merged = grouping.merge([one, other], other)
    newer = captured(story(), succeeded, 90, pages[succeeded])
    store.items.add(newer)
    rest = other if succeeded == "one" else one
    assert len(rows(store)) == 1
    undone = grouping.set_heads(merged.before, merged.after)
    assert rows(store) == {newer.item.id, rest}
    assert store.groups.place(captures[succeeded].item.id) == Place(newer.item.id, Tie.VERSION)
    grouping.set_heads(undone.before, undone.after)
    assert len(rows(store)) == 1
    assert len(grouping.members(one)) == 3
    assert store.check() == []
