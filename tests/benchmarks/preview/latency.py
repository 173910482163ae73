"""From a key to changed pixels in the preview, and what its start costs.

Run with a display, for example ``xvfb-run -s "-screen 0 1440x900x24" python tests/benchmarks/preview/latency.py``. Prints one
JSON object a line. A key is an edit of the headline through the real verbs; its pixels have changed when a picture of the
screen where the headline stands differs from the one before.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Source
from workstation.ui.preview.pane import PreviewPane
from workstation.ui.preview.scheme import prepare
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

KEYS = 120
PAUSE = 1 / 12
"""Seconds from key to key: twelve keys a second."""
SIZES = {"3 KB": 3_000, "30 KB": 30_000, "300 KB": 300_000}
PATIENCE = 20.0
SENTENCE = "The harbour of an invented town opened again on Tuesday, and the first three ships were unloaded before noon. "
TIMER = "import time as t; a, b = t.perf_counter(), t.process_time()"
COSTS = {
    "widgets": "from PySide6.QtWidgets import QApplication",
    "prepare": "from PySide6.QtWidgets import QApplication; from workstation.ui.preview.scheme import prepare; prepare()",
    "register_scheme before the application": "from PySide6.QtWidgets import QApplication; "
    "from workstation.ui.preview.scheme import prepare, register_scheme; prepare(); register_scheme()",
}


def percentile(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 1)


def wait_until(application: QApplication, condition: Callable[[], bool]) -> float:
    """Run the event loop until the condition holds; answers with the milliseconds it took."""
    start = perf_counter()
    while not condition():
        application.processEvents()
        if perf_counter() - start > PATIENCE:
            raise TimeoutError("The preview did not answer.")
    return (perf_counter() - start) * 1000


def rest(application: QApplication, seconds: float) -> None:
    end = perf_counter() + seconds
    wait_until(application, lambda: perf_counter() > end)


def picture(pane: PreviewPane) -> bytes:
    """What the screen shows at the top of the page: the headline."""
    corner = pane.mapToGlobal(QPoint(10, 60))
    grabbed = pane.screen().grabWindow(0, corner.x(), corner.y(), 425, 320).toImage()
    return bytes(grabbed.constBits())


def write_story(desk: Desk, size: int) -> int:
    number = desk.writing.new("Harbour")
    each = 1400
    cards = tuple(
        SignalCard(
            headline=f"Card {index}",
            sources=(Source(name="The Northmoor Post", url="https://northmoor.example/"),),
            body=body_from_text("\n".join([SENTENCE * 4] * 3)),
        )
        for index in range(max(1, size // each))
    )
    story = replace(desk.writing.story(number), news=body_from_text(SENTENCE), signals=cards)
    desk.writing.edit(number, story, label="Benchmark", spot=Spot("news"))
    return number


def type_keys(application: QApplication, desk: Desk, session: Session, pane: PreviewPane, number: int) -> dict[str, object]:
    """Type at the end of the headline; the time from each edit to other pixels, and the time in the window's thread."""
    latencies, costs = [], []
    for key in range(KEYS):
        before = picture(pane)
        begin = perf_counter()
        story = desk.writing.story(number)
        letters = story.headline + "aeinrst"[key % 7] if (key + 1) % 16 else "Harbour"
        changes = desk.writing.edit(
            number, replace(story, headline=letters), label="Typing", spot=Spot("headline"), merge="headline"
        )
        session.publish(changes)
        costs.append((perf_counter() - begin) * 1000)
        wait_until(application, lambda before=before: picture(pane) != before)
        latencies.append((perf_counter() - begin) * 1000)
        wait_until(application, lambda begin=begin: pane.is_settled and perf_counter() - begin > PAUSE)
    return {
        "p50_ms": percentile(latencies, 0.5),
        "p95_ms": percentile(latencies, 0.95),
        "edit_p95_ms": percentile(costs, 0.95),
        "keys": KEYS,
    }


def measure_typing() -> None:
    prepare()
    application = QApplication(sys.argv[:1])
    theme = Theme(application)
    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "store.sqlite", offline=True) as desk:
        session = Session()
        pane = PreviewPane(session, theme, desk.publishing, desk.writing)
        pane.setGeometry(20, 20, 460, 820)
        pane.show()
        wait_until(application, pane.isVisible)
        for name, size in SIZES.items():
            number = write_story(desk, size)
            session.show_story(number)
            is_first = pane.shown_bytes is None
            pane.start()
            first = wait_until(application, lambda: pane.is_settled and pane.shown_bytes is not None)
            rest(application, 1)
            result = type_keys(application, desk, session, pane, number)
            load = {"start_to_shown_ms" if is_first else "load_ms": round(first)}
            print(json.dumps({"story": name, "page_bytes": len(pane.shown_bytes or b""), **load, **result}), flush=True)
        pane.stop()
        rest(application, 0.3)
        session.close()


def measure_start() -> None:
    """What a process pays before its application is made, median of seven."""
    for name, code in COSTS.items():
        program = f"{TIMER}; {code}; print(t.perf_counter() - a, t.process_time() - b)"
        runs = [
            [float(second) * 1000 for second in subprocess.check_output([sys.executable, "-c", program], text=True).split()]
            for _ in range(7)
        ]
        wall, cpu = (round(statistics.median(times), 1) for times in zip(*runs, strict=True))
        print(json.dumps({"start": name, "median_ms": wall, "median_cpu_ms": cpu}), flush=True)


if __name__ == "__main__":
    measure_start()
    measure_typing()
