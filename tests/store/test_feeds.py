"""Feeds on their shelf."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from workstation.domain.feed import Feed
from workstation.domain.item import ItemState
from workstation.errors import InputError, NotFoundError
from workstation.store import Store
from workstation.store.feeds import from_feed

NOW = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=5)))


def feed(url: str = "https://o.example/feed", **values: object) -> Feed:
    return Feed(**{"id": 0, "url": url, "added": NOW, "due": NOW.astimezone(UTC), **values})  # type: ignore[arg-type]


def test_a_feed_comes_back_as_it_was_kept(store: Store) -> None:
    kept = feed(
        title="Gazette", name="Mine", home="https://o.example/", folder="Asia / Press", language="en", icon="https://o.example/i",
        etag='"x"', modified="Mon", every=30, least=20, asked=NOW, changed=NOW, failures=2, error="Too slow.", paused=True,
    )  # fmt: skip
    (id,) = store.feeds.add_all([kept])
    assert store.feeds.get(id) == replace(kept, id=id)
    assert store.feeds.find(kept.url) == replace(kept, id=id)


def test_an_address_is_followed_once(store: Store) -> None:
    first = store.feeds.add_all([feed(), feed("https://p.example/feed")])
    assert len(first) == 2
    assert store.feeds.add_all([feed(title="Another name")]) == []
    with pytest.raises(InputError):
        store.feeds.put(replace(store.feeds.get(first[0]), url="https://p.example/feed"))
    assert len(store.feeds.all()) == 2


def test_those_that_wait_longest_are_due_first_and_paused_ones_never(store: Store) -> None:
    later, sooner, paused = (
        feed("https://a.example/", due=NOW),
        feed("https://b.example/", due=(NOW - timedelta(hours=1)).astimezone(timezone(timedelta(hours=-9)))),
        feed("https://c.example/", due=NOW - timedelta(days=1), paused=True),
    )
    store.feeds.add_all([later, sooner, paused])
    assert [one.url for one in store.feeds.due(NOW)] == [sooner.url, later.url]
    assert store.feeds.due(NOW - timedelta(hours=2)) == []
    assert store.feeds.next_due(sooner.due) == sooner.due


def test_what_a_feed_brought_is_counted_and_stays_when_the_feed_goes(store: Store, make_capture) -> None:
    (id,) = store.feeds.add_all([feed(title="Harbour Gazette")])
    captures = [make_capture(f"Text {number}.") for number in range(3)]
    store.items.add_all(captures)
    store.feeds.brought(id, [("aa" * 16, "01" * 16, captures[0].item.id), ("bb" * 16, "02" * 16, captures[1].item.id)])
    assert store.feeds.prints(id) == {"aa" * 16: "01" * 16, "bb" * 16: "02" * 16}
    store.feeds.brought(id, [("aa" * 16, "03" * 16, captures[2].item.id)])
    store.items.set_state([captures[1].item.id], ItemState.READ)
    (counted,) = store.feeds.all()
    assert (counted.items, counted.unread) == (2, 1)
    assert set(store.feeds.items(id)) == {captures[1].item.id, captures[2].item.id}
    store.feeds.remove(id)
    assert store.feeds.prints(id) == {}
    assert len(store.items.summaries()) == 3
    with pytest.raises(NotFoundError):
        store.feeds.get(id)


def test_the_condition_for_the_inbox_finds_what_came_from_a_feed_by_name_or_folder(store: Store, make_capture) -> None:
    (id, other) = store.feeds.add_all([feed(title="Harbour_Gazette", folder="Asia"), feed("https://p.example/", name="Bell")])
    mine, theirs = make_capture("One."), make_capture("Two.")
    store.items.add_all([mine, theirs])
    store.feeds.brought(id, [("aa" * 16, "01" * 16, mine.item.id)])
    store.feeds.brought(other, [("aa" * 16, "01" * 16, theirs.item.id)])

    def found(name: str) -> list[str]:
        clause, values = from_feed(name)
        with store._connections.reading() as connection:
            return [row[0] for row in connection.execute(f"SELECT id FROM item WHERE {clause}", values).fetchall()]

    assert found("harbour_") == found("asia") == [mine.item.id]
    assert found("bell") == [theirs.item.id]
    assert found("har%") == []
