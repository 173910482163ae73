"""Undo and redo beyond a restart: over a real store that is closed and opened again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Story
from workstation.errors import StoreError
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.kept_steps import LIMIT
from workstation.workflow.writing import Writing

LONG = "The river rose and the ministers met again at the upper lock to sign. " * 40


class Place:
    """A store in a file, and the verbs over it; :meth:`again` is a restart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store.open(path)
        self.writing = Writing(self.store)
        self.number = self.writing.new("River treaty")

    def again(self) -> None:
        self.writing.save_all()
        self.store.close()
        self.store = Store.open(self.path)
        self.writing = Writing(self.store)

    @property
    def story(self) -> Story:
        return self.writing.story(self.number)

    def type(self, headline: str, *, merge: str | None = None, label: str = "Typing", spot: Spot | None = None) -> None:
        story = replace(self.story, headline=headline)
        self.writing.edit(self.number, story, label=label, spot=spot or Spot("headline", caret=len(headline)), merge=merge)

    def undo_all(self) -> list[str]:
        """The headlines on the way back to the first one."""
        found: list[str] = []
        while self.writing.undo(self.number):
            found.append(self.story.headline)
        return found

    def redo_all(self) -> list[str]:
        found: list[str] = []
        while self.writing.redo(self.number):
            found.append(self.story.headline)
        return found

    def alter(self, *statement: object) -> None:
        """Change the file behind the program's back, between two starts."""
        self.writing.save_all()
        self.store.close()
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute(*statement)
            connection.commit()
        self.store = Store.open(self.path)
        self.writing = Writing(self.store)

    def rows(self) -> list[tuple[int, int, str]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(
                "SELECT place, undone, label FROM story_step WHERE story = ? ORDER BY place", (self.number,)
            ).fetchall()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "desk.db")
    yield place
    place.store.close()


def test_steps_survive_a_restart_with_their_labels_and_carets(place: Place) -> None:
    place.type("One", label="Typing")
    key = place.story.signals[0].key
    card = replace(place.story.signals[0], body=body_from_text("Words."))
    place.writing.edit(place.number, place.story.with_changed_card(card), label="Words", spot=Spot("body", key, 6))
    place.again()
    assert place.writing.undo_label(place.number) == "Words"
    assert place.story.signals[0].key == key
    stepped = place.writing.undo(place.number)
    assert stepped is not None
    assert (stepped.label, stepped.spot) == ("Words", Spot("body", key, 6))
    assert place.story.signals == (SignalCard(),)
    assert place.story.signals[0].key == key
    stepped = place.writing.undo(place.number)
    assert stepped is not None
    assert stepped.spot == Spot("headline", None, 3)
    assert place.story.headline == "River treaty"
    assert place.writing.undo_label(place.number) is None
    assert place.redo_all() == ["One", "One"]
    assert place.story.signals[0].body.text == "Words."


def test_a_removed_card_comes_back_under_its_key_after_a_restart(place: Place) -> None:
    _, key = place.writing.add_card(place.number)
    place.writing.remove_card(place.number, key)
    place.again()
    place.writing.undo(place.number)
    assert place.story.signals[1].key == key


def test_a_step_that_is_read_back_shares_what_it_did_not_change(place: Place) -> None:
    _, key = place.writing.add_card(place.number)
    place.type("One")
    place.again()
    now = place.story
    place.writing.undo(place.number)
    assert place.story.signals[1].key == key
    assert all(card is shown for card, shown in zip(place.story.signals, now.signals, strict=True))


def test_what_was_undone_is_done_again_after_a_restart(place: Place) -> None:
    for headline in ("One", "Two", "Three", "Four"):
        place.type(headline)
    place.writing.undo(place.number)
    place.writing.undo(place.number)
    place.again()
    assert place.story.headline == "Two"
    assert place.writing.redo_label(place.number) == "Typing"
    assert place.redo_all() == ["Three", "Four"]
    place.again()
    assert place.undo_all() == ["Three", "Two", "One", "River treaty"]
    place.again()
    assert place.redo_all() == ["One", "Two", "Three", "Four"]


