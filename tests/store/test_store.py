from __future__ import annotations

import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from workstation.domain.item import ItemState
from workstation.domain.story import Story
from workstation.errors import InputError, StoreBusyError, StoreError, StoreTooNewError
from workstation.store import Store

OPEN_AND_WAIT = """
import sys, time
from pathlib import Path
from workstation.store import Store
store = Store.open(Path(sys.argv[1]))
print("open")
time.sleep(60)
"""

SAVE_WITHOUT_END = """
import sys
from pathlib import Path
from workstation.domain.body import body_from_text
from workstation.domain.story import Story
from workstation.store import Store
store = Store.open(Path(sys.argv[1]))
number = store.stories.add(Story(slug="river", headline="0"))
for count in range(1, 1_000_000):
    store.stories.save(number, Story(slug="river", headline=str(count), news=body_from_text("water " * 2000)))
    print(count)
"""


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_file_is_opened_so_that_a_power_cut_loses_nothing(store: Store) -> None:
    with store._connections.writing() as writer:
        found = {
            name: pragma(writer, name)
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 5000,
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_nobody_else_on_the_machine_can_read_the_desk_or_a_backup(path: Path, store: Store) -> None:
    store.notes.set("key", "value")
    store.backup(path.with_name("backup.db"))
    modes = {entry.name: entry.stat().st_mode & 0o077 for entry in path.parent.iterdir() if not entry.name.endswith(".lock")}
    assert modes == dict.fromkeys(("desk.db", "desk.db-wal", "desk.db-shm", "backup.db"), 0)


def test_reading_connections_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError), store._connections.reading() as reader:
        reader.execute("INSERT INTO note VALUES ('key', 'value')")


