"""What happened at a desk until somebody pulled the plug, read from the journal of ``at_the_desk.py`` and from the disk."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.promises.at_the_desk import NUMBER

ROOT = Path(__file__).parents[2]
HARMLESS = {"go", "rest", "type", "add_card", "move_card", "new_story", "capture", "spike", "shortlist"}
"""What takes no word off the screen."""


@dataclass
class Sitting:
    """What was on the screen, by story, and what of it was said to be saved."""

    shown: dict[int, dict[str, int]] = field(default_factory=dict)
    """Numbers and when they came, in nanoseconds."""
    saved: dict[int, set[str]] = field(default_factory=dict)
    """What stood on the screen when the status bar last said that all is saved, and was not taken away since."""
    states: dict[str, str] = field(default_factory=dict)
    saved_states: dict[str, str] = field(default_factory=dict)
    words: int = 0
    sayings: int = 0
    """How often it was said that all is saved."""
    _doing: dict[str, Any] | None = None

    def take(self, line: Mapping[str, Any]) -> None:
        """Go on by one line of the journal."""
        if "doing" in line:
            self._doing = dict(line)
        elif "act" in line:
            self._take_act(line)
        elif line.get("saved"):
            self.sayings += 1
            self.saved = {story: set(shown) for story, shown in self.shown.items()}
            self.saved_states = dict(self.states)
        elif "item" in line:
            self.saved_states.pop(line["item"], None)
            self.states[line["item"]] = line["state"]
        elif "undoes" in line:  # in the inbox it takes back a state
            self.states.clear()
            self.saved_states.clear()

    def _take_act(self, line: Mapping[str, Any]) -> None:
        self._doing = None
        shown = self.shown.setdefault(line["story"], {})
        saved = self.saved.setdefault(line["story"], set())
        for number in line["came"]:
            shown[number] = line["at"]
            self.words += line["act"] == "type"
        for number in line["gone"]:
            shown.pop(number, None)
            saved.discard(number)

    def end(self) -> None:
        """The journal broke off in the middle of something that may have taken words away: which ones, nobody knows."""
        if self._doing is not None and self._doing["doing"] not in HARMLESS:
            self.saved.pop(self._doing["story"], None)
            self.shown.pop(self._doing["story"], None)


def read_sitting(journal: Path, until: int) -> Sitting:
    """What happened before ``until`` (nanoseconds of the monotonic clock)."""
    sitting = Sitting()
    for line in lines(journal):
        if line["at"] > until:
            break
        sitting.take(line)
    sitting.end()
    return sitting


def lines(journal: Path) -> Iterator[dict[str, Any]]:
    """What stands in the journal, without a line that was cut off."""
    text = journal.read_text() if journal.exists() else ""
    for line in text.splitlines(keepends=True):
        if line.endswith("\n"):
            yield json.loads(line)


def on_disk(store: Path) -> dict[int, set[str]]:
    """The numbers that each story of the store has."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        return {number: set(NUMBER.findall(document)) for number, document in db.execute("SELECT id, document FROM story")}


def states_on_disk(store: Path) -> dict[str, str]:
    """The states of the items of the store."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        return dict(db.execute("SELECT item.id, item_desk.state FROM item JOIN item_desk ON item_desk.item = item.row"))


def broken_promises(sitting: Sitting, store: Path) -> list[str]:
    """What was shown as saved and is not on the disk."""
    there, states = on_disk(store), states_on_disk(store)
    told = [
        f"story {story}: {', '.join(sorted(numbers - there.get(story, set())))} was saved and is lost"
        for story, numbers in sitting.saved.items()
        if numbers - there.get(story, set())
    ]
    told += [
        f"item {item} was {state} and is {states.get(item)}"
        for item, state in sitting.saved_states.items()
        if states.get(item) != state
    ]
    return told


def seconds_lost(sitting: Sitting, store: Path, until: int) -> float:
    """How old the oldest word was that is not on the disk."""
    there = on_disk(store)
    ages = [
        (until - came) / 1e9
        for story, shown in sitting.shown.items()
        for number, came in shown.items()
        if number not in there.get(story, set())
    ]
    return max(ages, default=0.0)


class Editor:
    """The process of ``at_the_desk.py``, and its journal."""

    def __init__(
        self, store: Path, journal: Path, environment: Mapping[str, str], *arguments: object, harness: Sequence[str] = ()
    ) -> None:
        self.journal, self._seen = journal, 0
        journal.unlink(missing_ok=True)
        script = Path(__file__).with_name("at_the_desk.py")
        call = [*harness, sys.executable, script, "--store", store, "--journal", journal, *arguments]
        self.log = journal.with_suffix(".log")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                list(map(str, call)), env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment), stdout=log, stderr=log
            )

    def wait_for(self, sign: str, seconds: float = 120) -> bool:
        """Whether the journal came to hold ``sign``; False when the process ended before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.journal.exists() and sign in self.journal.read_text():
                return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.01)
        raise AssertionError(f"no {sign} in {seconds} s: {self.log.read_text()[-2000:]}")

    def kill(self) -> int:
        """Kill it as it stands; answers with the moment, in nanoseconds."""
        at = time.monotonic_ns()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return at
