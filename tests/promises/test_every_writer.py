"""Whatever writes, to a disk that is full or fails: it is told, nothing is half there, and it goes well when the disk does."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.disk import Disk, Kind, needs_a_compiler
from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Story
from workstation.store import Store

pytestmark = needs_a_compiler

VERBS = ("capture", "drop", "door", "picture", "version", "story", "export", "document", "backup")
KEEPS_ITEMS = ("capture", "drop", "door")
FAULTS = {"full": (errno.ENOSPC, Kind.WRITE | Kind.MKDIR | Kind.LINK), "failing": (errno.EIO, Kind.WRITE | Kind.SYNC)}


class Desk:
    def __init__(self, folder: Path) -> None:
        (folder / "desk").mkdir()
        with Store.open(folder / "desk" / "desk.db") as store:
            card = SignalCard(headline="The ferry", body=body_from_text("It sails."))
            store.stories.add(Story(slug="ferry", headline="The ferry sails again", signals=(card,)))
        self.disk = Disk(folder / "desk", folder / "harness")
        self.process = subprocess.Popen(
            [sys.executable, "-P", Path(__file__).with_name("writers.py"), folder / "desk"],
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | self.disk.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._read() == "ready"

    def _read(self):
        line = self.process.stdout.readline()
        assert line, "the process ended"
        return json.loads(line)

    def do(self, verb: str) -> dict:
        self.process.stdin.write(json.dumps(verb) + "\n")
        self.process.stdin.flush()
        return self._read()

    def result(self, verb: str) -> object:
        told = self.do(verb)
        assert not told["error"], told
        return told["result"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.disk.heal()
    desk.process.stdin.close()
    assert desk.process.wait(60) == 0


def test_every_writer_tells_that_the_disk_did_not_take_it_leaves_nothing_half_and_goes_on_after(desk, rounds):
    for _ in range(rounds(1, 8)):
        for name, (error, kinds) in FAULTS.items():
            for verb in VERBS:
                items, files = desk.result("items"), whole_files(desk)
                desk.disk.fail(error, kinds)
                told = desk.do(verb)
                desk.disk.heal()
                failed = told["result"] >= 400 if verb == "door" and not told["error"] else told["error"]
                assert failed, f"{verb} on a disk that is {name} told of no failure: {told}"
                assert told["is_foreseen"], f"{verb} on a disk that is {name}: {told['error']}"
                assert desk.result("items") == items, f"{verb} on a disk that is {name}"
                assert whole_files(desk) == files, f"{verb} on a disk that is {name}"
                again = desk.result(verb)
                assert verb != "door" or again == 200
                if verb in KEEPS_ITEMS:
                    assert desk.result("items") == items + 1, f"{verb} was taken for done on a disk that is {name}"
                forget(desk)
    assert desk.result("check") == []


def whole_files(desk: Desk) -> list[str]:
    """The files on the disk but those that SQLite makes and takes away."""
    return [name for name in desk.result("files") if not name.endswith(("-wal", "-shm"))]


def forget(desk: Desk) -> None:
    """What was dropped is taken away, so that the next thing is new."""
    for file in (desk.disk.under.parent / "dropped").iterdir():
        file.unlink()
