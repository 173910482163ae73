"""How the real window does with many items: start, search as you type, scrolling, and how long its thread was ever held up.

Run by hand: ``QT_QPA_PLATFORM=offscreen python window.py STORE`` (or under Xvfb) on a desk that ``fill.py`` made. Times go from
before the store is opened, or from the event of a key, to the end of the painting of the list that shows the answer. The
watchdog ticks in the window's thread every few milliseconds; a long pause between two ticks is a block. On a machine with other
work a pause may be the machine's; so the thread's own work between two ticks is told too.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

BEGAN = time.perf_counter()

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer  # noqa: E402 - the start is timed from here on
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from workstation.collecting import collect_rarely  # noqa: E402
from workstation.ui.inbox.inbox_pane import InboxPane  # noqa: E402
from workstation.ui.inbox.listing import Answer  # noqa: E402
from workstation.ui.preview.scheme import prepare  # noqa: E402
from workstation.ui.session import Session  # noqa: E402
from workstation.ui.start import GIL_SECONDS  # noqa: E402
from workstation.ui.theme import Theme  # noqa: E402
from workstation.ui.window import Window  # noqa: E402
from workstation.workflow.desk import Desk  # noqa: E402

TICK_MS = 4
PATIENCE = 60
BETWEEN_KEYS = 0.12
"""Seconds: a quick typist."""
TYPED = (
    "quokka",
    "committee",
    "the river",
    '"harbour treaty"',
    '"committee minister"',
    "comm",
    "committee outlet:outlet7",
    "committee lang:ar",
    "committee tag:dams",
    "is:unread committee",
    "since:2025-06 minister",
    "committee tag:nothing",
    "النهر",
    "条约",
)


class Painted(QObject):
    """Counts the paintings of the list."""

    def __init__(self, pane: InboxPane) -> None:
        super().__init__(pane)
        self.rows = -1
        self.times = 0
        self._list = pane._list
        self._list.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._count)  # after the painting
        return False

    def _count(self) -> None:
        self.times += 1
        self.rows = len(self._list.items.rows)


class Watchdog(QObject):
    """The longest time in which the window's thread did not get round to a timer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        self.reset()

    def reset(self) -> None:
        self.pause = self.work = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.pause = max(self.pause, now - self._last - TICK_MS / 1e3)
        self.work = max(self.work, worked - self._worked)
        self._last, self._worked = now, worked

    def __str__(self) -> str:
        return f"longest block {self.pause * 1e3:.0f} ms by the clock, {self.work * 1e3:.0f} ms of own work"


def until(condition: Callable[[], bool]) -> None:
    """Let the window work until ``condition`` holds."""
    end = time.perf_counter() + PATIENCE
    while not condition():
        QApplication.processEvents()
        if time.perf_counter() > end:
            raise TimeoutError
        time.sleep(0.0003)


def rest(seconds: float) -> None:
    end = time.perf_counter() + seconds
    until(lambda: time.perf_counter() > end)


def memory() -> str:
    now = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return f"{int(now) / 1e3:.0f} MB of memory, at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB"


@contextmanager
def window(store: Path) -> Iterator[tuple[Window, Painted]]:
    prepare()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme = Theme(application)
    theme.choose("light")
    sys.setswitchinterval(GIL_SECONDS)
    before = time.perf_counter()
    desk = Desk.open(store, offline=True)
    opened = time.perf_counter()
    session = Session()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/w.ini", QSettings.Format.IniFormat)
        shown = Window(desk, session, theme, settings)
        painted = Painted(shown.inbox)
        shown.resize(1440, 900)
        shown.show()
        until(lambda: painted.rows > 0)
        collect_rarely()
        now = time.perf_counter()
        print(
            f"start: store opened in {(opened - before) * 1e3:.0f} ms, its list painted {(now - before) * 1e3:.0f} ms after "
            f"that began, {(now - BEGAN) * 1e3:.0f} ms after the program began"
        )
        rest(1.5)
        yield shown, painted
        session.stop()
        desk.worker.close()
        session.close()
        desk.close()