def test_a_new_step_after_a_restart_ends_what_was_undone(place: Place) -> None:
    for headline in ("One", "Two"):
        place.type(headline)
    place.writing.undo(place.number)
    place.again()
    place.type("Other")
    assert place.writing.redo_label(place.number) is None
    place.again()
    assert place.redo_all() == []
    assert place.undo_all() == ["One", "River treaty"]


def test_typing_that_is_merged_is_one_step_however_often_it_was_saved(place: Place) -> None:
    place.type("T", merge="word")
    place.writing.save_all()
    place.type("Tw", merge="word")
    place.writing.save_all()
    place.type("Two", merge="word")
    place.again()
    assert len(place.rows()) == 1
    assert place.undo_all() == ["River treaty"]


def test_the_last_steps_are_kept_and_no_more(place: Place) -> None:
    for count in range(LIMIT + 30):
        place.type(f"Headline {count}")
        if count % 7 == 0:
            place.writing.save_all()
    place.again()
    assert len(place.rows()) == LIMIT
    place.type("One more")
    place.again()
    assert len(place.rows()) == LIMIT
    found = place.undo_all()
    assert len(found) == LIMIT
    assert found[-1] == "Headline 30"


def test_a_slug_that_was_fixed_without_a_step_leaves_the_history_whole(place: Place) -> None:
    place.type("One")
    place.type("Two")
    place.again()
    place.writing.fix_slug(place.number, "as-it-was-exported")
    place.again()
    assert place.story.slug == "as-it-was-exported"
    assert place.undo_all() == ["One", "River treaty"]
    place.writing.fix_slug(place.number, "another-one")
    place.again()
    assert place.redo_all() == ["One", "Two"]


def test_undo_between_two_starts_goes_on_where_it_stopped(place: Place) -> None:
    for count in range(6):
        place.type(f"Headline {count}")
    found = []
    for _ in range(3):
        place.again()
        for _ in range(2):
            place.writing.undo(place.number)
            found.append(place.story.headline)
    assert found == ["Headline 4", "Headline 3", "Headline 2", "Headline 1", "Headline 0", "River treaty"]
    assert place.redo_all() == [f"Headline {count}" for count in range(6)]


@pytest.mark.parametrize(
    ("damage", "left"),
    [
        (("UPDATE story_step SET delta = x'00' WHERE place = 2",), ["Two"]),
        (("UPDATE story_step SET base = x'00' WHERE place = 2",), ["Two"]),
        (("UPDATE story_step SET delta = (SELECT delta FROM story_step WHERE place = 1) WHERE place = 3",), []),
        (("DELETE FROM story_step WHERE place = 2",), ["Two"]),
        (("DELETE FROM story_step",), []),
    ],
)
def test_a_broken_chain_ends_the_history_and_gives_no_wrong_text(place: Place, damage: tuple[str], left: list[str]) -> None:
    for headline in ("One", "Two", "Three"):
        place.type(headline)
    place.alter(*damage)
    assert place.story.headline == "Three"
    assert place.undo_all() == left
    assert place.writing.undo_label(place.number) is None
    place.type("Four")
    place.again()
    assert place.undo_all() == (left or ["Three"])


def test_a_document_that_another_verb_replaced_has_no_history_and_begins_a_new_one(place: Place) -> None:
    place.type("One")
    place.writing.save_all()
    place.store.stories.save(place.number, replace(place.story, headline="From elsewhere"))
    place.writing.reread(place.number)
    assert place.story.headline == "From elsewhere"
    assert place.undo_all() == []
    place.type("Two")
    place.again()
    assert place.undo_all() == ["From elsewhere"]


