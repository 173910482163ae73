"""How long one undo of a 200-step history takes in the window's thread: in memory, and right after a restart.

Run by hand: ``python undo.py [KB...]``. Of each size first the verb alone, and what a saving costs with its steps; then the
same undo in the story pane of a real window (without its preview): the fields that it shows anew, focus and caret included.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain import body_lines
from workstation.domain.body import Block, Body, Run, body_from_text
from workstation.domain.story import SignalCard, Source, Story
from workstation.store import Store
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.ui.window import Window
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing

STEPS = 200
CARDS = 12


def story_of(kilobytes: int) -> Story:
    """A story of a dozen cards whose document is about so large; no paragraph is like another."""
    each = kilobytes * 1000 // (CARDS + 1)
    cards = tuple(
        SignalCard(headline=f"Card {card}", sources=(Source(name="Harbour Gazette"),), body=_body(card, each))
        for card in range(CARDS)
    )
    return Story(slug="river", headline="A river", news=_body(99, each), signals=cards)


def _body(seed: int, size: int) -> Body:
    count = max(1, size // 540)
    words = "ministers met again at the upper lock and the gauge said so while barges waited for the ice to go"
    return body_from_text("\n".join(f"{seed}-{n} {words} {seed * n}. " * 5 for n in range(count)))


def with_word(story: Story, count: int) -> Story:
    """The story with one more word in one of its cards."""
    card = story.signals[count % CARDS]
    first, *rest = card.body.blocks
    longer = Block((Run(f"{first.runs[0].text} word{count}"),))
    return story.with_changed_card(replace(card, body=Body((longer, *rest))))


def timed(verb: Callable[[], object]) -> list[float]:
    """The milliseconds of each call of ``verb`` until it gives nothing."""
    times: list[float] = []
    while True:
        began = time.perf_counter()
        found = verb()
        times.append((time.perf_counter() - began) * 1000)
        if not found:
            return times[:-1]


def told(name: str, times: list[float]) -> str:
    """One line of the table."""
    times = sorted(times)
    tail = times[min(len(times) - 1, int(len(times) * 0.95))]
    return f"{name:44} {len(times):4}   p50 {statistics.median(times):7.3f}   p95 {tail:7.3f}   worst {times[-1]:7.3f} ms"


def measure(path: Path, kilobytes: int) -> None:
    """Write 200 steps, saving after each, then undo them in memory; write them again, and undo them after a restart."""
    saves: list[float] = []
    with Store.open(path) as store:
        writing = Writing(store)
        number = store.stories.add(story_of(kilobytes))
        for count in range(STEPS):
            writing.edit(number, with_word(writing.story(number), count), label="Typing", spot=Spot("body"))
            began = time.perf_counter()
            writing.save(number)
            saves.append((time.perf_counter() - began) * 1000)
        print(told(f"{kilobytes} KB: undo in memory", timed(lambda: writing.undo(number))))
        print(told(f"{kilobytes} KB: redo in memory", timed(lambda: writing.redo(number))))
        writing.save(number)
        last = writing.story(number)
    body_lines._block_of.cache_clear()
    with Store.open(path) as store:
        writing = Writing(store)
        began = time.perf_counter()
        assert writing.story(number) == last
        opened = (time.perf_counter() - began) * 1000
        times = timed(lambda: writing.undo(number))
        assert len(times) == STEPS
        print(told(f"{kilobytes} KB: undo right after a restart", times))
        print(f"{'':44} opening the story {opened:.1f} ms, the first undo {times[0]:.2f} ms")
    print(told(f"{kilobytes} KB: saving with its steps", saves))


def measure_window(folder: Path, kilobytes: int, theme: Theme) -> None:
    """The same steps and undo as the story pane takes them."""
    number = _write(folder / "desk.db", kilobytes)
    for name in ("right after a restart", "in memory"):
        with Desk.open(folder / "desk.db", offline=True, publications=folder) as desk:
            session = Session()
            window = Window(desk, session, theme, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
            window.resize(1440, 900)
            session.show_story(number)
            window.show()
            QTest.qWait(300)
            if name == "in memory":
                timed(lambda: desk.writing.redo(number))
                window.story._refresh()
                QTest.qWait(300)
            times: list[float] = []
            while window.story.labels()[0] is not None:
                began = time.perf_counter()
                window.story.undo()
                times.append((time.perf_counter() - began) * 1000)
                QTest.qWait(1)
            print(told(f"{kilobytes} KB: undo in the window {name}", times))
            window.close()
            session.close()
            shiboken6.delete(window)


def _write(path: Path, kilobytes: int) -> int:
    with Store.open(path) as store:
        writing = Writing(store)
        number = store.stories.add(story_of(kilobytes))
        for count in range(STEPS):
            story = with_word(writing.story(number), count)
            spot = Spot("body", story.signals[count % CARDS].key, 20)
            writing.edit(number, story, label="Typing", spot=spot)
        writing.save(number)
    return number


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["WORKSTATION_PREVIEW"] = "off"
    look = Theme(QApplication([]))
    for size in (int(word) for word in (sys.argv[1:] or ["3", "30", "300"])):
        with tempfile.TemporaryDirectory() as made:
            measure(Path(made) / "desk.db", size)
        with tempfile.TemporaryDirectory() as made:
            measure_window(Path(made), size, look)
