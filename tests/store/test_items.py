from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workstation.domain.body import Block, Body, Marks, Run
from workstation.domain.item import ItemState, Waiting
from workstation.domain.outlet import Outlet, OutletKind
from workstation.domain.picture import Picture
from workstation.domain.quote import Highlight, HighlightKind, Quote
from workstation.domain.story import SignalCard, Story
from workstation.errors import InputError, NotFoundError, StoreError
from workstation.store import Store


def ids(store: Store, query: str = "", **wanted: object) -> list[str]:
    return [summary.id for summary in store.items.summaries(query=query, **wanted)]


def mark(item: str, start: int, end: int, id: str = "h1") -> Highlight:
    return Highlight(id=id, item=item, start=start, end=end, kind=HighlightKind.FACT, note="Check the figure")


# --- what arrived --------------------------------------------------------------------------------------------------


def test_an_item_comes_back_as_it_arrived(path: Path, make_capture) -> None:
    zone = timezone(timedelta(hours=5, minutes=30))
    capture = make_capture(
        "第一段。\nSecond paragraph — café 🌊.", captured=datetime(2026, 3, 2, 9, 10, 11, 123456, tzinfo=zone), author="A. Rivers"
    )
    with Store.open(path) as store:
        assert store.items.add(capture)
    with Store.open(path) as store:
        assert store.items.get(capture.item.id) == capture.item
        assert store.items.original(capture.item.id) == (capture.original, "text/html")


def test_the_same_item_is_kept_once(store: Store, make_capture) -> None:
    capture = make_capture()
    assert store.items.add(capture) is True
    assert store.items.add(capture) is False
    assert len(store.items.summaries()) == 1


def test_another_item_under_the_same_id_is_refused_and_never_dropped_silently(store: Store, make_capture) -> None:
    first = make_capture("one")
    second = make_capture("two", id=first.item.id)
    store.items.add(first)
    with pytest.raises(InputError, match=first.item.id):
        store.items.add(second)


def test_items_of_one_moment_are_all_kept(store: Store, make_capture) -> None:
    moment = datetime(1969, 7, 20, tzinfo=UTC)
    captures = [make_capture(f"water {number}", captured=moment) for number in range(5)]
    for capture in captures:
        store.items.add(capture)
    assert len(ids(store, "water")) == 5


def test_a_time_without_its_offset_is_refused(store: Store, make_capture) -> None:
    with pytest.raises(InputError, match="offset"):
        store.items.add(make_capture(captured=datetime(2026, 3, 2)))


def test_an_altered_text_is_noticed_at_reading(path: Path, make_capture) -> None:
    capture = make_capture()
    with Store.open(path) as store:
        store.items.add(capture)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE item_body SET text = replace(text, 'two', 'ten'), original = zeroblob(9)")
    with Store.open(path) as store:
        with pytest.raises(StoreError, match=capture.item.id):
            store.items.get(capture.item.id)
        with pytest.raises(StoreError, match="restore"):
            store.items.original(capture.item.id)
        assert any("text of the item" in sentence for sentence in store.check())


def test_an_id_is_resolved_by_its_beginning(store: Store, make_capture) -> None:
    for id in ("abc111", "abc222", "abd333"):
        store.items.add(make_capture(id, id=id))
    assert store.items.resolve("abd") == "abd333"
    assert store.items.resolve("abc111") == "abc111"
    for unknown in ("abc", "x", "", "%", "abc1111"):
        with pytest.raises(NotFoundError):
            store.items.resolve(unknown)


@pytest.mark.parametrize("verb", ["get", "original", "summary"])
def test_an_unknown_item_is_told(store: Store, verb: str) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        getattr(store.items, verb)("nowhere")


# --- the list ------------------------------------------------------------------------------------------------------


def test_the_newest_captured_come_first_whenever_they_were_added(store: Store, make_capture) -> None:
    captures = [make_capture("water") for _ in range(4)]
    for capture in (captures[2], captures[0], captures[3], captures[1]):
        store.items.add(capture)
    newest_first = [capture.item.id for capture in reversed(captures)]
    assert ids(store) == newest_first
    assert ids(store, "wat") == newest_first
    assert ids(store, "wat", limit=2) == newest_first[:2]


