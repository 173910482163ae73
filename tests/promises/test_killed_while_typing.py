"""kill -9 at any moment, one store kept over all kills: never corrupt, nothing that was shown as saved is lost."""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.promises.conftest import IS_LARGE
from tests.promises.sitting import Editor, Sitting, broken_promises, lines, on_disk, read_sitting, seconds_lost
from workstation.store import Store
from workstation.workflow.writing import Writing

PAGE = """<html lang="en"><head><title>Gauge {n}</title></head><body><article><h1>Gauge {n}</h1>
<p>The water at the old bridge was lower than in {n} years, said the harbour master.</p></article></body></html>"""
OWN_FILES = ("", "-wal", "-shm", ".lock")
PATIENCE = 5.0
"""Seconds of typing that may be lost, and for opening, where the machine is busy with other tests."""


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the program is shown: nowhere in the ordinary run, on a screen of its own with the preview in the large one."""
    home = tmp_path_factory.mktemp("home")
    environment = {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "WORKSTATION_PREVIEW": "off"}
    environment |= {f"XDG_{kind}_HOME": str(home / kind) for kind in ("DATA", "STATE", "CONFIG", "CACHE")}
    if not (IS_LARGE and shutil.which("Xvfb")):
        yield environment
        return
    read, write = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    ) as xvfb:
        display = os.read(read, 20).decode().strip()
        yield environment | {
            "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{display}", "WORKSTATION_PREVIEW": "", "QTWEBENGINE_DISABLE_SANDBOX": "1"
        }  # fmt: skip
        xvfb.terminate()


@dataclass
class Measured:
    """What many kills cost."""

    lost: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    words: int = 0
    sayings: int = 0

    def told(self) -> str:
        return "\n".join(
            [
                f"{len(self.lost)} kills, {self.words} words, {self.sayings} times “saved”",
                f"typing lost (s): {_spread(self.lost)}",
                f"opened again in (s): {_spread(self.opened)}",
            ]
        )


def tell(measured: Measured, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{measured.told()}", flush=True)


def _spread(values: list[float]) -> str:
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"p50 {statistics.median(ordered):.3f}, p95 {p95:.3f}, max {ordered[-1]:.3f}"


class Room:
    """One store that is killed again and again."""

    def __init__(self, folder: Path, screen: dict[str, str], seed: int) -> None:
        self.store, self.screen, self.seed = folder / "desk.db", screen, seed
        self.folder, self.chance = folder, random.Random(seed)
        self.measured = Measured()
        self.first = 1
        self.pages = [folder / f"page-{n}.html" for n in range(3)]
        for n, page in enumerate(self.pages):
            page.write_text(PAGE.format(n=n))

    def sit_down(self, pace: int) -> Editor:
        return Editor(
            self.store,
            self.folder / "journal",
            self.screen,
            *("--seed", self.chance.randrange(10**9), "--first", self.first, "--pace", pace, "--capture", *self.pages),
        )

    def look(self, sitting: Sitting, until: int) -> None:
        """Open the store as the next start would, and see what is there."""
        begun = time.monotonic()
        with Store.open(self.store) as store:
            self.measured.opened.append(time.monotonic() - begun)
            assert store.check() == []
            assert broken_promises(sitting, self.store) == []
            for entry in store.stories.entries(include_spiked=True):
                assert_history_opens(Writing(store), entry.id)
        self.measured.lost.append(seconds_lost(sitting, self.store, until))
        self.measured.words += sitting.words
        self.measured.sayings += sitting.sayings
        self.first = max([self.first, *(int(number[1:-1]) + 1 for numbers in on_disk(self.store).values() for number in numbers)])
        self.first += 200  # what was typed and lost is never typed again
        allowed = {self.store.name + ending for ending in OWN_FILES}
        assert {path.name for path in self.folder.glob("*desk.db*")} <= allowed


def assert_history_opens(writing: Writing, number: int) -> None:
    """The last steps can be taken back and done again, and nothing else is changed by that."""
    begun, taken = writing.story(number), 0
    while taken < 12 and writing.undo(number) is not None:
        taken += 1
    for _ in range(taken):
        assert writing.redo(number) is not None
    assert writing.story(number) == begun


@pytest.fixture
def room(tmp_path: Path, screen: dict[str, str]) -> Room:
    return Room(tmp_path, screen, seed=20260302)


def test_killed_while_typing_nothing_that_was_shown_as_saved_is_lost(
    room: Room, rounds: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    for turn in range(rounds(3, 500)):
        editor = room.sit_down(pace=room.chance.choice((8, 25, 60)))
        assert editor.wait_for('"begin"'), editor.log.read_text()
        editor.wait_for('"saved": true' if turn % 3 == 0 else '"came": ["n')
        time.sleep(room.chance.uniform(0.0, 1.5))
        until = editor.kill()
        room.look(read_sitting(editor.journal, until), until)
        if turn % 25 == 24:
            tell(room.measured, capsys)
    tell(room.measured, capsys)
    measured = room.measured
    assert measured.sayings > 0
    assert measured.words > 0
    if not IS_LARGE:
        assert max(measured.lost) < PATIENCE
        assert max(measured.opened) < PATIENCE


def test_killed_in_its_start_it_starts_again(room: Room, rounds: Callable[[int, int], int]) -> None:
    """Before the first paint, in the first migration, while the sample desk is loaded: the next start goes on."""
    for _ in range(rounds(3, 60)):
        editor = room.sit_down(pace=20)
        time.sleep(room.chance.uniform(0.05, 1.5))
        until = editor.kill()
        if room.store.exists():
            room.look(read_sitting(editor.journal, until), until)
    editor = room.sit_down(pace=20)
    assert editor.wait_for('"begin"'), editor.log.read_text()
    editor.kill()


def test_the_journal_of_the_editor_would_show_a_word_that_is_lost(room: Room) -> None:
    """A check that cannot fail proves nothing: the disk is put back to before the words, and it is seen."""
    editor = room.sit_down(pace=20)
    assert editor.wait_for('"saved": true'), editor.log.read_text()
    until = editor.kill()
    sitting = read_sitting(editor.journal, until)
    assert any(line.get("label", "").startswith("Saved") for line in lines(editor.journal))
    with Store.open(room.store) as store:
        for entry in store.stories.entries():
            document = store.stories.get(entry.id)
            store.stories.save(entry.id, type(document)(slug=document.slug, headline="Nothing of it"))
    assert broken_promises(sitting, room.store)
    assert seconds_lost(sitting, room.store, until) > 0
