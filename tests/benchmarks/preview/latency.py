"""From a key in the real window to changed pixels in its preview, while typing at twelve keys a second.

Run with a display, for example ``xvfb-run -s "-screen 0 1440x900x24" ./run bench preview/latency``. Prints one JSON object a
line. Keys are typed at the end of The News; a key's pixels have changed when a picture of the preview, where it shows The
News, differs from the one before. With ``--quick`` a third of the keys.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QPoint, QRect, QSettings
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Source, Story
from workstation.ui.preview.scheme import prepare
from workstation.ui.session import Session
from workstation.ui.start import GIL_SECONDS
from workstation.ui.theme import Theme
from workstation.ui.window import Window
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

KEYS = 30 if "--quick" in sys.argv else 120
PAUSE = 1 / 12
"""Seconds from key to key: twelve keys a second."""
PATIENCE = 20.0
SENTENCE = "The harbour of an invented town opened again on Tuesday, and the first three ships were unloaded before noon. "
LETTERS = "aeinr stoul"


def in_cards(story: Story, size: int) -> Story:
    """``size`` bytes of text in cards of 1.4 KB, under a short News."""
    cards = tuple(
        SignalCard(
            headline=f"Card {index}",
            sources=(Source(name="The Northmoor Post", url="https://northmoor.example/"),),
            body=body_from_text("\n".join([SENTENCE * 4] * 3)),
        )
        for index in range(max(1, size // 1400))
    )
    return replace(story, news=body_from_text(SENTENCE), signals=cards)


def in_one_card(story: Story, size: int) -> Story:
    """``size`` bytes of text in a single card of many paragraphs, under a short News."""
    body = body_from_text("\n".join([SENTENCE * 4] * (size // (len(SENTENCE) * 4))))
    return replace(story, news=body_from_text(SENTENCE), signals=(SignalCard(headline="Long", body=body),))


STORIES: dict[str, tuple[int, Callable[[Story, int], Story]]] = {
    "3 KB": (3_000, in_cards),
    "30 KB": (30_000, in_cards),
    "300 KB in cards": (300_000, in_cards),
    "300 KB in one card": (300_000, in_one_card),
}


def percentile(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 1)


def wait_until(application: QApplication, condition: Callable[[], bool], patience: float = PATIENCE) -> float:
    """Run the event loop until the condition holds; answers with the milliseconds it took."""
    start = perf_counter()
    while not condition():
        application.processEvents()
        if perf_counter() - start > patience:
            raise TimeoutError("The preview did not answer.")
    return (perf_counter() - start) * 1000


def rest(application: QApplication, seconds: float) -> None:
    end = perf_counter() + seconds
    wait_until(application, lambda: perf_counter() > end, seconds + 1)


class Pixels:
    """The part of the screen where the preview shows The News."""

    def __init__(self, window: Window) -> None:
        view = window.preview
        corner = view.mapToGlobal(QPoint(4, 40))
        self._screen = view.screen()
        self._area = QRect(corner.x(), corner.y(), view.width() - 24, view.height() - 80)

    def now(self) -> bytes:
        area = self._area
        grabbed = self._screen.grabWindow(0, area.x(), area.y(), area.width(), area.height()).toImage()
        return bytes(grabbed.constBits())


def type_keys(application: QApplication, window: Window) -> dict[str, object]:
    """Type at the end of The News; the time from each key to other pixels, and in the key's own handling."""
    pixels = Pixels(window)
    edit = window.story._news
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    rest(application, 1)
    latencies, costs, lost = [], [], 0
    due = perf_counter()
    for key in range(KEYS):
        wait_until(application, lambda due=due: perf_counter() >= due)
        due += PAUSE
        before, begin = pixels.now(), perf_counter()
        QTest.keyClicks(edit, LETTERS[key % len(LETTERS)])
        costs.append((perf_counter() - begin) * 1000)
        if LETTERS[key % len(LETTERS)] == " ":
            continue
        try:
            wait_until(application, lambda before=before: pixels.now() != before, 3)
        except TimeoutError:
            lost += 1
            continue
        latencies.append((perf_counter() - begin) * 1000)
    return {
        "p50_ms": percentile(latencies, 0.5),
        "p95_ms": percentile(latencies, 0.95),
        "max_ms": round(max(latencies), 1),
        "key_p50_ms": percentile(costs, 0.5),
        "key_p95_ms": percentile(costs, 0.95),
        "keys": KEYS,
        "unseen": lost,
    }


def show(desk: Desk, window: Window, session: Session, size: int, make: Callable[[Story, int], Story]) -> None:
    number = desk.writing.new("Harbour")
    story = make(desk.writing.story(number), size)
    desk.writing.edit(number, story, label="Benchmark", spot=Spot("news"))
    session.show_story(number)


def measure(names: list[str]) -> None:
    prepare()
    sys.setswitchinterval(GIL_SECONDS)
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db", offline=True) as desk:
        session = Session()
        settings = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        window = Window(desk, session, Theme(application), settings)
        for started in (window.story.start, window.preview.start):
            window.painted.connect(started)
        window.resize(1440, 900)
        window.move(0, 0)
        show(desk, window, session, *STORIES[names[0]])
        window.show()
        window.activateWindow()
        for name in names:
            if name != names[0]:
                show(desk, window, session, *STORIES[name])
            begin = perf_counter()
            wait_until(application, lambda: window.preview.is_settled and window.preview.shown_bytes is not None)
            load = round((perf_counter() - begin) * 1000)
            rest(application, 2)
            result = type_keys(application, window)
            size = len(window.preview.shown_bytes or b"")
            print(json.dumps({"story": name, "page_bytes": size, "load_ms": load, **result}), flush=True)
        window.preview.stop()
        rest(application, 0.3)
        session.close()


if __name__ == "__main__":
    measure([name for name in STORIES if not (wanted := [arg for arg in sys.argv[1:] if arg[:2] != "--"]) or name in wanted])