def test_search_goes_over_title_and_text_as_it_is_typed(store: Store, make_capture) -> None:
    river = make_capture("The ministers signed.", title="A river treaty")
    port = make_capture("The harbour silted up by the river.", title="A port closes")
    store.items.add(river)
    store.items.add(port)
    assert ids(store, "riv") == [port.item.id, river.item.id]
    assert ids(store, "riv tre") == [river.item.id]
    assert ids(store, "silted port") == [port.item.id]
    assert ids(store, "volcano") == []


def test_filters_narrow_the_list(store: Store, make_capture) -> None:
    gazette = make_capture("water", title="One")
    courier = make_capture(
        "水", title="Two", outlet="Delta Courier", language="zh", country="CN", url="https://www.courier.example/1"
    )
    store.items.add(gazette)
    store.items.add(courier)
    store.triage.set_tags({courier.item.id: ["dams", "Follow up"]})
    store.items.set_state([courier.item.id], ItemState.SHORTLISTED)
    for query in (
        "outlet:delta",
        'outlet:"Delta Cou"',
        "outlet:courier.example",
        "lang:zh",
        "country:cn",
        "tag:dam",
        'tag:"follow up"',
        "state:shortlisted",
        "水 lang:zh",
        "state:short",
    ):
        assert ids(store, query) == [courier.item.id], query
    for query in ("lang:fr", "state:nonsense", "outlet:%", "water lang:zh", "tag:_ams"):
        assert ids(store, query) == [], query
    assert len(ids(store, "outlet: lang:")) == 2


def test_archived_and_spiked_items_are_out_of_the_way_but_never_gone(store: Store, make_capture) -> None:
    kept, archived, spiked = (make_capture("water") for _ in range(3))
    for capture in (kept, archived, spiked):
        store.items.add(capture)
    store.items.set_state([archived.item.id], ItemState.ARCHIVED)
    store.items.set_state([spiked.item.id], ItemState.SPIKED)
    assert ids(store) == ids(store, "water") == [kept.item.id]
    assert ids(store, state=ItemState.SPIKED) == ids(store, "state:spiked") == [spiked.item.id]
    assert store.items.get(spiked.item.id) == spiked.item
    assert store.items.counts() == {state: int(state in ("unread", "archived", "spiked")) for state in ItemState}


@pytest.fixture(scope="module")
def small_desk(tmp_path_factory: pytest.TempPathFactory):
    with Store.open(tmp_path_factory.mktemp("desk") / "desk.db") as store:
        yield store


@given(st.text(max_size=60) | st.text(alphabet="\"'*():^-+{}[]ANDORNOT NEAR水川:outletlangcountrystatetag“”%_\\\0", max_size=60))
@example("outlet:")
@example('"')
@example("a" * 5000)
@example("x " * 3000)
@example("\ud800 half")
@example("tag:\ud800")
@example("title:water")
@example("NOT AND OR NEAR(a b, 3)")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_query(small_desk: Store, query: str) -> None:
    assert small_desk.items.summaries(query=query) == []


# --- what the editor does ------------------------------------------------------------------------------------------


def test_tags_and_notes_are_kept_beside_the_item(store: Store, make_capture) -> None:
    capture = make_capture()
    store.items.add(capture)
    store.triage.set_tags({capture.item.id: ["zebra", " dams ", "", "Dams", "zebra"]})
    store.triage.set_notes({capture.item.id: "Ring the ministry"})
    summary = store.items.summary(capture.item.id)
    assert (summary.tags, summary.notes, summary.state) == (("zebra", "dams"), "Ring the ministry", ItemState.UNREAD)
    assert store.items.get(capture.item.id) == capture.item


def test_states_are_set_for_all_or_for_none(store: Store, make_capture) -> None:
    capture = make_capture()
    store.items.add(capture)
    with pytest.raises(NotFoundError):
        store.items.set_state([capture.item.id, "nowhere"], ItemState.USED)
    assert store.items.summary(capture.item.id).state is ItemState.UNREAD


