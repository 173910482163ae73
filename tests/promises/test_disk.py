"""The disk that fails does fail: a check that cannot catch anything would prove nothing."""

from __future__ import annotations

import errno
import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.promises.disk import SECTOR, Disk, Kind, lay_out, needs_a_compiler, power_cuts

pytestmark = needs_a_compiler


def run(disk: Disk, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)],
        env=os.environ | disk.environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


WRITER = """
    import sqlite3, sys, time
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    db.execute("PRAGMA journal_mode=wal")
    db.execute("PRAGMA synchronous=" + sys.argv[2])
    db.execute("CREATE TABLE word (n INTEGER PRIMARY KEY, filler TEXT)")
    for n in range(1, 40):
        db.execute("INSERT INTO word VALUES (?, ?)", (n, "x" * 700))
        print(n, time.monotonic_ns(), flush=True)
"""


def losses(desk: Path, tmp_path: Path, synchronous: str) -> list[int]:
    """How many acknowledged rows each of some power cuts cost."""
    disk = Disk(desk, tmp_path / "harness", records=True)
    said = run(disk, WRITER, desk / "words.sqlite", synchronous)
    acknowledged = [(int(n), int(when)) for n, when in map(str.split, said.stdout.splitlines())]
    assert len(acknowledged) == 39, said.stderr
    log, rng = disk.log(), random.Random(7)
    points = [i for i, operation in enumerate(log) if operation.nanoseconds > acknowledged[0][1]]
    lost = []
    for cut in power_cuts(disk, rng.sample(points, min(30, len(points))), rng, log=log):
        found = lay_out(cut.files, disk.under, tmp_path / "found")
        expected = max((n for n, when in acknowledged if when < cut.nanoseconds), default=0)
        lost.append(expected - min(expected, last_word(found / "words.sqlite")))
    return lost


def last_word(file: Path) -> int:
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not db.execute("SELECT 1 FROM sqlite_schema").fetchone():
            return 0
        return int(db.execute("SELECT COALESCE(MAX(n), 0) FROM word").fetchone()[0])


def test_a_power_cut_costs_a_careless_database_what_it_had_said_was_saved(desk: Path, tmp_path: Path) -> None:
    assert max(losses(desk, tmp_path, "NORMAL")) > 0


def test_a_power_cut_costs_a_careful_database_nothing(desk: Path, tmp_path: Path) -> None:
    lost = losses(desk, tmp_path, "FULL")
    assert lost
    assert max(lost) == 0


REPLACER = """
    import os, sys
    folder, how = sys.argv[1:]
    with open(folder + "/new", "wb") as file:
        file.write(b"new " * 1000)
        if "file" in how:
            file.flush()
            os.fsync(file.fileno())
    os.replace(folder + "/new", folder + "/kept")
    if "folder" in how:
        fd = os.open(folder, os.O_RDONLY)
        os.fsync(fd)
"""


def outcomes(desk: Path, tmp_path: Path, how: str) -> set[bytes | None]:
    (desk / "kept").write_bytes(b"old " * 1000)
    disk = Disk(desk, tmp_path / "harness", records=True)
    assert run(disk, REPLACER, desk, how).returncode == 0
    log, rng = disk.log(), random.Random(7)
    return {cut.files.get(str(desk / "kept")) for cut in power_cuts(disk, [len(log)], rng, choices=60, log=log)}


def test_a_file_replaced_without_syncing_is_torn_by_some_power_cuts(desk: Path, tmp_path: Path) -> None:
    assert outcomes(desk, tmp_path, "carelessly") > {b"old " * 1000, b"new " * 1000}


def test_a_file_replaced_without_syncing_the_folder_is_the_old_or_the_new(desk: Path, tmp_path: Path) -> None:
    assert outcomes(desk, tmp_path, "file") == {b"old " * 1000, b"new " * 1000}


def test_a_file_replaced_with_care_is_the_new_one(desk: Path, tmp_path: Path) -> None:
    assert outcomes(desk, tmp_path, "file and folder") == {b"new " * 1000}


