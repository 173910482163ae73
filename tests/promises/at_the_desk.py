"""An editor at the real program, who can be interrupted at any moment: a process that opens the window over a store, works in it
with real keys, and writes down what was typed, what stands on the screen, and when the status bar said that it is saved.

    python at_the_desk.py --store FILE --journal FILE [--seed N] [--pace MS] [--acts KEY=WEIGHT …] [--capture FILE …]

Everything is read from the window's widgets, as somebody who looks at the screen would: "saved" is the label of the status bar,
what is there is what the fields show. Words are numbers that are never used twice, so that each can be looked for on the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from tests.hands import when_open, when_there_is_a_story
from workstation import app
from workstation.ui.story.text_field import GrowingEdit
from workstation.ui.window import Window

NUMBER = re.compile(r"n\d+z")
WATCH_MS = 5
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WEIGHTS = {
    "type": 80,
    "go": 14,
    "rest": 6,
    "rub_out": 3,
    "undo": 3,
    "redo": 1,
    "add_card": 2,
    "move_card": 2,
    "remove_card": 1,
    "park_card": 1,
    "new_story": 0.4,
    "other_story": 1.5,
    "capture": 1.5,
    "spike": 1,
    "shortlist": 1,
}
"""How often an editor does what."""
MOST_CARDS, MOST_STORIES = 6, 5


class AtTheDesk(QObject):
    """Types and acts in the window's own thread, a key every ``pace`` milliseconds."""

    def __init__(self, window: Window, call: argparse.Namespace) -> None:
        super().__init__(window)
        self._window, self._call = window, call
        self._chance = random.Random(call.seed)
        self._journal = os.open(call.journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._next = call.first
        self._keys: list[str] = []
        self._shown: dict[int, set[str]] = {}
        self._told = ""
        self._is_new = True
        """Whether something was done since "saved" was last written down."""
        self._weights = WEIGHTS | dict(call.acts)
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._hands = QTimer(self, interval=call.pace)
        self._hands.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Sit down: what stands on the screen at first counts as saved once the status bar says so."""
        self._window.activateWindow()
        self._window.story._overline.setChecked(True)
        self._shown[self._story] = self._read()
        self._write(act="begin", came=sorted(self._read()), gone=[])
        self._watch.start()
        self._hands.start()
        if self._call.seconds:
            QTimer.singleShot(int(self._call.seconds * 1000), self._window, self._window.close)

    # --- looking ---------------------------------------------------------------------------------------------------

    def _write(self, **line: Any) -> None:
        os.write(self._journal, (json.dumps({"at": time.monotonic_ns(), "story": self._story, **line}) + "\n").encode())

    @property
    def _story(self) -> int:
        return self._window._session.story or 0

    def _fields(self) -> list[GrowingEdit]:
        """Headline, The News, each card's two, and the notes."""
        pane = self._window.story
        cards = [field for frame in pane._cards.frames() for field in (frame.headline, frame.body)]
        return [pane._headline, pane._news, *cards, pane._details._notes]

    def _read(self) -> set[str]:
        return {number for field in self._fields() for number in NUMBER.findall(field.toPlainText())}

    def _look(self) -> None:
        """Write down what the status bar says, and, when it says that all is saved, that it does."""
        said = self._window.findChild(QWidget, "saved").text()
        if said != self._told:
            self._told = said
            self._write(label=said)
        if said.startswith("Saved") and self._is_new and not self._keys:
            self._is_new = False
            self._write(saved=True)

    def _note(self, act: str) -> None:
        """Write down what came onto the screen and what left it by an act."""
        before, now = self._shown.get(self._story, set()), self._read()
        self._shown[self._story] = now
        if act == "look" and before == now:
            return
        self._is_new = True
        self._write(act=act, came=sorted(now - before), gone=sorted(before - now))

    # --- doing -----------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._keys:
            self._strike(self._keys.pop(0))
            if not self._keys:
                self._note("type")
            return
        if QApplication.activeModalWidget() is not None:
            QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
            return
        acts, weights = zip(*self._weights.items(), strict=True)
        act = self._chance.choices(acts, weights)[0]
        self._act(act)

    def _act(self, act: str) -> None:
        if act == "type":
            self._begin_word()
            return
        self._note("look")
        self._write(doing=act)
        getattr(self, f"_{act}")()
        self._note(act)

    def _rest(self) -> None:
        """Think for a moment."""
        self._hands.stop()
        QTimer.singleShot(self._chance.randint(300, 1200), self, self._hands.start)

    def _strike(self, key: str) -> None:
        widget = QApplication.focusWidget()
        if isinstance(widget, GrowingEdit):
            QTest.keyClicks(widget, key)
        else:  # a question came up, or the window lost the keyboard: the rest of the word is not typed
            self._keys.clear()

    def _begin_word(self) -> None:
        if not isinstance(QApplication.focusWidget(), GrowingEdit):
            self._go()
        self._keys = list(f"n{self._next}z ")
        self._next += 1

    def _go(self) -> None:
        fields = self._fields()
        field = self._chance.choice(fields)
        field.setFocus()
        field.place_caret(len(field.toPlainText()))

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window, key, modifiers)

    def _rub_out(self) -> None:
        for _ in range(self._chance.randint(1, 12)):
            self._press(Qt.Key.Key_Backspace)

    def _undo(self) -> None:
        self._write(undoes=True)
        self._press(Qt.Key.Key_Z, CONTROL)

    def _redo(self) -> None:
        self._write(undoes=True)
        self._press(Qt.Key.Key_Z, CONTROL | SHIFT)

    def _cards(self) -> int:
        story = self._window.story.story
        return len(story.signals) if story else 0

    def _into_a_card(self) -> None:
        frames = self._window.story._cards.frames()
        if frames:
            self._chance.choice(frames).headline.setFocus()

    def _add_card(self) -> None:
        if self._cards() < MOST_CARDS:
            self._press(Qt.Key.Key_N, CONTROL | SHIFT)

    def _move_card(self) -> None:
        self._into_a_card()
        self._press(self._chance.choice((Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)), CONTROL | SHIFT)

    def _remove_card(self) -> None:
        self._into_a_card()
        self._press(Qt.Key.Key_Backspace, CONTROL | SHIFT)

    def _park_card(self) -> None:
        self._into_a_card()
        self._press(Qt.Key.Key_K, CONTROL | SHIFT)

    def _stories(self) -> list[int]:
        return [entry.id for entry in self._window._desk.writing.entries()]

    def _new_story(self) -> None:
        if len(self._stories()) < MOST_STORIES:
            self._press(Qt.Key.Key_N, CONTROL)

    def _other_story(self) -> None:
        self._window._session.show_story(self._chance.choice(self._stories()))

    def _capture(self) -> None:
        if self._call.capture:
            self._window.capture.take_focus()
            QTest.keyClicks(QApplication.focusWidget(), str(self._chance.choice(self._call.capture)))
            self._press(Qt.Key.Key_Return)

    def _spike(self) -> None:
        self._sort(Qt.Key.Key_Delete, "spiked")

    def _shortlist(self) -> None:
        self._sort(Qt.Key.Key_S, "shortlisted")

    def _sort(self, key: Qt.Key, state: str) -> None:
        """Put a source of the list into a state; the same key again takes it out."""
        inbox = self._window.inbox
        inbox.focus_list()
        if QApplication.focusWidget() is not inbox._list:
            return
        self._press(self._chance.choice((Qt.Key.Key_J, Qt.Key.Key_K)))
        for item in inbox._list.selected:
            self._write(item=item.id, state="read" if item.state.value == state else state)
        self._press(key)


def _weight(told: str) -> tuple[str, float]:
    name, _, weight = told.partition("=")
    return name, float(weight)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", required=True)
    parser.add_argument("--journal", required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=1, help="the number of the first word")
    parser.add_argument("--pace", type=int, default=30, help="milliseconds between keys")
    parser.add_argument("--seconds", type=float, default=0, help="close the window after so long at work")
    parser.add_argument("--acts", type=_weight, nargs="*", default=[])
    parser.add_argument("--capture", nargs="*", default=[])
    return parser.parse_args(arguments)


def run(arguments: Sequence[str], prepare: Callable[[Window], object] = lambda _: None) -> int:
    """Open the real program over the store and work in it until it is closed or killed; answers with its exit code."""
    call = _parse(arguments)
    held: list[AtTheDesk] = []

    def begin(window: Window) -> None:
        prepare(window)
        held.append(AtTheDesk(window, call))
        when_there_is_a_story(window, held[0].begin)

    when_open(begin)
    QMessageBox.exec = lambda _box: 0
    return app.run(["--store", call.store, "--offline"])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
