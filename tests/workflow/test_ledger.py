"""The ledger over a real store: what a hand-over is to the reader, and what has changed since."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from workstation.domain.body import Block, Body, Marks, Run, body_from_text
from workstation.domain.correction import Correction
from workstation.domain.ledger import ChangeKind, LedgerEntry
from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.version import VersionKind
from workstation.errors import BlockedError, ExportError, InputError, StoreError
from workstation.workflow import revising
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.publishing import Exported, Publishing
from workstation.workflow.versions import Versions

from .conftest import MakeDesk

NOTE = "An earlier version gave the wrong day for the opening of the lock."
NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """It is noon, until the test says how many hours later it is."""
    hours = [0]
    monkeypatch.setattr(revising, "now", lambda: NOON + timedelta(hours=hours[0]))

    def later(by: int) -> None:
        hours[0] = by

    return later


STORY = Story(
    slug="orrin-lock",
    headline="The lock at Orrin opens",
    time_zone="America/New_York",
    news=body_from_text("The lock at Orrin opened on Thursday after nine years of repairs."),
    signals=(
        SignalCard(headline="Tolls", body=body_from_text("No tolls are due."), sources=(Source(name="Harbour Gazette"),)),
        SignalCard(headline="Ice", body=body_from_text("The gates hold back the ice."), sources=(Source(name="Upland Post"),)),
        SignalCard(headline="Fish", body=body_from_text("The eels went upstream."), sources=(Source(name="Delta Times"),)),
    ),
)


@pytest.fixture
def number(desk: Desk) -> int:
    return desk.store.stories.add(STORY)


@pytest.fixture
def hand_over(desk: Desk, number: int, tmp_path: Path) -> Callable[..., Exported]:
    def do(change: ChangeKind | None = None, note: str = "", profile: str = "page", folder: str = "out") -> Exported:
        return desk.publishing.export(number, profile, tmp_path / folder, change=change, note=note, waive="a test")

    return do


HandOver = Callable[..., Exported]


def put(desk: Desk, number: int, **fields: object) -> None:
    desk.writing.edit(number, replace(desk.writing.story(number), **fields), label="Typing", spot=Spot("headline"))


def change_card(desk: Desk, number: int, at: int, text: str) -> None:
    story = desk.writing.story(number)
    card = replace(story.signals[at], body=body_from_text(text))
    desk.writing.edit(number, story.with_changed_card(card), label="Typing", spot=Spot("body", card.key))


def last(desk: Desk, number: int) -> LedgerEntry:
    return desk.publishing.ledger(number)[-1]


# --- what is entered -----------------------------------------------------------------------------------------------


def test_an_entry_tells_time_form_place_hashes_version_and_the_text_that_went_out(
    desk: Desk, number: int, hand_over: HandOver, tmp_path: Path
) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    exported = hand_over()
    entry = last(desk, number)
    assert began <= entry.exported <= datetime.now(UTC)
    assert entry.exported.tzinfo is not None
    assert (entry.change, entry.version, entry.profile, entry.note) == (ChangeKind.FIRST, 1, "page", "")
    assert (entry.folder, entry.place) == (str(tmp_path / "out"), str(tmp_path / "out"))
    assert entry.files["orrin-lock.html"] == entry.sha256 == sha256(exported.main.read_bytes()).hexdigest()
    assert entry.kept is not None
    assert desk.versions.read(number, entry.kept) == desk.writing.story(number)
    assert desk.publishing.handed_over.text(entry) == STORY


def test_what_was_entered_never_changes(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    first = last(desk, number)
    change_card(desk, number, 0, "Tolls are due from autumn.")
    hand_over(ChangeKind.CORRECTION, NOTE)
    desk.writing.undo(number)
    hand_over(ChangeKind.UPDATE)
    assert desk.publishing.ledger(number)[0] == first
    assert [entry.change.value for entry in desk.publishing.ledger(number)] == ["first", "correction", "update"]


def test_the_same_text_handed_over_again_is_the_same_version_and_asks_nothing(
    desk: Desk, number: int, hand_over: HandOver
) -> None:
    hand_over()
    hand_over(profile="text")
    put(desk, number, notes="Call the clerk", parked=(SignalCard(headline="Waits"),))
    hand_over(folder="elsewhere")
    assert [(entry.version, entry.change) for entry in desk.publishing.ledger(number)] == [
        (1, ChangeKind.FIRST),
        (1, ChangeKind.SILENT),
        (1, ChangeKind.SILENT),
    ]


def test_each_new_text_is_a_new_version_and_an_old_text_that_comes_back_too(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    for headline in ("Another headline", STORY.headline):
        put(desk, number, headline=headline)
        hand_over()
    assert [entry.version for entry in desk.publishing.ledger(number)] == [1, 2, 3]
    manifest = json.loads((Path(last(desk, number).folder) / "manifest.json").read_text())
    assert manifest["version"] == 3


# --- what it is to the reader --------------------------------------------------------------------------------------


def test_the_first_hand_over_dates_nothing_and_asks_nothing(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    assert desk.writing.story(number) == STORY
    assert desk.writing.undo_label(number) is None


@pytest.mark.parametrize("change", [None, ChangeKind.SILENT])
def test_a_silent_change_leaves_the_dateline(desk: Desk, number: int, hand_over: HandOver, change: ChangeKind | None) -> None:
    put(desk, number, first_published=NOON - timedelta(hours=3))
    hand_over()
    change_card(desk, number, 0, "No toll is due.")
    before = desk.writing.story(number)
    hand_over(change)
    assert desk.writing.story(number) == before
    assert (last(desk, number).change, last(desk, number).version) == (ChangeKind.SILENT, 2)


def test_a_correction_is_a_dated_note_in_the_page_and_in_the_story_and_one_step(
    desk: Desk, number: int, hand_over: HandOver
) -> None:
    put(desk, number, first_published=NOON - timedelta(hours=3), updated=NOON - timedelta(hours=1))
    hand_over()
    change_card(desk, number, 0, "No toll is due before autumn.")
    exported = hand_over(ChangeKind.CORRECTION, f"  {NOTE}\n")
    story = desk.writing.story(number)
    assert story.corrections == (Correction(NOON, NOTE),)
    assert story.updated == NOON - timedelta(hours=1)
    (made,) = (note.made for note in story.corrections)
    assert made.isoformat() == "2026-03-02T07:00:00-05:00"
    assert exported.main.read_text(encoding="utf-8") == desk.publishing.page(number).text
    assert (last(desk, number).change, last(desk, number).note) == (ChangeKind.CORRECTION, NOTE)
    assert desk.writing.undo_label(number) == "Correction"
    desk.writing.undo(number)
    assert desk.writing.story(number) == replace(story, corrections=())
    desk.writing.redo(number)
    assert desk.writing.story(number) == story


def test_a_correction_is_in_the_store_when_the_hand_over_is(
    desk: Desk, number: int, hand_over: HandOver, make_desk: MakeDesk
) -> None:
    hand_over()
    hand_over(ChangeKind.CORRECTION, NOTE)
    desk.store.close()
    there = make_desk()
    assert [note.text for note in there.writing.story(number).corrections] == [NOTE]
    assert not there.publishing.what_changed(number)


def test_an_update_moves_the_dateline_to_now_in_the_storys_zone(
    desk: Desk, number: int, hand_over: HandOver, clock: Callable[[int], None]
) -> None:
    put(desk, number, first_published=NOON - timedelta(hours=3))
    hand_over()
    clock(5)
    change_card(desk, number, 1, "The gates hold back most of the ice.")
    hand_over(ChangeKind.UPDATE, "New figures")
    story = desk.writing.story(number)
    assert story.updated is not None
    assert story.updated.isoformat() == "2026-03-02T12:00:00-05:00"
    assert (story.corrections, last(desk, number).note) == ((), "New figures")
    assert "New figures" not in desk.publishing.page(number).text
    assert desk.writing.undo_label(number) == "Update"


def test_a_story_is_not_updated_before_it_is_published(desk: Desk, number: int, hand_over: HandOver) -> None:
    put(desk, number, first_published=NOON + timedelta(hours=6))
    hand_over()
    hand_over(ChangeKind.UPDATE)
    assert desk.writing.story(number).updated == NOON + timedelta(hours=6)


@pytest.mark.parametrize("note", ["", " \n\t", "\x00"])
def test_a_correction_without_a_note_hands_nothing_over(
    desk: Desk, number: int, hand_over: HandOver, note: str, tmp_path: Path
) -> None:
    hand_over()
    before = last(desk, number)
    with pytest.raises(InputError, match="note"):
        hand_over(ChangeKind.CORRECTION, note, folder="second")
    assert not (tmp_path / "second").exists()
    assert last(desk, number) == before


@pytest.mark.parametrize("change", [ChangeKind.CORRECTION, ChangeKind.UPDATE])
def test_what_nobody_has_seen_is_not_corrected(desk: Desk, number: int, hand_over: HandOver, change: ChangeKind) -> None:
    with pytest.raises(InputError, match="never handed over"):
        hand_over(change, NOTE)
    assert desk.publishing.ledger(number) == []


def test_a_story_that_came_with_its_dateline_from_another_desk_is_corrected_at_once(
    desk: Desk, number: int, hand_over: HandOver
) -> None:
    put(desk, number, first_published=NOON - timedelta(days=1))
    hand_over(ChangeKind.CORRECTION, NOTE)
    assert last(desk, number).change is ChangeKind.CORRECTION
    assert [note.text for note in desk.writing.story(number).corrections] == [NOTE]


def test_a_note_is_printed_as_it_was_said(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    hand_over(ChangeKind.CORRECTION, NOTE)
    note = "قناة “A & B” <script>alert(1)</script> ]]> 船闸 😀 [gallery]"
    exported = hand_over(ChangeKind.CORRECTION, note)
    assert [correction.text for correction in desk.writing.story(number).corrections] == [NOTE, note]
    page = exported.main.read_text(encoding="utf-8")
    assert NOTE in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# --- only when it went out -----------------------------------------------------------------------------------------


def test_a_hand_over_that_cannot_be_written_leaves_the_story_as_it_was(desk: Desk, number: int, tmp_path: Path) -> None:
    put(desk, number, first_published=NOON)
    (tmp_path / "file").write_text("in the way")
    before, label = desk.writing.story(number), desk.writing.undo_label(number)
    for change in (ChangeKind.CORRECTION, ChangeKind.UPDATE):
        with pytest.raises(ExportError):
            desk.publishing.export(number, "page", tmp_path / "file", change=change, note=NOTE, waive="a test")
    assert desk.writing.story(number) == before
    assert desk.writing.undo_label(number) == label
    assert desk.publishing.ledger(number) == []


def test_a_blocked_hand_over_leaves_the_story_as_it_was(desk: Desk, number: int, tmp_path: Path) -> None:
    put(desk, number, first_published=NOON, publication="A house that is not here")
    before = desk.writing.story(number)
    with pytest.raises(BlockedError):
        desk.publishing.export(number, "page", tmp_path / "out", change=ChangeKind.CORRECTION, note=NOTE)
    assert desk.writing.story(number) == before


def test_what_cannot_be_entered_is_not_in_the_story_either(
    desk: Desk, number: int, hand_over: HandOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over()
    before = desk.writing.story(number)
    with monkeypatch.context() as full:
        full.setattr(type(desk.store.ledger), "add", lambda *_: (_ for _ in ()).throw(StoreError("The disk is full", "")))
        for change in (ChangeKind.CORRECTION, ChangeKind.UPDATE):
            with pytest.raises(StoreError):
                hand_over(change, NOTE)
    assert desk.writing.story(number) == before
    desk.writing.save_all()
    assert desk.store.stories.get(number) == before
    assert len(desk.publishing.ledger(number)) == 1
    hand_over(ChangeKind.CORRECTION, NOTE)
    assert [note.text for note in desk.writing.story(number).corrections] == [NOTE]


def test_words_typed_while_it_goes_out_survive_and_so_does_the_note(
    desk: Desk, number: int, hand_over: HandOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over()
    prepared = desk.publishing.prepare(number, "page", change=ChangeKind.CORRECTION, note=NOTE, waive="a test")
    assert desk.writing.story(number).corrections == ()
    put(desk, number, headline="Typed meanwhile")
    entry = desk.publishing.record(prepared, destination="The site", post="7", address="https://site.example/7")
    story = desk.writing.story(number)
    assert (story.headline, [note.text for note in story.corrections]) == ("Typed meanwhile", [NOTE])
    assert (entry.place, entry.post, entry.address) == ("The site", "7", "https://site.example/7")
    changes = desk.publishing.what_changed(number)
    assert changes is not None
    assert changes.told == "Headline"
    desk.writing.undo(number)
    assert desk.writing.story(number).headline == "Typed meanwhile"


def test_words_typed_meanwhile_that_cannot_be_kept_keep_no_hand_over_out_of_the_ledger(
    desk: Desk, number: int, hand_over: HandOver
) -> None:
    hand_over()
    prepared = desk.publishing.prepare(number, "page", change=ChangeKind.CORRECTION, note=NOTE, waive="a test")
    put(desk, number, headline="Half a character: \ud83d")
    entry = desk.publishing.record(prepared, destination="The site")
    assert last(desk, number) == entry
    assert [note.text for note in desk.writing.story(number).corrections] == [NOTE]
    with pytest.raises(InputError, match="half a character"):
        desk.publishing.prepare(number, "page", waive="a test")
    put(desk, number, headline="Mended")
    desk.writing.save_all()
    assert [note.text for note in desk.store.stories.get(number).corrections] == [NOTE]


def test_a_prepared_story_that_goes_to_two_places_is_corrected_once(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    prepared = desk.publishing.prepare(number, "page", change=ChangeKind.CORRECTION, note=NOTE, waive="a test")
    desk.publishing.record(prepared, destination="The site")
    desk.publishing.record(prepared)
    assert len(desk.writing.story(number).corrections) == 1
    assert [entry.place for entry in desk.publishing.ledger(number)][1:] == ["The site", "clipboard"]


def test_hand_overs_and_typing_from_many_threads_lose_nothing(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    failed: list[BaseException] = []

    def correct(note: str) -> None:
        try:
            hand_over(ChangeKind.CORRECTION, note, folder=note.replace(" ", "-"))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=correct, args=(f"Note {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for n in range(40):
        desk.writing.change(
            number, lambda story, n=n: replace(story, headline=f"Typed {n}"), label="Typing", spot=Spot("headline")
        )
        desk.writing.save(number)
    for thread in threads:
        thread.join()
    assert failed == []
    story = desk.writing.story(number)
    assert story.headline == "Typed 39"
    assert sorted(note.text for note in story.corrections) == [f"Note {n}" for n in range(4)]
    assert desk.store.stories.get(number).corrections == story.corrections or desk.writing.has_unsaved


# --- what has changed since ----------------------------------------------------------------------------------------


def test_a_story_that_was_never_handed_over_has_not_changed_since(desk: Desk, number: int) -> None:
    assert desk.publishing.what_changed(number) is None


def test_what_changed_since_is_told_card_by_card(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    assert not desk.publishing.what_changed(number)
    change_card(desk, number, 1, "The gates hold back some of the ice.")
    put(desk, number, headline="The lock at Orrin opens at last")
    changes = desk.publishing.what_changed(number)
    assert changes is not None
    assert changes.told == "Headline, 1 card"
    assert [card.key for card in changes.changed_cards] == [desk.writing.story(number).signals[1].key]
    hand_over()
    assert not desk.publishing.what_changed(number)


def test_what_only_the_desk_sees_is_no_change(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    card = desk.writing.story(number).signals[0]
    tied = Body((Block((Run("No tolls are due", Marks(quote="q1")), Run("."))),))
    put(desk, number, notes="Ring them", embargo=NOON, parked=(SignalCard(headline="Waits"),))
    desk.writing.edit(
        number, desk.writing.story(number).with_changed_card(replace(card, body=tied)), label="Tie", spot=Spot("body", card.key)
    )
    changes = desk.publishing.what_changed(number)
    assert changes is not None
    assert not changes


def test_emphasis_and_links_are_changes(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    card = desk.writing.story(number).signals[0]
    for marks in (Marks(strong=True), Marks(link="https://gazette.example/1")):
        body = Body((Block((Run("No tolls", marks), Run(" are due."))),))
        story = desk.writing.story(number).with_changed_card(replace(card, body=body))
        desk.writing.edit(number, story, label="Set", spot=Spot("body", card.key))
        changes = desk.publishing.what_changed(number)
        assert changes is not None
        assert changes.told == "1 card"


def test_each_destination_is_told_which_version_it_has(desk: Desk, number: int, hand_over: HandOver, tmp_path: Path) -> None:
    hand_over()
    change_card(desk, number, 0, "Tolls are due.")
    desk.publishing.record(desk.publishing.prepare(number, "page", waive="a test"), destination="The site")
    standings = desk.publishing.handed_over.standings(number)
    assert [(standing.place, standing.entry.version, standing.is_behind) for standing in standings] == [
        ("The site", 2, False),
        (str(tmp_path / "out"), 1, True),
    ]
    folder = standings[1].entry
    since = desk.publishing.handed_over.what_changed(number, folder)
    assert since is not None
    assert since.told == "1 card"
    assert not desk.publishing.what_changed(number)


def test_an_entry_from_before_versions_were_named_is_read_and_compared(
    desk: Desk, number: int, hand_over: HandOver, make_desk: MakeDesk
) -> None:
    hand_over()
    desk.store.close()
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute("UPDATE ledger SET kept = NULL, version = 0, document = '', change = 'first', note = ''")
        connection.commit()
    desk = make_desk()
    (entry,) = desk.publishing.ledger(number)
    assert (entry.version, entry.kept) == (0, None)
    assert desk.publishing.handed_over.text(entry) == STORY
    assert desk.publishing.what_changed(number) is not None
    assert not desk.publishing.what_changed(number)
    desk.publishing.export(number, "text", desk.path.parent / "again", waive="a test")
    assert (last(desk, number).version, last(desk, number).change) == (1, ChangeKind.SILENT)
    change_card(desk, number, 0, "Tolls are due.")
    desk.publishing.export(number, "text", desk.path.parent / "again", waive="a test")
    assert last(desk, number).version == 2


def test_an_old_entry_without_a_kept_text_says_so_and_hinders_nothing(desk: Desk, number: int) -> None:
    entry = LedgerEntry(
        story=number, slug="orrin-lock", profile="page", publication="X", exported=NOON, folder="/out", files={}, sha256="0" * 64
    )
    desk.store.ledger.add(entry)
    assert desk.publishing.what_changed(number) is None
    desk.publishing.export(number, "page", desk.path.parent / "out", waive="a test")
    assert (last(desk, number).version, last(desk, number).change) == (2, ChangeKind.SILENT)


def test_a_damaged_version_hinders_no_hand_over(desk: Desk, number: int, hand_over: HandOver, make_desk: MakeDesk) -> None:
    hand_over()
    desk.store.close()
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute("UPDATE story_version SET delta = x'00'")
        connection.commit()
    desk = make_desk()
    assert desk.publishing.what_changed(number) is None
    put(desk, number, headline="Another")
    desk.publishing.export(number, "page", desk.path.parent / "out", waive="a test")
    assert last(desk, number).version == 2


# --- undo, restore, duplicates, spiked stories ---------------------------------------------------------------------


def test_a_correction_that_is_undone_shows_as_a_change_since_the_hand_over(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    hand_over(ChangeKind.CORRECTION, NOTE)
    desk.writing.undo(number)
    changes = desk.publishing.what_changed(number)
    assert changes is not None
    assert changes.told == "Corrections"


def test_restoring_an_older_version_unsays_no_correction_and_no_update(
    desk: Desk, number: int, hand_over: HandOver, clock: Callable[[int], None]
) -> None:
    put(desk, number, first_published=NOON - timedelta(hours=3))
    hand_over()
    change_card(desk, number, 0, "Tolls are due.")
    hand_over(ChangeKind.CORRECTION, NOTE)
    clock(2)
    hand_over(ChangeKind.UPDATE)
    first = desk.publishing.ledger(number)[0]
    assert first.kept is not None
    desk.versions.restore(number, first.kept)
    story = desk.writing.story(number)
    assert story.signals == STORY.signals
    assert [note.text for note in story.corrections] == [NOTE]
    assert story.updated == NOON + timedelta(hours=2)
    assert story.slug == STORY.slug


def test_a_restored_version_brings_back_a_correction_that_was_lost_but_not_its_old_words(
    desk: Desk, number: int, hand_over: HandOver, clock: Callable[[int], None]
) -> None:
    hand_over()
    hand_over(ChangeKind.CORRECTION, NOTE)
    clock(1)
    hand_over(ChangeKind.CORRECTION, "The second one.")
    (version, *_) = [version for version in desk.versions.all_of(number) if version.kind is VersionKind.EXPORT][::-1]
    first, _ = desk.writing.story(number).corrections
    put(desk, number, corrections=(replace(first, text="Worded better."),))
    desk.versions.restore(number, version.number)
    assert [note.text for note in desk.writing.story(number).corrections] == ["Worded better.", "The second one."]


def test_a_story_that_was_never_handed_over_is_restored_as_it_was(desk: Desk, number: int) -> None:
    kept = Versions(desk.store, desk.writing).keep(number, "Before")
    put(desk, number, updated=NOON, corrections=(Correction(NOON, NOTE),))
    desk.versions.restore(number, kept)
    assert desk.writing.story(number) == STORY


def test_a_duplicate_has_no_ledger_no_dateline_and_no_corrections(
    desk: Desk, number: int, hand_over: HandOver, tmp_path: Path
) -> None:
    put(desk, number, first_published=NOON, updated=NOON)
    hand_over()
    hand_over(ChangeKind.CORRECTION, NOTE)
    copy = desk.writing.duplicate(number)
    story = desk.writing.story(copy)
    assert (story.first_published, story.updated, story.corrections) == (None, None, ())
    assert desk.publishing.ledger(copy) == []
    assert not desk.writing.slug_is_fixed(copy)
    desk.publishing.export(copy, "page", tmp_path / "copy", waive="a test")
    assert last(desk, copy).change is ChangeKind.FIRST
    assert len(desk.writing.story(number).corrections) == 1


def test_a_spiked_story_is_corrected_and_stays_spiked(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    desk.writing.spike(number)
    hand_over(ChangeKind.CORRECTION, NOTE)
    assert [entry.status for entry in desk.writing.entries(include_spiked=True)] == ["killed"]
    assert [note.text for note in desk.writing.story(number).corrections] == [NOTE]


def test_a_story_called_a_draft_again_is_exported_after_the_next_hand_over(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    desk.shelving.back_to_draft(number)
    assert desk.publishing.what_changed(number) is not None
    hand_over()
    assert desk.shelving.entry(number).status == "exported"


# --- the slug ------------------------------------------------------------------------------------------------------


def test_the_slug_never_changes_after_the_first_hand_over(
    desk: Desk, number: int, hand_over: HandOver, make_desk: MakeDesk, tmp_path: Path
) -> None:
    before = desk.versions.keep(number, "Under another slug")
    desk.writing.rename(number, "another-slug")
    kept = desk.versions.keep(number, "Renamed")
    hand_over()
    put(desk, number, headline="Quite another headline")
    with pytest.raises(InputError, match="exported"):
        desk.writing.rename(number, "third-slug")
    for version in (before, kept):
        desk.versions.restore(number, version)
        assert desk.writing.story(number).slug == "another-slug"
    while desk.writing.undo(number) is not None:
        assert desk.writing.story(number).slug == "another-slug"
    desk.publishing.record(desk.publishing.prepare(number, "page", waive="a test"), destination="The site")
    document = desk.documents.export_document(number, tmp_path / "document" / "story.json")
    with pytest.raises(InputError, match="slug"):
        desk.documents.import_document(document)
    desk.writing.save_all()
    desk.store.close()
    there = make_desk()
    assert there.writing.story(number).slug == "another-slug"
    assert {entry.slug for entry in there.publishing.ledger(number)} == {"another-slug"}
    with pytest.raises(InputError, match="exported"):
        there.writing.rename(number, "third-slug")


def test_prepare_takes_the_same_words_wherever_it_is_asked(desk: Desk, number: int, hand_over: HandOver) -> None:
    hand_over()
    prepared = Publishing.prepare(desk.publishing, number, "text", change=ChangeKind.UPDATE, waive="a test")
    assert prepared.story.updated == prepared.revision.moment == NOON
    assert desk.writing.story(number).updated is None
