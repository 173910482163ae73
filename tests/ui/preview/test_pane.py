"""The pane says what is the matter, never takes the program down with it, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from workstation.ui.preview import probe
from workstation.ui.preview.pane import NO_SANDBOX, SWITCH, PreviewPane

from .conftest import READY, STORY, page_html

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def nothing_known(monkeypatch, tmp_path):
    monkeypatch.setattr(probe, "_reasons", {})
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_switched_off_the_pane_says_so_and_offers_the_browser(pane, session, desk, monkeypatch, qtbot):
    opened: list[QUrl] = []
    monkeypatch.setenv(SWITCH, "off")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    session.show_story(STORY)
    pane.start()
    assert pane._engine is None
    assert pane._message.isVisible()
    assert SWITCH in pane._message.detail.text()
    pane._message.button.click()
    qtbot.waitUntil(lambda: bool(opened), timeout=5000)
    assert Path(opened[0].toLocalFile()).read_bytes() == desk.html.encode()


def test_an_engine_that_cannot_start_is_told_in_the_pane(nothing_known, pane, session, monkeypatch, qtbot):
    broken = [sys.executable, "-c", "import sys; print('No usable sandbox!'); sys.exit(134)"]
    monkeypatch.setattr(probe.Probe.__init__, "__kwdefaults__", {"program": broken, "timeout": 5000})
    session.show_story(STORY)
    pane.start()
    qtbot.waitUntil(lambda: "cannot start" in pane._message.title.text(), timeout=READY)
    assert "No usable sandbox!" in pane._message.detail.text()
    assert pane._message.button.text() == "Open the page in the browser"
    assert pane._engine is None


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (["-c", "import os, signal; os.kill(os.getpid(), signal.SIGABRT)"], "while it was tried"),
        (["-c", "import time; time.sleep(60)"], "did not start within 1 seconds"),
    ],
    ids=["crash", "hang"],
)
def test_a_probe_outlives_a_crash_and_a_hang(program, words, qapp, qtbot):
    tried = probe.Probe(qapp, program=[sys.executable, *program], timeout=1000 if "sleep" in program[1] else 9000)
    with qtbot.waitSignal(tried.ended, timeout=READY) as ended:
        tried.start()
    assert words in ended.args[0]


def test_a_program_that_is_missing_ends_the_probe(qapp, qtbot):
    tried = probe.Probe(qapp, program=["/no/such/python"], timeout=9000)
    with qtbot.waitSignal(tried.ended, timeout=READY) as ended:
        tried.start()
    assert "/no/such/python" in ended.args[0]


def test_the_real_probe_finds_that_the_engine_works_and_remembers_it(nothing_known, pane, session, desk, settle):
    assert probe.known_reason() is None
    session.show_story(STORY)
    pane.start()
    settle(pane, desk)
    assert probe.known_reason() == ""
    probe._reasons.clear()
    assert probe.known_reason() == ""  # another start of the program in the same session of the desktop


def test_a_success_is_forgotten_until_the_engine_stands_again(nothing_known):
    probe.remember("")
    probe.forget()
    assert probe.known_reason() is None


def test_a_crash_of_the_page_is_told_and_it_starts_again(open_story, pane, desk, settle, qtbot, retype):
    open_story()
    pane._engine.page.runJavaScript("1", 1)
    pid = pane._engine.page.renderProcessPid()
    os.kill(pid, 9)
    qtbot.waitUntil(lambda: pane._message.title.text() == "The preview stopped", timeout=READY)
    assert pane.shown_bytes is None
    pane._message.button.click()
    settle(pane, desk)
    retype(page_html("After the crash"))
    assert pane._stack.currentWidget() is pane._stage


def test_a_link_shows_where_it_leads_and_a_long_one_is_shortened(open_story, pane):
    open_story()
    pane._engine.page.linkHovered.emit("https://example.org/a")
    assert pane._word.text() == "https://example.org/a"
    pane._engine.page.linkHovered.emit("https://example.org/" + "a" * 500)
    assert len(pane._word.text()) < 200
    pane._engine.page.linkHovered.emit("")
    assert pane._word.text() == ""


def test_the_menu_only_copies(open_story, pane, evaluate, qtbot):
    open_story()
    menu = pane._engine.view.copy_menu(QUrl("https://example.org/a"))
    assert [action.text() for action in menu.actions()] == ["Copy", "Copy link address"]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text() == "https://example.org/a"
    assert [action.text() for action in pane._engine.view.copy_menu(QUrl()).actions()] == ["Copy"]


def test_a_click_on_a_card_brings_it_under_the_editors_hands(open_story, pane, session, evaluate, qtbot):
    open_story()
    x, y = evaluate("((box) => [box.left + 20, box.top + 20])(document.querySelectorAll('.card')[1].getBoundingClientRect())")
    with qtbot.waitSignal(session.card_shown, timeout=5000) as shown:
        qtbot.mouseClick(pane._engine.view.focusProxy(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert shown.args == ["b"]
    qtbot.wait(50)
    assert evaluate("window.scrollY") == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has to do without the sandbox")
def test_as_root_the_missing_sandbox_is_told(open_story, pane):
    open_story()
    assert "no sandbox" in pane._size.text()
    assert pane._size.toolTip() == NO_SANDBOX


def test_stopping_twice_or_before_the_start_is_harmless(qtbot, session, theme, desk):
    pane = PreviewPane(session, theme, desk, desk)
    with qtbot.waitSignal(pane.stopped, timeout=5000):
        pane.stop()
        pane.stop()


CLOSING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from workstation.ui.preview.scheme import prepare
prepare()
app = QApplication([])
sys.path.insert(0, {here!r})
from conftest import Desk, STORY
from workstation.ui.preview.pane import PreviewPane
from workstation.ui.session import Session
from workstation.ui.theme import Theme
session, theme, desk = Session(), Theme(app), Desk()
pane = PreviewPane(session, theme, desk, desk)
pane.show()
session.show_story(STORY)
pane.start()
{ending}
code = app.exec()
session.close()
print("left", code)
"""
ENDINGS = {
    "stopped and closed": "pane.shown.connect(lambda: (pane.stop(), pane.close()))",
    "quit without a stop": "pane.shown.connect(app.quit)",
    "closed before the engine stands": "QTimer.singleShot(0, lambda: (pane.stop(), pane.close()))",
    "stopped from an answer of the page": "pane.shown.connect(lambda: pane.read_document(lambda _: (pane.stop(), pane.close())))",
}


@pytest.mark.parametrize("name", ENDINGS)
def test_leaving_the_program_leaves_no_crash_and_no_warning(name):
    program = CLOSING.format(here=str(Path(__file__).parent), ending=ENDINGS[name])
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, env=environment, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "left 0" in result.stdout
    for word in ("Traceback", "still not deleted", "Release of profile", "QThread", "QObject", "QProcess: Destroyed"):
        assert word not in result.stderr
