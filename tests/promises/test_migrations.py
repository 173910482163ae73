"""A store of every schema that ever landed is taken to today's, whatever happens on the way; what is not ours or newer is left.

The stores in ``tests/data/stores`` were made by the programs of their time, with ``make.py`` beside them.
"""

from __future__ import annotations

import errno
import importlib.util
import json
import lzma
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.promises.disk import CHANGES, NEEDS_ROOM, Disk, needs_a_compiler
from workstation.domain.story import Story
from workstation.domain.story_document import read_json, write_json
from workstation.errors import StoreBusyError, StoreError, StoreTooNewError
from workstation.store import Store, check, migrations, restore
from workstation.store.migrations import MIGRATIONS
from workstation.workflow.desk import Desk
from workstation.workflow.writing import Writing

STORES = Path(__file__).parent.parent / "data" / "stores"
NAMES = sorted(path.name.removesuffix(".db.xz") for path in STORES.glob("*.db.xz"))
ROOT = Path(__file__).parents[2]

OPEN = """
import sys
from pathlib import Path
from workstation.errors import WorkstationError
from workstation.store import Store, migrations
if len(sys.argv) > 2:
    migrations.MIGRATIONS = migrations.MIGRATIONS[: int(sys.argv[2])]
print("ready", flush=True)
sys.stdin.readline()
try:
    with Store.open(Path(sys.argv[1])):
        print("opened", flush=True)
except WorkstationError as error:
    print(f"{type(error).__name__}: {error}", flush=True)
    sys.exit(3)
"""


