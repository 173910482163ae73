"""Backups of a desk: what is taken with them, and what is brought back from one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.backup import BackupReason
from workstation.domain.body import body_from_text
from workstation.domain.picture import Picture
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.domain.version import VersionKind
from workstation.errors import NotFoundError, StoreError
from workstation.store import check
from workstation.workflow.backing_up import CARD_LABEL, STORY_LABEL
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

LEAD = Picture(b"the quay at noon", "image/png", 640, 360)
OTHER = Picture(b"the quay at night", "image/png", 640, 360)
ICON = Picture(b"a lantern", "image/png", 16, 16)
STORY = Story(
    slug="lock",
    headline="A lock opens",
    news=body_from_text("Barges moved before sunrise."),
    lead_image=LeadImage(file="lead.png", alt="The quay"),
    signals=(
        SignalCard(headline="Tolls", sources=(Source(name="The Lantern Post", icon="icons/lantern.png"),)),
        SignalCard(headline="Water"),
    ),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "desk.db", offline=True, publications=tmp_path, styles=tmp_path / "style") as desk:
        desk.store.stories.add(STORY, files={"lead.png": LEAD, "icons/lantern.png": ICON})
        yield desk


def write(desk: Desk, **changes: object) -> None:
    desk.writing.edit(1, replace(desk.writing.story(1), **changes), label="Typing", spot=Spot("headline"))


def test_the_words_on_the_screen_are_in_the_backup(desk: Desk) -> None:
    write(desk, headline="A lock opens wide")
    backup = desk.backing_up.take(BackupReason.HAND)
    assert [line.headline for line in desk.backing_up.stories(backup.path)] == ["A lock opens wide"]


def test_a_backup_is_taken_by_itself_only_when_something_was_written(desk: Desk) -> None:
    assert desk.backing_up.take_when_due(BackupReason.START) is not None
    assert desk.backing_up.take_when_due(BackupReason.WORK) is None
    write(desk, headline="Changed")
    desk.writing.save_all()
    assert desk.backing_up.take_when_due(BackupReason.WORK) is not None


def test_a_story_comes_back_as_one_step_and_what_stood_there_is_a_version(desk: Desk) -> None:
    backup = desk.backing_up.take(BackupReason.HAND)
    write(desk, headline="Ruined", news=body_from_text(""), signals=())
    line = desk.backing_up.line(backup.path, "lock")
    changes, number = desk.backing_up.bring_back(backup.path, line)
    assert (number, changes.stories) == (1, {1})
    assert desk.writing.story(1) == STORY
    assert desk.writing.undo_label(1) == STORY_LABEL
    [version] = [version for version in desk.versions.all_of(1) if version.kind is VersionKind.RESTORE]
    assert desk.versions.read(1, version.number).headline == "Ruined"
    desk.writing.undo(1)
    assert desk.writing.story(1).headline == "Ruined"


def test_a_story_that_was_renamed_since_is_the_same_one_and_keeps_its_slug(desk: Desk) -> None:
    backup = desk.backing_up.take(BackupReason.HAND)
    desk.writing.rename(1, "sluice")
    desk.writing.save_all()
    desk.backing_up.bring_back(backup.path, desk.backing_up.line(backup.path, "lock"))
    assert desk.writing.story(1) == replace(STORY, slug="sluice")
    assert len(desk.writing.entries()) == 1


def test_a_spiked_story_is_on_the_list_again(desk: Desk) -> None:
    backup = desk.backing_up.take(BackupReason.HAND)
    desk.writing.spike(1)
    desk.backing_up.bring_back(backup.path, desk.backing_up.line(backup.path, "lock"))
    assert [entry.status for entry in desk.writing.entries()] == ["draft"]


def test_a_story_that_is_gone_becomes_one_again_with_its_pictures(desk: Desk, tmp_path: Path) -> None:
    backup = desk.backing_up.take(BackupReason.HAND)
    with Desk.open(tmp_path / "other.db", offline=True, publications=tmp_path, styles=tmp_path / "style") as other:
        _, number = other.backing_up.bring_back(backup.path, other.backing_up.line(backup.path, "LOCK"))
        assert other.writing.story(number) == STORY
        assert other.writing.files(number) == {"lead.png": LEAD, "icons/lantern.png": ICON}


def test_a_picture_that_was_replaced_since_comes_back_with_its_story(desk: Desk) -> None:
    backup = desk.backing_up.take(BackupReason.HAND)
    desk.store.stories.put_file(1, "lead.png", OTHER)
    desk.writing.reread(1)
    desk.backing_up.bring_back(backup.path, desk.backing_up.line(backup.path, "lock"))
    image = desk.writing.story(1).lead_image
    assert image is not None
    assert desk.writing.files(1)[image.file] == LEAD
    assert desk.writing.files(1)["lead.png"] == OTHER


def test_a_card_comes_back_at_its_place_beside_those_of_now(desk: Desk) -> None:
    backup = desk.backing_up.take(BackupReason.HAND)
    write(desk, signals=(replace(STORY.signals[0], headline="Fees"),))
    line = desk.backing_up.line(backup.path, "lock")
    desk.backing_up.bring_back_card(backup.path, line, 0, 1)
    assert [card.headline for card in desk.writing.story(1).signals] == ["Tolls", "Fees"]
    assert desk.writing.undo_label(1) == CARD_LABEL
    desk.backing_up.bring_back_card(backup.path, line, 1, 1)
    assert [card.headline for card in desk.writing.story(1).signals] == ["Tolls", "Water", "Fees"]
    assert len({card.key for card in desk.writing.story(1).signals}) == 3
    with pytest.raises(NotFoundError):
        desk.backing_up.bring_back_card(backup.path, line, 2, 1)


def test_a_backup_is_copied_to_a_file_unless_it_is_not_what_it_was(desk: Desk, tmp_path: Path) -> None:
    backup = desk.backing_up.take(BackupReason.HAND)
    out = desk.backing_up.save_to(backup, tmp_path / "copy.db")
    assert check(out) == []
    with pytest.raises(StoreError, match="not copied"):
        desk.backing_up.save_to(backup, tmp_path / "missing" / "copy.db")
    with backup.path.open("rb+") as file:
        file.seek(6000)
        file.write(b"rot")
    with pytest.raises(StoreError, match="not what it was"):
        desk.backing_up.save_to(backup, out)
    assert check(out) == []
    assert sorted(path.name for path in tmp_path.glob("*.partial")) == []


def test_a_story_that_is_not_in_a_backup_is_told_with_those_that_are(desk: Desk) -> None:
    backup = desk.backing_up.take(BackupReason.HAND)
    with pytest.raises(NotFoundError, match="it holds lock"):
        desk.backing_up.line(backup.path, "weir")
