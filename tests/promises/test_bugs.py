"""A bug saves first, keeps the window open, and is told without a word of the editor's."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from workstation.bugs import LOG_NAME, bug_of, keep, report

ROOT = Path(__file__).parents[2]
PRIVATE = "Minister Orvane resigns tonight"

DESK = """
import json, os, sys, threading
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from tests.hands import when_open, when_there_is_a_story
from workstation import app

PRIVATE, WHAT = sys.argv[2], sys.argv[3]

def window():
    return next((found for found in QApplication.topLevelWidgets() if type(found).__name__ == "Window"), None)

def notices():
    return [label.text() for label in window().notices.findChildren(QLabel)]

def broken():
    raise KeyError(PRIVATE)

def type_words():
    headline = window().story._headline
    headline.setFocus()
    headline.place_caret(0)
    QTest.keyClicks(headline, PRIVATE)

def in_slot():
    type_words()
    for _ in range(30):
        QTimer.singleShot(0, window(), broken)

def in_thread():
    type_words()
    threading.Thread(target=broken).start()

def in_work():
    type_words()
    window()._session.run(lambda _task: broken())

def in_saving():
    writing = type(window()._desk.writing)
    save = writing.save_all
    def once(self):
        writing.save_all = save
        broken()
    writing.save_all = once
    type_words()

def asked():
    type_words()
    os.write(1, b"typed")

def begin():
    window().activateWindow()
    globals()[WHAT]()
    if WHAT != "asked":
        look(0)

def look(times):
    if "broke down" in " ".join(notices()) or times > 200:
        QTimer.singleShot(300, window(), end)
    else:
        QTimer.singleShot(50, window(), lambda: look(times + 1))

def end():
    told = {"visible": window().isVisible(), "notices": notices(), "headline": window().story._headline.toPlainText()}
    os.write(1, json.dumps(told).encode())
    os._exit(9)  # as a kill would: nothing is saved by leaving

