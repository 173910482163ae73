"""A desk that cannot be written opens for reading, be it for its medium, its folder or its file; none of it is changed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from tests.promises.mounting import read_only_mount
from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Story
from workstation.errors import StoreReadOnlyError
from workstation.store import Store
from workstation.store.migrations import APPLICATION_ID, FIRST_DESK
from workstation.workflow.desk import Desk

NOBODY = 65534
LEAVE_A_LOG = """
import os, sys
from pathlib import Path
from workstation.domain.story import Story
from workstation.store import Store
store = Store.open(Path(sys.argv[1]))
store.stories.add(Story(slug="in-the-log", headline="Only the log knows of it"))
os.kill(os.getpid(), 9)
"""


CALLS = """
import contextlib, io, json, os, sys
from workstation import app, cli
from workstation.workflow.desk import Desk
if os.environ.get("AS_USER"):
    os.setgid(int(os.environ["AS_USER"]))
    os.setuid(int(os.environ["AS_USER"]))
for call in json.load(sys.stdin):
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = app.run(call)
    out.flush()
    print(json.dumps([code, out.buffer.getvalue().decode(errors="replace"), err.getvalue()]))
"""


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


def workstation(*calls: Sequence[object], home: Path, user: int | None = None) -> list[Answer]:
    """What the program answers to each call, made in one process of its own (whose imports ``user`` need not be able to read)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "WORKSTATION_", "DISPLAY"))}
    done = subprocess.run(
        [sys.executable, "-c", CALLS],
        input=json.dumps([[str(word) for word in call] for call in calls]),
        capture_output=True,
        text=True,
        env={**kept, "HOME": str(home), "AS_USER": str(user or "")},
        cwd=Path(__file__).parents[2],
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Answer(*json.loads(line)) for line in done.stdout.splitlines()]


