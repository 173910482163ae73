"""The whole story against a plain list of its states: typing, cards, pictures, versions, undo, redo, saving, kills, restarts.

A kill is tried on the files as they are at that moment, copied without the memory that SQLite shares: what a crash leaves.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from PIL import Image

from workstation.domain.body import body_from_text
from workstation.domain.correction import Correction
from workstation.domain.problem import Severity
from workstation.domain.story import Source, Story
from workstation.domain.story_document import write_json
from workstation.errors import WorkstationError
from workstation.workflow.desk import Desk
from workstation.workflow.gathering import now
from workstation.workflow.history import Spot
from workstation.workflow.source_moves import SourcePlace
from workstation.workflow.version_watch import LONG
from workstation.workflow.writing import Writing

WORDS = "The lock at Orrin opened after nine years of repairs and the barges began to move before sunrise. "
TEXTS = st.sampled_from(["", "Short.", "Ünïcode 🙂 ‮and\n\ntwo paragraphs", WORDS * 4, WORDS * 9, "Another long one. " * 20])
WHERE = st.integers(0, 5)
Plain = dict[str, Any]


def plain(story: Story) -> Plain:
    """A story as plain values, without what the program gives it by itself (slug, keys of cards)."""

    def card(one: Any) -> Plain:
        return {"headline": one.headline, "body": one.body.text, "sources": [source.name for source in one.sources]}

    return {
        "headline": story.headline,
        "news": story.news.text,
        "notes": story.notes,
        "region": story.region,
        "cards": [card(one) for one in story.signals],
        "parked": [card(one) for one in story.parked],
        "lead": bool(story.lead_image),
        "crop": story.lead_image.crop if story.lead_image else None,
        "corrections": [note.text for note in story.corrections],
    }


def texts(state: Plain) -> list[str]:
    """The long texts of a state."""
    found = [state["news"], state["notes"], *(card["body"] for card in (*state["cards"], *state["parked"]))]
    return [text for text in found if len(text) >= LONG]


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def open_desk(path: Path, clock: Clock) -> Desk:
    desk = Desk.open(path, offline=True, publications=path.parent, styles=path.parent)
    desk.writing._clock = clock
    return desk


class WholeStory(RuleBasedStateMachine):
    """Any order of what an editor does with a story."""

    folder: Path
    picture: bytes

    # --- the desk --------------------------------------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        self.here = Path(tempfile.mkdtemp(dir=self.folder))
        self.clock = Clock()
        self.desk = open_desk(self.here / "desk.db", self.clock)
        self.number = self.desk.writing.new("River treaty")
        self.states, self.at = [plain(self.story)], 0
        self.saved = (deepcopy(self.states), 0)
        self.versions: dict[int, str] = {}
        self.seen: list[str] = []
        self.typed: str | None = None

    @property
    def writing(self) -> Writing:
        return self.desk.writing

    @property
    def story(self) -> Story:
        return self.writing.story(self.number)

    @property
    def state(self) -> Plain:
        return self.states[self.at]

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.look_at_versions()
            self.desk.close()
            shutil.rmtree(self.here, ignore_errors=True)

    def did(self, change: Callable[[Plain], None], *, typed: str | None = None) -> None:
        """The model takes a step; nothing that changes nothing is one, and typing at one place goes on."""
        state = deepcopy(self.state)
        change(state)
        if state == self.state:
            return
        merges = typed is not None and typed == self.typed and self.at > 0
        self.states[self.at + (0 if merges else 1) :] = [state]
        self.at += 0 if merges else 1
        self.typed = typed

    def edit(self, label: str, **fields: Any) -> None:
        self.writing.edit(self.number, replace(self.story, **fields), label=label, spot=Spot(label))

    # --- writing ---------------------------------------------------------------------------------------------------

    @rule(letter=st.sampled_from("ab é"), pause=st.booleans())
    def type(self, letter: str, pause: bool) -> None:
        if pause:
            self.clock.at += 2.0
            self.typed = None
        headline = self.state["headline"] + letter
        story = replace(self.story, headline=headline)
        self.writing.edit(self.number, story, label="Typing", spot=Spot("headline"), merge="headline")
        self.did(lambda state: state.update(headline=headline), typed="headline")

    @rule(text=TEXTS)
    def put_news(self, text: str) -> None:
        body = body_from_text(text)
        self.edit("News", news=body)
        self.did(lambda state: state.update(news=body.text))

    @rule(text=TEXTS)
    def put_notes(self, text: str) -> None:
        self.desk.shelving.note(self.number, text)
        self.did(lambda state: state.update(notes=text.strip()))
        self.mark_saved()

    @rule(region=st.sampled_from([None, "Valley", "Uplands"]))
    def put_region(self, region: str | None) -> None:
        self.edit("Region", region=region)
        self.did(lambda state: state.update(region=region))

    @rule(text=TEXTS)
    def correct(self, text: str) -> None:
        words = " ".join(text.split())
        self.edit("Corrections", corrections=(*self.story.corrections, Correction(now(), words)) if words else ())
        self.did(lambda state: state.update(corrections=[*state["corrections"], words] if words else []))

    # --- cards -----------------------------------------------------------------------------------------------------

    def key(self, at: int) -> str | None:
        cards = self.story.signals
        return cards[at % len(cards)].key if cards else None

    @rule(at=WHERE)
    def add_card(self, at: int) -> None:
        self.writing.add_card(self.number, at)
        self.did(lambda state: state["cards"].insert(at, {"headline": "", "body": "", "sources": []}))

    @rule(at=WHERE, text=TEXTS)
    def write_card(self, at: int, text: str) -> None:
        if key := self.key(at):
            body, headline = body_from_text(text), text[:9].strip()
            card = replace(self.writing.card(self.number, key), headline=headline, body=body)
            self.edit("Card", signals=self.story.with_changed_card(card).signals)
            at %= len(self.state["cards"])
            self.did(lambda state: state["cards"][at].update(headline=headline, body=body.text))

    @rule(at=WHERE, to=WHERE)
    def move_card(self, at: int, to: int) -> None:
        if key := self.key(at):
            self.writing.move_card(self.number, key, to)
            at %= len(self.state["cards"])
            self.did(lambda state: state["cards"].insert(to, state["cards"].pop(at)))

    @rule(at=WHERE)
    def remove_card(self, at: int) -> None:
        if key := self.key(at):
            self.writing.remove_card(self.number, key)
            self.did(lambda state: state["cards"].pop(at % len(state["cards"])))

    @rule(at=WHERE)
    def park(self, at: int) -> None:
        if key := self.key(at):
            self.writing.park_card(self.number, key)
            self.did(lambda state: state["parked"].append(state["cards"].pop(at % len(state["cards"]))))

    @rule(at=WHERE, to=WHERE)
    def bring_back(self, at: int, to: int) -> None:
        if parked := self.story.parked:
            at %= len(parked)
            self.writing.bring_back_card(self.number, parked[at].key, to)
            self.did(lambda state: state["cards"].insert(to, state["parked"].pop(at)))

    @rule(at=WHERE)
    def remove_parked(self, at: int) -> None:
        if parked := self.story.parked:
            at %= len(parked)
            self.writing.remove_parked_card(self.number, parked[at].key)
            self.did(lambda state: state["parked"].pop(at))

    @rule()
    def remove_every_card(self) -> None:
        self.edit("Cards", signals=())
        self.did(lambda state: state.update(cards=[]))

    @rule(at=WHERE, name=st.sampled_from(["Dawn Post", "Gazette", "Valley"]))
    def add_source(self, at: int, name: str) -> None:
        if key := self.key(at):
            card = self.writing.card(self.number, key)
            self.edit(
                "Sources", signals=self.story.with_changed_card(replace(card, sources=(*card.sources, Source(name=name)))).signals
            )
            self.did(lambda state: state["cards"][at % len(state["cards"])]["sources"].append(name))

    @rule(at=WHERE, to=WHERE)
    def move_source(self, at: int, to: int) -> None:
        """To another card that does not have it yet; within one card it comes first."""
        cards = self.story.signals
        if not cards or not cards[at % len(cards)].sources:
            return
        at, to = at % len(cards), to % len(cards)
        name = cards[at].sources[-1].name
        if at != to and name in [source.name for source in cards[to].sources]:
            return
        place = SourcePlace(cards[at].key, len(cards[at].sources) - 1)
        self.writing.move_source(self.number, place, SourcePlace(cards[to].key, 0))
        self.did(lambda state: state["cards"][to]["sources"].insert(0, state["cards"][at]["sources"].pop()))

    # --- the lead image --------------------------------------------------------------------------------------------

    @rule()
    def put_picture(self) -> None:
        had = self.story.lead_image
        self.writing.set_lead_image(self.number, self.picture, "gate.png")
        if had is None or had.crop is not None:
            self.did(lambda state: state.update(lead=True, crop=None))

    @precondition(lambda self: self.state["lead"])
    @rule(crop=st.sampled_from([None, (0.0, 0.0, 0.5, 0.5), (0.25, 0.25, 0.5, 0.5)]))
    def crop(self, crop: tuple[float, float, float, float] | None) -> None:
        self.writing.crop_lead_image(self.number, crop)
        self.did(lambda state: state.update(crop=crop))

    @rule()
    def remove_picture(self) -> None:
        self.edit("Lead image", lead_image=None)
        self.did(lambda state: state.update(lead=False, crop=None))

    # --- back and forth --------------------------------------------------------------------------------------------

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            assert (self.writing.undo(self.number) is not None) == (self.at > 0)
            self.at = max(0, self.at - 1)
        self.typed = None

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            assert (self.writing.redo(self.number) is not None) == (self.at + 1 < len(self.states))
            self.at = min(len(self.states) - 1, self.at + 1)
        self.typed = None

    @rule()
    def all_the_way_and_back(self) -> None:
        before = self.story
        for _ in range(self.at):
            assert self.writing.undo(self.number)
        assert plain(self.story) == self.states[0]
        for _ in range(self.at):
            assert self.writing.redo(self.number)
        assert self.story == before
        self.typed = None

    @rule()
    def keep_version(self) -> None:
        number = self.desk.versions.keep(self.number, "Kept")
        self.versions[number] = write_json(self.story)
        self.mark_saved()

    @precondition(lambda self: bool(self.versions))
    @rule(at=WHERE)
    def restore(self, at: int) -> None:
        number = sorted(self.versions)[at % len(self.versions)]
        wanted = plain(self.desk.versions.read(self.number, number))
        told = self.state["corrections"]
        self.desk.versions.restore(self.number, number)
        self.mark_saved()  # as it was before: that is a version now
        if self.desk.store.ledger.entries(self.number):
            merged = self.story.corrections
            assert all(note in [one.text for one in merged] for note in told)
            wanted["corrections"] = [one.text for one in merged]
        self.did(lambda state: state.update(wanted))
        if plain(self.story) == self.state:
            self.typed = None

    # --- keeping ---------------------------------------------------------------------------------------------------

    def mark_saved(self) -> None:
        self.saved = (deepcopy(self.states), self.at)

    @rule(seconds=st.sampled_from([0.1, 70.0]))
    def save(self, seconds: float) -> None:
        self.clock.at += seconds
        self.typed = self.typed if seconds < 1 else None
        self.writing.save_all()
        self.mark_saved()
        self.look_for_long_texts()

    @rule()
    def close_and_open(self) -> None:
        self.desk.close()
        self.desk = open_desk(self.desk.path, self.clock)
        self.mark_saved()
        self.typed = None
        self.look_at_versions()

    @rule()
    def kill_and_open(self) -> None:
        left = Path(tempfile.mkdtemp(dir=self.here))
        for ending in ("", "-wal"):
            file = self.desk.path.with_name(f"desk.db{ending}")
            if file.exists():
                shutil.copy(file, left / file.name)
        self.writing.abandon(self.writing.unsaved())
        self.desk.close()
        self.desk = open_desk(left / "desk.db", self.clock)
        self.states, self.at = deepcopy(self.saved[0]), self.saved[1]
        self.typed = None
        self.look_at_versions()
        assert self.desk.store.check() == []

    @rule(slug=st.sampled_from(["a-river", "a-lake"]))
    def rename(self, slug: str) -> None:
        """A step of its own, which changes nothing but the slug."""
        before = self.story.slug
        try:
            self.writing.rename(self.number, slug)
        except WorkstationError:
            return
        if self.story.slug != before:
            self.states[self.at + 1 :] = [deepcopy(self.state)]
            self.at += 1
            self.typed = None

    @rule()
    def duplicate(self) -> None:
        other = self.writing.duplicate(self.number)
        assert plain(self.writing.story(other)) | {"headline": "", "corrections": []} == self.state | {
            "headline": "",
            "corrections": [],
        }

    @rule(words=st.booleans())
    def make_a_template(self, words: bool) -> None:
        name = f"Template {len(self.desk.templating.templates())}"
        self.desk.templating.new_from(self.desk.templating.save_as(self.number, name, words=words))

    @rule()
    def change_status(self) -> None:
        self.desk.shelving.mark_ready(self.number)
        self.writing.spike(self.number)
        self.writing.bring_back(self.number)
        self.mark_saved()

    @precondition(lambda self: bool(self.state["headline"].strip()))
    @rule()
    def hand_over(self) -> None:
        for problem in self.desk.reviewing.review(self.number).problems:
            if problem.severity is Severity.BLOCKER:
                self.desk.reviewing.waive(self.number, problem, "A trial")
        self.desk.publishing.export(self.number, "text", self.here / "out")
        self.mark_saved()
        self.typed = None

    # --- what always holds -----------------------------------------------------------------------------------------

    @invariant()
    def the_screen_shows_the_state(self) -> None:
        if hasattr(self, "desk"):
            assert plain(self.story) == self.state
            assert (self.writing.undo_label(self.number) is not None) == (self.at > 0)
            assert (self.writing.redo_label(self.number) is not None) == (self.at + 1 < len(self.states))
            self.seen += [text for text in texts(self.state) if text not in self.seen]

    def look_at_versions(self) -> None:
        """Every version ever kept is there and reads as it did."""
        there = {version.number for version in self.desk.versions.all_of(self.number)}
        assert there >= self.versions.keys()
        for number in there:
            document = write_json(self.desk.versions.read(self.number, number))
            assert self.versions.setdefault(number, document) == document

    def look_for_long_texts(self) -> None:
        """A long text that was seen since the last restart, and is in the story no more, is in a version."""
        kept = [
            text
            for one in self.desk.versions.all_of(self.number)
            for text in texts(plain(self.desk.versions.read(self.number, one.number)))
        ]
        here = texts(self.state)
        for text in self.seen:
            if not any(len(other) * 2 >= len(text) for other in here):
                assert text in kept or any(len(other) >= len(text) for other in kept), text[:40]


def test_a_story_is_its_states_whatever_is_done_to_it(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    picture_of = tmp_path / "gate.png"

    Image.new("RGB", (64, 36), "#7a2e1d").save(picture_of)

    class Machine(WholeStory):
        folder = tmp_path
        picture = picture_of.read_bytes()

    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=rounds(4, 400), stateful_step_count=rounds(25, 40), deadline=None, suppress_health_check=checks
        ),
    )
