"""Saved views and the searches made last, over a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from workstation.errors import InputError, NotFoundError
from workstation.store import Store
from workstation.workflow.triaging import Triaging
from workstation.workflow.viewing import SEARCHES_KEPT, Viewing, names_state


@pytest.fixture
def viewing(tmp_path: Path):
    with Store.open(tmp_path / "desk.db") as store:
        yield Viewing(store)


def test_a_view_saved_under_a_known_name_takes_its_place(viewing: Viewing) -> None:
    viewing.save(" Two  rivers ", " river OR lake ", "newest")
    viewing.save("two rivers", "river", "outlet")
    view = viewing.view("TWO RIVERS")
    assert (view.name, view.query, view.order) == ("two rivers", "river", "outlet")
    assert len(viewing.views()) == 6
    with pytest.raises(InputError):
        viewing.save("  ", "river", "newest")
    with pytest.raises(NotFoundError, match="Unread"):
        viewing.view("Lakes")


def test_the_last_searches_are_kept_once_each_newest_first(viewing: Viewing) -> None:
    for number in range(SEARCHES_KEPT + 5):
        viewing.remember_search(f"river {number}")
    viewing.remember_search("  river 10 ")
    viewing.remember_search("   ")
    searches = viewing.searches()
    assert searches[:2] == ["river 10", f"river {SEARCHES_KEPT + 4}"]
    assert len(searches) == SEARCHES_KEPT


def test_a_tag_is_not_renamed_to_something_that_holds_a_comma(tmp_path: Path) -> None:
    with Store.open(tmp_path / "tags.db") as store, pytest.raises(InputError):
        Triaging(store).rename_tag("sea", "sea, lake")


@pytest.mark.parametrize(
    ("query", "names"),
    [("is:unread", True), ("lang:ar STATE:used x", True), ("-is:used", False), ("this: is: it", True), ("axis:x", False)],
)
def test_a_query_that_names_a_state_is_told_from_one_that_does_not(query: str, names: bool) -> None:
    assert names_state(query) is names
