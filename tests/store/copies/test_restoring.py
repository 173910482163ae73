from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.picture import Picture
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.errors import StoreBusyError, StoreError, StoreTooNewError
from workstation.store import Store, check, restore, restore_what_is_whole
from workstation.store.seals import keep_sealed

RIVER = Story(slug="river", headline="Old")

KILLED_WITH_A_LOG = """
import os, signal, sys
from pathlib import Path
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.store import Store
store = Store.open(Path(sys.argv[1]))
store.stories.save(store.stories.id_of("river"), Story(slug="river", headline="Only in the log"))
os.kill(os.getpid(), signal.SIGKILL)
"""

RESTORE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from workstation.store import restore
from workstation.store.seals import keep_sealed
steps = int(sys.argv[3])
def counted(step):
    def run(*arguments, **named):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*arguments, **named)
    return run
for name in ("rename", "replace", "hardlink_to", "unlink"):
    setattr(Path, name, counted(getattr(Path, name)))
restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def backup(path: Path, tmp_path: Path, make_capture, picture: Picture) -> Path:
    """A backup of a desk with one item and one story, which the desk itself has changed since."""
    out = tmp_path / "backups" / "monday.db"
    out.parent.mkdir()
    with Store.open(path) as store:
        store.items.add(make_capture("The river rose.", icon=picture))
        number = store.stories.add(RIVER)
        store.backup(out)
        store.stories.save(number, replace(RIVER, headline="New"))
    return out


def headline(path: Path) -> str:
    with Store.open(path) as store:
        assert len(store.items.summaries(query="river")) == 1
        return store.stories.get(store.stories.id_of("river")).headline


def test_a_backup_of_an_open_desk_is_whole(backup: Path) -> None:
    assert check(backup) == []
    assert sorted(entry.name for entry in backup.parent.iterdir()) == ["monday.db"]


def test_a_backup_replaces_an_older_one_only_when_it_is_complete(path: Path, backup: Path) -> None:
    with Store.open(path) as store:
        store.backup(backup)
        shutil.copy(backup, backup.with_name("other.db"))
    assert headline(backup.with_name("other.db")) == "New"


def test_a_stale_log_beside_the_backups_name_is_moved_out_of_its_way(path: Path, backup: Path) -> None:
    log = backup.with_name("monday.db-wal")
    log.write_bytes(b"the log of another file")
    with Store.open(path) as store:
        store.backup(backup)
    assert not log.exists()
    assert [entry.read_bytes() for entry in backup.parent.glob("*replaced*-wal")] == [b"the log of another file"]
    assert check(backup) == []


@pytest.mark.parametrize("place", ["missing/monday.db", "a-file/monday.db", "desk.db"])
def test_a_backup_that_cannot_be_written_is_told_and_leaves_the_desk_alone(path: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("not a folder")
    with Store.open(path) as store:
        store.stories.add(RIVER)
        with pytest.raises(StoreError):
            store.backup(tmp_path / place)
        assert store.check() == []


def test_a_restored_desk_is_the_backup_and_the_old_one_is_kept_aside(path: Path, backup: Path) -> None:
    restore(backup, path)
    assert headline(path) == "Old"
    [aside] = [entry for entry in path.parent.glob("desk.db.replaced-*") if not entry.name.endswith(".lock")]
    shutil.copy(aside, aside.with_name("aside.db"))
    assert headline(aside.with_name("aside.db")) == "New"


def test_what_stood_only_in_the_old_log_is_kept_aside_too(path: Path, backup: Path, start_child) -> None:
    start_child(KILLED_WITH_A_LOG, path).wait()
    assert path.with_name("desk.db-wal").stat().st_size > 0
    restore(backup, path)
    assert headline(path) == "Old"
    [aside] = path.parent.glob("desk.db.replaced-*Z")
    assert headline(aside) == "Only in the log"


def test_a_restore_over_a_damaged_desk_with_a_log_gives_a_sound_desk(path: Path, backup: Path) -> None:
    path.write_bytes(b"ruined" * 1000)
    path.with_name("desk.db-wal").write_bytes(b"ruined log" * 1000)
    path.with_name("desk.db-shm").write_bytes(b"ruined index" * 1000)
    restore(backup, path)
    assert check(path) == []
    assert headline(path) == "Old"
    asides = {entry.name[-4:]: entry.read_bytes()[:6] for entry in path.parent.glob("desk.db.replaced-*")}
    assert asides["-wal"] == b"ruined"
    assert b"ruined" in asides.values()


def test_a_restore_to_a_place_without_a_desk_makes_one(tmp_path: Path, backup: Path) -> None:
    restore(backup, tmp_path / "new" / "desk.db")
    assert headline(tmp_path / "new" / "desk.db") == "Old"


def test_a_kill_at_any_step_of_a_restore_leaves_the_whole_old_desk_or_the_whole_new_one(
    path: Path, backup: Path, start_child
) -> None:
    endings = []
    for step in range(12):
        if step and endings[-1] == "Old":
            break
        child = start_child(RESTORE_AND_DIE, backup, path, step)
        child.wait()
        assert path.exists()
        assert check(path) == []
        endings.append(headline(path))
    assert endings[0] == "New"
    assert endings[-1] == "Old"


def test_an_open_desk_is_not_replaced(path: Path, backup: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(StoreBusyError):
            restore(backup, path)
        assert store.check() == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE story SET document = replace(document, 'Old', 'Odd')",
        "UPDATE item_body SET text = 'The river fell.'",
        "UPDATE item_body SET original = zeroblob(30)",
        "UPDATE picture SET data = zeroblob(3)",
        "INSERT INTO item_search (item_search, rowid, title, text) SELECT 'delete', row, title, text FROM item_searched",
        "DELETE FROM item_desk",
        "DELETE FROM item_body",
        "UPDATE item SET icon = 'nowhere'",
    ],
)
def test_damage_is_found_by_the_check_and_a_damaged_backup_is_refused(path: Path, backup: Path, damage: str) -> None:
    with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        connection.execute(damage)
    assert check(backup) != []
    with pytest.raises(StoreError, match="damaged"):
        restore(backup, path)
    assert headline(path) == "New"
    assert list(path.parent.glob(".*")) == []


