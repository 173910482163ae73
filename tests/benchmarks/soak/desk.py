"""How much memory the program takes over a long day: typing, capturing, quoting, reading, exporting in the real window.

    xvfb-run -a ./run bench soak/desk [--hours 8] [--speed 10]

An editor's hour is 6,000 keys in headline, news and cards, 12 pages captured and 4 of them read and quoted, 6 changes of story,
3 looks at the hand-over dialog, 2 exports in every form, undo and redo; ``--speed`` is how much faster the clock of this editor
goes. Prints, for each of its quarters of an hour, the resident memory of the program's own process and of all its processes,
in MB, and at the end the growth since the first hour.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.hands import when_open
from workstation import app
from workstation.ui.inbox.targets import Target, TargetKind

HOUR = 3600.0
SETTLES_MS = 3_000
"""After which the start is over."""
KEYS, CAPTURES, STORIES, DIALOGS, EXPORTS, UNDOS = 6_000, 12, 6, 3, 2, 20
WORDS = (
    "harbour",
    "council",
    "said",
    "that",
    "ferries",
    "on",
    "the",
    "river",
    "would",
    "wait",
    "until",
    "a",
    "treaty",
    "was",
    "signed",
)


class Editor:
    """Does what an editor does, in the window's thread, each thing so often in an hour."""

    def __init__(self, folder: Path, hours: float, speed: float) -> None:
        self._folder, self._hours, self._speed = folder, hours, speed
        self._chance = random.Random(11)
        self._pages = itertools.count(1)
        self._words: Iterator[str] = iter(())
        self._started = 0.0
        self._told: list[tuple[float, float, float]] = []
        self._timers: list[QTimer] = []

    def begin(self, window: Any) -> None:
        """The window is there: everything begins."""
        self.window = window
        self._started = time.monotonic()
        for act, times in (
            (self._type, KEYS),
            (self._capture, CAPTURES),
            (self._turn, STORIES),
            (self._look_at_export, DIALOGS),
            (self._export, EXPORTS),
            (self._undo, UNDOS),
            (self._tell, 4),
        ):
            self._every(HOUR / times / self._speed, act)
        self._tell()

    def _every(self, seconds: float, act: Callable[[], Any]) -> None:
        timer = QTimer(self.window, interval=max(1, round(seconds * 1000)))
        timer.timeout.connect(act)
        timer.start()
        self._timers.append(timer)

    @property
    def _hour(self) -> float:
        return (time.monotonic() - self._started) * self._speed / HOUR

    def _type(self) -> None:
        """One key into a text of the open story, a word at a time into the same one; long texts are left in peace."""
        if self._session.story is None or QApplication.activeModalWidget() is not None:
            return
        text = self._text
        if text is None or not text.isVisible():
            return
        character = next(self._words, "")
        if not character:
            self._words = iter(self._chance.choice(WORDS) + " ")
            return
        if len(text.toPlainText()) > 6_000:
            QTest.keyClick(text, Qt.Key.Key_Backspace)
        QTest.keyClick(text, character)

    @property
    def _session(self) -> Any:
        return self.window._session

    @property
    def _text(self) -> Any:
        """The text that is being written: another one every few minutes."""
        story = self.window.story
        texts = [story._headline, story._news, *(frame.body for frame in story._cards.frames())]
        return texts[int(self._hour * 20) % len(texts)]

    def _capture(self) -> None:
        number = next(self._pages)
        lines = "".join(f"<p>{' '.join(self._chance.choices(WORDS, k=60)).capitalize()}.</p>" for _ in range(12))
        page = self._folder / f"page-{number}.html"
        page.write_text(f"<html lang=en><title>Ferry notice {number}</title><article><h1>Ferry {number}</h1>{lines}</article>")
        self.window.files._capturing.capture((Target(TargetKind.FILE, str(page)),))
        if number % 3 == 0:
            QTimer.singleShot(1500, self.window, self._read_and_quote)

    def _read_and_quote(self) -> None:
        items = self.window._desk.gathering.items(limit=1)
        if not items:
            return
        self._session.show_item(items[0].id)
        story = self._session.story
        if story is not None:
            self._session.publish(self.window._desk.quoting.quote_in_card(items[0].id, 0, 40, story, None).changes)

    def _turn(self) -> None:
        """Another story: the fifth after five new ones is the first again."""
        entries = self.window._desk.writing.entries()
        if len(entries) < 5:
            self._session.show_story(self.window._desk.writing.new(f"Story {len(entries)}"))
        else:
            self._session.show_story(entries[-1].id)

    def _look_at_export(self) -> None:
        if QApplication.activeModalWidget() is None:
            QTimer.singleShot(2_000, self.window, self._leave_dialog)
            self.window._ask_export()

    def _leave_dialog(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()

    def _export(self) -> None:
        desk, story = self.window._desk, self._session.story
        names = [profile.name for profile in desk.publishing.profiles()]
        out = self._folder / "out"
        self._session.run(lambda _: desk.publishing.export_each(story, names, out, waive="a soak"), label="Exporting")

    def _undo(self) -> None:
        if QApplication.activeModalWidget() is None:
            self.window._undo_by_focus()
            self.window._redo_by_focus()

    def _tell(self) -> None:
        own = resident(os.getpid())
        family = own + sum(map(resident, descendants(os.getpid())))
        self._told.append((self._hour, own, family))
        print(f"{self._hour:6.2f} h  own {own:7.1f} MB  all {family:7.1f} MB", flush=True)
        if self._hour >= self._hours:
            self._end()

    def _end(self) -> None:
        for timer in self._timers:
            timer.stop()
        for name, column in (("own process", 1), ("all processes", 2)):
            first = [told[column] for told in self._told if 0.75 <= told[0] <= 1.3]
            last = [told[column] for told in self._told[-3:]]
            if first:
                growth = statistics.median(last) / statistics.median(first) - 1
                print(f"{name}: {statistics.median(first):.0f} MB after the first hour, {growth:+.1%} at the end")
        self.window.close()


def resident(process: int) -> float:
    """The resident memory of a process, in MB; shared pages count in each."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def descendants(process: int) -> list[int]:
    """The processes that this one started, and those that they did."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def main() -> None:
    """Work and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--speed", type=float, default=10.0)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        editor = Editor(Path(name), call.hours, call.speed)
        when_open(lambda window: QTimer.singleShot(SETTLES_MS, window, lambda: editor.begin(window)))
        sys.exit(app.run(["--store", str(Path(name) / "desk.db"), "--offline"]))


if __name__ == "__main__":
    main()
