"""kill -9 at any operation of the disk while a verb runs: an export is whole or not there, and a store always opens."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.promises.disk import CHANGES, Disk, needs_a_compiler
from tests.promises.sitting import ROOT
from workstation.store import Store, check
from workstation.workflow.desk import Desk

pytestmark = needs_a_compiler


class Verbs:
    """The command line over one store, under a disk that can end it."""

    def __init__(self, folder: Path) -> None:
        self.store, self.out, self.folder = folder / "desk" / "desk.db", folder / "desk" / "out", folder
        self.store.parent.mkdir()
        self.disk = Disk(folder / "desk", folder / "harness")

    def run(self, *call: object) -> int:
        home = {f"XDG_{kind}_HOME": str(self.folder / kind) for kind in ("DATA", "STATE", "CONFIG")}
        environment = os.environ | home | {"PYTHONPATH": str(ROOT)} | self.disk.environment()
        arguments = [*map(str, call), "--store", str(self.store), "--offline"]
        done = subprocess.run(
            [sys.executable, "-m", "workstation", *arguments], env=environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        return done.returncode

    def write(self, news: str) -> None:
        story = {"format": "workstation-story/1", "slug": "low-water", "headline": "Low water", "news": f"<p>{news}</p>"}
        (self.folder / "story.json").write_text(json.dumps(story))

    def export(self) -> int:
        return self.run("export", "low-water", "--profile", "page", "--out", self.out, "--waive", "a test")

    def exported(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.out)): path.read_bytes() for path in self.out.rglob("*") if path.is_file()}

    def operations_of(self, act: Callable[[], object]) -> int:
        """How many operations something asks of the disk."""
        begun = self.disk.operations
        act()
        return self.disk.operations - begun


@pytest.fixture
def verbs(tmp_path: Path) -> Verbs:
    verbs = Verbs(tmp_path)
    verbs.write("The gauge fell.")
    verbs.run("story", "import", tmp_path / "story.json")
    return verbs


def test_an_export_that_is_killed_is_the_old_one_or_the_new_one_after_the_next_start(
    verbs: Verbs, rounds: Callable[[int, int], int]
) -> None:
    chance = random.Random(11)
    verbs.export()
    for turn in range(rounds(2, 60)):
        before = verbs.exported()
        with Desk.open(verbs.store, offline=True) as desk:
            number = desk.writing.id_of("low-water")
            story = desk.writing.story(number)
            desk.store.stories.save(number, type(story)(slug=story.slug, headline=f"Low water {turn}", news=story.news))
        verbs.disk.die(CHANGES, after=chance.randrange(90), torn=True)
        killed = verbs.export()
        verbs.disk.heal()
        with Desk.open(verbs.store, offline=True) as desk:
            desk.publishing.finish_killed()
            assert desk.store.check() == []
        after = verbs.exported()
        staged = [name for name in after if name.startswith(".workstation-export-")]
        shown = {name: content for name, content in after.items() if name not in staged}
        assert not [name for name in staged if name.endswith("plan.json")]
        if shown != before:
            assert verbs.export() == 0
            assert {name: content for name, content in verbs.exported().items() if name not in staged} == shown
        assert killed or shown != before


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_a_store_opens_after_a_backup_or_a_restore_was_killed(verbs: Verbs, rounds: Callable[[int, int], int], verb: str) -> None:
    chance, kept = random.Random(12), verbs.store.parent / "kept.db"
    verbs.run("backup", "--out", kept)
    call = ("restore", kept) if verb == "restore" else ("backup", "--out", kept)
    all_of_it = verbs.operations_of(lambda: verbs.run(*call))
    for _ in range(rounds(1, 60)):
        verbs.disk.die(CHANGES, after=chance.randrange(all_of_it), torn=True)
        verbs.run(*call)
        verbs.disk.heal()
        assert check(kept) == []
        with Store.open(verbs.store) as store:
            assert store.check() == []
            assert store.stories.get(store.stories.id_of("low-water")).news.text == "The gauge fell."
        assert not list(verbs.store.parent.glob(f".{verbs.store.name}*"))
