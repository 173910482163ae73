"""Backups of a real store: taken, proven, listed, looked into, put back."""

from __future__ import annotations

import lzma
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.backup import BackupReason
from workstation.domain.story import Story
from workstation.domain.version import VersionKind
from workstation.errors import Cancelled, NotFoundError, StoreError
from workstation.store import BackupContents, Backups, Store, check, is_unharmed, restore
from workstation.store.copies import backups as module

RIVER = Story(slug="river", headline="The river rises")


@pytest.fixture
def desk(store: Store, make_capture, picture) -> Store:
    store.items.add(make_capture("The river rose.", icon=picture))
    number = store.stories.add(RIVER, files={"lead.png": picture})
    store.versions.add(number, RIVER, VersionKind.NAMED, "As it came")
    return store


def write(store: Store, headline: str) -> None:
    store.stories.save(1, replace(RIVER, headline=headline))


def ruin(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def test_a_backup_lies_apart_from_the_store_is_whole_and_tells_what_is_in_it(desk: Store) -> None:
    backup = desk.backups.take(BackupReason.HAND)
    assert desk.path.parent not in backup.path.parents
    assert (backup.number, backup.stories, backup.items, backup.is_good) == (1, 1, 1, True)
    assert check(backup.path) == []
    assert is_unharmed(backup)
    assert desk.backups.all() == [backup]
    if os.name != "nt":
        assert backup.path.stat().st_mode & 0o077 == 0


def test_nothing_new_takes_no_room(desk: Store) -> None:
    assert desk.backups.is_due()
    desk.backups.take(BackupReason.START)
    assert not desk.backups.is_due()
    write(desk, "It rises further")
    assert desk.backups.is_due()
    write(desk, "The river rises")
    again = desk.backups.take(BackupReason.WORK)
    ours = desk.backups.all()
    assert again in ours
    assert not desk.backups.is_due()


def test_the_same_bytes_after_a_new_start_are_not_kept_twice(desk: Store) -> None:
    desk.backups.take(BackupReason.START)
    path = desk.path
    desk.close()
    with Store.open(path) as store:
        store.backups.take(BackupReason.START)
        assert [backup.number for backup in store.backups.all()] == [1]
        assert not store.backups.is_due()
        store.backups.take(BackupReason.HAND)
        assert [backup.number for backup in store.backups.all()] == [2, 1]


def test_an_equal_backup_that_rotted_is_replaced_by_a_new_one(desk: Store) -> None:
    first = desk.backups.take(BackupReason.START)
    with first.path.open("rb+") as file:
        file.seek(5000)
        file.write(b"rot")
    assert not is_unharmed(first)
    assert is_unharmed(desk.backups.take(BackupReason.WORK))
    assert [backup.number for backup in desk.backups.all()] == [2, 1]


def test_numbers_order_backups_also_when_the_clock_goes_back(desk: Store) -> None:
    ahead = desk.backups.take(BackupReason.HAND)
    later = ahead.path.with_name("000001-20990101T000000Z-hand.db")
    ahead.path.rename(later)
    write(desk, "Newer")
    desk.backups.take(BackupReason.HAND)
    assert [backup.made.year for backup in desk.backups.all()][1] == 2099
    assert BackupContents(desk.backups.find("latest").path).story(1).headline == "Newer"
    assert desk.backups.find("1").path == later


@pytest.mark.parametrize("name", ["3", "latest", "0", "-1", "٣", "no"])
def test_a_backup_that_is_not_there_is_not_found(store: Store, name: str) -> None:
    with pytest.raises(NotFoundError):
        store.backups.find(name)


def test_a_backup_without_its_note_is_a_backup(desk: Store) -> None:
    backup = desk.backups.take(BackupReason.HAND)
    for text in (None, "", "[]", '{"stories": "many", "sha256": 7}', "\x00"):
        backup.path.with_suffix(".json").unlink(missing_ok=True)
        if text is not None:
            backup.path.with_suffix(".json").write_text(text)
        [found] = desk.backups.all()
        assert (found.number, found.is_good, found.stories) == (1, True, None)


def test_strange_files_in_the_folder_are_left_alone_and_not_listed(desk: Store) -> None:
    desk.backups.take(BackupReason.HAND)
    strange = ["000009-20261399T000000Z-hand.db", "000009-20260101T000000Z-why.db", "9.db", "letter.json", ".hidden"]
    for name in strange:
        (desk.backups.folder / name).write_text("strange")
    (desk.backups.folder / "000010-20260101T000000Z-hand.db").mkdir()
    desk.backups.take(BackupReason.HAND)
    assert [backup.number for backup in desk.backups.all()] == [2, 1]
    assert all((desk.backups.folder / name).exists() for name in strange)


def test_what_a_kill_left_is_cleared_at_the_next_start(desk: Store) -> None:
    backup = desk.backups.take(BackupReason.HAND)
    folder = desk.backups.folder
    halves = [".000002.partial", ".000002.partial-journal", ".x.json.partial", "000002-20260101T000000Z-work.json"]
    for name in halves:
        (folder / name).write_text("half")
    desk.backups.clear_leftovers()
    assert {path.name for path in folder.iterdir()} == {backup.path.name, backup.path.with_suffix(".json").name}


def test_a_damaged_store_gives_a_bad_backup_and_the_good_ones_stay(desk: Store) -> None:
    good = [desk.backups.take(BackupReason.HAND).number for _ in range(5)]
    ruin(desk.path, "UPDATE story SET document = replace(document, 'river', 'rival')")
    bad = [desk.backups.take(BackupReason.WORK) for _ in range(4)]
    assert all("river" in backup.problem and backup.path.stem.endswith("-bad") for backup in bad)
    assert [backup.number for backup in desk.backups.all()] == [bad[3].number, bad[2].number, *reversed(good)]
    assert desk.backups.find("latest").number == good[-1]
    bad[3].path.with_suffix(".json").unlink()
    assert not desk.backups.all()[0].is_good


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE story_version SET sha256 = zeroblob(32)",
        "UPDATE picture SET data = zeroblob(3)",
        "UPDATE story SET sha256 = 'ab'",
    ],
)
def test_what_the_editor_made_is_compared_with_its_hashes(desk: Store, damage: str) -> None:
    ruin(desk.path, damage)
    assert not desk.backups.take(BackupReason.HAND).is_good


