from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.promises.damaging import make_desk
from workstation.domain.backup import BackupReason
from workstation.domain.story_entry import STATUSES
from workstation.errors import StoreDamagedError, StoreError
from workstation.store import Store, check
from workstation.store.damage.pages import Pages
from workstation.store.damage.salvage import salvage
from workstation.store.seals import SEALED, keep_sealed, seal


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "desk.db"
    make_desk(path, stories=2)
    return path


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    shutil.copy(made, path)
    return path


def _change(path: Path, sql: str) -> None:
    """Change a row behind the program's back, as damage does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(sql)


@pytest.mark.parametrize("sealed", SEALED, ids=lambda sealed: sealed.table)
def test_every_sealed_table_that_has_rows_bears_its_seals(desk: Path, sealed) -> None:
    with closing(sqlite3.connect(desk)) as connection:
        where = f"WHERE {sealed.only} <> ''" if sealed.only else ""
        rows = connection.execute(f"SELECT {', '.join(sealed.columns)}, seal FROM {sealed.table} {where}").fetchall()
    assert rows or sealed.table in ("waiting", "sent_post", "story_template_file")
    assert all(row[-1] == seal(sealed.table, *row[:-1]) for row in rows)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE item SET author = author || 'x' WHERE author IS NOT NULL", "author"),
        ("UPDATE item_desk SET notes = 'Another note' WHERE notes <> ''", "note beside"),
        ("UPDATE item_desk SET notes = '' WHERE notes <> ''", "note beside"),
        ("UPDATE quote SET speaker = 'Somebody else'", "quote"),
        ("UPDATE story_step SET label = 'Other'", "undo steps"),
        ("UPDATE ledger SET folder = '/elsewhere'", "ledger"),
        ("UPDATE story SET headline = 'Another headline'", "list of stories"),
        ("UPDATE story_desk SET notes = 'Another note'", "list of stories"),
        ("UPDATE note SET value = 'x' WHERE key LIKE 'dictionary%'", "setting"),
        ("UPDATE feed SET name = 'x'", "feed"),
    ],
)
def test_a_row_that_was_changed_behind_the_programs_back_is_told(desk: Path, change: str, told: str) -> None:
    assert check(desk) == []
    _change(desk, change)
    assert any(told in problem for problem in check(desk))


@pytest.mark.parametrize(
    ("change", "read"),
    [
        ("UPDATE story SET document = replace(document, 'harbour', 'harbor')", lambda store: store.stories.get(2)),
        ("UPDATE item SET title = 'Another title'", lambda store: store.items.get(_item(store))),
        ("UPDATE item_body SET text = 'Another text'", lambda store: store.items.get(_item(store))),
        ("UPDATE quote SET exact = 'Another word'", lambda store: store.quotes.of_item(_quoted(store))),
        ("UPDATE picture SET data = x'00'", lambda store: store.stories.files(1)),
        ("UPDATE story_template SET document = replace(document, 'harbour', 'harbor')", lambda store: store.templates.get(1)),
    ],
    ids=["story", "title", "text", "quote", "picture", "template"],
)
def test_what_is_damaged_is_never_shown_as_if_it_were_true(desk: Path, change: str, read) -> None:
    _change(desk, change)
    with Store.open(desk) as store, pytest.raises(StoreDamagedError):
        read(store)


def _item(store: Store) -> str:
    return store.items.summaries()[0].id


def _quoted(store: Store) -> str:
    with store._connections.reading() as connection:
        return str(connection.execute("SELECT item FROM quote").fetchone()[0])


def test_a_text_that_is_no_unicode_any_more_is_damage_and_not_repeated_in_the_message(desk: Path) -> None:
    _change(desk, "UPDATE story SET document = CAST(x'7bff' AS TEXT) WHERE id = 2")
    with Store.open(desk) as store, pytest.raises(StoreDamagedError) as told:
        store.stories.get(2)
    assert "{" not in told.value.detail
    assert any("story-0" in problem for problem in check(desk))


def test_an_empty_file_in_the_place_of_a_desk_with_backups_is_damage(desk: Path) -> None:
    with Store.open(desk) as store:
        store.backups.take(BackupReason.HAND)
    desk.write_bytes(b"")
    with pytest.raises(StoreDamagedError):
        Store.open(desk)


def test_a_file_of_something_else_is_no_damaged_desk(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(b"Dear editor, " * 400)
    with pytest.raises(StoreError) as told:
        Store.open(path)
    assert not isinstance(told.value, StoreDamagedError)


def test_the_pages_are_read_as_sqlite_reads_them(desk: Path) -> None:
    with closing(Pages(desk)) as pages, closing(sqlite3.connect(desk)) as connection:
        for name, root in connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"):
            rows = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            assert sum(1 for _ in pages.walk(root, set())) == rows
        assert pages.losses == 0


@pytest.mark.parametrize("size", [512, 1024, 4096, 8192, 16384])
@pytest.mark.parametrize("long", [40, 3_000, 60_000])
def test_the_size_of_the_pages_is_found_where_the_first_one_is_gone(tmp_path: Path, size: int, long: int) -> None:
    """A multiple of it has as many good beginnings in each hundred, and would pass over most of what is there."""
    path = tmp_path / "desk.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA page_size = {size}; CREATE TABLE item (row INTEGER PRIMARY KEY, text TEXT)")
        rows = [(f"{number} " + "words " * (number * long // 360),) for number in range(60)]
        connection.executemany("INSERT INTO item (text) VALUES (?)", rows)
        connection.commit()
    with path.open("r+b") as file:
        file.write(bytes(size))
    with closing(Pages(path)) as pages:
        assert pages.size == size


def test_a_desk_without_its_first_page_and_without_a_backup_is_salvaged_whole(desk: Path) -> None:
    with closing(sqlite3.connect(desk)) as connection:
        before = connection.execute("SELECT slug FROM story ORDER BY slug").fetchall()
    with desk.open("r+b") as file:
        file.write(bytes(4096))
    salvaged = salvage(desk)
    assert salvaged.brought["story"] == len(before)
    with closing(sqlite3.connect(desk)) as connection:
        assert connection.execute("SELECT slug FROM story ORDER BY slug").fetchall() == before


@pytest.mark.parametrize(
    ("change", "read"),
    [
        ("UPDATE item SET captured = '20x6'", lambda store: store.items.summaries()),
        ("UPDATE highlight SET kind = 'fast'", lambda store: [store.items.highlights(one.id) for one in store.items.summaries()]),
        ("UPDATE story SET changed = '20x6'", lambda store: store.stories.entries()),
        ("UPDATE ledger SET exported = '20x6'", lambda store: store.ledger.entries()),
        ("UPDATE ledger SET files = '[x'", lambda store: store.ledger.entries()),
        ("UPDATE outlet SET kind = 'publjc'", lambda store: store.items.outlets()),
        ("UPDATE outlet SET languages = '[x'", lambda store: store.items.outlets()),
        ("UPDATE feed SET added = '20x6'", lambda store: store.feeds.all()),
    ],
)
def test_a_value_that_means_nothing_any_more_is_damage_and_no_bug(desk: Path, change: str, read) -> None:
    _change(desk, change)
    with Store.open(desk) as store, pytest.raises(StoreDamagedError, match="is no"):
        read(store)
    assert check(desk) != []


def test_a_status_that_is_none_is_told_and_mended(desk: Path) -> None:
    _change(desk, "UPDATE story SET status = 'drabt' WHERE id = 1")
    assert any("list of stories" in problem for problem in check(desk))
    salvage(desk)
    assert check(desk) == []
    with Store.open(desk) as store:
        assert {entry.status for entry in store.stories.entries(include_spiked=True)} <= set(STATUSES)


@pytest.mark.parametrize(("old", "new"), [("'unread'", "'unreae'"), ("headline", "headlinf")])
def test_a_schema_in_which_a_letter_was_changed_is_told_in_words(desk: Path, old: str, new: str) -> None:
    with closing(sqlite3.connect(desk, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name IN ('story', 'item_desk')", (old, new))
    assert check(desk) != []


def test_the_size_of_a_page_is_found_where_the_header_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE story (id INTEGER PRIMARY KEY, document TEXT)")
        for number in range(150):  # every second page of the file goes on with the one before it
            connection.execute("INSERT INTO story VALUES (?, ?)", (number, "x" * 5000))
    with path.open("r+b") as file:
        file.write(bytes(100))
    with closing(Pages(path)) as pages:
        assert pages.size == 4096


def test_versions_and_not_the_clock_tell_which_state_of_a_lost_story_is_the_newer_one(desk: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    with Store.open(desk) as store:
        store.backup(backup)
    _change(desk, "UPDATE story SET document = 'lost'")
    for path in (desk, backup):  # the clock was years ahead when the versions were made
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            keep_sealed(connection)
            connection.execute("UPDATE story_version SET made = '2099-01-01T00:00:00+00:00'")
    with closing(sqlite3.connect(backup)) as connection:
        whole = connection.execute("SELECT id, document, changed FROM story ORDER BY id").fetchall()
    salvage(desk, backup)
    with closing(sqlite3.connect(desk)) as connection:
        assert connection.execute("SELECT id, document, changed FROM story ORDER BY id").fetchall() == whole


LOGGED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from workstation.store import Store
store = Store.open(Path(sys.argv[1]))
for number in range(6):
    store.stories.save(1, replace(store.stories.get(1), headline=f"State {number}"))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def logged(desk: Path) -> Path:
    """A desk whose program was killed: its last changes are in the log."""
    subprocess.run([sys.executable, "-c", LOGGED, str(desk)], check=False)
    assert desk.with_name("desk.db-wal").stat().st_size > 6 * 4096
    return desk


def test_a_log_that_is_damaged_in_the_midst_is_refused_and_what_lies_behind_is_salvaged(logged: Path) -> None:
    log = logged.with_name("desk.db-wal")
    damaged = bytearray(log.read_bytes())
    damaged[32 + 24 + 2000] ^= 4
    log.write_bytes(damaged)
    before = logged.read_bytes()
    assert "log" in check(logged)[0] or "-wal" in check(logged)[0]
    with pytest.raises(StoreDamagedError, match="-wal"):
        Store.open(logged)
    assert (logged.read_bytes(), log.read_bytes()) == (before, bytes(damaged))
    salvaged = salvage(logged)
    assert check(logged) == []
    with Store.open(logged) as store:
        assert store.stories.get(1).headline == "State 5"
    assert salvaged.kept.read_bytes() == before
    assert salvaged.kept.with_name(f"{salvaged.kept.name}-wal").read_bytes() == bytes(damaged)


def test_a_log_whose_last_transaction_a_power_cut_tore_is_no_damage(logged: Path) -> None:
    log = logged.with_name("desk.db-wal")
    log.write_bytes(log.read_bytes()[:-4100] + bytes(4100))
    assert check(logged) == []
    with Store.open(logged) as store:
        assert store.stories.get(1).headline in ("State 4", "State 5")