def test_every_table_is_strict(path: Path, store: Store) -> None:
    with closing(sqlite3.connect(path)) as connection:
        loose = connection.execute(
            "SELECT name FROM pragma_table_list"
            " WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    assert loose == []


def test_a_second_process_is_refused_politely_and_told_who_has_the_desk(path: Path, start_child) -> None:
    child = start_child(OPEN_AND_WAIT, path)
    assert child.stdout.readline() == "open\n"
    with pytest.raises(StoreBusyError) as refusal:
        Store.open(path)
    assert str(child.pid) in refusal.value.detail
    assert "Close it" in refusal.value.detail


def test_a_desk_is_refused_twice_in_one_process_too(path: Path, store: Store) -> None:
    with pytest.raises(StoreBusyError):
        Store.open(path)


def test_a_link_to_an_open_desk_is_the_same_desk(path: Path, store: Store, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with pytest.raises(StoreBusyError):
        Store.open(link)


def test_the_lock_of_a_killed_process_is_free(path: Path, start_child) -> None:
    child = start_child(OPEN_AND_WAIT, path)
    assert child.stdout.readline() == "open\n"
    child.kill()
    child.wait()
    Store.open(path).close()


@pytest.mark.parametrize("saves", [1, 7, 40])
def test_a_kill_while_saving_loses_nothing_that_was_reported_as_saved(path: Path, start_child, saves: int) -> None:
    child = start_child(SAVE_WITHOUT_END, path)
    for _ in range(saves):
        child.stdout.readline()
    child.kill()
    reported = saves + len(child.stdout.read().splitlines())
    child.wait()
    with Store.open(path) as store:
        story = store.stories.get(store.stories.id_of("river"))
        assert int(story.headline) in (reported, reported + 1)
        assert story.news.words == 2000
        assert store.check() == []


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    with pytest.raises(StoreTooNewError, match="Update the program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_newer_version_that_stands_only_in_the_log_is_refused(path: Path, start_child) -> None:
    script = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA user_version = 999")
print("written")
time.sleep(60)
"""
    Store.open(path).close()
    child = start_child(script, path)
    assert child.stdout.readline() == "written\n"
    child.kill()
    child.wait()
    with pytest.raises(StoreTooNewError):
        Store.open(path)


@pytest.mark.parametrize("content", [b"Dear diary", b"SQLite format 3\0" + b"x" * 40, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError) as refusal:
        Store.open(path)
    assert path.read_bytes() == content
    assert "workstation" in refusal.value.detail or "--store" in refusal.value.detail


def test_a_database_of_another_program_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_truncated_store_is_refused_with_its_mend(path: Path, make_capture) -> None:
    with Store.open(path) as store:
        for _ in range(20):
            store.items.add(make_capture("water " * 3000))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreError) as refusal, Store.open(path) as store:
        store.items.summaries(query="water")
        store.items.counts()
        for summary in store.items.summaries():
            store.items.get(summary.id)
    assert "restore" in refusal.value.detail


@pytest.mark.parametrize("place", ["a-file/desk.db", "/proc/desk.db", "."])
def test_a_place_that_cannot_hold_a_store_is_told_with_its_mend(tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("not a folder")
    with pytest.raises(StoreError, match="--store"):
        Store.open(tmp_path / place)


def test_a_failed_opening_leaves_no_lock_behind(path: Path) -> None:
    path.write_text("Dear diary, this is not a database.")
    for _ in range(2):
        with pytest.raises(StoreError, match="not a desk"):
            Store.open(path)


def test_a_closed_desk_says_so(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.items.counts()
    with pytest.raises(StoreError, match="closed"):
        store.notes.set("key", "value")


def read_until(done: threading.Event, store: Store) -> None:
    """Read on; an item is there whole or not at all, and the number of items never falls."""
    seen = 0
    while not done.is_set():
        found = store.items.summaries(query="wat")
        assert len(found) >= seen
        seen = len(found)
        for summary in found[:3]:
            store.items.get(summary.id)


def test_two_threads_read_while_a_third_writes(store: Store, make_capture) -> None:
    done = threading.Event()
    with ThreadPoolExecutor() as pool:
        readers = [pool.submit(read_until, done, store) for _ in range(2)]
        for number in range(60):
            store.items.add(make_capture(f"water {number}"))
        done.set()
        for reader in readers:
            reader.result()
    assert len(store.items.summaries(query="water")) == 60


def test_threads_that_write_at_once_each_keep_their_work(store: Store) -> None:
    def write(name: str) -> None:
        for number in range(25):
            store.notes.set(f"{name}{number}", name)

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert all(store.notes.get(f"{name}{number}") == name for name in "abcd" for number in range(25))


def test_the_connections_of_finished_threads_are_closed(store: Store) -> None:
    for _ in range(10):
        thread = threading.Thread(target=store.items.counts)
        thread.start()
        thread.join()
    assert len(store._connections._readers) <= 2


def test_closing_while_others_read_ends_them_with_a_word_and_never_a_crash(path: Path, make_capture) -> None:
    store = Store.open(path)
    for _ in range(30):
        store.items.add(make_capture("water " * 500))
    started = threading.Barrier(4)
    endings: list[Exception] = []

    def read() -> None:
        started.wait()
        try:
            while True:
                store.items.summaries(query="w")
        except Exception as error:
            endings.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    started.wait()
    store.close()
    for reader in readers:
        reader.join(10)
    assert [type(ending) for ending in endings] == [StoreError] * 3


def test_what_is_written_together_is_undone_together(store: Store, make_capture) -> None:
    capture = make_capture()
    with pytest.raises(InputError), store.together():
        store.items.add(capture)
        store.notes.set("key", "value")
        assert store.items.get(capture.item.id) == capture.item
        store.stories.add(Story(slug="../etc", headline="Not a slug"))
    assert store.notes.get("key") is None
    assert store.items.summaries() == []


def test_a_step_that_fails_inside_what_is_written_together_is_undone_alone(store: Store, make_capture) -> None:
    with store.together():
        store.stories.add(Story(slug="river", headline="First"))
        with pytest.raises(InputError):
            store.stories.add(Story(slug="river", headline="Second"))
        store.items.add(make_capture())
    assert [entry.headline for entry in store.stories.entries()] == ["First"]
    assert store.items.counts()[ItemState.UNREAD] == 1


def test_half_a_character_is_refused_with_a_word(store: Store) -> None:
    with pytest.raises(InputError, match="half a character"):
        store.notes.set("key", "\ud800")


def test_notes_of_the_desk_are_kept(path: Path) -> None:
    with Store.open(path) as store:
        store.notes.set("sample", "loaded")
        store.notes.set("sample", "removed")
    with Store.open(path) as store:
        assert store.notes.get("sample") == "removed"
        assert store.notes.get("other") is None
