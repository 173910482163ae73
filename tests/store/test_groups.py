from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.conftest import NOON, MakeCapture
from workstation.domain.grouping import Place, Tie
from workstation.domain.item import ItemState
from workstation.domain.quote import Highlight, HighlightKind
from workstation.errors import InputError, NotFoundError
from workstation.store import Store

PAGE = "https://harbour-gazette.example/world/the-river-rises-81234"


def listed(store: Store, **asked: object) -> list[str]:
    return [summary.id for summary in store.items.summaries(**asked)]


def test_a_page_met_again_with_the_same_words_makes_no_item_and_the_day_is_noted(store: Store, make_capture: MakeCapture) -> None:
    first = make_capture("The river rose.\nBoats wait.", url=PAGE)
    again = make_capture(
        "The river  rose.\nBoats wait.", url=PAGE + "?utm_source=feed&fbclid=x", captured=NOON + timedelta(days=2)
    )
    store.items.add(first)
    (kept,) = store.items.keep_all([again])
    assert (kept.id, kept.is_new) == (first.item.id, False)
    assert listed(store) == [first.item.id]
    (version,) = store.groups.versions(first.item.id)
    assert version.seen == NOON + timedelta(days=2)


def test_other_words_make_a_version_that_takes_the_row_with_all_the_editor_did(store: Store, make_capture: MakeCapture) -> None:
    old = make_capture("The river rose by two metres.\nBoats wait off the bar.", url=PAGE)
    new = make_capture("Correction: The river rose by three metres.\nBoats wait off the bar.", url=PAGE + "?utm_medium=rss")
    store.items.add(old)
    store.items.set_state([old.item.id], ItemState.ARCHIVED)
    store.triage.set_tags({old.item.id: ["river", "flood"]})
    store.triage.set_notes({old.item.id: "Ask the harbour master"})
    for id, words in (("m1", "Boats wait"), ("m2", "two metres")):
        start = old.item.text.find(words)
        mark = Highlight(id=id, item=old.item.id, start=start, end=start + len(words), kind=HighlightKind.FACT, note=id)
        store.items.add_highlight(mark)

    (kept,) = store.items.keep_all([new])

    assert (kept.is_new, kept.former) == (True, old.item.id)
    assert listed(store, state=ItemState.ARCHIVED) == [new.item.id]
    summary = store.items.summary(new.item.id)
    assert (summary.tags, summary.notes, summary.state) == (("river", "flood"), "Ask the harbour master", ItemState.ARCHIVED)
    assert (summary.beneath, summary.versions, summary.changed) == (1, 2, True)
    (mark,) = store.items.highlights(new.item.id)
    assert (new.item.text[mark.start : mark.end], mark.note) == ("Boats wait", "m1")
    assert len(store.items.highlights(old.item.id)) == 2
    assert store.items.get(old.item.id).text == old.item.text
    assert store.items.original(old.item.id)[0] == old.original
    assert [version.id for version in store.groups.versions(old.item.id)] == [new.item.id, old.item.id]
    assert store.groups.looked_at(new.item.id)
    assert not store.groups.looked_at(new.item.id)
    assert not store.items.summary(new.item.id).changed


def test_a_teaser_never_takes_the_place_of_the_whole_text_but_the_whole_text_takes_the_teasers(
    store: Store, make_capture: MakeCapture
) -> None:
    whole = "The river rose by two metres on Monday night.\nBoats wait off the bar.\nThe town of Orrin opened its halls."
    teaser = "The river rose by two metres on Monday […]"
    first, page = (make_capture(text, url=PAGE) for text in (teaser, whole))
    assert store.items.add_all([first, page]) == [True, True]
    (kept,) = store.items.keep_all([make_capture("Boats wait off …", title="In the feed: a river", url=PAGE)])
    assert (kept.id, kept.is_new) == (page.item.id, False)
    assert listed(store) == [page.item.id]


def test_an_older_state_that_comes_in_later_goes_beneath(store: Store, make_capture: MakeCapture) -> None:
    newer = make_capture("The river fell.", url=PAGE)
    older = make_capture("The river rose.", url=PAGE, captured=NOON - timedelta(days=3))
    store.items.add_all([newer, older])
    assert listed(store) == [newer.item.id]
    assert store.groups.place(older.item.id) == Place(newer.item.id, Tie.VERSION)
    assert not store.items.summary(newer.item.id).changed


