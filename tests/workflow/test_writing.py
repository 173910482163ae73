from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PIL import Image

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import InputError, NotFoundError, StoreError
from workstation.store import Store
from workstation.workflow.desk import Desk
from workstation.workflow.history import MERGE_SECONDS, Spot
from workstation.workflow.writing import Writing

from .conftest import MakeDesk, png

HEADLINE = Spot("headline")


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


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
def number(writing: Writing) -> int:
    return writing.new("River treaty")


def retitle(writing: Writing, number: int, headline: str, merge: str | None = None) -> None:
    writing.edit(number, replace(writing.story(number), headline=headline), label="Headline", spot=HEADLINE, merge=merge)


def enter_in_ledger(desk: Desk, number: int, folder: Path) -> None:
    desk.publishing.export(number, "page", folder, waive="for the test")


# --- the shelf -----------------------------------------------------------------------------------------------------


def test_a_new_story_has_a_slug_of_its_headline_and_one_empty_card(writing: Writing) -> None:
    story = writing.story(writing.new("River treaty"))
    assert (story.slug, story.headline, story.signals) == ("river-treaty", "River treaty", (SignalCard(),))


def test_stories_of_one_headline_get_slugs_of_their_own(writing: Writing) -> None:
    numbers = [writing.new("River treaty"), writing.new("River treaty"), writing.new(), writing.new()]
    assert [writing.story(number).slug for number in numbers] == ["river-treaty", "river-treaty-2", "untitled", "untitled-2"]


def test_a_duplicate_is_a_story_of_its_own_with_the_pictures(writing: Writing, number: int) -> None:
    writing.set_lead_image(number, png(), "lock.png")
    copy = writing.duplicate(number)
    assert writing.story(copy).slug == "river-treaty-2"
    assert writing.story(copy).headline == "River treaty (copy)"
    assert writing.files(copy) == writing.files(number)
    retitle(writing, copy, "Changed")
    assert writing.story(number).headline == "River treaty"


def test_a_duplicate_holds_words_that_are_not_saved_yet(writing: Writing, number: int) -> None:
    retitle(writing, number, "Unsaved")
    assert writing.story(writing.duplicate(number)).headline == "Unsaved (copy)"


def test_a_story_gets_another_slug_but_not_one_that_is_taken(writing: Writing, number: int) -> None:
    other = writing.new("Other")
    writing.rename(number, "Orrin Lock!")
    assert writing.story(number).slug == "orrin-lock"
    assert writing.id_of("orrin-lock") == number
    with pytest.raises(InputError, match="taken"):
        writing.rename(other, "orrin-lock")
    assert writing.story(other).slug == "other"


def test_a_story_may_take_its_own_saved_slug_again(writing: Writing, number: int) -> None:
    writing.rename(number, "orrin-lock")
    writing.rename(number, "river-treaty")
    assert writing.story(number).slug == "river-treaty"


def test_a_spiked_story_leaves_the_list_keeps_its_slug_and_comes_back(writing: Writing, number: int) -> None:
    retitle(writing, number, "Last words")
    assert writing.spike(number).stories == {number}
    assert writing.entries() == []
    assert [entry.headline for entry in writing.entries(include_spiked=True)] == ["Last words"]
    assert writing.story(writing.new("Last words")).slug == "last-words-2"
    writing.bring_back(number)
    assert writing.story(number).headline == "Last words"
    assert number in [entry.id for entry in writing.entries()]


def test_a_story_that_is_not_there_is_said_so(writing: Writing) -> None:
    with pytest.raises(NotFoundError):
        writing.story(99)
    with pytest.raises(NotFoundError):
        writing.id_of("nowhere")


# --- the slug ------------------------------------------------------------------------------------------------------


def test_the_slug_follows_the_headline_while_nobody_chose_one(writing: Writing) -> None:
    number = writing.new()
    for headline, slug in (("R", "r"), ("Ri", "ri"), ("R", "r"), ("", "untitled"), ("Rivers rise", "rivers-rise")):
        retitle(writing, number, headline)
        writing.save(number)
        assert writing.story(number).slug == slug


def test_a_following_slug_keeps_clear_of_other_stories(writing: Writing, number: int) -> None:
    other = writing.new()
    retitle(writing, other, "River treaty")
    assert writing.story(other).slug == "river-treaty-2"
    retitle(writing, other, "River treaty signed")
    assert writing.story(other).slug == "river-treaty-signed"


def test_a_slug_that_the_editor_chose_stays(writing: Writing, number: int) -> None:
    writing.rename(number, "river-treaty-explained")
    retitle(writing, number, "River treaty signed")
    assert writing.story(number).slug == "river-treaty-explained"


