"""The export dialog over the real browser engine: the page that it shows is the page that goes out."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from workstation.ui.dialogs.handing_over.dialog import HandOverDialog
from workstation.ui.dialogs.handing_over.looks import WIDTHS
from workstation.ui.preview.scheme import prepare
from workstation.ui.preview.stage import Device
from workstation.ui.preview.starting import SWITCH

from .test_handing_over import clear, edit, opened, turn_to

prepare()

READY = 40_000


@pytest.fixture
def dialog(room, qtbot, monkeypatch):
    room.open(clear(room))
    monkeypatch.setenv(SWITCH, "on")
    dialog = opened(room, qtbot)
    pages = dialog.looks.rendered.pages
    qtbot.waitUntil(lambda: pages.shown_bytes is not None, timeout=READY)
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.reject()
        qtbot.waitUntil(lambda: pages._engine is None)
        shiboken6.delete(dialog)


def rendered(room, profile: str) -> bytes:
    return room.desk.publishing.rendering(room.number, profile).text.encode()


def test_the_page_on_the_screen_is_what_goes_out_byte_for_byte(room, qtbot, dialog: HandOverDialog):
    looks = dialog.looks
    assert looks.rendered.current is looks.rendered.stage
    assert looks.rendered.pages.shown_bytes == rendered(room, "page")
    edit(room, headline="Lower water")
    qtbot.waitUntil(lambda: looks.rendered.pages.shown_bytes == rendered(room, "page"))
    turn_to(dialog, qtbot, "single")
    qtbot.waitUntil(lambda: looks.rendered.pages.shown_bytes == rendered(room, "single"))
    turn_to(dialog, qtbot, "fragment")
    qtbot.waitUntil(lambda: rendered(room, "fragment") in (looks.rendered.pages.shown_bytes or b""))
    turn_to(dialog, qtbot, "ans")
    assert looks.rendered.current is looks.rendered.outline
    turn_to(dialog, qtbot, "page")
    qtbot.waitUntil(lambda: looks.rendered.pages.shown_bytes == rendered(room, "page"))


@pytest.mark.parametrize("device", WIDTHS, ids=lambda device: device.label)
def test_the_page_is_laid_out_as_wide_as_a_phone_or_a_desktop(qtbot, dialog: HandOverDialog, device: Device):
    looks, answers = dialog.looks, [0]
    looks.buttons[device].click()

    def is_laid_out() -> bool:
        looks.rendered.pages._engine.run("window.innerWidth", answers.append)
        return abs(answers[-1] - device.width) <= 3

    qtbot.waitUntil(is_laid_out)
    assert looks._width.text().startswith(f"{device.width} px")
    looks.buttons[device].click()
    assert not looks._width.text().startswith(f"{device.width} px")


def test_the_engine_goes_with_the_dialog_and_the_next_one_has_its_own(room, qtbot, dialog: HandOverDialog):
    pages = dialog.looks.rendered.pages
    view = pages._engine.view
    dialog.reject()
    qtbot.waitUntil(lambda: not shiboken6.isValid(view))
    shiboken6.delete(dialog)
    again = opened(room, qtbot)
    qtbot.waitUntil(lambda: again.looks.rendered.pages.shown_bytes == rendered(room, "page"), timeout=READY)
    again.reject()
    again.deleteLater()  # as the window does it
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not shiboken6.isValid(again))


def test_a_dialog_that_is_left_with_a_question_to_its_page_loses_the_engine_first_and_hears_no_answer(
    room, qtbot, dialog: HandOverDialog
):
    """Answers of a page that goes would reach a dialog that is half gone, which once ended the program."""
    pages, heard, gone = dialog.looks.rendered.pages, [], []
    pages._engine.page.destroyed.connect(lambda: gone.append("page"))
    dialog.destroyed.connect(lambda: gone.append("dialog"))
    pages._engine.run("const until = Date.now() + 2000; while (Date.now() < until) {}", heard.append)
    edit(room, headline="Under way when the dialog closes")
    dialog.reject()
    dialog.reject()
    dialog.deleteLater()  # as the window does it
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    assert gone == ["page", "dialog"]
    assert heard == []


def test_a_dialog_that_closes_before_its_engine_has_started_never_starts_it(room, qtbot, monkeypatch):
    room.open(clear(room))
    monkeypatch.setenv(SWITCH, "on")
    dialog = HandOverDialog(room.session, room.theme, room.desk, room.settings, room.window)
    dialog.show()
    dialog.reject()
    qtbot.wait(300)
    assert dialog.looks.rendered.pages._engine is None
    dialog.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