@pytest.mark.parametrize("has_older", [True, False])
def test_what_is_whole_in_a_damaged_backup_can_be_put_back(path: Path, backup: Path, tmp_path: Path, has_older: bool) -> None:
    older = tmp_path / "older.db"
    shutil.copy(backup, older)
    with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        connection.execute("UPDATE item_body SET text = 'The river fell.'")
    damaged = backup.read_bytes()
    salvaged = restore_what_is_whole(backup, path, older if has_older else None)
    assert check(path) == []
    with Store.open(path) as store:
        assert store.stories.get(1).headline == "Old"
        assert len(store.items.summaries(query="river")) == has_older
    assert (salvaged.folder is not None) and salvaged.folder.is_dir()
    assert "The backup was damaged" in salvaged.told
    assert str(backup) in salvaged.told
    assert backup.read_bytes() == damaged
    (aside,) = path.parent.glob(f"{path.name}.replaced-*")
    assert headline(aside) == "New"


def test_a_backup_in_which_nothing_is_whole_is_not_put_back(path: Path, backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:100] + bytes(4000) + b"item_body story_version item_desk")
    with pytest.raises(StoreError, match="Use another backup"):
        restore_what_is_whole(backup, path)
    assert headline(path) == "New"
    assert list(path.parent.glob(".*")) == []


def test_a_truncated_or_overwritten_backup_is_refused(path: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    pages = len(whole) // 4096
    for ruined in (
        whole[: len(whole) // 2],
        whole[:50],
        whole[: 4096 * (pages // 2)] + bytes(4096) + whole[4096 * (pages // 2 + 1) :],
    ):
        if ruined == whole:
            continue
        backup.write_bytes(ruined)
        assert check(backup) != []
        with pytest.raises(StoreError):
            restore(backup, path)
    assert headline(path) == "New"


def test_a_backup_of_a_newer_program_is_refused(path: Path, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreTooNewError):
        restore(backup, path)
    assert "newer version" in check(backup)[0]
    assert headline(path) == "New"


@pytest.mark.parametrize("content", [None, b"Dear diary", b""])
def test_what_is_no_backup_is_refused(path: Path, backup: Path, content: bytes | None) -> None:
    backup.unlink()
    if content is not None:
        backup.write_bytes(content)
    assert check(backup) != []
    with pytest.raises(StoreError):
        restore(backup, path)
    assert headline(path) == "New"


def test_the_check_changes_nothing_and_leaves_nothing(backup: Path) -> None:
    before = backup.read_bytes()
    assert check(backup) == []
    assert backup.read_bytes() == before
    assert [entry.name for entry in backup.parent.iterdir()] == ["monday.db"]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE item_desk SET head = item, tie = 'copy' WHERE item = 1", "itself"),
        ("UPDATE item_desk SET head = 2, tie = 'copy' WHERE item = 3; UPDATE item_desk SET head = 1, tie = 'copy' WHERE item = 2",
         "itself in a group"),
        ("UPDATE item_desk SET tie = 'version' WHERE item = 1", "at once"),
        ("DELETE FROM item_address WHERE item = 1", "addresses"),
        ("UPDATE item_address SET hash = 5 WHERE item = 1", "addresses"),
        ("DELETE FROM outlet_alias", "names"),
        ("DELETE FROM item_site", "sites"),
        ("UPDATE item_count SET number = 0", "no items as unread"),
        ("UPDATE quote SET exact = 'The river fell'", "quotation"),
        ("INSERT INTO item_print VALUES (1, x'00'), (2, x'0000')", "prints"),
    ],
)  # fmt: skip
def test_what_does_not_agree_with_the_items_is_told_but_never_keeps_a_backup_out(
    path: Path, backup: Path, make_capture, damage: str, told: str
) -> None:
    with Store.open(backup) as store:
        captures = [make_capture("The river rose again."), make_capture("Boats wait.")]
        store.items.add_all(captures)
        item = captures[0].item
        store.quotes.add(Quote(id="q", item=item.id, start=0, end=9, exact="The river", speaker=None, translation=None))
    assert check(backup) == []
    with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        keep_sealed(connection)
        first, second, third = (row for (row,) in connection.execute("SELECT row FROM item ORDER BY row"))
        for statement in damage.split(";"):
            named = re.sub(r"\b[123]\b", lambda place: str((first, second, third)[int(place[0]) - 1]), statement)
            connection.execute(named)
    assert [problem for problem in check(backup) if told in problem]
    restore(backup, path)
    with Store.open(path) as store:
        assert store.items.get(item.id) == item
