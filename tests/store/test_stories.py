from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workstation.domain.body import Block, BlockKind, Body, Marks, Run, body_from_text, canonical
from workstation.domain.ledger import LedgerEntry
from workstation.domain.picture import Picture
from workstation.domain.problem import Waiver
from workstation.domain.story import LeadImage, SignalCard, Source, SourceKind, Story
from workstation.errors import InputError, NotFoundError, StoreError
from workstation.store import Store

RIVER = Story(slug="river-treaty", headline="A treaty for the river")


def handed_over(story: int, at: datetime) -> LedgerEntry:
    return LedgerEntry(
        story=story,
        slug="river-treaty",
        profile="page",
        publication="Meridian",
        exported=at,
        folder="/out",
        files=MappingProxyType({"river-treaty.html": "a" * 64}),
        sha256="a" * 64,
    )


def test_a_story_of_300_kilobytes_comes_back_whole(path: Path) -> None:
    story = replace(RIVER, news=body_from_text("\n".join("The river rose, 水 🌊 and fell. " * 20 for _ in range(500))))
    with Store.open(path) as store:
        number = store.stories.add(RIVER)
        store.stories.save(number, story)
    with Store.open(path) as store:
        assert store.stories.get(number) == story
        assert len(story.news.text.encode()) > 300_000


def test_a_slug_is_borne_by_one_story_only_even_when_the_other_is_spiked(store: Store) -> None:
    first = store.stories.add(RIVER)
    second = store.stories.add(replace(RIVER, slug="other"))
    store.stories.set_status(first, "killed")
    for slug in ("river-treaty", "River-Treaty"):
        with pytest.raises(InputError, match="taken"):
            store.stories.add(replace(RIVER, slug=slug))
        with pytest.raises(InputError, match="taken"):
            store.stories.save(second, replace(RIVER, slug=slug))
    assert store.stories.get(second).slug == "other"


def test_a_story_is_renamed_by_saving_it_under_another_slug(store: Store) -> None:
    number = store.stories.add(RIVER)
    store.stories.save(number, replace(RIVER, slug="delta-treaty"))
    assert store.stories.id_of("delta-treaty") == number
    with pytest.raises(NotFoundError):
        store.stories.id_of("river-treaty")
    store.stories.add(RIVER)


def test_the_list_shows_what_a_story_is_and_when_it_changed(store: Store) -> None:
    first = store.stories.add(RIVER)
    second = store.stories.add(replace(RIVER, slug="port", headline="A port closes"), status="ready", sample=True)
    store.stories.save(first, replace(RIVER, headline="Treaty signed"))
    changed, untouched = store.stories.entries()
    assert (changed.id, changed.headline, changed.status, changed.sample) == (first, "Treaty signed", "draft", False)
    assert (untouched.id, untouched.slug, untouched.status, untouched.sample) == (second, "port", "ready", True)
    assert changed.created < untouched.created < changed.changed
    assert store.stories.entry(first) == changed


def test_a_story_that_is_first_already_keeps_its_place_when_it_is_saved_again(store: Store) -> None:
    first, second = store.stories.add(RIVER), store.stories.add(replace(RIVER, slug="other"))
    store.stories.save(first, replace(RIVER, headline="Treaty signed"))
    place = store.stories.entry(first).place
    store.stories.save(first, replace(RIVER, headline="Treaty signed at last"))
    assert store.stories.entry(first).place == place
    store.stories.save(second, replace(RIVER, slug="other"))
    assert [entry.id for entry in store.stories.entries()] == [first, second], "nothing was changed in it"
    store.stories.save(second, replace(RIVER, slug="other", headline="Another"))
    assert [entry.id for entry in store.stories.entries()] == [second, first]


def test_saving_what_is_there_already_is_no_change(store: Store) -> None:
    number = store.stories.add(RIVER)
    before = store.stories.entry(number)
    store.stories.save(number, RIVER)
    assert store.stories.entry(number) == before


