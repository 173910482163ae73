"""Versions over a real store: when they are kept, what they say, and how one is put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.body import Block, Body, Run, body_from_text
from workstation.domain.story import SignalCard, Story
from workstation.domain.version import VersionKind
from workstation.errors import InputError, NotFoundError, StoreError
from workstation.store import Store, check
from workstation.store.versions import WHOLE_EVERY
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.version_watch import EVERY_SECONDS
from workstation.workflow.versions import RESTORE_LABEL, Versions
from workstation.workflow.writing import Writing

from .test_writing import Clock

LONG = "The river rose and the ministers met again at the upper lock to sign. " * 8


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db") as store:
        yield store


@pytest.fixture
def writing(store: Store, clock: Clock) -> Writing:
    return Writing(store, clock)


@pytest.fixture
def versions(store: Store, writing: Writing) -> Versions:
    return Versions(store, writing)


@pytest.fixture
def number(store: Store) -> int:
    cards = (SignalCard(headline="Tolls", body=body_from_text(LONG)), SignalCard(headline="Ice", body=body_from_text("Thin.")))
    return store.stories.add(Story(slug="river", headline="A river", news=body_from_text(LONG), signals=cards))


def type_headline(writing: Writing, number: int, headline: str) -> None:
    story = replace(writing.story(number), headline=headline)
    writing.edit(number, story, label="Typing", spot=Spot("headline"), merge="headline")
    writing.save(number)


def headlines(versions: Versions, number: int) -> list[str]:
    return [versions.read(number, version.number).headline for version in versions.all_of(number)]


# --- by itself -----------------------------------------------------------------------------------------------------


def test_the_state_before_the_first_edit_of_a_session_is_kept_once(writing: Writing, versions: Versions, number: int) -> None:
    type_headline(writing, number, "One")
    type_headline(writing, number, "Two")
    assert headlines(versions, number) == ["A river"]
    (version,) = versions.all_of(number)
    assert (version.number, version.kind, version.label, version.words) == (1, VersionKind.AUTOMATIC, "", 225)


def test_an_empty_story_is_no_version(writing: Writing, versions: Versions) -> None:
    number = writing.new()
    type_headline(writing, number, "One")
    assert versions.all_of(number) == []


def test_one_version_a_minute_is_kept_while_the_writing_goes_on(
    writing: Writing, versions: Versions, number: int, clock: Clock
) -> None:
    for count in range(10):
        type_headline(writing, number, f"Headline {count}")
        clock.seconds += EVERY_SECONDS / 3
    assert headlines(versions, number) == ["A river", "Headline 3", "Headline 6", "Headline 9"]


def test_leaving_a_story_keeps_what_is_new_and_nothing_twice(writing: Writing, versions: Versions, number: int) -> None:
    assert versions.leave(number) is None
    type_headline(writing, number, "One")
    assert versions.leave(number) == 2
    assert versions.leave(number) is None
    type_headline(writing, number, "Two")
    type_headline(writing, number, "One")
    assert versions.leave(number) is None
    assert headlines(versions, number) == ["A river", "One"]


def test_the_end_of_the_program_keeps_every_story_that_was_written(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "desk.db", offline=True) as desk:
        number = desk.writing.new("River treaty")
        type_headline(desk.writing, number, "One")
    with Store.open(tmp_path / "desk.db") as store:
        assert [store.versions.read(number, version.number).headline for version in store.versions.all_of(number)][-1] == "One"


@pytest.mark.parametrize(
    "change",
    [
        lambda story: replace(story, news=body_from_text("")),
        lambda story: replace(story, news=body_from_text(LONG[:200])),
        lambda story: story.with_changed_card(replace(story.signals[0], body=body_from_text("x"))),
        lambda story: story.without_card(story.signals[0].key),
    ],
)
def test_a_long_text_that_gives_way_to_a_short_one_is_kept_in_the_same_saving(
    store: Store, writing: Writing, versions: Versions, number: int, change
) -> None:
    type_headline(writing, number, "One")
    before = writing.story(number)
    writing.edit(number, change(before), label="Cut", spot=Spot("news"))
    assert store.stories.get(number) == before
    writing.save(number)
    assert store.stories.get(number) == writing.story(number) != before
    assert versions.read(number, versions.all_of(number)[-1].number) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda story: replace(story, news=body_from_text(LONG[:400])),
        lambda story: story.without_card(story.signals[1].key),
        lambda story: replace(story, signals=story.signals[1:], parked=story.signals[:1]),
        lambda story: story.with_moved_card(story.signals[0].key, 1),
    ],
)
def test_what_loses_no_long_text_makes_no_version(writing: Writing, versions: Versions, number: int, change) -> None:
    type_headline(writing, number, "One")
    writing.edit(number, change(writing.story(number)), label="Change", spot=Spot("news"))
    writing.save(number)
    assert headlines(versions, number) == ["A river"]


def test_a_saving_that_fails_keeps_its_versions_for_the_next_one(
    store: Store, writing: Writing, versions: Versions, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(store.stories, "save", lambda *_: (_ for _ in ()).throw(StoreError("Not saved", "Full.")))
        with pytest.raises(StoreError):
            type_headline(writing, number, "One")
    assert versions.all_of(number) == []
    writing.save(number)
    assert headlines(versions, number) == ["A river"]


def test_a_long_text_with_half_a_character_does_not_keep_the_shorter_one_after_it_out(
    store: Store, writing: Writing, versions: Versions, number: int
) -> None:
    for text in (LONG + "\ud83d", "Short."):
        story = replace(writing.story(number), news=Body((Block((Run(text),)),)))
        writing.edit(number, story, label="Typing", spot=Spot("news"))
        if text != "Short.":
            with pytest.raises(InputError):
                writing.save(number)
    assert writing.save(number)
    assert store.stories.get(number).news.text == "Short."
    assert versions.read(number, 2).news.text == LONG + "?"


def test_a_session_of_undo_alone_keeps_what_it_began_with_and_what_it_left(
    store: Store, writing: Writing, versions: Versions, number: int
) -> None:
    type_headline(writing, number, "One")
    again = Writing(store)
    again.undo(number)
    again.save(number)
    later = Versions(store, again)
    later.leave(number)
    assert headlines(versions, number) == ["A river", "One", "A river"]


# --- by the editor -------------------------------------------------------------------------------------------------


def test_a_version_is_kept_and_found_under_its_name(writing: Writing, versions: Versions, number: int) -> None:
    type_headline(writing, number, "One")
    kept = versions.keep(number, " Before the cuts ")
    assert [(v.number, v.kind, v.label) for v in versions.all_of(number)][-1] == (kept, VersionKind.NAMED, "Before the cuts")
    versions.name(number, 1, "As it came")
    versions.name(number, kept, "")
    assert [(v.kind, v.label) for v in versions.all_of(number)] == [
        (VersionKind.NAMED, "As it came"),
        (VersionKind.AUTOMATIC, ""),
    ]
    with pytest.raises(InputError):
        versions.keep(number, " ")
    with pytest.raises(NotFoundError):
        versions.name(number, 9, "None")


def test_an_export_keeps_the_version_that_was_handed_over(desk: Desk, tmp_path: Path) -> None:
    number = desk.writing.new("River treaty")
    desk.publishing.export(number, "page", tmp_path / "out", waive="for the test")
    type_headline(desk.writing, number, "Changed after it")
    (version,) = [version for version in desk.versions.all_of(number) if version.kind is VersionKind.EXPORT]
    assert version.label == "page"
    assert desk.versions.read(number, version.number).headline == "River treaty"
    with pytest.raises(NotFoundError):
        desk.versions.name(number, version.number, "Something else")


def test_a_version_is_put_back_as_one_step_over_a_version_of_what_stood_there(
    writing: Writing, versions: Versions, number: int
) -> None:
    began = writing.story(number)
    type_headline(writing, number, "One")
    writing.edit(number, replace(writing.story(number), news=body_from_text("Cut.")), label="Cut", spot=Spot("news"))
    before = writing.story(number)
    assert versions.restore(number, 1).stories == {number}
    assert writing.story(number) == began
    assert [card.key for card in writing.story(number).signals] == [card.key for card in began.signals]
    assert writing.undo_label(number) == RESTORE_LABEL
    last = versions.all_of(number)[-1]
    assert (last.kind, versions.read(number, last.number)) == (VersionKind.RESTORE, before)
    writing.undo(number)
    assert writing.story(number) == before


def test_a_slug_that_is_fixed_stays_when_a_version_is_put_back(writing: Writing, versions: Versions, number: int) -> None:
    type_headline(writing, number, "One")
    writing.fix_slug(number, "as-exported")
    versions.restore(number, 1)
    assert writing.story(number).slug == "as-exported"
    assert writing.story(number).headline == "A river"


# --- the shelf -----------------------------------------------------------------------------------------------------


def grown(count: int) -> Story:
    """A story after ``count`` sentences, each unlike the others, and some taken out again."""
    sentences = [
        f"At {n * 7919 % 24}:{n % 60} the gauge stood at {n * 31 % 977} and barge {n * 101 % 7777} waited." for n in range(count)
    ]
    kept = [sentence for n, sentence in enumerate(sentences) if n % 5 or count - n < 20]
    return Story(slug="river", headline=f"Day {count // 20}", news=body_from_text("\n".join(kept)))


def test_two_hundred_versions_are_read_as_they_were_and_take_little_room(store: Store, versions: Versions, number: int) -> None:
    states = [grown(count) for count in range(1, 201)]
    for story in states:
        store.versions.add(number, story, VersionKind.AUTOMATIC)
    assert [versions.read(number, at + 1) for at in range(200)] == states
    with store._connections.reading() as connection:
        row = connection.execute("SELECT sum(length(delta)), count(*), sum(whole) FROM story_version").fetchone()
    assert tuple(row)[1:] == (200, 200 // WHOLE_EVERY)
    assert row[0] / 200 < 300


def test_versions_are_ordered_by_their_number_whatever_the_clock_says(
    store: Store, versions: Versions, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for moment in ("2026-03-02T09:00:00+00:00", "2025-01-01T09:00:00+00:00"):
        monkeypatch.setattr("workstation.store.versions.now", lambda told=moment: told)
        store.versions.add(number, grown(len(moment)), VersionKind.NAMED, moment[:4])
    assert [(version.number, version.label) for version in versions.all_of(number)] == [(1, "2026"), (2, "2025")]


def test_a_damaged_version_is_told_and_costs_no_more_than_those_that_rest_on_it(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Store.open(path) as store:
        number = store.stories.add(grown(1))
        for count in range(WHOLE_EVERY + 5):
            store.versions.add(number, grown(count), VersionKind.AUTOMATIC)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE story_version SET delta = x'00' WHERE number = 10")
        connection.commit()
    assert any("versions of the story “river” are damaged" in sentence for sentence in check(path))
    with Store.open(path) as store:
        assert store.versions.read(number, 9) == grown(8)
        with pytest.raises(StoreError):
            store.versions.read(number, 10)
        assert store.versions.read(number, WHOLE_EVERY + 5) == grown(WHOLE_EVERY + 4)


def test_a_version_after_a_damaged_one_is_kept_whole(store: Store, number: int) -> None:
    store.versions.add(number, grown(3), VersionKind.AUTOMATIC)
    with store._connections.writing() as connection:
        connection.execute("UPDATE story_version SET delta = x'00'")
    assert store.versions.add(number, grown(4), VersionKind.AUTOMATIC) == 2
    assert store.versions.read(number, 2) == grown(4)
