"""The list of stories: what it shows beside the documents, and what its search finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from workstation.domain.body import read_html
from workstation.domain.picture import Picture
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import InputError, NotFoundError
from workstation.store import Store

EMBARGO = datetime.fromisoformat("2026-03-03T09:00:00-05:00")
WHOLE = Story(
    slug="river-treaty",
    headline="Zwei Täler, ein Fluß",
    news=read_html("<p>The treaty was <strong>sign</strong>ed on Monday.</p>").body,
    signals=(
        SignalCard(
            headline="Millers object",
            sources=(Source(name="Gazeta do Açude"),),
            body=read_html('<p>“No water,” <a href="https://x.example/hidden">they say</a>.</p>').body,
        ),
    ),
    parked=(SignalCard(headline="A parked thought"),),
    embargo=EMBARGO,
    time_zone="America/New_York",
    notes="Ring the clerk before noon",
)
OTHER = Story(slug="lock-news", headline="Lock opens", news=read_html("<p>The gates swing.</p>").body)


@pytest.fixture
def ids(store: Store) -> tuple[int, int]:
    return store.stories.add(WHOLE), store.stories.add(OTHER)


def test_the_list_tells_embargo_zone_and_notes(store: Store, ids: tuple[int, int]) -> None:
    entry = store.stories.entry(ids[0])
    assert entry.embargo is not None
    assert (entry.embargo.isoformat(), entry.time_zone) == (EMBARGO.isoformat(), "America/New_York")
    assert entry.notes == "Ring the clerk before noon"
    other = store.stories.entry(ids[1])
    assert (other.embargo, other.time_zone, other.notes) == (None, None, "")


@pytest.mark.parametrize(
    "query",
    [
        "signed",
        "TREATY monday",
        "fluss",
        "taler",
        "acude",
        "millers clerk",
        "river-trea",
        "parked",
        "they say",
        "new  water",
        "Täler",
    ],
)
def test_the_search_reads_headline_slug_text_sources_and_notes(store: Store, ids: tuple[int, int], query: str) -> None:
    expected = {ids[0]} if query != "new  water" else set()
    assert store.stories.found(query) == expected


@pytest.mark.parametrize("query", ["strong", "hidden", "headline", "x.example", "workstation-story", "%", "signed gates"])
def test_the_search_does_not_read_the_markup(store: Store, ids: tuple[int, int], query: str) -> None:
    assert store.stories.found(query) == set()


def test_an_empty_query_finds_every_story(store: Store, ids: tuple[int, int]) -> None:
    assert store.stories.found("  ") == set(ids)


def test_what_is_saved_is_found_from_then_on_and_a_removed_story_never(store: Store, ids: tuple[int, int]) -> None:
    store.stories.save(ids[1], replace(OTHER, notes="Krokus", embargo=EMBARGO))
    assert store.stories.found("krokus") == {ids[1]}
    assert store.stories.entry(ids[1]).embargo == EMBARGO
    store.stories.save(ids[1], OTHER)
    assert store.stories.found("krokus") == set()
    assert store.stories.entry(ids[1]).embargo is None


def test_stories_of_an_older_store_are_found_and_a_damaged_one_does_not_hide_the_others(
    path: Path, age: Callable[[], None]
) -> None:
    with Store.open(path) as store:
        whole, damaged = store.stories.add(WHOLE), store.stories.add(replace(OTHER, slug="damaged"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE story SET document = '{' WHERE id = ?", (damaged,))
    age()
    with Store.open(path) as store:
        assert len(store.stories.entries()) == 2
        assert store.stories.found("signed monday") == {whole}
        assert store.stories.entry(whole).notes == WHOLE.notes


# --- templates -----------------------------------------------------------------------------------------------------

DOT = Picture(b"dot", "image/png", 1, 1)


def test_a_template_is_kept_with_its_pictures_renamed_and_removed(store: Store) -> None:
    story = Story(slug="template", headline="Morning", region="North", signals=(SignalCard(headline="First"),))
    id = store.templates.put("Morning", story, {"icons/a.png": DOT})
    assert store.templates.get(id) == (story, {"icons/a.png": DOT})
    store.templates.rename(id, "Evening")
    assert store.templates.names() == {id: "Evening"}
    store.templates.remove(id)
    assert store.templates.names() == {}
    for verb in (lambda: store.templates.get(id), lambda: store.templates.rename(id, "x")):
        with pytest.raises(NotFoundError):
            verb()
    assert store.check() == []


def test_a_name_is_borne_by_one_template_whatever_its_capitals(store: Store) -> None:
    story = Story(slug="template", headline="")
    first, second = store.templates.put("Morning", story, {"a.png": DOT}), store.templates.put("Evening", story, {})
    with pytest.raises(InputError, match="taken"):
        store.templates.rename(second, "MORNING")
    again = store.templates.put("morning", replace(story, region="South"), {})
    assert set(store.templates.names().values()) == {"Evening", "morning"}
    assert first not in store.templates.names() or again == first
    assert store.templates.get(again)[0].region == "South"