def test_a_spiked_story_is_out_of_the_list_but_never_gone(store: Store) -> None:
    number = store.stories.add(RIVER)
    store.stories.set_status(number, "killed")
    assert store.stories.entries() == []
    assert [entry.id for entry in store.stories.entries(include_spiked=True)] == [number]
    assert store.stories.get(number) == RIVER


def test_the_ledger_says_when_a_story_was_handed_over_last(store: Store) -> None:
    number = store.stories.add(RIVER)
    assert store.stories.entry(number).exported is None
    early, late = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC)
    entries = [handed_over(number, early), handed_over(number, late), handed_over(99, late)]
    for entry in entries:
        store.ledger.add(entry)
    assert store.stories.entry(number).exported == late
    assert store.ledger.entries(number) == entries[:2]
    assert store.ledger.entries() == entries


def test_pictures_are_kept_once_and_named_by_each_story(store: Store, picture: Picture) -> None:
    number = store.stories.add(RIVER, files={"lead.png": picture})
    other = store.stories.add(replace(RIVER, slug="other"), files={"same.png": picture})
    newer = Picture(b"\x89PNG newer", "image/png", 20, 10)
    store.stories.put_file(number, "lead.png", newer)
    assert store.stories.files(number) == {"lead.png": newer}
    assert store.stories.files(other) == {"same.png": picture}


def test_a_story_that_cannot_be_added_leaves_no_files(store: Store, picture: Picture) -> None:
    store.stories.add(RIVER)
    with pytest.raises(InputError):
        store.stories.add(RIVER, files={"lead.png": picture})
    with pytest.raises(NotFoundError):
        store.pictures.get(picture.sha256)


def test_a_problem_is_waived_with_a_reason_and_the_waiver_withdrawn(store: Store) -> None:
    number = store.stories.add(RIVER)
    store.stories.waive(number, Waiver("abc", "The desk agreed"))
    store.stories.waive(number, Waiver("abc", "The lawyer agreed"))
    assert store.stories.waivers(number) == [Waiver("abc", "The lawyer agreed")]
    (given,) = [waiver.given for waiver in store.stories.waivers(number)]
    assert given is not None and abs((datetime.now(UTC) - given).total_seconds()) < 60
    store.stories.withdraw_waiver(number, "abc")
    assert store.stories.waivers(number) == []
    with pytest.raises(InputError, match="reason"):
        store.stories.waive(number, Waiver("abc", "  "))


def test_a_reason_from_before_its_time_was_kept_has_none(store: Store, tmp_path: Path) -> None:
    number = store.stories.add(RIVER)
    store.stories.waive(number, Waiver("abc", "Agreed"))
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE waiver SET given = NULL")
    assert [waiver.given for waiver in store.stories.waivers(number)] == [None]
    assert store.stories.waiver_reasons(8) == ["Agreed"]


def test_the_reasons_given_last_are_offered_first_and_once(store: Store) -> None:
    first, second = store.stories.add(RIVER), store.stories.add(replace(RIVER, slug="another"))
    for number, fingerprint, reason in ((first, "a", "Agreed"), (first, "b", "By telephone"), (second, "a", "Agreed")):
        store.stories.waive(number, Waiver(fingerprint, reason))
    assert store.stories.waiver_reasons(8) == ["Agreed", "By telephone"]
    assert store.stories.waiver_reasons(1) == ["Agreed"]


def test_a_story_that_could_not_be_opened_again_is_not_saved(store: Store) -> None:
    number = store.stories.add(RIVER)
    broken = [
        replace(RIVER, slug="../up"),
        replace(RIVER, lead_image=LeadImage(file="../secret.png")),
        replace(RIVER, updated=datetime(2026, 3, 2)),
    ]
    for story in broken:
        with pytest.raises(InputError):
            store.stories.save(number, story)
    assert store.stories.get(number) == RIVER


