"""Items that were read whole are remembered, as long as they are there and there is room."""

from __future__ import annotations

from dataclasses import replace

from tests.review.conftest import make_item
from workstation.store.kept_items import KeptItems


def test_an_item_that_is_kept_is_the_very_one() -> None:
    kept, item = KeptItems(), make_item("a", "The dam holds.")
    kept.keep([item])
    assert kept.of(["a", "b"])["a"] is item


def test_where_there_is_no_room_the_one_goes_that_was_asked_for_longest_ago() -> None:
    kept = KeptItems(most_characters=20)
    kept.keep([make_item("a", "x" * 8), make_item("b", "x" * 8)])
    kept.of(["a"])
    kept.keep([make_item("c", "x" * 8)])
    assert kept.of("abc").keys() == {"a", "c"}


def test_keeping_an_item_twice_takes_its_room_once() -> None:
    kept, item = KeptItems(most_characters=20), make_item("a", "x" * 15)
    kept.keep([item])
    kept.keep([replace(item)])
    assert kept.of(["a"])["a"] is item