def test_a_log_that_is_played_to_its_end_gives_what_is_there(desk: Path, tmp_path: Path) -> None:
    disk = Disk(desk, tmp_path / "harness", records=True)
    program = """
        import os, pathlib, shutil, sys, tempfile
        root = pathlib.Path(sys.argv[1])
        (root / "a" / "b").mkdir(parents=True)
        (root / "a" / "b" / "one").write_text("one")
        shutil.copyfile(root / "a" / "b" / "one", root / "two")
        with open(root / "two", "a") as file:
            file.write(" and more")
        with open(root / "two", "r+b") as file:
            file.seek(2); file.write(b"XY"); file.truncate(9)
        (root / "a").rename(root / "c")
        os.link(root / "two", root / "three")
        (root / "gone").write_text("gone"); (root / "gone").unlink()
        os.chdir(root); open("./c/../four", "w").write("4"); (root / "d").mkdir(); (root / "d").rmdir()
        with tempfile.NamedTemporaryFile("w", dir=root, delete=False) as file:
            file.write("temporary")
        os.replace(file.name, root / "five")
        os.sync()
    """
    done = run(disk, program, desk)
    assert done.returncode == 0, done.stderr
    log = disk.log()
    cuts = power_cuts(disk, [len(log)], random.Random(3), choices=40, log=log)
    expected = {str(path): None if path.is_dir() else path.read_bytes() for path in desk.rglob("*")}
    assert expected in [cut.files for cut in cuts]
    assert expected[str(desk / "two")] == b"onXYand m"


APPENDER = """
    import os, sys, time
    fd = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)
    for n in range(int(sys.argv[2])):
        try:
            print(os.write(fd, b"x" * 100), flush=True)
            os.fsync(fd)
        except OSError as error:
            print(error.errno, flush=True)
        if len(sys.argv) > 3:
            time.sleep(0.01)
"""


def test_a_full_disk_refuses_what_needs_room_and_takes_it_again_when_there_is_some(desk: Path, tmp_path: Path) -> None:
    disk = Disk(desk, tmp_path / "harness")
    rule = disk.fail(errno.ENOSPC, Kind.WRITE, after_bytes=250, times=2)
    assert run(disk, APPENDER, desk / "file", 6).stdout.split() == ["100", "100", "28", "28", "100", "100"]
    assert disk.hits(rule) == 2


def test_a_sync_fails_for_the_named_files_only(desk: Path, tmp_path: Path) -> None:
    disk = Disk(desk, tmp_path / "harness")
    disk.fail(errno.EIO, Kind.SYNC, ending="-wal")
    assert run(disk, APPENDER, desk / "file", 2).stdout.split() == ["100", "100"]
    assert run(disk, APPENDER, desk / "file-wal", 2).stdout.split() == ["100", "5", "100", "5"]


def test_a_short_write_says_how_much_arrived(desk: Path, tmp_path: Path) -> None:
    disk = Disk(desk, tmp_path / "harness")
    disk.short(after=1, times=1)
    assert run(disk, APPENDER, desk / "file", 3).stdout.split() == ["100", "50", "100"]
    assert (desk / "file").stat().st_size == 250


def test_a_disk_fails_and_heals_while_the_program_runs(desk: Path, tmp_path: Path) -> None:
    disk = Disk(desk, tmp_path / "harness")
    command = [sys.executable, "-c", textwrap.dedent(APPENDER), desk / "file", "500", "slowly"]
    with subprocess.Popen(command, env=os.environ | disk.environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "100\n"
        disk.fail(errno.EROFS, Kind.WRITE)
        while process.stdout.readline() != f"{errno.EROFS}\n":
            pass
        disk.heal()
        while process.stdout.readline() != "100\n":
            pass
        process.kill()


def test_a_program_dies_at_the_given_operation(desk: Path, tmp_path: Path) -> None:
    disk = Disk(desk, tmp_path / "harness")
    disk.die(Kind.WRITE, after=2, torn=True)
    assert run(disk, APPENDER, desk / "file", 9).returncode == -signal.SIGKILL
    assert (desk / "file").stat().st_size == 250


def test_a_slow_disk_takes_its_time(desk: Path, tmp_path: Path) -> None:
    disk = Disk(desk, tmp_path / "harness")
    disk.slow(0.3)
    begun = time.monotonic()
    run(disk, APPENDER, desk / "file", 2)
    assert time.monotonic() - begun > 0.6


def test_other_folders_are_left_alone(desk: Path, tmp_path: Path) -> None:
    disk = Disk(desk, tmp_path / "harness", records=True)
    disk.fail(errno.EIO, Kind.WRITE | Kind.OPEN)
    assert run(disk, APPENDER, tmp_path / "desk-of-another", 1).stdout.split() == ["100"]
    assert disk.log() == []


def test_a_torn_write_is_torn_at_sectors(desk: Path, tmp_path: Path) -> None:
    (desk / "file").write_bytes(b"a" * 4 * SECTOR)
    disk = Disk(desk, tmp_path / "harness", records=True)
    run(disk, "import os, sys; os.pwrite(os.open(sys.argv[1], os.O_RDWR), b'b' * 2048, 0)", desk / "file")
    log = disk.log()
    seen = {cut.files[str(desk / "file")] for cut in power_cuts(disk, [len(log)], random.Random(1), 80, log)}
    assert len(seen) > 4
    for content in seen:
        assert content
        assert all(len(set(content[at : at + SECTOR])) == 1 for at in range(0, len(content), SECTOR))