def test_steps_go_with_their_document_or_not_at_all(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.type("One")
    place.writing.save_all()
    place.type("Two")
    with monkeypatch.context() as broken:
        broken.setattr(place.store.steps, "keep", _failing)
        with pytest.raises(StoreError):
            place.writing.save(place.number)
    assert place.store.stories.get(place.number).headline == "One"
    assert len(place.rows()) == 1
    place.again()
    assert place.undo_all() == ["One", "River treaty"]


def _failing(*_: object) -> None:
    raise StoreError("Not saved", "The disk is full.")


def test_half_a_character_on_the_way_ends_the_history_and_loses_no_words(place: Place) -> None:
    place.type("One")
    place.type("Half \ud83d")
    place.type("Whole")
    place.again()
    assert place.story.headline == "Whole"
    assert place.undo_all() == []


KILLED = """
import sys
from dataclasses import replace
from pathlib import Path
from workstation.domain.body import body_from_text
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing
with Store.open(Path(sys.argv[1])) as store:
    writing = Writing(store)
    number = writing.new("River treaty")
    for count in range(1, 100_000):
        story = replace(writing.story(number), news=body_from_text(f"Version {count}. " + "water " * 500))
        writing.edit(number, story, label="News", spot=Spot("news"))
        if count % 5 == 0:
            writing.undo(number)
        if count % 3 == 0:
            writing.save_all()
            print(count, flush=True)
"""


def test_a_killed_program_leaves_a_history_that_leads_back_from_its_document(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path / "desk.db")], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while int(child.stdout.readline()) < 100:
            pass
        child.kill()
    with Store.open(tmp_path / "desk.db") as store:
        writing = Writing(store)
        (entry,) = writing.entries()
        last = writing.story(entry.id).news.text
        found = []
        while writing.undo(entry.id):
            found.append(writing.story(entry.id).news.text.split(".")[0])
        assert found[-1] == ""
        assert len(found) >= 80
        while writing.redo(entry.id):
            pass
        assert last.startswith("Version")


def test_a_step_of_a_long_story_takes_a_few_hundred_bytes(place: Place) -> None:
    news = "\n".join(f"{count}. {LONG}" for count in range(100))
    place.writing.edit(place.number, replace(place.story, news=body_from_text(news)), label="Paste", spot=Spot("news"))
    place.writing.save_all()
    for count in range(20):
        place.type(f"Headline {count}")
        place.writing.save_all()
    with closing(sqlite3.connect(place.path)) as connection:
        sizes = [size for (size,) in connection.execute("SELECT length(delta) FROM story_step WHERE place > 1")]
    assert len(sizes) == 20
    assert max(sizes) < 300


class Restarts(RuleBasedStateMachine):
    """Any order of edits, undo, redo, saving and restarts against a plain list of states."""

    open: Callable[[], Place]

    @initialize()
    def begin(self) -> None:
        self.place = self.open()
        self.states, self.at = [self.place.story.headline], 0

    @rule(word=st.text("ab é\n", max_size=3))
    def edit(self, word: str) -> None:
        headline = f"{self.states[self.at]}{word}"
        if headline != self.states[self.at]:
            self.place.type(headline)
            self.states[self.at + 1 :] = [headline]
            self.at += 1

    @rule()
    def undo(self) -> None:
        stepped = self.place.writing.undo(self.place.number)
        assert (stepped is not None) == (self.at > 0)
        self.at = max(0, self.at - 1)
        assert self.place.story.headline == self.states[self.at]

    @rule()
    def redo(self) -> None:
        stepped = self.place.writing.redo(self.place.number)
        assert (stepped is not None) == (self.at + 1 < len(self.states))
        self.at = min(len(self.states) - 1, self.at + 1)
        assert self.place.story.headline == self.states[self.at]

    @rule()
    def save(self) -> None:
        self.place.writing.save_all()

    @rule(slug=st.sampled_from(["a", "b"]))
    def fix_slug(self, slug: str) -> None:
        self.place.writing.fix_slug(self.place.number, slug)

    @rule()
    def restart(self) -> None:
        self.place.again()
        assert self.place.story.headline == self.states[self.at]

    def teardown(self) -> None:
        self.place.store.close()


def test_any_order_of_steps_and_restarts_is_remembered(tmp_path: Path) -> None:
    made: list[Place] = []

    class Machine(Restarts):
        def open(self) -> Place:
            made.append(Place(tmp_path / f"{len(made)}.db"))
            return made[-1]

    run_state_machine_as_test(Machine, settings=settings(max_examples=25, stateful_step_count=25, deadline=None))
