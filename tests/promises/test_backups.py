"""Backups and restores on a disk that kills, fills, fails and loses its power: what has a backup's name is whole.

The desk at ``data/desk.db`` is killed at any operation of a backup or a restore, and of each that is left is asked: is the desk
wholly the old one or wholly the new one, and is each backup in the list what it was when it was made?
"""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.promises.disk import CHANGES, Disk, lay_out, needs_a_compiler, power_cuts
from workstation.domain.backup import BackupReason
from workstation.domain.story import Story
from workstation.store import Backups, Store, check, is_unharmed
from workstation.store.copies.backup_files import backups_in

OLD = Story(slug="river", headline="Old")

TAKE = """
import sys
from pathlib import Path
from workstation.domain.backup import BackupReason
from workstation.errors import StoreError
from workstation.store import Store
try:
    with Store.open(Path(sys.argv[1])) as store:
        store.backups.take(BackupReason.HAND)
    print("done")
except StoreError as error:
    print(f"told: {error}")
"""
RESTORE = """
import sys
from pathlib import Path
from workstation.errors import StoreError
from workstation.store import Backups, restore
store = Path(sys.argv[1])
try:
    restore(Backups(store).find("1").path, store)
    print("done")
except StoreError as error:
    print(f"told: {error}")
"""
WRITE_AND_TAKE = """
import sys
from dataclasses import replace
from pathlib import Path
from workstation.domain.backup import BackupReason
from workstation.domain.story import Story
from workstation.store import Store
with Store.open(Path(sys.argv[1])) as store:
    story = store.stories.get(1)
    for number in range(int(story.headline.rpartition(" ")[2]) + 1, 10**6):
        store.stories.save(1, replace(story, headline=f"Step {number}"))
        print("saved", number, flush=True)
        store.backups.take(BackupReason.HAND)
        print("backed", number, flush=True)
"""


class Ground:
    """A desk with a backup of what it was, in a folder that can be laid out anew."""

    def __init__(self, root: Path, harness: Path, *, records: bool = False) -> None:
        root.mkdir()
        self.store, self.state = root / "data" / "desk.db", root / "state"
        self.harness, self.records = harness, records
        os.environ["XDG_STATE_HOME"] = str(self.state)
        with Store.open(self.store) as store:
            number = store.stories.add(OLD)
            store.backups.take(BackupReason.HAND)
            store.stories.save(number, replace(OLD, headline="New"))
        self.disk = Disk(root, harness, records=records)
        self.rounds = 0

    def again(self) -> Disk:
        """Everything as it was in the beginning, on a disk that does what it should."""
        lay_out(self.disk.before, self.disk.under, self.disk.under)
        self.disk.heal()
        return self.disk

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", script, str(self.store)],
            env=os.environ | self.disk.environment(),
            capture_output=True,
            text=True,
            timeout=300,
        )

    def require_whole(self, *, restored: bool = False) -> None:
        """Hold the desk and its backups to each promise; ``restored`` when the program said that it was done."""
        folder = Backups(self.store).folder
        for backup in backups_in(folder):
            assert is_unharmed(backup), backup
            assert check(backup.path) == [], backup
        assert backups_in(folder)[-1].number == 1
        assert check(self.store) == []
        with Store.open(self.store) as store:
            said = store.stories.get(1).headline
            store.stories.save(1, replace(OLD, headline=said))
            number = backups_in(folder)[0].number
            assert store.backups.take(BackupReason.HAND).number == number + 1
        assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
        assert said in ("Old", "New")
        assert not restored or said == "Old"


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    yield Ground(tmp_path / "ground", tmp_path / "harness")


def operations(ground: Ground, script: str) -> int:
    """How many changes the script asks of the disk."""
    before = ground.again().operations
    done = ground.run(script)
    assert done.stdout == "done\n", done.stderr
    return ground.disk.operations - before


