"""The power goes at any moment: what was not synced is dropped, torn or reordered, and nothing that was shown as saved is lost.

The real program works under a disk that remembers every write; afterwards the disk is laid out as a power cut could have left
it at many points, and opened as the next start would.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.promises.disk import Disk, Operation, PowerCut, lay_out, needs_a_compiler, power_cuts
from tests.promises.sitting import ROOT, Editor, broken_promises, read_sitting
from workstation.store import Store, check
from workstation.workflow.writing import Writing

pytestmark = needs_a_compiler

PAGE = """<html lang="en"><head><title>Gauge</title></head><body><article><h1>Gauge</h1>
<p>The water at the old bridge was lower than in nine years, said the harbour master of the lower town.</p></article></body>
</html>"""
HOME = ("DATA", "STATE", "CONFIG", "CACHE")


@dataclass
class Bench:
    """A folder under a disk that remembers, with a home in it, and another folder in which disks are laid out."""

    folder: Path
    disk: Disk
    chance: random.Random
    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    """When a command had answered, and what it was."""

    @property
    def desk(self) -> Path:
        return self.disk.under

    @property
    def environment(self) -> dict[str, str]:
        home = {f"XDG_{kind}_HOME": str(self.desk / "home" / kind.lower()) for kind in HOME}
        shown = {"QT_QPA_PLATFORM": "offscreen", "WORKSTATION_PREVIEW": "off"}
        return {**home, **shown, "HOME": str(self.desk / "home"), "PYTHONPATH": str(ROOT), **self.disk.environment()}

    def command(self, *call: object) -> str:
        """Run a verb of the command line; what it answered counts as promised from then on."""
        arguments = [str(part) for part in call]
        for _ in range(9):  # the reading of a page is given up where the machine is too busy for it
            done = subprocess.run(
                [sys.executable, "-m", "workstation", *arguments],
                env=os.environ | self.environment,
                cwd=self.folder,
                capture_output=True,
                text=True,
                timeout=300,
            )
            if "not done within" not in done.stderr:
                break
        assert done.returncode == 0, done.stderr
        self.acknowledged.append((_last_moment(self.disk), arguments[0]))
        return done.stdout

    def cuts(self, points: int, choices: int = 3, log: list[Operation] | None = None) -> Iterator[tuple[PowerCut, Path]]:
        """Power cuts at so many points, each laid out as the folder in which the next start finds itself."""
        log = self.disk.log() if log is None else log
        chosen = self.chance.sample(range(1, len(log) + 1), min(points, len(log)))
        for cut in power_cuts(self.disk, chosen, self.chance, choices, log):
            yield cut, lay_out(cut.files, self.desk, self.folder / "found")

    def had_answered(self, verb: str, cut: PowerCut) -> bool:
        """Whether a verb had been done for good when the power went."""
        return any(done == verb and when < cut.nanoseconds for when, done in self.acknowledged)


def _last_moment(disk: Disk) -> int:
    log = disk.log()
    return log[-1].nanoseconds if log else 0


def bench_in(tmp_path: Path) -> Bench:
    desk = tmp_path / "desk"
    desk.mkdir(parents=True, exist_ok=True)
    (desk / "home").mkdir(exist_ok=True)
    for n in range(3):
        (tmp_path / f"page-{n}.html").write_text(PAGE.replace("nine", f"{n} times nine"))
    return Bench(tmp_path, Disk(desk, tmp_path / "harness", records=True), random.Random(20260302))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return bench_in(tmp_path)


def assert_sound(store: Path) -> None:
    """It opens as the next start would open it, nothing is wrong with it, and the history can be gone through."""
    with Store.open(store) as opened:
        assert opened.check() == []
        for entry in opened.stories.entries(include_spiked=True):
            writing = Writing(opened)
            while writing.undo(entry.id) is not None:
                pass


def test_a_power_cut_while_the_editor_works_loses_nothing_that_was_shown_as_saved(
    bench: Bench, rounds: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """From the very first start on: the folders, the store, the migrations, the sample desk, the words, the window's settings."""
    store = bench.desk / "home" / "desks" / "desk.db"
    pages = [bench.folder / f"page-{n}.html" for n in range(3)]
    seconds = rounds(6, 60)
    editor = Editor(
        store,
        bench.folder / "journal",
        bench.environment,
        *("--pace", 15, "--seed", 5, "--seconds", seconds, "--capture", *pages, "--acts", "rest=30"),
    )
    assert editor.process.wait(timeout=600) == 0, editor.log.read_text()
    log = bench.disk.log()
    looked = sayings = 0
    assert read_sitting(editor.journal, 1 << 62).sayings > 0
    for cut, found in bench.cuts(rounds(15, 250), rounds(2, 3), log):
        there = found / store.relative_to(bench.desk)
        sitting = read_sitting(editor.journal, cut.nanoseconds)
        looked, sayings = looked + 1, sayings + bool(sitting.saved)
        if there.exists():
            assert_sound(there)
            assert broken_promises(sitting, there) == [], cut.point
        else:
            assert not sitting.saved, f"the store itself is gone at {cut.point}"
    with capsys.disabled():
        print(f"\n{len(log)} operations, {looked} power cuts, {sayings} of them with words that were shown as saved")


def test_a_power_cut_while_verbs_run_costs_nothing_that_they_had_answered(
    bench: Bench, rounds: Callable[[int, int], int]
) -> None:
    """Capture, import, export, backup, restore, one after the other on the command line."""
    store, out, backup = bench.desk / "desk.db", bench.desk / "out", bench.desk / "backups" / "kept.db"
    backup.parent.mkdir()
    bench.disk.before = {str(backup.parent): None, str(bench.desk / "home"): None}
    story = {"format": "workstation-story/1", "slug": "low-water", "headline": "Low water", "news": "<p>The gauge fell.</p>"}
    (bench.folder / "story.json").write_text(json.dumps(story))
    own = ("--store", store, "--offline")
    captured = bench.command("capture", *(bench.folder / f"page-{n}.html" for n in range(2)), "--json", *own)
    items = [json.loads(line)["id"] for line in captured.splitlines()]
    bench.command("story", "import", bench.folder / "story.json", *own)
    bench.command("export", "low-water", "--profile", "page", "--out", out, "--waive", "a test", *own)
    exported = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    bench.command("backup", "--out", backup, *own)
    bench.command("capture", bench.folder / "page-2.html", *own)
    bench.command("restore", backup, *own)
    for cut, found in bench.cuts(rounds(18, 250), rounds(2, 3)):
        there = found / "desk.db"
        if not there.exists():
            assert not bench.had_answered("capture", cut)
            continue
        assert_sound(there)
        assert_answered(bench, cut, there, items)
        for name, content in exported.items():
            file = found / "out" / name
            assert not file.exists() or file.read_bytes() == content
            assert file.exists() or not bench.had_answered("export", cut)
        if (found / "backups" / "kept.db").exists():
            assert check(found / "backups" / "kept.db") == []
        else:
            assert not bench.had_answered("backup", cut)


def assert_answered(bench: Bench, cut: PowerCut, store: Path, items: list[str]) -> None:
    with Store.open(store) as opened:
        if bench.had_answered("capture", cut):
            assert set(opened.items.all_of(items)) == set(items)
        if bench.had_answered("story", cut):
            assert opened.stories.get(opened.stories.id_of("low-water")).news.text == "The gauge fell."
    if bench.had_answered("restore", cut):
        aside = [path for path in store.parent.glob("desk.db.replaced-*") if not path.name.endswith(("-wal", "-shm"))]
        assert len(aside) == 1
        assert check(aside[0]) == []