def test_highlights_are_kept_in_the_order_of_the_text(store: Store, make_capture) -> None:
    capture = make_capture("The river 🌊 rose.")
    store.items.add(capture)
    late, early = mark(capture.item.id, 10, 17, "b"), mark(capture.item.id, 0, 9, "a")
    store.items.add_highlight(late)
    store.items.add_highlight(early)
    assert store.items.highlights(capture.item.id) == [early, late]
    store.items.remove_highlight("a")
    store.items.remove_highlight("a")
    assert store.items.highlights(capture.item.id) == [late]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 18), (17, 18), (2**70, 2**70 + 1)])
def test_a_highlight_outside_the_text_is_refused(store: Store, make_capture, start: int, end: int) -> None:
    capture = make_capture("The river 🌊 rose.")
    assert len(capture.item.text) == 17
    store.items.add(capture)
    with pytest.raises(InputError, match="17 characters"):
        store.items.add_highlight(mark(capture.item.id, start, end))


def test_a_highlight_in_nothing_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.items.add_highlight(mark("nowhere", 0, 1))


# --- outlets and addresses -----------------------------------------------------------------------------------------


def test_an_icon_of_the_page_is_the_icon_of_the_item_and_of_its_outlet(store: Store, make_capture, picture: Picture) -> None:
    with_icon, without = make_capture(icon=picture), make_capture("Another page.")
    store.items.add(with_icon)
    store.items.add(without)
    assert store.items.summary(with_icon.item.id).icon == picture.sha256
    assert store.items.summary(without.item.id).icon == picture.sha256
    assert store.pictures.get(picture.sha256) == picture


def test_the_word_of_the_editor_on_an_outlet_wins_over_the_page(store: Store, make_capture) -> None:
    early = make_capture(url="https://news.delta.example/1", outlet="delta.example | home", country=None)
    late = make_capture(url="https://www.delta.example/2", outlet="DELTA", country="US")
    store.items.add(early)
    store.items.set_outlet(
        Outlet(name="Delta Courier", domains=("Delta.example",), country="KE", kind=OutletKind.STATE, languages=("sw",))
    )
    store.items.add(late)
    for capture in (early, late):
        summary = store.items.summary(capture.item.id)
        assert (summary.outlet, summary.country) == ("Delta Courier", "KE")
        assert store.items.get(capture.item.id) == capture.item
    assert len(ids(store, "outlet:courier country:ke")) == 2
    [outlet] = [outlet for outlet in store.items.outlets() if "delta.example" in outlet.domains]
    assert (outlet.kind, outlet.languages) == (OutletKind.STATE, ("sw",))


def test_a_page_never_changes_the_word_of_the_editor(store: Store, make_capture, picture: Picture) -> None:
    store.items.set_outlet(Outlet(name="Harbour Gazette", domains=("harbour-gazette.example",), country="FJ"))
    store.items.add(make_capture(icon=picture), outlet=Outlet(name="Other", domains=("harbour-gazette.example",), country="US"))
    [outlet] = store.items.outlets()
    assert (outlet.name, outlet.country, outlet.icon) == ("Harbour Gazette", "FJ", picture.sha256)


def test_pasted_text_finds_its_outlet_by_name(store: Store, make_capture) -> None:
    capture = make_capture(url=None, country=None)
    store.items.add(capture, outlet=Outlet(name="Harbour Gazette", country="NZ"))
    assert store.items.summary(capture.item.id).country == "NZ"
    store.items.set_outlet(Outlet(name="Harbour Gazette", country="FJ"))
    assert store.items.summary(capture.item.id).country == "FJ"
    assert len(store.items.outlets()) == 1


def test_outlets_that_turn_out_to_be_one_become_one(store: Store, make_capture) -> None:
    old, new = make_capture(url="https://old.example/1", outlet="Old"), make_capture(url="https://new.example/1", outlet="New")
    store.items.add(old)
    store.items.add(new)
    store.items.set_outlet(Outlet(name="One", domains=("old.example", "new.example")))
    assert [store.items.summary(capture.item.id).outlet for capture in (old, new)] == ["One", "One"]
    [outlet] = store.items.outlets()
    assert outlet.domains == ("new.example", "old.example")