def points(total: int, many: int) -> list[int]:
    """Some of the operations by chance, half of them among the last ones, where files get their names."""
    chance = random.Random(total)
    last = range(max(total - 24, 0), total)
    wanted = {*chance.sample(last, min(len(last), many // 2)), *chance.sample(range(total), min(total, many - many // 2))}
    return sorted(wanted) if many < total else list(range(total))


@needs_a_compiler
@pytest.mark.parametrize("script", [TAKE, RESTORE], ids=["taken", "put back"])
def test_a_kill_at_any_operation_leaves_a_whole_desk_and_whole_backups(
    ground: Ground, rounds: Callable[[int, int], int], script: str
) -> None:
    killed = 0
    for at, point in enumerate(points(operations(ground, script), rounds(2, 100))):
        ground.again().die(torn=at % 2 == 1, after=point)
        killed += ground.run(script).returncode == -signal.SIGKILL
        ground.require_whole()
    assert killed > at / 2


@needs_a_compiler
@pytest.mark.parametrize("script", [TAKE, RESTORE], ids=["taken", "put back"])
def test_a_disk_that_is_full_or_fails_at_any_operation_is_told_and_loses_nothing(
    ground: Ground, rounds: Callable[[int, int], int], script: str
) -> None:
    told = 0
    for at, point in enumerate(points(operations(ground, script), rounds(2, 80))):
        disk = ground.again()
        disk.fail(errno.EIO if at % 2 else errno.ENOSPC, CHANGES, after=point)
        answered = ground.run(script)
        disk.heal()
        assert answered.returncode == 0, answered.stderr
        assert answered.stdout.startswith(("done", "told: "))
        told += answered.stdout.startswith("told: ")
        ground.require_whole(restored=script is RESTORE and answered.stdout == "done\n")
    assert told


@needs_a_compiler
@pytest.mark.parametrize("script", [TAKE, RESTORE], ids=["taken", "put back"])
def test_a_power_cut_at_any_operation_leaves_a_whole_desk_and_whole_backups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: Callable[[int, int], int], script: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    ground = Ground(tmp_path / "ground", tmp_path / "harness", records=True)
    assert ground.run(script).stdout == "done\n"
    log = ground.disk.log()
    for cut in power_cuts(ground.disk, points(len(log), rounds(8, 125)), random.Random(5), choices=2, log=log):
        found = lay_out(cut.files, ground.disk.under, tmp_path / "found")
        [folder] = (found / "state" / "signals-workstation" / "backups").iterdir()
        backups = backups_in(folder)
        assert backups[-1].number == 1
        for backup in backups:
            assert is_unharmed(backup), (cut.point, backup)
            assert backup.sha256
        desk = found / "data" / "desk.db"
        assert check(desk) == [], cut.point
        with Store.open(desk) as store:
            assert store.stories.get(1).headline in ("Old", "New"), cut.point


def test_kills_at_random_while_backups_are_taken_cost_neither_a_saved_word_nor_a_finished_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: Callable[[int, int], int]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "desk.db"
    with Store.open(path) as store:
        store.stories.add(Story(slug="river", headline="Step 0"))
    chance, saved, backed = random.Random(3), 0, 0
    for _ in range(rounds(2, 100)):
        with subprocess.Popen([sys.executable, "-c", WRITE_AND_TAKE, str(path)], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            said = [child.stdout.readline()]
            time.sleep(chance.uniform(0, 0.6))
            child.kill()
            said += child.stdout.readlines()
        for line in said:
            word, _, number = line.rstrip("\n").partition(" ")
            if number:
                saved, backed = (int(number), backed) if word == "saved" else (saved, int(number))
        with Store.open(path) as store:
            assert int(store.stories.get(1).headline.split()[1]) >= saved
            assert store.check() == []
        newest = Backups(path).find("latest") if backed else None
        if newest is not None:
            assert is_unharmed(newest)
            assert newest.number >= 1
    assert backed
    left = Backups(path).all()
    assert all(backup.is_good and is_unharmed(backup) for backup in left)