@pytest.mark.parametrize("damage", ["replace(document, 'treaty', 'trouble')", "substr(document, 1, 40)"])
def test_a_damaged_story_is_noticed_at_reading_and_its_mend_is_named(path: Path, damage: str) -> None:
    with Store.open(path) as store:
        number = store.stories.add(RIVER)
        sound = store.stories.add(replace(RIVER, slug="other"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"UPDATE story SET document = {damage} WHERE id = ?", (number,))
    with Store.open(path) as store:
        with pytest.raises(StoreError, match=r"river-treaty.*restore"):
            store.stories.get(number)
        assert store.stories.get(sound).slug == "other"
        assert any("river-treaty" in sentence for sentence in store.check())


@pytest.mark.parametrize(
    "verb",
    [
        lambda stories: stories.get(7),
        lambda stories: stories.entry(7),
        lambda stories: stories.save(7, RIVER),
        lambda stories: stories.set_status(7, "ready"),
        lambda stories: stories.put_file(7, "a.png", Picture(b"a", "image/png", 1, 1)),
        lambda stories: stories.waive(7, Waiver("a", "b")),
    ],
)
def test_an_unknown_story_is_told(store: Store, verb) -> None:
    with pytest.raises(NotFoundError):
        verb(store.stories)


def test_an_unknown_status_is_refused(store: Store) -> None:
    number = store.stories.add(RIVER)
    with pytest.raises(InputError, match="draft"):
        store.stories.set_status(number, "lost")


def test_sample_stories_go_in_one_step_but_never_the_editors_work(store: Store) -> None:
    own = store.stories.add(RIVER)
    sample = store.stories.add(replace(RIVER, slug="sample"), sample=True)
    changed = store.stories.add(replace(RIVER, slug="changed"), sample=True)
    store.stories.save(sample, replace(RIVER, slug="sample"))
    store.stories.save(changed, replace(RIVER, slug="changed", headline="The editor's words"))
    assert store.stories.remove_samples() == [sample]
    assert {entry.id: entry.sample for entry in store.stories.entries()} == {own: False, changed: False}


# --- every story comes back as it was ------------------------------------------------------------------------------

words = st.text(max_size=30)
names = st.text(min_size=1, max_size=20)
links = st.none() | st.sampled_from(["https://a.example/?a=1&b=2", "mailto:desk@a.example"])
marks = st.builds(
    Marks, strong=st.booleans(), emphasis=st.booleans(), link=links, quote=st.none() | st.sampled_from(["q1", "q2"])
)
blocks = st.builds(
    Block,
    runs=st.lists(st.builds(Run, words, marks), max_size=3).map(tuple),
    kind=st.sampled_from(BlockKind),
    quoted=st.booleans(),
)


def readable(body: Body) -> Body:
    """What HTML can hold: the body after one reading."""
    from workstation.domain.body import read_html, write_html

    return read_html(write_html(body)).body


bodies = st.lists(blocks, max_size=4).map(canonical).map(readable)
times = st.none() | st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC))
sources = st.builds(Source, name=names, kind=st.sampled_from(SourceKind), of=st.none() | names, url=links, item=st.none() | names)
cards = st.builds(SignalCard, headline=words, sources=st.lists(sources, max_size=2).map(tuple), body=bodies)
stories = st.builds(
    Story,
    slug=st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    headline=words,
    verticals=st.lists(words, max_size=2).map(tuple),
    region=st.none() | words,
    first_published=times,
    updated=times,
    bylines=st.lists(words, max_size=2).map(tuple),
    news=bodies,
    signals=st.lists(cards, max_size=3).map(tuple),
)


@given(story=stories)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_story_comes_back_from_the_shelf_as_it_was(desk: Store, story: Story) -> None:
    with pytest.raises(UndoneError), desk.together():
        number = desk.stories.add(RIVER)
        desk.stories.save(number, story)
        assert desk.stories.get(number) == story
        assert desk.stories.id_of(story.slug) == number
        raise UndoneError


class UndoneError(Exception):
    """Takes the story off the shelf again."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    with Store.open(tmp_path_factory.mktemp("desk") / "desk.db") as store:
        yield store
