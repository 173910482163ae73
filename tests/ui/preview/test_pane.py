"""The pane says what is the matter, never takes the program down with it, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from workstation.domain.changes import stories_changed
from workstation.domain.problem import Place
from workstation.ui.preview import probe, scheme
from workstation.ui.preview.forms import FORMS
from workstation.ui.preview.pane import NO_SANDBOX, PreviewPane
from workstation.ui.preview.starting import SWITCH
from workstation.ui.session import CaretPlace, Sight

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


CLICKED = page_html().replace(
    '<div class="signals">', '<div class="news"><p>First <em>para</em>graph.</p></div><div class="signals">'
)


@pytest.fixture
def click(pane, evaluate, qtbot):
    """Click the page where a character of the first text in an element stands."""

    def at(selector: str, character: int) -> None:
        script = (
            "((node) => { const range = document.createRange(); range.setStart(node, %d); range.setEnd(node, %d);"
            " const box = range.getBoundingClientRect(); return [box.left + 1, box.top + box.height / 2]; })"
            "(document.createTreeWalker(document.querySelector('%s'), NodeFilter.SHOW_TEXT).nextNode())"
        )
        x, y = evaluate(script % (character, character + 1, selector))
        view = pane._engine.view
        qtbot.mouseClick(view.focusProxy(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))

    return at


@pytest.mark.parametrize(
    ("selector", "character", "place"),
    [
        ("h1", 3, Place("headline", None, 3)),
        (".news em", 2, Place("news", None, 8)),
        (".card h3", 1, Place("headline", 0, 1)),
        (".card p", 5, Place("body", 0, 5)),
    ],
)
def test_a_click_leads_to_the_very_letter(selector, character, place, open_story, pane, desk, session, click, qtbot):
    desk.html = CLICKED
    open_story()
    with qtbot.waitSignal(session.place_shown, timeout=5000) as shown:
        click(selector, character)
    assert shown.args == [place]
    assert pane.shown_bytes == CLICKED.encode()


def test_what_is_scrolled_by_hand_is_told_and_what_follows_is_not(open_story, pane, session, evaluate, qtbot):
    open_story()
    told: list[object] = []
    session.sight_moved.connect(lambda sight, _: told.append(sight))
    session.sight_moved.emit(Sight("3", 0.5), None)
    qtbot.waitUntil(lambda: evaluate("window.scrollY") > 100, timeout=5000)
    middle = (
        "((box) => (innerHeight * 0.3 - box.top) / box.height)(document.querySelectorAll('.card')[2].getBoundingClientRect())"
    )
    assert abs(evaluate(middle) - 0.5) < 0.02
    qtbot.wait(100)
    assert told == [Sight("3", 0.5)]
    pane._engine.view._touched.start()
    evaluate("window.scrollTo(0, 0)")
    qtbot.waitUntil(lambda: len(told) > 1, timeout=5000)
    assert told[-1] == Sight("top", 0)


def test_the_page_is_seen_as_on_a_dark_screen_and_stays_so_after_typing(
    open_story, desk, pane, retype, evaluate, document, qtbot
):
    style = "@media (prefers-color-scheme: dark) { h1 { color: rgb(1, 2, 3) } }"
    colour = "getComputedStyle(document.querySelector('h1')).color"
    desk.html = page_html(style=style)
    open_story()
    assert evaluate(colour) != "rgb(1, 2, 3)"
    before = document()
    pane.choices.scheme_chosen.emit("dark")
    assert evaluate(colour) == "rgb(1, 2, 3)"
    assert document() == before
    retype(page_html("Other words", style=style + " h1 { margin: 0 }"))
    assert evaluate(colour) == "rgb(1, 2, 3)"
    pane.choices.scheme_chosen.emit("")
    assert evaluate(colour) != "rgb(1, 2, 3)"


def test_the_forms_are_shown_and_the_page_comes_back(open_story, desk, pane, session, settle, qtbot, evaluate):
    open_story()
    page, fragment, text, source, _ = FORMS
    pane.show_form(source)
    qtbot.waitUntil(lambda: pane._text.toPlainText() == desk.html, timeout=5000)
    assert pane._stack.currentWidget() is pane._text
    pane.show_form(text)
    qtbot.waitUntil(lambda: pane._text.toPlainText().startswith("<h2>text"), timeout=5000)
    pane.show_form(fragment)
    qtbot.waitUntil(lambda: pane.is_settled and evaluate("document.querySelector('h2')?.textContent ?? ''")[:8] == "fragment")
    assert pane._stack.currentWidget() is pane._stage
    pane.show_form(page)
    settle(pane, desk)
    assert evaluate("document.querySelector('h1').textContent") == "Harbour reopens"


def test_a_source_that_changes_keeps_its_scroll_and_its_selection(open_story, desk, pane, session, qtbot):
    desk.html = page_html(cards=tuple(f"Card {number}" for number in range(60)))
    open_story()
    pane.show_form(FORMS[3])
    qtbot.waitUntil(lambda: pane._text.toPlainText() == desk.html, timeout=5000)
    bar = pane._text.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    cursor = pane._text.document().find("Card 40")
    pane._text.setTextCursor(cursor)
    bar.setValue(before)
    desk.html = desk.html.replace("Harbour reopens", "🎈 Harbour reopens at last")
    session.publish(stories_changed(STORY))
    qtbot.waitUntil(lambda: pane._text.toPlainText() == desk.html, timeout=5000)
    assert (bar.value(), pane._text.textCursor().selectedText()) == (before, "Card 40")


def test_without_the_engine_the_source_can_be_read(pane, session, desk, monkeypatch, qtbot):
    monkeypatch.setenv(SWITCH, "off")
    session.show_story(STORY)
    pane.start()
    pane.show_form(FORMS[3])
    qtbot.waitUntil(lambda: pane._text.toPlainText() == desk.html, timeout=5000)
    pane.show_form(FORMS[0])
    assert pane._stack.currentWidget() is pane._message


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


PARAGRAPHS = "".join(f"<p>Paragraph {number}. {'Words. ' * 60}</p>\n" for number in range(12))
LONG = page_html(cards=("One", "Two", "Three")).replace("<p>What the sources say of Three. ", f"{PARAGRAPHS}<p>", 1)


def test_the_line_that_is_written_in_stays_in_view_and_nothing_else_scrolls(open_story, pane, desk, session, retype, evaluate):
    desk.html = LONG
    open_story()
    top = "document.querySelectorAll('.card')[2].querySelectorAll('p')[7].getBoundingClientRect().top"
    session.show_card("c")
    session.move_caret(CaretPlace("c", "body", 7, 5))
    assert 0 <= evaluate(top) < evaluate("innerHeight")
    before = evaluate("scrollY")
    session.move_caret(CaretPlace("c", "body", 7, 9), quietly=True)
    retype(LONG.replace("Paragraph 7.", "Paragraph 7, longer."))
    assert evaluate("scrollY") == before
    session.move_caret(CaretPlace("c", "body", 0, 0), quietly=True)
    retype(LONG.replace("Paragraph 0.", "Paragraph 0, longer."))
    first = "document.querySelectorAll('.card')[2].querySelector('p').getBoundingClientRect().top"
    assert 0 <= evaluate(first) < evaluate("innerHeight")


def test_the_page_is_drawn_in_memory_unless_the_editor_says_otherwise(monkeypatch):
    monkeypatch.delenv("QT_QUICK_BACKEND")
    scheme.prepare()
    assert os.environ["QT_QUICK_BACKEND"] == "software"
    monkeypatch.setenv("QT_QUICK_BACKEND", "rhi")
    scheme.prepare()
    assert os.environ["QT_QUICK_BACKEND"] == "rhi"