class Typist:
    """Types into the search and waits for the painted answer to each key."""

    def __init__(self, pane: InboxPane, painted: Painted) -> None:
        self._pane = pane
        self._painted = painted
        self._answer: Answer | None = None
        self._painted_before = 0
        pane._listing.shown.connect(self._take)

    def _take(self, answer: Answer) -> None:
        self._answer = answer
        self._painted_before = self._painted.times

    def key(self, key: str) -> float:
        """Milliseconds from the key to the first rows (or the word that there are none) on the screen."""
        field = self._pane._search
        began = time.perf_counter()
        field.insert(key)
        wanted = field.text()
        until(lambda: self._answer is not None and self._answer.question.query == wanted and self._is_answered())
        return (time.perf_counter() - began) * 1e3

    def _is_answered(self) -> bool:
        told = self._answer
        if told is None or (told.is_searching and not told.rows):
            return False
        return self._painted.times > self._painted_before

    def clear(self) -> None:
        self._pane._search.clear()
        until(lambda: self._answer is not None and self._answer.question.query == "" and self._is_answered())


def p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def typing(pane: InboxPane, painted: Painted) -> None:
    typist = Typist(pane, painted)
    every: list[float] = []
    for words in TYPED:
        times = []
        for key in words:
            times.append(typist.key(key))
            rest(max(0.0, BETWEEN_KEYS - times[-1] / 1e3))
        every += times
        rows = len(pane._list.items.rows)
        print(f"  {words:28} median {statistics.median(times):6.1f}  worst {max(times):6.1f} ms   {rows} rows", flush=True)
        typist.clear()
    print(f"search as you type, {len(every)} keys: p50 {statistics.median(every):.0f}, p95 {p95(every):.0f} ms to painted rows")


def typed_at_once(pane: InboxPane, painted: Painted) -> None:
    """The keys of a whole query in one go: none may queue behind those before."""
    typist = Typist(pane, painted)
    for words in ("the committee", '"committee minister"', "-committee -minister"):
        for key in words[:-1]:
            QTest.keyClicks(pane._search, key)
            QApplication.processEvents()
            time.sleep(0.02)
        print(f"  {words!r} in one go: {typist.key(words[-1]):.0f} ms from the last key")
        typist.clear()


def scrolling(pane: InboxPane, painted: Painted) -> None:
    bar, items = pane._list.verticalScrollBar(), pane._list.items
    for wanted in (1_000, 10_000):
        began, steps, slowest = time.perf_counter(), 0, 0.0
        while len(items.rows) < wanted or pane._list.indexAt(pane._list.rect().topLeft()).row() < wanted - 300:
            step, seen = time.perf_counter(), painted.times
            if bar.value() == bar.maximum() and not items.has_more and len(items.rows) < wanted and not pane._listing._task:
                break
            bar.setValue(bar.value() + bar.pageStep())
            until(lambda seen=seen: painted.times > seen or bar.value() == bar.maximum())
            slowest = max(slowest, time.perf_counter() - step)
            QApplication.processEvents()
            steps += 1
        print(
            f"scrolled through {len(items.rows)} rows, page by page: {time.perf_counter() - began:.2f} s, "
            f"{(time.perf_counter() - began) / max(steps, 1) * 1e3:.1f} ms a page, slowest {slowest * 1e3:.0f} ms"
        )
    bar.setValue(0)
    pane.focus_list()
    times = []
    for _ in range(300):
        began = time.perf_counter()
        QTest.keyClick(pane._list, Qt.Key.Key_J)
        QApplication.processEvents()
        times.append((time.perf_counter() - began) * 1e3)
    print(f"J, {len(items.rows)} rows: median {statistics.median(times):.1f}, p95 {p95(times):.1f} ms")


def main(store: Path) -> None:
    with window(store) as (shown, painted):
        print(memory())
        dog = Watchdog(shown)
        parts = (typing, typed_at_once, scrolling)
        for part in parts:
            dog.reset()
            part(shown.inbox, painted)
            print(f"  {part.__name__}: {dog}")
        print(memory())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