def test_an_outlet_below_another_domain_keeps_its_items(store: Store, make_capture) -> None:
    capture = make_capture(url="https://sport.delta.example/1", outlet="Delta Sport")
    store.items.set_outlet(Outlet(name="Delta Sport", domains=("sport.delta.example",)))
    store.items.add(capture)
    store.items.set_outlet(Outlet(name="Delta Courier", domains=("delta.example",)))
    assert store.items.summary(capture.item.id).outlet == "Delta Sport"


def test_waiting_addresses_are_kept_oldest_first(path: Path) -> None:
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    first, second = (Waiting(url=f"https://a.example/{n}", since=moment, reason="No network") for n in (1, 2))
    with Store.open(path) as store:
        store.items.keep_waiting(first)
        store.items.keep_waiting(second)
        store.items.keep_waiting(replace(first, since=moment + timedelta(days=1), reason="Still none"))
    with Store.open(path) as store:
        assert store.items.waiting() == [replace(first, reason="Still none"), second]
        store.items.drop_waiting(first.url)
        assert store.items.waiting() == [second]


# --- samples -------------------------------------------------------------------------------------------------------


def test_the_samples_go_in_one_step_and_the_editors_own_items_stay(store: Store, make_capture) -> None:
    samples = [make_capture("sample water") for _ in range(3)]
    own = make_capture("own water")
    for capture in samples:
        store.items.add(capture, sample=True, outlet=Outlet(name="Sample Post", domains=("harbour-gazette.example",)))
    store.items.add(own)
    store.items.add_highlight(mark(samples[0].item.id, 0, 3))
    assert store.items.remove_samples() == [capture.item.id for capture in reversed(samples)]
    assert ids(store) == ids(store, "water") == [own.item.id]
    assert store.items.remove_samples() == []
    assert store.check() == []


def test_a_sample_with_a_note_and_one_that_is_asked_for_stay_and_are_samples_no_more(store: Store, make_capture) -> None:
    noted, kept, loose = (make_capture(f"water {n}") for n in range(3))
    for capture in (noted, kept, loose):
        store.items.add(capture, sample=True)
    store.triage.set_notes({noted.item.id: "Ask the miller."})
    assert store.items.remove_samples(keep=[kept.item.id, "unknown"]) == [loose.item.id]
    assert set(ids(store, "water")) == {noted.item.id, kept.item.id}
    assert store.items.remove_samples() == []


def test_samples_can_be_loaded_again(store: Store, make_capture) -> None:
    capture = make_capture("water")
    for _ in range(2):
        assert store.items.add(capture, sample=True)
        assert ids(store, "water") == [capture.item.id]
        assert store.items.remove_samples() == [capture.item.id]
    assert store.items.outlets() == []


def test_a_sample_that_the_editors_own_story_rests_on_stays(store: Store, make_capture) -> None:
    sourced, quoted, loose = (make_capture(f"water {n}") for n in range(3))
    for capture in (sourced, quoted, loose):
        store.items.add(capture, sample=True)
    store.quotes.add(Quote(id="q1", item=quoted.item.id, start=0, end=5, exact="water"))
    store.quotes.add(Quote(id="q2", item=loose.item.id, start=0, end=5, exact="water"))
    from_source = SignalCard(sources=(_source(sourced.item.id),))
    from_quote = SignalCard(body=Body((Block((Run("“water”", Marks(quote="q1")),)),)))
    store.stories.add(Story(slug="mine", headline="Mine", signals=(from_source, from_quote)), status="killed")
    store.stories.add(
        Story(slug="sample", headline="Sample", signals=(SignalCard(sources=(_source(loose.item.id),)),)), sample=True
    )
    assert store.items.remove_samples() == [loose.item.id]
    assert set(ids(store)) == {sourced.item.id, quoted.item.id}
    assert store.items.remove_samples() == []
    assert list(store.quotes.all_of(["q1", "q2"])) == ["q1"]


def test_a_sample_that_is_captured_in_earnest_is_no_sample_any_more(store: Store, make_capture) -> None:
    capture = make_capture()
    store.items.add(capture, sample=True)
    assert store.items.add(capture) is False
    assert store.items.remove_samples() == []


def _source(item: str):
    from workstation.domain.story import Source

    return Source(name="Harbour Gazette", item=item)