def test_places_that_are_set_can_be_taken_back_exactly(store: Store, make_capture: MakeCapture) -> None:
    captures = [make_capture(f"Report {number} from the river.") for number in range(4)]
    store.items.add_all(captures)
    a, b, c, d = (capture.item.id for capture in captures)
    store.groups.set_places({a: Place(b, Tie.COPY)})
    before = store.groups.set_places({a: Place(d, Tie.COPY), b: Place(d, Tie.MERGED), c: Place(d, Tie.MERGED)})
    assert listed(store) == [d]
    assert store.groups.members(a) == [d, c, b, a]
    store.groups.set_places(before)
    assert listed(store) == [d, c, b]
    assert store.groups.place(a) == Place(b, Tie.COPY)


def test_a_group_in_a_group_is_refused_and_changes_nothing(store: Store, make_capture: MakeCapture) -> None:
    captures = [make_capture(f"Report {number} from the river.") for number in range(3)]
    store.items.add_all(captures)
    a, b, c = (capture.item.id for capture in captures)
    store.groups.set_places({a: Place(b, Tie.MERGED)})
    for wrong in ({b: Place(c, Tie.MERGED)}, {c: Place(a, Tie.MERGED)}, {c: Place(c, Tie.MERGED)}):
        with pytest.raises(InputError):
            store.groups.set_places(wrong)
    with pytest.raises(NotFoundError):
        store.groups.set_places({c: Place(a, Tie.MERGED), "nobody": Place()})
    assert store.groups.members(a) == [b, a]
    assert store.groups.place(c) == Place()


def test_nothing_shortlisted_is_hidden_under_another_row_and_a_search_finds_what_is(
    store: Store, make_capture: MakeCapture
) -> None:
    captures = [make_capture("Gates opened at Orrin."), make_capture("Sluices opened at Orrin.")]
    store.items.add_all(captures)
    a, b = (capture.item.id for capture in captures)
    store.groups.set_places({a: Place(b, Tie.COPY)})
    assert listed(store, query="gates") == [a]
    assert store.items.counts()[ItemState.UNREAD] == 1
    store.items.set_state([a], ItemState.SHORTLISTED)
    assert listed(store, state=ItemState.SHORTLISTED) == [a]
    assert store.items.counts()[ItemState.SHORTLISTED] == 1


def test_a_store_of_the_first_program_knows_its_addresses(path: Path, age: Callable[[], None], make_capture: MakeCapture) -> None:
    first = make_capture("The river rose.", url=PAGE)
    with Store.open(path) as store:
        store.items.add(first)
    age()
    with Store.open(path) as store:
        assert store.items.add(make_capture("The river rose.", url=f"{PAGE}?fbclid=1")) is False
        assert listed(store) == [first.item.id]


def test_an_item_that_goes_takes_its_address_along_and_lets_go_of_its_group(path: Path, make_capture: MakeCapture) -> None:
    with Store.open(path) as store:
        store.items.add(make_capture("The river rose.", url=PAGE), sample=True)
        own = make_capture("Another story.")
        store.items.add(own)
        sample = store.items.summaries()[1].id
        store.groups.set_places({own.item.id: Place(sample, Tie.COPY)})
        store.items.remove_samples()
        assert listed(store) == [own.item.id]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM item_address").fetchone() == (1,)


def test_when_the_listed_sample_goes_the_newest_version_under_it_is_listed_and_found(
    path: Path, make_capture: MakeCapture
) -> None:
    words = ("The river rose.", "The river rose high.", "The river fell.")
    sample, older, newer = (make_capture(text, url=PAGE) for text in words)
    copy = make_capture("A river rose.", url="https://delta-post.example/1")
    with Store.open(path) as store:
        store.items.add(sample, sample=True)
        for capture in (older, newer, copy):
            store.items.add(capture)
        places = {id: Place(sample.item.id, Tie.VERSION) for id in (older.item.id, newer.item.id)}
        store.groups.set_places({sample.item.id: Place(), **places, copy.item.id: Place(sample.item.id, Tie.COPY)})
        store.items.remove_samples()
        assert listed(store) == [newer.item.id]
        assert store.groups.members(older.item.id) == [newer.item.id, copy.item.id, older.item.id]
        assert listed(store, query="fell") == [newer.item.id]
        assert store.check() == []


def test_a_colleagues_capture_of_the_same_words_is_no_change_of_the_source(store: Store, make_capture: MakeCapture) -> None:
    own, theirs = (make_capture(text, url=PAGE) for text in ("The river rose.", "The river  rose."))
    store.items.add(own)
    (kept,) = store.items.keep_all([theirs], as_they_are=True)
    assert (kept.id, kept.is_new) == (theirs.item.id, True)
    assert listed(store) == [own.item.id]
    summary = store.items.summary(own.item.id)
    assert (summary.versions, summary.changed) == (2, False)
