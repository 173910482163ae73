"""A real disk that is full: a small one in memory, filled to its last block while the program works, and before it starts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.test_full_disk import rescued, type_and_save, wait_for
from tests.promises.window_on_a_disk import Program
from workstation.domain.story import Story
from workstation.store import Store


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB with a desk on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    with Store.open(disk / "desk.db") as store:
        store.stories.add(Story(slug="ferry", headline="The ferry sails again"))
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path) -> None:
    """Take the last byte of it."""
    with (disk / "filler").open("ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(512))
        except OSError:
            pass


def start(small: Path, tmp_path: Path) -> Program:
    return Program(small / "desk.db", {"WORKSTATION_RESCUE": str(tmp_path / "second")})


def test_a_disk_that_fills_up_while_the_program_works_takes_the_words_again_when_there_is_room(small, tmp_path, rounds):
    program = start(small, tmp_path)
    typed = type_and_save(program, "Before")
    for turn in range(rounds(1, 15)):
        fill(small)
        long = f" long {turn}" * 60  # more than fits into what the log has already
        shown = program.do("type", long)
        while "rescue" not in (shown := program.do("look"))["notices"] and not shown["label"].startswith("Not"):
            program.do("type", long)
        typed = program.do("look")["text"]
        wait_for(lambda typed=typed: rescued(tmp_path / "second") == [f"<p>{typed}</p>"])
        assert program.process.poll() is None, "a page of a mapped file that has no block on the disk kills who touches it"
        (small / "filler").unlink()
        program.do("press", "Try again")
        program.until(lambda shown: shown["label"].startswith("Saved"))
        assert program.stored() == f"<p>{typed}</p>"
        program.do("clear", "Again")
    assert program.leave() == 0
    with Store.open(small / "desk.db") as store:
        assert store.check() == []


def test_a_desk_on_a_full_disk_opens(small, tmp_path):
    fill(small)
    program = start(small, tmp_path)
    shown, _ = program.until(lambda shown: "The ferry sails again" in shown["title"])
    assert shown["dialogs"] == 0
    assert program.leave() == 0


def test_a_desk_on_a_disk_that_can_hold_no_more_files_opens_for_reading(small, tmp_path):
    (small / "desk.db.lock").unlink()
    subprocess.run(["mount", "-o", "remount,nr_inodes=3", small], check=True)
    with pytest.raises(OSError, match="No space"):
        for number in range(3):
            (small / f"filler-{number}").touch()
    program = start(small, tmp_path)
    shown, _ = program.until(lambda shown: "read-only" in shown["notices"])
    assert "no more files" in shown["notices"]["read-only"]
    assert "The ferry sails again" in shown["title"]
    assert program.leave() == 0
