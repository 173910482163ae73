"""A disk that is full or fails: a calm line, the words in a second place, saved again when it heals, never a false “Saved”."""

from __future__ import annotations

import errno
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.promises.disk import NEEDS_ROOM, Disk, Kind, needs_a_compiler
from tests.promises.window_on_a_disk import PATIENCE, Program
from workstation.domain.story import Story
from workstation.store import Store

pytestmark = needs_a_compiler

FAULTS: dict[str, Callable[[Disk], object]] = {
    "full": lambda disk: disk.fail(errno.ENOSPC, NEEDS_ROOM),
    "failing fsync": lambda disk: disk.fail(errno.EIO, Kind.SYNC),
    "short writes": lambda disk: (disk.short(), disk.fail(errno.ENOSPC, Kind.WRITE, after=2)),
    "failing writes": lambda disk: disk.fail(errno.EIO, Kind.WRITE),
    "full log": lambda disk: disk.fail(errno.ENOSPC, Kind.WRITE, ending="-wal"),
    "quota used up": lambda disk: disk.fail(errno.EDQUOT, NEEDS_ROOM),
    "read-only all at once": lambda disk: disk.fail(errno.EROFS),
}
FEW = 3
"""So many of them are tried in the ordinary run."""
CAUSES = {"full": "no room left", "quota used up": "no room left", "failing fsync": "the disk failed", "full log": "no room left"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Starts the program over the disk; whatever still runs at the end is killed."""
    started: list[Program] = []
    disk = Disk(tmp_path / "desk", tmp_path / "harness")
    (tmp_path / "desk").mkdir()
    with Store.open(tmp_path / "desk" / "desk.db") as store:
        store.stories.add(Story(slug="ferry", headline="The ferry sails again"))
    places = {"WORKSTATION_RESCUE": str(tmp_path / "second"), "XDG_DATA_HOME": str(tmp_path / "desk" / "data")}

    def start() -> Program:
        program = Program(tmp_path / "desk" / "desk.db", disk.environment() | places)
        started.append(program)
        return program

    start.disk = disk
    start.second = tmp_path / "second"
    yield start
    for program in started:
        if program.process.poll() is None:
            program.kill()


def rescued(second: Path) -> list[str]:
    """The News of every story in the second place."""
    return [json.loads(file.read_text())["news"] for file in sorted(second.glob("*/story.json"))]


def type_and_save(program: Program, words: str) -> str:
    program.do("type", words)
    shown, _ = program.until(lambda shown: shown["label"].startswith("Saved") and program.stored() == f"<p>{shown['text']}</p>")
    return shown["text"]


def test_whatever_fails_the_words_are_kept_elsewhere_and_saved_again_when_it_heals(desk, rounds):
    program, took = desk(), []
    program.until(lambda shown: shown["label"] is not None)
    typed = type_and_save(program, "Before")
    for turn in range(rounds(1, 12)):
        for name, fail in list(FAULTS.items())[: rounds(FEW, len(FAULTS))]:
            fail(desk.disk)
            before = program.stored()
            program.do("type", f" during {name} {turn}")
            shown, seconds = program.until(lambda shown: "rescue" in shown["notices"])
            took.append(seconds)
            assert not shown["label"].startswith("Saved")
            assert CAUSES.get(name, "") in shown["notices"]["rescue"]
            assert str(desk.second) in shown["notices"]["rescue"] or program.until(
                lambda shown: str(desk.second) in shown["notices"]["rescue"]
            )
            program.do("type", " and more.")
            typed = shown["text"] + " and more."
            wait_for(lambda typed=typed: f"<p>{typed}</p>" in rescued(desk.second))
            shown = program.do("look")
            assert not shown["label"].startswith("Saved"), name
            assert program.stored() == before, "what was not told to be saved is not there half"
            assert shown["dialogs"] == 0
            desk.disk.heal()
            if turn % 2 == 0:
                program.do("press", "Try again")
            shown, _ = program.until(lambda shown: shown["label"].startswith("Saved"))
            assert program.stored() == f"<p>{shown['text']}</p>" == f"<p>{typed}</p>"
            assert "rescue" not in program.do("look")["notices"]
    took.sort()
    print(f"told after {took[len(took) // 2]:.2f} s (median), {took[-1]:.2f} s (longest) of {len(took)}")
    assert program.leave() == 0
    assert not program.errors
    again = desk()
    shown, _ = again.until(lambda shown: shown["text"] == typed)
    wait_for(lambda: rescued(desk.second) == [])
    assert "rescued" not in again.do("look")["notices"]
    assert again.leave() == 0


def fill_and_type(desk, words: str = " kept elsewhere") -> tuple[Program, str]:
    """The program with words that a full disk did not take, and what its field says."""
    program = desk()
    type_and_save(program, "Before")
    desk.disk.fail(errno.ENOSPC)
    shown = program.do("type", words)
    wait_for(lambda: rescued(desk.second) == [f"<p>{shown['text']}</p>"])
    return program, shown["text"]


def test_words_that_a_full_disk_did_not_take_are_offered_after_a_kill_and_put_in_as_a_step(desk):
    program, typed = fill_and_type(desk)
    program.kill()
    desk.disk.heal()
    program = desk()
    shown, _ = program.until(lambda shown: "rescued" in shown["notices"])
    assert "The ferry sails again" in shown["notices"]["rescued"]
    assert shown["text"] == "Before", "nothing is put in unasked"
    program.do("press", "Put into the story")
    shown, _ = program.until(lambda shown: shown["text"] == typed)
    wait_for(lambda: program.stored() == f"<p>{typed}</p>")
    program.until(lambda shown: "rescued" not in shown["notices"])
    assert rescued(desk.second) == []
    assert program.do("undo")["text"] == "Before"
    assert program.leave() == 0
    with Store.open(program.store) as store:
        assert [store.versions.read(1, version.number).news.text for version in store.versions.all_of(1)].count("Before")
        assert store.check() == []


def test_a_close_over_a_full_disk_ends_well_and_the_words_wait_until_they_are_dismissed(desk):
    program, typed = fill_and_type(desk)
    shown = program.do("look")
    assert shown["dialogs"] == 0
    assert program.leave("Close and lose it") == 0, "the second place of this test is gone after a restart of the machine"
    assert not program.errors
    desk.disk.heal()
    program = desk()
    program.until(lambda shown: "rescued" in shown["notices"])
    program.do("press", "Dismiss")
    program.until(lambda shown: "rescued" not in shown["notices"])
    assert rescued(desk.second) == []
    assert rescued(desk.second / "dismissed") == [f"<p>{typed}</p>"]
    assert program.leave() == 0
    program = desk()
    program.until(lambda shown: shown["text"] == "Before")
    time.sleep(1)
    assert "rescued" not in program.do("look")["notices"]


def test_a_disk_that_does_not_answer_is_told_and_the_words_go_elsewhere_meanwhile(desk):
    program = desk()
    type_and_save(program, "Before")
    desk.disk.slow(4)
    program.do("type", " while it sleeps")
    shown, _ = program.until(lambda shown: "rescue" in shown["notices"])
    assert "does not answer" in shown["notices"]["rescue"]
    assert not shown["label"].startswith("Saved")
    wait_for(lambda: rescued(desk.second) == ["<p>Before while it sleeps</p>"])
    desk.disk.heal()
    program.until(lambda shown: shown["label"].startswith("Saved") and "rescue" not in shown["notices"])
    assert program.stored() == "<p>Before while it sleeps</p>"
    wait_for(lambda: rescued(desk.second) == [])
    assert program.leave() == 0


def test_a_window_closes_over_a_disk_that_does_not_answer_and_the_words_are_offered_by_the_next_one(desk):
    program = desk()
    type_and_save(program, "Before")
    desk.disk.slow(600)
    program.do("type", " while it hangs")
    program.until(lambda shown: "rescue" in shown["notices"])
    assert program.leave("Close and lose it") == 0, "the second place of this test is gone after a restart of the machine"
    assert rescued(desk.second) == ["<p>Before while it hangs</p>"]
    desk.disk.heal()
    program = desk()
    program.until(lambda shown: "rescued" in shown["notices"] or "hangs" in shown["text"])


def wait_for(check: Callable[[], object]) -> None:
    begun = time.monotonic()
    while not check():
        assert time.monotonic() - begun < PATIENCE, "it never came"
        time.sleep(0.02)