def test_the_first_export_fixes_the_slug_also_against_undo(desk: Desk, tmp_path: Path, make_desk: MakeDesk) -> None:
    number = desk.writing.new("River treaty")
    retitle(desk.writing, number, "River treaty signed")
    enter_in_ledger(desk, number, tmp_path / "out")
    assert desk.writing.slug_is_fixed(number)
    retitle(desk.writing, number, "Another headline")
    assert desk.writing.story(number).slug == "river-treaty-signed"
    with pytest.raises(InputError, match="river-treaty-signed"):
        desk.writing.rename(number, "other")
    desk.writing.undo(number)
    desk.writing.undo(number)
    assert desk.writing.story(number).headline == "River treaty"
    assert desk.writing.story(number).slug == "river-treaty-signed"
    desk.writing.save_all()
    desk.store.close()
    assert make_desk().writing.slug_is_fixed(number)


def test_undo_does_not_bring_back_a_slug_that_another_story_took(writing: Writing, number: int) -> None:
    writing.rename(number, "orrin-lock")
    writing.save(number)
    other = writing.new("River treaty")
    assert writing.story(other).slug == "river-treaty"
    writing.undo(number)
    assert writing.story(number).slug == "river-treaty-2"
    assert writing.save(number)
    writing.redo(number)
    assert writing.story(number).slug == "orrin-lock"


# --- undo and redo -------------------------------------------------------------------------------------------------

Change = Callable[[Writing, int], object]


def first_key(writing: Writing, number: int) -> str:
    return writing.story(number).signals[0].key


