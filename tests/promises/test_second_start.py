"""A desk has one writer, whatever its file is called and whoever deletes what beside it; a second start raises the first."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.promises.mounting import read_only_mount
from workstation.domain.story import Story
from workstation.errors import StoreBusyError, StoreElsewhereError, StoreError
from workstation.store import Store, restore
from workstation.workflow.second_start import LONGEST, TAKEN, Start, address_of, read_start, tell_first_window, written

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed and sockets opened as POSIX has them")

PATIENCE = 60.0
ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from workstation.store import Store
store = Store.open(Path(sys.argv[1]))
print("open", flush=True)
for line in sys.stdin:
    pass
store.close()
"""
LEAVE_A_LARGE_LOG = """
import os, sys
from pathlib import Path
from workstation.store import Store
store = Store.open(Path(sys.argv[1]))
with store._connections.writing() as connection:
    connection.execute("CREATE TABLE filler (words TEXT) STRICT")
store._connections._writer.execute("PRAGMA wal_autocheckpoint = 0")
wal = Path(sys.argv[1] + "-wal")
while not wal.exists() or wal.stat().st_size < 64_000_000:
    with store._connections.writing() as connection:
        connection.executemany("INSERT INTO filler VALUES (?)", [("x" * 4000,)] * 500)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts Python processes in an empty home, and ends those that are left at the end."""
    started: list[subprocess.Popen[str]] = []
    foreign = ("XDG_", "WORKSTATION_", "DISPLAY", "WAYLAND")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    environment = {**kept, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}

    def make(*arguments: object) -> subprocess.Popen[str]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        child = subprocess.Popen(
            [sys.executable, *map(str, arguments)], text=True, env=environment, cwd=ROOT, start_new_session=True, **pipes
        )
        started.append(child)
        return child

    yield make
    for child in started:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()


