"""What one key costs in the window's thread, with the preview on, in stories of 3, 30 and 300 KB.

Run with a display, for example ``xvfb-run -s "-screen 0 1440x900x24" ./run bench writing/keys``. Prints one JSON object a
line: processor and wall time of a key's own handling, and of everything in the window's thread until the next key (painting,
saving's part, the answers of the preview), at twelve keys a second.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep, thread_time

from PySide6.QtCore import QSettings
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parents[1] / "preview"))
from latency import KEYS, LETTERS, PAUSE, STORIES, percentile, rest, show, wait_until

from workstation.ui.preview.scheme import prepare
from workstation.ui.session import Session
from workstation.ui.start import GIL_SECONDS
from workstation.ui.story.body_edit import BodyEdit
from workstation.ui.theme import Theme
from workstation.ui.window import Window
from workstation.workflow.desk import Desk


def type_keys(application: QApplication, edit: BodyEdit) -> dict[str, float]:
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    rest(application, 1)
    walls, cpus, wholes = [], [], []
    for key in range(KEYS):
        begin, cpu = perf_counter(), thread_time()
        QTest.keyClicks(edit, LETTERS[key % len(LETTERS)])
        walls.append((perf_counter() - begin) * 1000)
        cpus.append((thread_time() - cpu) * 1000)
        while perf_counter() - begin < PAUSE:
            application.processEvents()
            sleep(0.001)
        wholes.append((thread_time() - cpu) * 1000)
    shares = {"p50": 0.5, "p95": 0.95}
    figures = {"key_ms": walls, "key_cpu_ms": cpus, "until_next_key_cpu_ms": wholes}
    return {f"{name}_{share}": percentile(times, at) for name, times in figures.items() for share, at in shares.items()}


def measure() -> None:
    prepare()
    sys.setswitchinterval(GIL_SECONDS)
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db", offline=True) as desk:
        session = Session()
        window = Window(
            desk, session, Theme(application), QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        )
        window.painted.connect(window.story.start)
        window.painted.connect(window.preview.start)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        for name, (size, make) in STORIES.items():
            show(desk, window, session, size, make)
            wait_until(application, lambda: window.preview.is_settled and window.preview.shown_bytes is not None)
            rest(application, 2)
            frames = window.story._cards.frames()
            for place, edit in {"news": window.story._news, "last card": frames[-1].body}.items():
                print(json.dumps({"story": name, "place": place, **type_keys(application, edit)}), flush=True)
        window.preview.stop()
        rest(application, 0.3)
        session.close()


if __name__ == "__main__":
    measure()