def everything_in(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample desk, closed."""
    folder = tmp_path_factory.mktemp("sample")
    with Desk.open(folder / "desk.db", offline=True) as desk:
        desk.sampling.load()
    return folder


@pytest.fixture
def medium(sample: Path, tmp_path: Path) -> Path:
    """The sample desk in a folder of this test's own, before anything is done to it."""
    return Path(shutil.copytree(sample, tmp_path / "medium"))


@pytest.fixture
def mounted(medium: Path, tmp_path: Path) -> Iterator[Path]:
    """The desk on a medium that is mounted for reading."""
    with read_only_mount(medium, tmp_path / "mounted") as folder:
        yield folder / "desk.db"


SLUG = "oriel-strait-landslide"


def test_every_verb_that_only_reads_works_on_a_medium_that_cannot_be_written(mounted: Path, medium: Path, tmp_path: Path) -> None:
    before, out = everything_in(medium), tmp_path / "out"
    out.mkdir()
    with Store.open(mounted, read_only=True) as store:
        item = store.items.summaries(limit=1)[0].id
    calls = [
        ("items", "--query", "ships"),
        ("item", item),
        ("item", item, "--text"),
        ("item", item, "--versions"),
        ("item", item, "--row"),
        ("story", "list"),
        ("story", "show", SLUG),
        ("story", "export-document", SLUG, "--out", out / "story.zip"),
        ("review", SLUG),
        ("review", SLUG, "--claims"),
        ("review", SLUG, "--quotations"),
        ("perspective", SLUG),
        ("ledger",),
        ("ledger", SLUG),
        ("preview", SLUG, "--out", out / "preview.html"),
        ("evidence", SLUG, "--out", out / "evidence.zip"),
        ("feeds",),
        ("destinations",),
        ("backup", "--out", out / "backup.db"),
        ("backups",),
    ]
    answers = workstation(*(("--store", mounted, "--offline", *call) for call in calls), home=tmp_path)
    assert {call: answer.err for call, answer in zip(calls, answers, strict=True) if answer.code} == {}
    assert everything_in(medium) == before
    with Store.open(out / "backup.db") as backup:
        assert backup.check() == []


def test_verbs_that_write_say_why_they_cannot_and_exit_with_3(mounted: Path, medium: Path, tmp_path: Path) -> None:
    before = everything_in(medium)
    page = tmp_path / "page.txt"
    page.write_text("A harbour.\n\nIt is full.")
    calls = [
        ("capture", page),
        ("sample", "--remove"),
        ("review", SLUG, "--fix"),
        ("feeds", "follow", "https://feeds.example/a"),
        ("story", "import", page),
    ]
    for answer in workstation(*(("--store", mounted, "--offline", *call) for call in calls), home=tmp_path):
        assert answer.code == 3
        assert "cannot be written" in answer.err
        assert len(answer.err.strip().splitlines()) == 1
    assert everything_in(medium) == before


def test_an_export_from_a_desk_that_cannot_be_written_says_that_the_ledger_does_not_know(mounted: Path, tmp_path: Path) -> None:
    call = ("export", SLUG, "--profile", "page", "--out", tmp_path / "out")
    exported, ledger = workstation(*(("--store", mounted, *one) for one in (call, ("ledger",))), home=tmp_path)
    assert exported.code == 0, exported.err
    assert "the ledger does not know" in exported.err
    assert list((tmp_path / "out").iterdir())
    assert ledger.out == ""


def test_what_only_the_log_of_a_killed_program_holds_is_read_where_nothing_can_be_written(medium: Path, tmp_path: Path) -> None:
    desk = medium / "desk.db"
    subprocess.run([sys.executable, "-c", LEAVE_A_LOG, str(desk)], check=False, cwd=Path(__file__).parents[2])
    assert desk.with_name("desk.db-wal").stat().st_size > 0
    desk.with_name("desk.db-shm").unlink()  # as on a copy that was burnt or unpacked
    before = everything_in(medium)
    with read_only_mount(medium, tmp_path / "mounted") as folder:
        at = ("--store", folder / "desk.db")
        listed, doctor = workstation((*at, "story", "list"), (*at, "doctor"), home=tmp_path)
        assert "in-the-log" in listed.out
        assert "a copy is read" in listed.err
        assert "every document is the one that was saved" in doctor.out + doctor.err
        assert "cannot be written" in doctor.out + doctor.err
        with Store.open(folder / "desk.db", read_only=True) as store:
            copy = Path(store._source.path)
            assert copy.exists()
        assert not copy.exists()
    assert everything_in(medium) == before


def test_a_desk_of_an_older_program_is_brought_up_to_date_in_a_copy(tmp_path: Path) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    with closing(sqlite3.connect(medium / "desk.db")) as connection:
        for statement in FIRST_DESK.statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    before = everything_in(medium)
    with read_only_mount(medium, tmp_path / "mounted") as folder, Store.open(folder / "desk.db", read_only=True) as store:
        assert "older version" in store.remark
        assert store.stories.entries() == []
    assert everything_in(medium) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become somebody who may not write")
@pytest.mark.parametrize("barred", ["file", "folder"])
def test_rights_that_are_missing_make_a_desk_one_for_reading(medium: Path, tmp_path: Path, barred: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for folder in (tmp_path, *tmp_path.parents[:3], medium, home):
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(0o755)
    os.chown(home, NOBODY, NOBODY)
    (medium / "desk.db").chmod(0o444)
    if barred == "file":
        os.chown(medium, NOBODY, NOBODY)
    else:
        os.chown(medium / "desk.db", NOBODY, NOBODY)
        (medium / "desk.db").chmod(0o644)
    before = sha256((medium / "desk.db").read_bytes()).hexdigest()
    at = ("--store", medium / "desk.db")
    listed, refused = workstation((*at, "story", "list"), (*at, "sample", "--remove"), home=home, user=NOBODY)
    assert (listed.code, SLUG in listed.out, "cannot be written" in listed.err) == (0, True, True)
    assert (refused.code, "cannot be written" in refused.err) == (3, True)
    assert sha256((medium / "desk.db").read_bytes()).hexdigest() == before


def test_every_change_of_a_desk_that_is_only_read_is_refused(mounted: Path) -> None:
    with pytest.raises(StoreReadOnlyError):
        Store.open(mounted)
    with Desk.open(mounted, read_only=True) as desk:
        assert desk.is_read_only
        number = desk.writing.entries()[0].id
        story = desk.writing.story(number)
        changes = [
            lambda: desk.writing.edit(number, Story(slug="x", headline="Changed"), label="x", spot=None),  # type: ignore[arg-type]
            lambda: desk.writing.add_card(number),
            lambda: desk.writing.remove_card(number, story.signals[0].key),
            lambda: desk.writing.undo(number),
            lambda: desk.writing.new("A new one"),
            lambda: desk.versions.keep(number, "Before the cuts"),
            lambda: desk.gathering.capture_text("Some words that came in."),
            lambda: desk.sampling.remove(),
        ]
        for change in changes:
            with pytest.raises(StoreReadOnlyError):
                change()
        assert desk.writing.story(number) == story
        assert not desk.writing.has_unsaved


def test_a_reader_beside_the_writer_sees_what_was_saved_and_hinders_nobody(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Store.open(path) as writer:
        number = writer.stories.add(Story(slug="harbour", headline="One", signals=(SignalCard(),)))
        with Store.open(path, read_only=True) as reader:
            assert reader.stories.get(number).headline == "One"
            writer.stories.save(number, Story(slug="harbour", headline="Two", news=body_from_text("It is full.")))
            assert reader.stories.get(number).headline == "Two"
        writer.stories.save(number, Story(slug="harbour", headline="Three"))
        assert path.with_name("desk.db-wal").exists()  # whoever only read did not fold it in and take it away
        assert writer.check() == []
    with Store.open(path) as again:
        assert again.stories.get(number).headline == "Three"