def window(start: Callable[..., subprocess.Popen[str]], store: Path, *targets: object) -> subprocess.Popen[str]:
    return start("-m", "workstation", "--store", store, "--offline", *(("open", *targets) if targets else ()))


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def is_listening(store: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(address_of(store))
            return True
    except OSError:
        return False


def captured(store: Path) -> list[str]:
    """The titles of what was captured, read beside whoever has the desk open; what the sample desk holds is left out."""
    with Store.open(store, read_only=True) as reader:
        return sorted(item.title for item in reader.items.summaries(query="") if item.title.startswith("Note"))


def notes(folder: Path, count: int) -> list[Path]:
    made = []
    for number in range(count):
        made.append(folder / f"note-{number}.txt")
        made[-1].write_text(f"Note {number} of the harbour office\n\nIt says that berth {number} is free from Monday on.\n")
    return made


@pytest.fixture
def own_desk(path: Path) -> Path:
    """A desk that is not new, so that no sample desk is loaded into it."""
    with Store.open(path) as store:
        store.stories.add(Story(slug="harbour", headline="The harbour"))
    return path


# --- the window that is open ------------------------------------------------------------------------------------------------


def test_a_second_start_is_the_first_window_and_hands_over_what_it_was_given(own_desk: Path, start, tmp_path: Path) -> None:
    first = window(start, own_desk)
    until(lambda: is_listening(own_desk), "the first window listens")
    [note] = notes(tmp_path, 1)
    second = start("-m", "workstation", "--store", own_desk, "--offline", note)  # as a desktop starts it, without a verb
    assert second.wait(PATIENCE) == 0
    until(lambda: captured(own_desk) == ["Note 0 of the harbour office"], "the note is captured")
    third = start("-m", "workstation", "--store", own_desk, "--offline", "capture", note)
    assert third.wait(PATIENCE) == 0
    assert "captures it" in third.stderr.read()
    assert first.poll() is None


def test_of_many_starts_at_once_one_window_stays_and_everything_is_captured_once(own_desk: Path, start, tmp_path, rounds) -> None:
    made = notes(tmp_path, rounds(3, 10))
    started = [window(start, own_desk, note) for note in made]
    expected = [f"Note {number} of the harbour office" for number in range(len(made))]
    until(lambda: sum(child.poll() is None for child in started) == 1, "all but one have ended")
    until(lambda: captured(own_desk) == expected, "everything is captured, once")
    assert {child.poll() for child in started} == {0, None}


def test_the_socket_of_a_killed_window_is_in_nobodys_way(own_desk: Path, start, tmp_path: Path) -> None:
    first = window(start, own_desk)
    until(lambda: is_listening(own_desk), "the first window listens")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert Path(address_of(own_desk)).exists()
    window(start, own_desk)
    until(lambda: is_listening(own_desk), "the next window listens")
    mode = Path(address_of(own_desk)).stat().st_mode & 0o077
    assert mode == 0
    [note] = notes(tmp_path, 1)
    for line in hostile_messages():
        assert said(own_desk, line) != TAKEN
    silent = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    silent.connect(address_of(own_desk))
    silent.sendall(b'{"format"')
    assert tell_first_window(own_desk, Start((str(note),)))
    until(lambda: captured(own_desk) == ["Note 0 of the harbour office"], "the note is captured")
    silent.close()


def hostile_messages() -> list[bytes]:
    good = json.loads(written(Start(("https://harbour.example/a",))))
    bad = [
        {**good, "targets": [target]}
        for target in ("file:///etc/passwd", "javascript:alert(1)", "notes.txt", 7, None, "", "/a\nb")
    ]
    bad += [
        {**good, "targets": "https://harbour.example/"},
        {**good, "format": "other/1"},
        {**good, "run": "rm"},
        {"format": good["format"]},
    ]
    bad += [{**good, "token": "a\nb"}, {**good, "token": "x" * 600}, {**good, "targets": ["https://a.example/"] * 201}]
    raw = [b"", b"raise", b"[" * 5_000, b"\xff\xfe\x00", b"x" * (LONGEST + 10), json.dumps("raise").encode()]
    return [*(json.dumps(one).encode() for one in bad), *raw]


def said(store: Path, line: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        other.settimeout(PATIENCE)
        other.connect(address_of(store))
        try:
            other.sendall(line + b"\n")
            return other.recv(100)
        except OSError:
            return b""


@pytest.mark.parametrize("line", hostile_messages())
def test_a_message_that_is_not_exactly_one_asks_for_nothing(line: bytes) -> None:
    assert read_start(line) is None


# --- two writers never exist ------------------------------------------------------------------------------------------------


@pytest.fixture
def held(own_desk: Path, start) -> Path:
    """A desk that another process has open."""
    child = start("-c", HOLD, own_desk)
    assert child.stdout.readline() == "open\n"
    return own_desk


@pytest.mark.parametrize("name", ["itself", "relative", "symbolic link", "link to the folder", "hard link", "dots"])
def test_an_open_desk_is_one_desk_by_every_name(held: Path, tmp_path: Path, monkeypatch, name: str) -> None:
    other = tmp_path / "elsewhere"
    if name == "symbolic link":
        other.symlink_to(held)
    elif name == "link to the folder":
        other.symlink_to(held.parent)
        other = other / held.name
    elif name == "hard link":
        other.hardlink_to(held)
    elif name == "relative":
        monkeypatch.chdir(held.parent)
        other = Path(held.name)
    else:
        other = held if name == "itself" else held.parent / "x" / ".." / held.name
        (held.parent / "x").mkdir(exist_ok=True)
    with pytest.raises(StoreBusyError):
        Store.open(other)


def test_an_open_desk_is_one_desk_through_another_mount(held: Path, tmp_path: Path) -> None:
    with read_only_mount(held.parent, tmp_path / "mounted") as folder:
        subprocess.run(["mount", "-o", "remount,rw,bind", str(folder)], check=True)
        held.with_name("desk.db.lock").unlink()  # the same folder has the same lock file: so without it
        with pytest.raises(StoreBusyError):
            Store.open(folder / held.name)


def test_a_desk_whose_lock_file_was_deleted_is_still_locked(held: Path) -> None:
    held.with_name("desk.db.lock").unlink()
    with pytest.raises(StoreBusyError):
        Store.open(held)
    with pytest.raises(StoreBusyError):
        restore(made_backup(held), held)


def made_backup(desk: Path) -> Path:
    out = desk.with_name("backup.db")
    with Store.open(desk, read_only=True) as store:
        store.backup(out)
    return out


def test_a_hard_link_is_refused_within_one_process_too_and_takes_no_lock_of_sqlite_away(own_desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.hardlink_to(own_desk)
    with Store.open(own_desk) as store:
        with pytest.raises(StoreBusyError):
            Store.open(other)
        assert store.check() == []
        with closing(sqlite3.connect(own_desk)) as foreign:
            foreign.execute(
                "SELECT count(*) FROM story"
            ).fetchone()  # would fold the log in and remove it if it were the last one
        store.stories.add(Story(slug="after", headline="After"))
        assert own_desk.with_name("desk.db-wal").exists()
    with Store.open(other) as store:
        assert store.stories.id_of("after")


def take(desk: Path, got: list[Store]) -> None:
    with suppress(StoreBusyError):
        got.append(Store.open(desk))


def test_of_many_threads_and_processes_that_open_at_once_one_gets_the_desk(own_desk: Path, start, rounds) -> None:
    for _ in range(rounds(1, 30)):
        children = [start("-c", HOLD, own_desk) for _ in range(3)]
        got: list[Store] = []

        threads = [threading.Thread(target=take, args=(own_desk, got)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lines = [child.stdout.readline() for child in children]  # empty from one that was refused and has ended
        assert len(got) + lines.count("open\n") == 1
        for store in got:
            store.close()
        for child in children:
            child.communicate()


def test_a_copy_is_a_desk_of_its_own(held: Path, tmp_path: Path) -> None:
    copy = made_backup(held)
    with Store.open(copy) as store:
        store.stories.add(Story(slug="in-the-copy", headline="In the copy"))
    with Store.open(held, read_only=True) as store:
        assert [entry.slug for entry in store.stories.entries()] == ["harbour"]


def test_a_file_that_was_put_in_the_place_of_an_open_desk_is_noticed_before_anything_counts_as_saved(own_desk: Path) -> None:
    backup = made_backup(own_desk)
    with Store.open(own_desk) as store:
        store.stories.add(Story(slug="before", headline="Before"))
        aside = own_desk.with_name("aside.db")
        own_desk.rename(aside)
        shutil.copy(backup, own_desk)
        with pytest.raises(StoreError, match="moved or replaced"):
            store.stories.add(Story(slug="into-nothing", headline="Into nothing"))
        own_desk.unlink()
        with pytest.raises(StoreError, match="moved or replaced"):
            store.stories.add(Story(slug="into-nothing-2", headline="Into nothing"))
        aside.rename(own_desk)  # and when it comes back the words can be saved again
        store.stories.add(Story(slug="back", headline="Back"))
    with Store.open(own_desk) as store:
        assert {"before", "back"} <= {entry.slug for entry in store.stories.entries()}


DELETE_THE_LOG = """
import os, sys
from pathlib import Path
from workstation.domain.story import Story
from workstation.store import Store
store = Store.open(Path(sys.argv[1]))
for number in range(6):
    store.stories.add(Story(slug=f"saved-{number}", headline="Saved"))
    if number == 2:
        Path(sys.argv[1] + "-wal").unlink()
    if number == 4:
        Path(sys.argv[1] + "-wal").touch()
os.kill(os.getpid(), 9)
"""


def test_what_is_saved_after_somebody_deleted_the_log_is_there_after_a_kill(own_desk: Path, start) -> None:
    start("-c", DELETE_THE_LOG, own_desk).wait(PATIENCE)
    with Store.open(own_desk) as store:
        assert {entry.slug for entry in store.stories.entries()} >= {f"saved-{number}" for number in range(3, 6)}
        assert store.check() == []


def test_a_restore_by_another_process_is_refused_while_the_desk_is_open(held: Path, start) -> None:
    backup = made_backup(held)
    done = start("-m", "workstation", "--store", held, "restore", backup)
    assert done.wait(PATIENCE) == 3
    assert "already open" in done.stderr.read()


# --- after a kill, and from other machines ----------------------------------------------------------------------------------


def test_after_a_kill_the_desk_opens_at_once_also_with_a_log_of_64_megabytes(own_desk: Path, start, rounds) -> None:
    took = []
    for _ in range(rounds(1, 20)):
        start("-c", LEAVE_A_LARGE_LOG, own_desk).wait(PATIENCE)
        assert own_desk.with_name("desk.db-wal").stat().st_size >= 64_000_000
        began = time.monotonic()
        with Store.open(own_desk) as store:
            took.append(time.monotonic() - began)
            assert store.stories.id_of("harbour")
            with store._connections.writing() as connection:
                connection.execute("DROP TABLE filler")
    took.sort()
    print(f"opened after a kill: p50 {took[len(took) // 2]:.3f} s, max {took[-1]:.3f} s of {len(took)}")
    assert took[0] < 10


ELSEWHERE = b"4711 harbour-laptop 0123456789ab\n"


def test_a_lock_that_another_machine_left_asks_and_one_that_was_let_go_does_not(own_desk: Path, start) -> None:
    lock = own_desk.with_name("desk.db.lock")
    assert lock.read_bytes() == b""  # a clean end says so
    lock.write_bytes(ELSEWHERE)
    with pytest.raises(StoreElsewhereError, match="harbour-laptop"):
        Store.open(own_desk)
    assert lock.read_bytes() == ELSEWHERE  # asking changes nothing
    refused = start("-m", "workstation", "--store", own_desk, "sample")
    assert refused.wait(PATIENCE) == 3
    assert "--take-over" in refused.stderr.read()
    listed = start("-m", "workstation", "--store", own_desk, "story", "list")
    assert listed.wait(PATIENCE) == 0
    assert "harbour" in listed.stdout.read()
    taken = start("-m", "workstation", "--store", own_desk, "--take-over", "sample")
    assert taken.wait(PATIENCE) == 0
    Store.open(own_desk).close()


def test_a_lock_that_this_machine_left_after_a_kill_asks_nothing(own_desk: Path, start) -> None:
    child = start("-c", HOLD, own_desk)
    assert child.stdout.readline() == "open\n"
    child.kill()
    child.wait()
    assert own_desk.with_name("desk.db.lock").read_bytes() != b""
    Store.open(own_desk).close()
