"""Many items at once, the highlights of all items, and the saved views."""

from __future__ import annotations

import pytest

from workstation.domain.item import ItemState
from workstation.domain.quote import Highlight, HighlightKind
from workstation.domain.saved_view import SavedView
from workstation.errors import InputError, NotFoundError
from workstation.store import Store


@pytest.fixture
def items(store: Store, make_capture) -> list[str]:
    captures = [
        make_capture("Le fleuve déborde à Málaga.", title="Flood"),
        make_capture("The gauge 🌊 had never been so low, said Ana Reef."),
        make_capture("عاد المرشدون إلى العمل يوم الثلاثاء."),
    ]
    store.items.add_all(captures)
    return [capture.item.id for capture in captures]


def test_each_item_gets_its_own_state_or_none_does(store: Store, items) -> None:
    store.triage.set_states({items[0]: ItemState.ARCHIVED, items[1]: ItemState.USED})
    assert [store.items.summary(id).state for id in items] == [ItemState.ARCHIVED, ItemState.USED, ItemState.UNREAD]
    with pytest.raises(NotFoundError):
        store.triage.set_states({items[2]: ItemState.SPIKED, "nothing": ItemState.READ})
    assert store.items.summary(items[2]).state is ItemState.UNREAD


def test_tags_are_counted_whatever_their_capitals(store: Store, items) -> None:
    store.triage.set_tags({items[0]: ("Water", "law"), items[1]: ("water",), items[2]: ()})
    assert [(tag.casefold(), count) for tag, count in store.triage.tags().items()] == [("law", 1), ("water", 2)]
    assert store.triage.tagged("WATER") == {items[0]: ("Water", "law"), items[1]: ("water",)}


def mark(store: Store, item: str, words: str, kind: HighlightKind, note: str = "") -> str:
    start = store.items.get(item).text.index(words)
    store.items.add_highlight(
        Highlight(id=f"{item}{start}", item=item, start=start, end=start + len(words), kind=kind, note=note)
    )
    return f"{item}{start}"


def test_highlights_are_found_by_words_without_accents_in_passage_note_title_and_outlet(store: Store, items) -> None:
    first = mark(store, items[0], "déborde à Málaga", HighlightKind.FACT)
    second = mark(store, items[1], "never been so low", HighlightKind.CHECK, "Ask the Port")
    third = mark(store, items[2], "المرشدون", HighlightKind.CHECK)

    def found(query: str = "", kind: HighlightKind | None = None) -> list[str]:
        return [passage.highlight.id for passage in store.highlights.all(query, kind)]

    assert found() == [third, second, first]
    assert found("MALAGA deborde") == [first]
    assert found("port low") == [second]
    assert found("flood") == [first]
    assert found("harbour", HighlightKind.CHECK) == [third, second]
    assert found("المرشدون") == [third]
    assert found('")*') == []
    assert [passage.words for passage in store.highlights.all("gazette")][1] == "never been so low"
    assert store.highlights.counts()[HighlightKind.CHECK] == 2
    assert len(store.highlights.all(limit=1)) == 1


def test_views_keep_their_order_and_no_two_bear_one_name(store: Store) -> None:
    shipped = [view.name for view in store.views.all()]
    assert shipped == ["Unread", "Today", "Shortlist", "With notes", "Highlights to check"]
    own = store.views.add("Rivers", "tag:river -lake", "outlet")
    with pytest.raises(InputError):
        store.views.add("rivers", "tag:sea", "newest")
    before = store.views.all()
    store.views.arrange([own])
    assert store.views.all()[0] == SavedView(id=own, name="Rivers", query="tag:river -lake", order="outlet", place=0)
    store.views.remove(own)
    store.views.put_all(before)
    assert store.views.all() == before


PAGE = "https://harbour-gazette.example/world/the-river-rises-81234"


@pytest.fixture
def arrive(store: Store, make_capture):
    """Two versions of a page, the second of which is kept when it is called."""
    old, new = make_capture("The river rose.", url=PAGE), make_capture("The river fell.", url=PAGE)
    store.items.add(old)

    def come() -> None:
        store.items.add(new)

    return old.item.id, new.item.id, come


def test_what_is_done_while_a_new_version_comes_in_goes_to_it_and_undo_takes_it_back_there(store: Store, arrive) -> None:
    old, new, come = arrive
    store.triage.set_states({old: ItemState.SHORTLISTED})
    store.triage.set_tags({old: ("water",)})
    store.triage.set_notes({old: "Ask"}, {old: ""})
    come()
    store.triage.set_notes({old: "Ask the port"}, {old: "Ask"})  # typed while the version came in
    summary = store.items.summary(new)
    assert (summary.state, summary.tags, summary.notes) == (ItemState.SHORTLISTED, ("water",), "Ask the port")
    assert store.items.summary(old).notes == ""
    store.triage.set_notes({old: "Ask"}, {old: "Ask the port"})
    store.triage.set_notes({old: ""}, {old: "Ask"})
    store.triage.set_tags({old: ()})
    store.triage.set_states({old: ItemState.UNREAD})
    for id in (old, new):
        summary = store.items.summary(id)
        assert (summary.tags, summary.notes) == ((), "")
    assert store.items.summary(new).state is ItemState.UNREAD
    assert store.check() == []


def test_a_note_on_an_older_version_never_takes_the_place_of_the_rows_note(store: Store, arrive) -> None:
    old, new, come = arrive
    come()
    store.triage.set_notes({new: "Ask the port"}, {new: ""})
    store.triage.set_notes({old: "It rose first"}, {old: ""})
    assert store.items.summary(new).notes == "Ask the port\nIt rose first"


def test_reading_an_older_version_never_puts_its_row_back(store: Store, arrive) -> None:
    old, new, come = arrive
    come()
    store.triage.set_states({new: ItemState.ARCHIVED})
    store.triage.mark_read(old)
    store.triage.mark_read(new)
    assert store.items.summary(new).state is ItemState.ARCHIVED


def test_an_older_version_is_found_by_what_the_newer_one_does_not_bear(store: Store, arrive) -> None:
    old, new, come = arrive
    mark(store, old, "The river", HighlightKind.FACT)
    come()
    assert [row.id for row in store.items.summaries(query="has:fact")] == [new]
    mark(store, old, "rose", HighlightKind.CHECK)
    assert [row.id for row in store.items.summaries(query="has:check")] == [old]
    assert [row.id for row in store.items.summaries()] == [new]
