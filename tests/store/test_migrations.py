from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.backup import BackupReason
from workstation.domain.ledger import ChangeKind
from workstation.domain.story import SignalCard, Story
from workstation.domain.version import VersionKind
from workstation.errors import StoreError
from workstation.store import Backups, Store, check, migrations
from workstation.store.migrations import HANDING_OVER, MIGRATIONS, Migration

LATER = Migration("colours", ("ALTER TABLE note ADD COLUMN colour TEXT", "UPDATE note SET colour = 'green'"))

MIGRATE_SLOWLY = """
import sys
from pathlib import Path
from workstation.store import Store, migrations
from workstation.store.migrations import MIGRATIONS, Migration
SLOW = Migration("slow", (
    "ALTER TABLE note ADD COLUMN colour TEXT",
    "CREATE TABLE filler (number INTEGER) STRICT",
    "INSERT INTO filler WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 30000000) SELECT n FROM c",
))
migrations.MIGRATIONS = (*MIGRATIONS, SLOW)
print("migrating")
Store.open(Path(sys.argv[1]))
print("migrated")
"""


@pytest.fixture
def old_store(path: Path) -> Path:
    with Store.open(path) as store:
        store.notes.set("sample", "loaded")
    return path


def test_a_migration_is_run_once_and_the_file_is_copied_before(old_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, LATER))
    for _ in range(2):
        with Store.open(old_store) as store:
            assert store.notes.get("sample") == "loaded"
    with closing(sqlite3.connect(old_store)) as connection:
        assert connection.execute("SELECT value, colour FROM note").fetchall() == [("loaded", "green")]
        names = [(migration.name,) for migration in (*MIGRATIONS, LATER)]
        assert connection.execute("SELECT name FROM migration ORDER BY number").fetchall() == names
    [backup] = Backups(old_store).all()
    assert (backup.reason, backup.is_good) == (BackupReason.UPDATE, True)
    with closing(sqlite3.connect(backup.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert connection.execute("SELECT key, value FROM note").fetchall() == [("sample", "loaded")]


def test_a_store_of_the_first_program_gets_a_history_and_keeps_its_stories(path: Path, age: Callable[[], None]) -> None:
    story = Story(slug="river", headline="A river", signals=(SignalCard(headline="Tolls"),))
    with Store.open(path) as store:
        number = store.stories.add(story)
    age()
    with Store.open(path) as store:
        assert store.stories.get(number) == story
        assert store.steps.chain(number).rows == ()
        store.versions.add(number, story, VersionKind.NAMED, "As it came")
        assert store.versions.read(number, 1) == story
    assert check(path) == []
    [backup] = Backups(path).all()
    assert check(backup.path) == []


@pytest.fixture
def before_handing_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the program before this migration, with two hand-overs of a story and a version of each."""
    story = Story(slug="river", headline="A river")
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", MIGRATIONS[: MIGRATIONS.index(HANDING_OVER)])
        with Store.open(path) as store:
            number = store.stories.add(story)
            store.versions.add(number, story, VersionKind.EXPORT, "page")
            with store._connections.writing() as connection:
                connection.executemany(
                    "INSERT INTO ledger (story, slug, profile, publication, exported, folder, files, sha256)"
                    " VALUES (?, 'river', ?, 'Meridian', '2026-01-05T10:00:00+00:00', '/out', ?, 'ab12')",
                    [(number, profile, '{"river.html": "ab12"}') for profile in ("page", "fragment")],
                )
    return path


def test_the_ledger_of_an_older_program_is_read_and_written_on(before_handing_over: Path) -> None:
    with Store.open(before_handing_over) as store:
        old = store.ledger.entries()
        assert [(entry.profile, entry.folder, entry.sha256, dict(entry.files)) for entry in old] == [
            ("page", "/out", "ab12", {"river.html": "ab12"}),
            ("fragment", "/out", "ab12", {"river.html": "ab12"}),
        ]
        assert {(entry.version, entry.kept, entry.document, entry.note, entry.destination) for entry in old} == {
            (0, None, "", "", "")
        }
        new = replace(old[0], change=ChangeKind.CORRECTION, note="The river is a lake", version=1, kept=1, destination="Site")
        store.ledger.add(new)
        assert store.ledger.entries(old[0].story) == [*old, new]
    assert check(before_handing_over) == []
    assert [backup.reason for backup in Backups(before_handing_over).all()] == [BackupReason.UPDATE]


def test_a_new_store_is_not_copied(path: Path) -> None:
    Store.open(path).close()
    assert Backups(path).all() == []
    assert list(path.parent.glob("*before*")) == []


def test_a_migration_that_fails_changes_nothing(old_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migration("broken", (*LATER.statements, "UPDATE nowhere SET nothing = 1"))
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, broken))
        with pytest.raises(StoreError):
            Store.open(old_store)
    with Store.open(old_store) as store:
        assert store.notes.get("sample") == "loaded"
        assert store.check() == []


def test_where_backups_cannot_be_kept_the_copy_before_a_migration_lies_beside_the_store(
    old_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, LATER))
    folder = Backups(old_store).folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.touch()
    Store.open(old_store).close()
    with closing(sqlite3.connect(old_store.with_name("desk.db.before-colours.db"))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_migration_is_not_begun_when_the_copy_cannot_be_made(old_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, LATER))
    folder = Backups(old_store).folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.touch()
    copy = old_store.with_name("desk.db.before-colours.db")
    copy.mkdir()
    (copy / "in-the-way").touch()
    with pytest.raises(StoreError):
        Store.open(old_store)
    with closing(sqlite3.connect(old_store)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.3])
def test_a_kill_during_a_migration_leaves_a_usable_store(old_store: Path, start_child, moment: float) -> None:
    child = start_child(MIGRATE_SLOWLY, old_store)
    assert child.stdout.readline() == "migrating\n"
    backups = Backups(old_store)
    deadline = time.monotonic() + 20
    while not backups.all() and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(moment)
    child.kill()
    assert child.stdout.read() == ""
    child.wait()
    [backup] = backups.all()
    assert check(backup.path) == []
    with Store.open(old_store) as store:
        assert store.notes.get("sample") == "loaded"
        store.notes.set("sample", "removed")
        assert store.check() == []