when_open(lambda found: when_there_is_a_story(found, begin))
sys.exit(app.run(["--store", sys.argv[1], "--offline"]))
"""


def home(folder: Path) -> dict[str, str]:
    places = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "STATE", "CONFIG", "CACHE")}
    return {
        **os.environ,
        **places,
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "WORKSTATION_PREVIEW": "off",
    }


def at_the_desk(folder: Path, what: str) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-c", DESK, str(folder / "desk.db"), PRIVATE, what]
    return subprocess.Popen(call, env=home(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def headlines(store: Path) -> list[str]:
    connection = sqlite3.connect(store)
    try:
        return [json.loads(row[0])["headline"] for row in connection.execute("SELECT document FROM story")]
    finally:
        connection.close()


def logged(folder: Path) -> str:
    files = list(folder.rglob(LOG_NAME))
    assert len(files) == 1, files
    return files[0].read_text()


@pytest.mark.parametrize("what", ["in_slot", "in_thread", "in_work", "in_saving"])
def test_a_bug_saves_what_was_typed_keeps_the_window_open_and_is_logged_without_a_word_of_it(tmp_path: Path, what: str) -> None:
    with at_the_desk(tmp_path, what) as program:
        out, err = program.communicate(timeout=120)
    assert program.returncode == 9, err.decode()
    told = json.loads(out)
    assert told["visible"]
    assert any("broke down" in notice and "Your words are saved" in notice for notice in told["notices"]), told
    assert PRIVATE in told["headline"]
    assert any(PRIVATE in headline for headline in headlines(tmp_path / "desk.db"))

    log = logged(tmp_path)
    assert "KeyError" in log
    assert " in broken" in log
    assert log.count("KeyError in") <= 5, "the same bug again and again fills the log"
    for text in (log, err.decode()):
        assert PRIVATE not in text
        assert str(tmp_path) not in text


@pytest.mark.skipif(os.name != "posix", reason="other systems end programs in other ways")
@pytest.mark.parametrize("ask", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda ask: ask.name)
def test_who_is_asked_to_end_saves_what_was_typed_a_moment_ago(tmp_path: Path, ask: signal.Signals) -> None:
    with at_the_desk(tmp_path, "asked") as program:
        assert program.stdout is not None
        assert program.stdout.read(5) == b"typed"
        program.send_signal(ask)
        _, err = program.communicate(timeout=120)
    assert program.returncode == 0, err.decode()
    assert any(PRIVATE in headline for headline in headlines(tmp_path / "desk.db"))


def test_a_bug_of_a_verb_is_one_line_with_the_place_and_no_private_word(tmp_path: Path) -> None:
    broken = (
        "import sys; from workstation import app; from workstation.workflow.gathering import Gathering\n"
        f"def items(*_, **__): raise ValueError({PRIVATE!r})\n"
        "Gathering.items = Gathering.find = Gathering.search = items\n"
        "from workstation.cli import running, inbox; running._VERBS = {**running._VERBS, 'items': items}\n"
        "sys.exit(app.run(sys.argv[1:]))"
    )
    call = [sys.executable, "-c", broken, "--store", str(tmp_path / "desk.db"), "items"]
    done = subprocess.run(call, env=home(tmp_path), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "The program broke down (ValueError in " in done.stderr
    assert "Traceback" not in done.stderr
    for text in (done.stderr, logged(tmp_path)):
        assert PRIVATE not in text


# --- what is told ----------------------------------------------------------------------------------------------------


def caught(act) -> BaseException:
    try:
        act()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def chained() -> None:
    try:
        {}[PRIVATE]
    except KeyError as error:
        error.add_note(PRIVATE)
        raise RuntimeError(PRIVATE) from error


def grouped() -> None:
    raise ExceptionGroup(PRIVATE, [ValueError(PRIVATE), OSError(28, PRIVATE, f"/home/{PRIVATE}")])


def missing_table() -> None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f'SELECT "{PRIVATE}" FROM "{PRIVATE}"')
    finally:
        connection.close()


def deep(depth: int = 0) -> None:
    deep(depth + 1)


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        (chained, ("KeyError", "RuntimeError")),
        (grouped, ("ExceptionGroup", "ValueError", "OSError")),
        (missing_table, ("sqlite3.OperationalError (SQLITE_ERROR)",)),
        (lambda: PRIVATE.shorten, ("AttributeError (shorten of str)",)),
        (lambda: getattr(PRIVATE, PRIVATE), ("AttributeError",)),
        (lambda: Path(f"/no/{PRIVATE}").read_text(), ("FileNotFoundError (ENOENT)",)),
        (lambda: f"{PRIVATE}é".encode("ascii"), ("UnicodeEncodeError",)),
        (lambda: json.loads(PRIVATE), ("json.decoder.JSONDecodeError",)),
        (deep, ("RecursionError", "places before")),
        (lambda: __import__(f"{PRIVATE}"), ("ModuleNotFoundError",)),
    ],
)
def test_a_report_names_kinds_and_places_and_nothing_that_was_worked_on(act, kinds: tuple[str, ...], tmp_path: Path) -> None:
    text = report(bug_of(caught(act)), {"Qt": "6"}, times=2)
    for kind in kinds:
        assert kind in text
    for word in PRIVATE.split():
        assert word not in text.replace("your", "")
    assert str(Path.home()) not in text
    assert "Happened 2 times" in text
    assert len(text) < 10_000
    assert keep(text, tmp_path / "log") == tmp_path / "log" / LOG_NAME


def test_the_log_stays_small_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    for _ in range(400):
        keep("A line of a report.\n" * 400, folder)
    assert sum(file.stat().st_size for file in folder.iterdir()) < 2 * 1024 * 1024
    assert len(list(folder.iterdir())) == 3
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0


def test_a_log_that_cannot_be_written_is_no_second_failure(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file in the place of the folder")
    assert keep("A report.", tmp_path / "log") is None