def test_a_store_whose_pages_are_ruined_leaves_no_backup_and_no_half_of_one(path: Path, desk: Store, make_capture) -> None:
    desk.items.add_all([make_capture("Word " * 400) for _ in range(60)])
    good = desk.backups.take(BackupReason.HAND)
    desk.close()
    with path.open("rb+") as file:
        file.seek(path.stat().st_size // 3)
        file.write(os.urandom(path.stat().st_size // 2))
    with pytest.raises(StoreError):
        Backups(path).take(BackupReason.WORK)
    assert [backup.path for backup in Backups(path).all()] == [good.path]
    assert [entry for entry in good.path.parent.iterdir() if entry.name.startswith(".")] == []


def test_without_room_there_is_a_calm_sentence_and_the_old_ones_stay(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.backups.take(BackupReason.HAND)
    usage = shutil.disk_usage(desk.path.parent)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(StoreError, match=r"no room for a backup.*Make room"):
        desk.backups.take(BackupReason.HAND)
    assert [backup.number for backup in desk.backups.all()] == [1]


def test_a_folder_that_cannot_be_made_is_told(desk: Store) -> None:
    folder = desk.backups.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file")
    with pytest.raises(StoreError, match="No backup was made"):
        desk.backups.take(BackupReason.HAND)
    assert desk.backups.all() == []


def test_a_backup_that_is_not_wanted_any_more_leaves_nothing(desk: Store, make_capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOKS", 50)
    desk.items.add_all([make_capture("Word " * 2000) for _ in range(200)])
    with pytest.raises(Cancelled):
        desk.backups.take(BackupReason.WORK, cancelled=lambda: True)
    assert desk.backups.all() == []
    assert [path.name for path in desk.backups.folder.iterdir()] == []
    assert desk.check() == []


def test_two_backups_at_once_wait_for_each_other(desk: Store, make_capture) -> None:
    desk.items.add_all([make_capture("Word " * 500) for _ in range(100)])
    with ThreadPoolExecutor(3) as threads:
        taken = list(threads.map(lambda _: desk.backups.take(BackupReason.HAND), range(3)))
    assert sorted(backup.number for backup in taken) == [1, 2, 3]
    assert all(is_unharmed(backup) for backup in desk.backups.all())


def test_one_that_waits_for_another_can_be_given_up(desk: Store) -> None:
    with module._TAKING, pytest.raises(Cancelled):
        desk.backups.take(BackupReason.WORK, cancelled=lambda: True)


def test_writing_goes_on_while_a_backup_is_taken(desk: Store, make_capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is of one moment: what is written meanwhile is either wholly in it or not at all."""
    monkeypatch.setattr(module, "_LOOKS", 200)
    desk.items.add_all([make_capture("Word " * 500) for _ in range(300)])
    written: list[int] = []

    def write_on() -> bool:
        number = len(written)
        written.append(desk.stories.add(Story(slug=f"meanwhile-{number}", headline="Meanwhile")))
        return False

    backup = desk.backups.take(BackupReason.WORK, cancelled=write_on)
    assert written
    assert backup.is_good
    assert check(backup.path) == []


# --- a second folder -----------------------------------------------------------------------------------------------


def test_a_second_folder_gets_each_backup_and_both_are_thinned(desk: Store, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    desk.backups.choose_second(disk)
    taken = [desk.backups.take(BackupReason.HAND) for _ in range(3)]
    copies = sorted((disk / desk.backups.folder.name).glob("*.db"))
    assert [copy.name for copy in copies] == [backup.path.name for backup in taken]
    assert check(copies[0]) == []
    assert [backup.path.parent for backup in desk.backups.all()] == [desk.backups.folder] * 3


def test_a_second_folder_that_is_away_is_told_and_nothing_is_written_in_its_place(desk: Store, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    desk.backups.choose_second(disk)
    shutil.rmtree(disk)
    disk.mkdir()  # the empty folder in which a disk would be mounted
    assert desk.backups.second_away == disk
    assert desk.backups.take(BackupReason.HAND).is_good
    assert list(disk.iterdir()) == []
    desk.backups.choose_second(None)
    assert (desk.backups.second_away, desk.backups.second_folder) == (None, None)


def test_when_the_first_folder_is_lost_the_second_has_the_backups(desk: Store, tmp_path: Path) -> None:
    desk.backups.choose_second(tmp_path)
    desk.backups.take(BackupReason.HAND)
    for path in desk.backups.folder.glob("0*"):
        path.unlink()
    [found] = desk.backups.all()
    assert tmp_path in found.path.parents
    assert desk.backups.take(BackupReason.HAND).number == 2


def test_a_second_folder_that_cannot_be_written_is_not_taken(desk: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "missing" / "folder", desk.backups.folder.parent):
        with pytest.raises(StoreError, match="not taken"):
            desk.backups.choose_second(folder)
    assert desk.backups.second_folder is None


# --- looking inside and putting back -------------------------------------------------------------------------------


def test_a_backup_can_be_looked_into_and_is_not_changed_by_it(desk: Store, picture) -> None:
    backup = desk.backups.take(BackupReason.HAND)
    write(desk, "Later")
    before, names = backup.path.read_bytes(), sorted(backup.path.parent.iterdir())
    inside = BackupContents(backup.path)
    [line] = inside.stories()
    assert (line.slug, line.headline, line.status) == ("river", "The river rises", "draft")
    assert inside.story(line.id) == RIVER
    assert inside.files(line.id) == {"lead.png": picture}
    with pytest.raises(NotFoundError):
        inside.story(99)
    assert backup.path.read_bytes() == before
    assert sorted(backup.path.parent.iterdir()) == names


def test_a_backup_of_the_first_program_can_be_looked_into(path: Path, age, picture) -> None:
    with Store.open(path) as store:
        store.stories.add(RIVER, files={"lead.png": picture})
    age()
    inside = BackupContents(path)
    [line] = inside.stories()
    assert inside.story(line.id) == RIVER
    assert inside.files(line.id) == {"lead.png": picture}


def test_what_a_restore_replaces_becomes_a_backup(path: Path, desk: Store) -> None:
    first = desk.backups.take(BackupReason.HAND)
    write(desk, "Newer")
    desk.close()
    restore(first.path, path)
    kept, _ = Backups(path).all()
    assert kept.reason is BackupReason.RESTORE
    assert BackupContents(kept.path).story(1).headline == "Newer"
    with Store.open(path) as store:
        assert store.stories.get(1).headline == "The river rises"
    restore(kept.path, path)
    with Store.open(path) as store:
        assert store.stories.get(1).headline == "Newer"


def test_a_restore_needs_room_and_says_so(path: Path, desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = desk.backups.take(BackupReason.HAND)
    desk.close()
    usage = shutil.disk_usage(path.parent)
    monkeypatch.setattr("workstation.store.copies.restoring.disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(StoreError, match="Make room"):
        restore(backup.path, path)
    assert check(path) == []


@pytest.mark.parametrize(
    ("hostile", "named"),
    [
        ("CREATE TRIGGER spy AFTER UPDATE ON story BEGIN DELETE FROM story; END", "spy"),
        ("CREATE VIEW other AS SELECT load_extension('x')", "other"),
        ("CREATE TABLE more (a)", "more"),
        ("CREATE INDEX more ON story (abs(headline))", "more"),
        ("ALTER TABLE note ADD COLUMN more TEXT GENERATED ALWAYS AS (hex(value)) VIRTUAL", "note"),
        ("DROP TABLE quote", "quote"),
        ("CREATE VIRTUAL TABLE more USING fts5 (a)", "more"),
        ("ALTER TABLE note RENAME TO nota", "nota"),
    ],
)
def test_a_file_that_is_not_made_as_a_desk_is_refused(path: Path, desk: Store, hostile: str, named: str) -> None:
    backup = desk.backups.take(BackupReason.HAND)
    write(desk, "Newer")
    desk.close()
    ruin(backup.path, hostile)
    with pytest.raises(StoreError, match=f"“{named}"):
        restore(backup.path, path)
    with pytest.raises(StoreError, match=f"“{named}"):
        BackupContents(backup.path).stories()
    with Store.open(path) as store:
        assert store.stories.get(1).headline == "Newer"


def test_a_replaced_view_is_refused(path: Path, desk: Store) -> None:
    backup = desk.backups.take(BackupReason.HAND)
    desk.close()
    ruin(backup.path, "DROP VIEW item_searched")
    ruin(backup.path, "CREATE VIEW item_searched (row, title, text) AS SELECT 1, randomblob(9), randomblob(9)")
    with pytest.raises(StoreError, match="item_searched"):
        restore(backup.path, path)


def test_an_older_backup_is_put_back_and_brought_up_to_date_when_it_is_opened(path: Path, age) -> None:
    with Store.open(path) as store:
        store.stories.add(RIVER)
    age()
    backup = path.with_name("old.db")
    shutil.copy(path, backup)
    path.unlink()
    restore(backup, path)
    with Store.open(path) as store:
        assert store.stories.get(1) == RIVER
        assert [kept.reason for kept in store.backups.all()] == [BackupReason.UPDATE]


STORES = Path(__file__).parents[2] / "data" / "stores"


@pytest.mark.parametrize("packed", sorted(STORES.glob("*.db.xz")), ids=lambda packed: packed.name)
def test_a_backup_of_every_schema_that_ever_was_is_looked_into_and_put_back(path: Path, tmp_path: Path, packed: Path) -> None:
    backup = tmp_path / "old.db"
    backup.write_bytes(lzma.decompress(packed.read_bytes()))
    lines = BackupContents(backup).stories()
    assert lines
    assert check(backup) == []
    restore(backup, path)
    with Store.open(path) as store:
        assert {entry.id for entry in store.stories.entries(include_spiked=True)} == {line.id for line in lines}
    assert check(path) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs a mount, and so root")
def test_a_backup_on_a_medium_that_cannot_be_written_is_put_back(path: Path, desk: Store, tmp_path: Path) -> None:
    backup = desk.backups.take(BackupReason.HAND)
    desk.close()
    medium = tmp_path / "medium"
    medium.mkdir()
    shutil.copy(backup.path, medium / "backup.db")
    if os.system(f"mount --bind {medium} {medium} 2>/dev/null && mount -o remount,ro,bind {medium} 2>/dev/null"):
        pytest.skip("no mounts here")
    try:
        assert Backups(medium / "backup.db").take(BackupReason.START).is_good
        restore(medium / "backup.db", path)
        assert BackupContents(medium / "backup.db").story(1) == RIVER
    finally:
        os.system(f"umount {medium}")
    with Store.open(path) as store:
        assert store.stories.get(1) == RIVER
