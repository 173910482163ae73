"""The real program in a process of its own, over a disk that fails when it is told to, driven by lines on its standard input.

Run as a program it starts the window and does what each line says; :class:`Program` is the test's end of it.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 90.0
"""Seconds until it is given up: a machine may be busy."""


class Program:
    """The window over ``store``, in a process."""

    def __init__(self, store: Path, environment: dict[str, str], *arguments: str) -> None:
        own = {"QT_QPA_PLATFORM": "offscreen", "WORKSTATION_PREVIEW": "off", "PYTHONUNBUFFERED": "1"}
        root = Path(__file__).parents[2]
        self.store = store
        self.process = subprocess.Popen(
            [sys.executable, "-P", __file__, "--store", str(store), "--offline", *arguments],
            env=os.environ | own | {"PYTHONPATH": str(root)} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.errors: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        self.errors.extend(self.process.stderr)

    def do(self, verb: str, words: str = "") -> dict[str, Any]:
        """Do something in the window; answers with what it shows then."""
        self.process.stdin.write(json.dumps([verb, words]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "".join(self.errors)
        return json.loads(line)

    def until(self, check: Callable[[dict[str, Any]], object]) -> tuple[dict[str, Any], float]:
        """Look until ``check`` of what the window shows is true; answers with that and the seconds it took."""
        begun = time.monotonic()
        while True:
            shown = self.do("look")
            if check(shown):
                return shown, time.monotonic() - begun
            assert time.monotonic() - begun < PATIENCE, shown
            time.sleep(0.02)

    def stored(self) -> str:
        """The News of the first story as a second process reads it from the disk."""
        connection = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
        try:
            row = connection.execute("SELECT document FROM story ORDER BY id DESC LIMIT 1").fetchone()
        finally:
            connection.close()
        return json.loads(row[0])["news"] if row else ""

    def leave(self, answer: str = "") -> int:
        """Close the window, pressing ``answer`` when it asks; answers with the exit code."""
        self.do("close", answer)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)


def main() -> int:
    """Start the program, and the hands that wait for its window."""
    from tests.hands import when_open
    from workstation import app

    when_open(_listen)
    return app.run(sys.argv[1:])


def _listen(window: Any) -> None:
    from PySide6.QtCore import QObject, Qt, Signal

    class Lines(QObject):
        told = Signal(str, str)

        def act(self, verb: str, words: str) -> None:
            print(json.dumps(_act(window, verb, words)), flush=True)

        def read(self) -> None:
            for line in sys.stdin:
                self.told.emit(*json.loads(line))

    lines = Lines(window)
    lines.told.connect(lines.act, Qt.ConnectionType.QueuedConnection)
    threading.Thread(target=lines.read, daemon=True).start()


def _act(window: Any, verb: str, words: str) -> dict[str, Any]:
    """Do what a line says; answers with what the window shows then."""
    if verb == "close":
        _close(window, words)
        return {}
    verbs: dict[str, Callable[[], object]] = {
        "look": lambda: None,
        "type": lambda: _type(window.story._news, words),
        "headline": lambda: (window.story._headline.place_caret(0), _type(window.story._headline, words)),
        "clear": lambda: (window.story._news.selectAll(), _type(window.story._news, words)),
        "search": lambda: window.inbox.search(words),
        "open": lambda: window._session.show_item(words),
        "story": lambda: window._session.show_story(int(words)),
        "undo": window.story.undo,
        "press": lambda: _press(window, words),
    }
    verbs[verb]()
    return _shown(window)


def _type(field: Any, words: str) -> None:
    from PySide6.QtTest import QTest

    field.setFocus()
    QTest.keyClicks(field, words)


def _press(window: Any, words: str) -> None:
    from PySide6.QtWidgets import QPushButton

    next(button for button in window.notices.findChildren(QPushButton) if button.text() == words).click()


def _close(window: Any, choice: str) -> None:
    """Close the window, and press the button with ``choice`` when it asks."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QMessageBox

    def answer(box: QMessageBox) -> int:
        for button in box.buttons():
            if choice and choice in button.text().replace("&", ""):
                button.click()
        return 0

    QMessageBox.exec = answer
    QTimer.singleShot(0, window, window.close)


def _shown(window: Any) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication, QMessageBox

    boxes = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]
    return {
        "label": window.status_line._saved.text(),
        "said": window.status_line._said.text().strip(),
        "notices": {key: line.notice.text for key, line in window.notices._lines.items()},
        "title": window.windowTitle(),
        "text": window.story._news.toPlainText(),
        "dialogs": sum(box.isVisible() for box in boxes),
        "listed": window.inbox._list.items.rowCount(),
    }


if __name__ == "__main__":
    sys.exit(main())