CHANGES: dict[str, Change] = {
    "headline": lambda w, n: retitle(w, n, "Another"),
    "news": lambda w, n: w.edit(n, replace(w.story(n), news=body_from_text("Facts.")), label="News", spot=Spot("news")),
    "rename": lambda w, n: w.rename(n, "orrin"),
    "new card": lambda w, n: w.add_card(n, 0),
    "removed card": lambda w, n: w.remove_card(n, first_key(w, n)),
    "moved card": lambda w, n: w.move_card(n, first_key(w, n), 1),
    "lead image": lambda w, n: w.set_lead_image(n, png(), "lead.png"),
    "source": lambda w, n: w.edit(
        n,
        w.story(n).with_changed_card(replace(w.story(n).signals[0], sources=(Source(name="A"),))),
        label="Source",
        spot=Spot("sources", first_key(w, n)),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_can_be_undone_and_redone(writing: Writing, number: int, change: Change) -> None:
    two = replace(writing.story(number), signals=(SignalCard(headline="one"), SignalCard(headline="two")))
    writing.edit(number, two, label="Set-up", spot=Spot("signals"))
    before = writing.story(number)
    change(writing, number)
    after = writing.story(number)
    assert after != before
    label = writing.undo_label(number)
    stepped = writing.undo(number)
    assert stepped is not None
    assert (stepped.label, stepped.changes.stories) == (label, {number})
    assert writing.story(number) == before
    assert writing.redo_label(number) == label
    assert writing.redo(number) is not None
    assert writing.story(number) == after
    assert writing.redo(number) is None


def test_a_card_that_comes_back_is_the_same_card(writing: Writing, number: int) -> None:
    key = first_key(writing, number)
    writing.remove_card(number, key)
    writing.undo(number)
    assert first_key(writing, number) == key


def test_a_change_of_nothing_is_no_step(writing: Writing, number: int) -> None:
    assert not writing.edit(number, writing.story(number), label="Nothing", spot=HEADLINE)
    assert writing.undo_label(number) is None
    assert writing.undo(number) is None
    assert not writing.has_unsaved


def test_typing_that_follows_closely_is_one_step_and_a_pause_ends_it(writing: Writing, number: int, clock: Clock) -> None:
    for headline in ("One", "One t", "One two"):
        clock.seconds += 0.2
        retitle(writing, number, headline, merge="headline")
    clock.seconds += MERGE_SECONDS + 0.1
    retitle(writing, number, "One two three", merge="headline")
    writing.undo(number)
    assert writing.story(number).headline == "One two"
    writing.undo(number)
    assert writing.story(number).headline == "River treaty"


def test_typing_in_another_field_or_after_undo_is_a_step_of_its_own(writing: Writing, number: int) -> None:
    retitle(writing, number, "One", merge="headline")
    retitle(writing, number, "Two", merge="other field")
    writing.undo(number)
    assert writing.story(number).headline == "One"
    writing.redo(number)
    retitle(writing, number, "Three", merge="other field")
    writing.undo(number)
    assert writing.story(number).headline == "Two"


def test_a_new_change_after_undo_leaves_nothing_to_redo(writing: Writing, number: int) -> None:
    retitle(writing, number, "One")
    writing.undo(number)
    retitle(writing, number, "Two")
    assert writing.redo_label(number) is None
    assert writing.redo(number) is None


def test_each_story_has_its_own_history(writing: Writing, number: int) -> None:
    other = writing.new("Other")
    retitle(writing, number, "One")
    assert writing.undo(other) is None
    assert writing.undo(number) is not None


class Editing(RuleBasedStateMachine):
    """Random work on one story, beside the list of stories that a perfect history would remember."""

    store: Store

    @initialize()
    def begin(self) -> None:
        self.clock = Clock()
        self.writing = Writing(self.store, self.clock)
        self.number = self.writing.new()
        self.past: list[Story] = [self.writing.story(self.number)]
        self.future: list[Story] = []

    def _changed(self) -> None:
        self.clock.seconds += 1
        story = self.writing.story(self.number)
        if story != self.past[-1]:
            self.past.append(story)
            self.future.clear()

    @rule(words=st.sampled_from(["River", "Treaty", "Lock", ""]))
    def retitle(self, words: str) -> None:
        retitle(self.writing, self.number, words)
        self._changed()

    @rule(words=st.sampled_from(["Facts.", "More facts.", ""]))
    def write_news(self, words: str) -> None:
        story = replace(self.writing.story(self.number), news=body_from_text(words))
        self.writing.edit(self.number, story, label="News", spot=Spot("news"))
        self._changed()

    @rule(at=st.integers(0, 3))
    def add_card(self, at: int) -> None:
        self.writing.add_card(self.number, at)
        self._changed()

    def _some_key(self, at: int) -> str | None:
        cards = self.writing.story(self.number).signals
        return cards[at % len(cards)].key if cards else None

    @rule(at=st.integers(0, 9), words=st.sampled_from(["One", "Two"]))
    def write_card(self, at: int, words: str) -> None:
        if key := self._some_key(at):
            card = replace(self.writing.card(self.number, key), headline=words)
            story = self.writing.story(self.number).with_changed_card(card)
            self.writing.edit(self.number, story, label="Card", spot=Spot("headline", key))
            self._changed()

    @rule(at=st.integers(0, 9), to=st.integers(0, 9))
    def move_card(self, at: int, to: int) -> None:
        if key := self._some_key(at):
            self.writing.move_card(self.number, key, to)
            self._changed()

    @rule(at=st.integers(0, 9))
    def remove_card(self, at: int) -> None:
        if key := self._some_key(at):
            self.writing.remove_card(self.number, key)
            self._changed()

    @rule(slug=st.sampled_from(["chosen", "river", "untitled"]))
    def rename(self, slug: str) -> None:
        self.writing.rename(self.number, slug)
        self._changed()

    @rule()
    def save(self) -> None:
        self.writing.save(self.number)
        assert self.store.stories.get(self.number) == self.past[-1]

    @rule()
    def undo(self) -> None:
        assert (self.writing.undo(self.number) is not None) == (len(self.past) > 1)
        if len(self.past) > 1:
            self.future.append(self.past.pop())

    @rule()
    def redo(self) -> None:
        assert (self.writing.redo(self.number) is not None) == bool(self.future)
        if self.future:
            self.past.append(self.future.pop())

    @invariant()
    def shows_what_it_should(self) -> None:
        assert self.writing.story(self.number) == self.past[-1]

    def teardown(self) -> None:
        last = self.past[-1]
        while self.writing.undo(self.number):
            pass
        assert self.writing.story(self.number) == self.past[0]
        for _ in self.past[1:]:
            self.writing.redo(self.number)
        assert self.writing.story(self.number) == last
        self.writing.rename(self.number, f"story-{self.number}-is-done")
        self.writing.save(self.number)


def test_random_work_undoes_to_the_first_story_and_redoes_to_the_last(store: Store) -> None:
    class EditingHere(Editing):
        pass

    EditingHere.store = store
    run_state_machine_as_test(EditingHere, settings=settings(max_examples=25, stateful_step_count=60, deadline=None))


def test_three_hundred_changes_undo_to_the_first_story_and_redo_to_the_last(writing: Writing, number: int) -> None:
    first = writing.story(number)
    for count in range(300):
        list(CHANGES.values())[count % 4](writing, number)
        retitle(writing, number, f"Headline {count}")
    last = writing.story(number)
    undone = 0
    while writing.undo(number):
        undone += 1
    assert undone >= 300
    assert writing.story(number) == first
    while writing.redo(number):
        undone -= 1
    assert undone == 0
    assert writing.story(number) == last


# --- keeping -------------------------------------------------------------------------------------------------------


def test_what_was_saved_is_what_the_next_start_reads(store: Store, writing: Writing, number: int) -> None:
    retitle(writing, number, "“Élan” 😀")
    writing.set_lead_image(number, png(), "lead.png")
    assert writing.has_unsaved
    assert writing.save_all() == [number]
    assert not writing.has_unsaved
    assert writing.save_all() == []
    story, files, path = writing.story(number), dict(writing.files(number)), store.path
    store.close()
    with Store.open(path) as again:
        assert again.stories.get(number) == story
        assert again.stories.files(number) == files


def test_a_failed_saving_keeps_the_words_and_the_next_one_writes_them(
    store: Store, writing: Writing, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    retitle(writing, number, "Precious")
    with monkeypatch.context() as broken:
        broken.setattr(store.stories, "save", _failing)
        with pytest.raises(StoreError):
            writing.save(number)
    assert writing.has_unsaved
    assert writing.story(number).headline == "Precious"
    assert writing.save(number)
    assert store.stories.get(number).headline == "Precious"


def _failing(_id: int, _story: Story) -> None:
    raise StoreError("Not saved", "The disk is full.")


class Failing:
    """A shelf whose saving fails for the stories given."""

    def __init__(self, store: Store, errors: dict[int, Exception]) -> None:
        self.errors = errors
        self._save = store.stories.save

    def __call__(self, id: int, story: Story) -> None:
        if id in self.errors:
            raise self.errors[id]
        self._save(id, story)


def test_a_story_that_cannot_be_saved_does_not_keep_the_others_out(
    store: Store, writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [writing.new(f"Story {n}") for n in range(4)]
    for number in numbers:
        retitle(writing, number, f"Precious {number}")
    failing = Failing(store, {numbers[0]: StoreError("Not saved", "Full."), numbers[2]: InputError("Taken", "Choose another.")})
    monkeypatch.setattr(store.stories, "save", failing)
    with pytest.raises(StoreError) as told:
        writing.save_all()
    assert told.value.title == "Not saved"
    assert f"“Precious {numbers[0]}”, “Precious {numbers[2]}”" in told.value.detail
    assert "Full." in told.value.detail
    assert writing.unsaved() == [numbers[0], numbers[2]]
    assert [store.stories.get(number).headline for number in numbers[1::2]] == [f"Precious {n}" for n in numbers[1::2]]
    del failing.errors[numbers[0]]
    with pytest.raises(InputError, match="Taken"):
        writing.save_all()
    failing.errors.clear()
    assert writing.save_all() == [numbers[2]]


def test_a_fault_of_the_program_does_not_keep_the_other_stories_out_either(
    store: Store, writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [writing.new(), writing.new()]
    for number in numbers:
        retitle(writing, number, "Precious")
    monkeypatch.setattr(store.stories, "save", Failing(store, {numbers[0]: ZeroDivisionError()}))
    with pytest.raises(ZeroDivisionError):
        writing.save_all()
    assert writing.unsaved() == [numbers[0]]
    assert store.stories.get(numbers[1]).headline == "Precious"


def test_only_the_stories_named_are_left_behind(store: Store, writing: Writing, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, left = writing.new(), writing.new()
    for number in (kept, left):
        retitle(writing, number, "Precious")
    writing.abandon([left, 4711])
    assert writing.unsaved() == [kept]
    assert writing.save_all() == [kept]


def test_a_slug_that_differs_by_capital_letters_only_is_taken(store: Store, writing: Writing) -> None:
    store.stories.add(Story(slug="River-Treaty", headline="Imported"))
    number = writing.new()
    retitle(writing, number, "River treaty")
    assert writing.story(number).slug == "river-treaty-2"
    assert writing.save_all() == [number]
    assert writing.story(writing.new("River treaty")).slug == "river-treaty-3"
    with pytest.raises(InputError, match="taken"):
        writing.rename(number, "river treaty")


def test_older_words_never_overwrite_newer_ones(
    store: Store, writing: Writing, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A saving that is slow in one thread, and a second one from another before it is done."""
    reached, go_on = threading.Event(), threading.Event()
    save = store.stories.save

    def slow_for_the_old(id: int, story: Story) -> None:
        if story.headline == "Old":
            reached.set()
            go_on.wait(5)
        save(id, story)

    monkeypatch.setattr(store.stories, "save", slow_for_the_old)
    retitle(writing, number, "Old")
    first = threading.Thread(target=writing.save, args=(number,))
    first.start()
    assert reached.wait(5)
    retitle(writing, number, "New")
    second = threading.Thread(target=writing.save, args=(number,))
    second.start()
    second.join(0.2)
    go_on.set()
    first.join(5)
    second.join(5)
    assert not writing.has_unsaved
    assert store.stories.get(number).headline == "New"


def test_typing_goes_on_while_a_saving_is_slow(
    store: Store, writing: Writing, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    monkeypatch.setattr(store.stories, "save", lambda _id, _story: (reached.set(), go_on.wait(5)))
    retitle(writing, number, "Old")
    saving = threading.Thread(target=writing.save, args=(number,))
    saving.start()
    assert reached.wait(5)
    retitle(writing, number, "New")
    assert writing.story(number).headline == "New"
    assert saving.is_alive()
    go_on.set()
    saving.join(5)
    assert writing.has_unsaved


# --- pictures ------------------------------------------------------------------------------------------------------


def photograph(width: int, height: int) -> bytes:
    """A JPEG that says in its EXIF where it was taken and which side is up."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera of somebody"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    Image.new("RGB", (width, height), "#336699").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_lead_image_does_not_tell_where_it_was_taken(writing: Writing, number: int) -> None:
    data = photograph(300, 200)
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    writing.set_lead_image(number, data, "DSC 0001.JPG")
    image = writing.story(number).lead_image
    assert image is not None
    assert image.file == "dsc-0001.jpg"
    picture = writing.files(number)[image.file]
    shown = Image.open(io.BytesIO(picture.data))
    assert dict(shown.getexif()) == {}
    assert b"camera" not in picture.data
    assert shown.size == (picture.width, picture.height) == (200, 300)


def test_a_large_lead_image_is_scaled(writing: Writing, number: int) -> None:
    writing.set_lead_image(number, png(4800, 1200), "wide.png")
    (picture,) = writing.files(number).values()
    assert (picture.width, picture.height) == (2400, 600)
    assert Image.open(io.BytesIO(picture.data)).size == (2400, 600)


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff garbage", png()[:40]], ids=repr
)
def test_what_is_no_picture_is_refused_and_changes_nothing(writing: Writing, number: int, data: bytes) -> None:
    before = writing.story(number)
    with pytest.raises(InputError, match="picture was not taken"):
        writing.set_lead_image(number, data, "lead.jpg")
    assert writing.story(number) == before
    assert writing.files(number) == {}


def test_pictures_of_one_name_that_come_at_once_are_all_kept(store: Store, writing: Writing, number: int) -> None:
    pictures = [png(40 + step, 20) for step in range(12)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda data: writing.set_lead_image(number, data, "lead.png"), pictures))
    kept = {picture.data for picture in writing.files(number).values()}
    assert kept == set(pictures)
    assert {picture.data for picture in store.stories.files(number).values()} == kept


def test_a_second_lead_image_keeps_what_was_said_of_the_first(writing: Writing, number: int) -> None:
    writing.set_lead_image(number, png(colour="red"), "lead.png")
    story = writing.story(number)
    assert story.lead_image is not None
    said = replace(story, lead_image=replace(story.lead_image, alt="A lock", credit="Pia Lund"))
    writing.edit(number, said, label="Text", spot=Spot("lead_image"))
    writing.set_lead_image(number, png(colour="blue"), "lead.png")
    image = writing.story(number).lead_image
    assert image is not None
    assert (image.file, image.alt, image.credit) == ("lead-2.png", "A lock", "Pia Lund")
    writing.undo(number)
    assert writing.story(number).lead_image == said.lead_image
    assert "lead.png" in writing.files(number)


def test_pasted_markup_becomes_a_plain_body(writing: Writing) -> None:
    body = writing.pasted('<p onclick="x()">One <b>two</b></p><script>alert(1)</script><a href="javascript:x">three</a>')
    assert body.text.split() == ["One", "two", "three"]
    assert body.links == ()


def test_words_that_the_editor_leaves_behind_are_not_saved_at_the_close(desk: Desk) -> None:
    number = desk.writing.new("A treaty for the river")
    story = desk.writing.story(number)
    desk.writing.edit(number, replace(story, headline="Another headline"), label="Typing", spot=Spot("headline"))
    desk.writing.abandon([number])
    assert not desk.writing.has_unsaved
    assert desk.writing.save_all() == []
    assert desk.store.stories.get(number).headline == "A treaty for the river"