def _maker() -> Any:
    spec = importlib.util.spec_from_file_location("make_stores", STORES / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = _maker()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder / "desk.db"


def unpack(name: str, path: Path) -> dict[str, Any]:
    """Put the store of this name at ``path``; answers with the record of what it holds."""
    for old in path.parent.iterdir():
        old.unlink()
    path.write_bytes(lzma.decompress((STORES / f"{name}.db.xz").read_bytes()))
    record: dict[str, Any] = json.loads((STORES / f"{name}.json").read_text())
    return record


def story(document: str) -> Story:
    return read_json(document).story


def require_whole(path: Path, record: dict[str, Any]) -> None:
    """Everything of the record is in the migrated store, read by rows and by today's program."""
    with Store.open(path) as store:
        writing = Writing(store)
        for number, versions in record["versions"].items():
            found = [[one.number, one.kind, one.label] for one in store.versions.all_of(int(number))]
            assert found == [one[:3] for one in versions]
            assert [story(one[3]) for one in versions] == [store.versions.read(int(number), one[0]) for one in versions]
        for number, states in record["steps"].items():
            assert [story(one) for one in make.walk(writing, int(number), write_json)] == [story(one) for one in states]
        for row in record["rows"]["item"]:
            assert store.items.get(row[0]).text == row[3]
        assert store.check() == []
    rows = make._rows(path)
    assert {name: rows.get(name) for name in record["rows"]} == record["rows"]


def shape(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    return {name: re.sub(r"\s+", " ", sql) for name, sql in rows}


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def start(path: Path, steps: int | None = None, disk: Disk | None = None) -> subprocess.Popen[str]:
    """A process that opens the store when :func:`let` says so; one that knows ``steps`` migrations only is an older program."""
    arguments = [sys.executable, "-P", "-c", OPEN, str(path), *([str(steps)] if steps is not None else [])]
    settings = os.environ | {"PYTHONPATH": str(ROOT)} | (disk.environment() if disk else {})
    pipe = subprocess.PIPE
    process = subprocess.Popen(arguments, env=settings, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def let(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code and what it said."""
    out, errors = process.communicate("\n", timeout=120)
    assert "Traceback" not in errors, errors
    return process.returncode, out


# --- every schema --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_store_of_every_schema_that_landed_is_whole_in_todays_program(name: str, path: Path) -> None:
    record = unpack(name, path)
    require_whole(path, record)
    Store.open(path.with_name("new.db")).close()
    assert shape(path) == shape(path.with_name("new.db"))
    assert version(path) == len(MIGRATIONS)


@pytest.mark.parametrize("name", NAMES)
def test_the_editor_works_on_with_a_store_of_every_schema(name: str, path: Path) -> None:
    record = unpack(name, path)
    item, words = record["rows"]["item"][0][0], "The river council"
    with Desk.open(path, offline=True) as desk:
        assert item in [row.id for row in desk.gathering.items(query=words)]
        assert desk.shelving.found("Orrin")
        assert desk.reviewing.review(1).problems
        assert desk.publishing.page(1).text
        kept = desk.versions.keep(1, "After the move")
        desk.writing.add_card(1)
        desk.writing.save_all()
    with Desk.open(path, offline=True) as desk:
        assert desk.writing.undo_label(1) == "New card"
        assert desk.versions.read(1, kept) == story(record["rows"]["story"][0][4])
        assert desk.store.check() == []


def test_the_schema_before_the_newest_has_its_store() -> None:
    versions = {int(name.partition("-")[0]) for name in NAMES}
    assert len(MIGRATIONS) - 1 in versions or len(MIGRATIONS) in versions, (
        "A migration was appended: add the last revision before it to REVISIONS in tests/data/stores/make.py and run it."
    )


def test_steps_that_landed_are_as_they_were(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("01-first-desk", "02-story-history", "03-story-desk", "07-versions-of-pages", "08-waiver-times", "10-sites"):
        unpack(name, path)
        with monkeypatch.context() as older:
            older.setattr(migrations, "MIGRATIONS", MIGRATIONS[: version(path)])
            Store.open(path.with_name("new.db")).close()
        assert shape(path) == shape(path.with_name("new.db")), name


# --- on the way ----------------------------------------------------------------------------------------------------


@needs_a_compiler
@pytest.mark.parametrize("name", NAMES)
def test_a_migration_that_is_killed_at_any_operation_is_finished_at_the_next_start(
    name: str, path: Path, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    record = unpack(name, path)
    began, few = version(path), rounds(1, 10**6)
    every = _operations(path, tmp_path)
    points = sorted({round(every * (at + 0.5) / few) for at in range(few)} if few < every else set(range(every)))
    for point in points:
        unpack(name, path)
        disk = Disk(path.parent, tmp_path / "harness")
        disk.die(after=point)
        code, _ = let(start(path, disk=disk))
        assert code == -signal.SIGKILL or point >= every - 5, point  # the last are those of closing
        for copy in path.parent.glob("*.before-*.db"):
            assert check(copy) == []
            assert version(copy) == began
        require_whole(path, record)
        assert not list(path.parent.glob(".*.partial"))
    print(f"{name}: killed at {len(points)} of {every} operations")


def _operations(path: Path, tmp_path: Path) -> int:
    """How many operations on the disk it takes to open the store."""
    disk = Disk(path.parent, tmp_path / "count", records=True)
    code, _ = let(start(path, disk=disk))
    assert code == 0
    return sum(1 for one in disk.log() if one.kind & CHANGES)


@needs_a_compiler
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_during_a_migration_leaves_the_store_as_it_was_and_is_told(
    error: int, path: Path, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    for name in NAMES[: rounds(1, len(NAMES))]:
        record = unpack(name, path)
        every = _operations(path, tmp_path)
        for point in range(0, every, max(1, every // rounds(4, 60))):
            unpack(name, path)
            disk = Disk(path.parent, tmp_path / "harness")
            disk.fail(error, NEEDS_ROOM if error == errno.ENOSPC else CHANGES, after=point)
            code, said = let(start(path, disk=disk))
            assert code in (0, 3), (name, point)
            assert code == 0 or re.match(r"Store\w*Error: .+\. .+\.", said), said
            require_whole(path, record)


def test_two_programs_of_different_versions_that_start_at_once_do_no_harm(path: Path, rounds: Callable[[int, int], int]) -> None:
    for _ in range(rounds(2, 40)):
        record = unpack("09-item-meanings", path)
        older, newer = start(path, steps=9), start(path)
        for process in (older, newer):
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        (old_code, old_said), (new_code, new_said) = let(older), let(newer)
        assert old_code == 0 or re.match("Store(Busy|TooNew)Error", old_said), old_said
        assert new_code == 0 or re.match("StoreBusyError", new_said), new_said
        assert 0 in (old_code, new_code)
        require_whole(path, record)


# --- what is not ours ----------------------------------------------------------------------------------------------


def _seen(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def _newer(path: Path, *, in_the_log: bool) -> None:
    Store.open(path).close()
    path.with_name("desk.db.lock").unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        if in_the_log:
            files = {file: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")}
    if in_the_log:
        for file, data in files.items():
            file.write_bytes(data)
        assert path.with_name("desk.db-wal").stat().st_size


@pytest.mark.parametrize("in_the_log", [False, True], ids=["in the file", "in its log only"])
def test_a_newer_store_is_refused_and_no_byte_is_touched(path: Path, in_the_log: bool) -> None:
    _newer(path, in_the_log=in_the_log)
    before = _seen(path.parent)
    for _ in range(2):
        with pytest.raises(StoreTooNewError, match="Update the program"):
            Store.open(path)
    assert _seen(path.parent) == before


@pytest.mark.parametrize("in_the_log", [False, True], ids=["in the file", "in its log only"])
def test_a_database_of_another_program_is_refused_and_no_byte_is_touched(path: Path, in_the_log: bool) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE recipe (name TEXT)")
        if not in_the_log:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA application_id = 77")
        connection.execute("INSERT INTO recipe VALUES ('soup')")
        files = {file: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")}
    if in_the_log:
        for file, data in files.items():
            file.write_bytes(data)
    before = _seen(path.parent)
    with pytest.raises(StoreError, match="another program"):
        Store.open(path)
    assert _seen(path.parent) == before


def test_who_goes_back_to_an_older_program_is_told_and_comes_back_to_everything(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = unpack("09-item-meanings", path)
    require_whole(path, record)
    for _ in range(2):
        with monkeypatch.context() as older:
            older.setattr(migrations, "MIGRATIONS", MIGRATIONS[:9])
            with pytest.raises(StoreTooNewError):
                Store.open(path)
        require_whole(path, record)
    copy = path.with_name("desk.db.before-handing-over.db")
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", MIGRATIONS[:9])
        restore(copy, path)
        with Store.open(path) as store:
            store.notes.set("sample", "older")
        with pytest.raises(StoreBusyError), Store.open(path), Store.open(path):
            pass
    require_whole(path, record)
    with Store.open(path) as store:
        assert store.notes.get("sample") == "older"
