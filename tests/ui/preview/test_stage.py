"""The page is laid out at the width of a device, whatever the width of the pane."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton

from workstation.ui.preview.stage import DEVICES, LARGEST_ZOOM, SMALLEST_ZOOM, fit


@given(available=st.integers(200, 3000), device=st.sampled_from([d.width for d in DEVICES]), zoom=st.floats(0.01, 9))
def test_a_device_keeps_its_width_whatever_the_pane_and_the_zoom(available, device, zoom):
    result = fit(available, device, zoom)
    assert 0 < result.width <= available
    assert SMALLEST_ZOOM <= result.zoom <= LARGEST_ZOOM
    if available >= device * SMALLEST_ZOOM:
        assert abs(result.layout_width - device) <= 2


def test_a_narrow_device_is_shown_in_its_own_size_in_a_wide_pane():
    assert (fit(1000, 390).width, fit(1000, 390).zoom) == (390, 1.0)


def test_a_wide_device_is_made_smaller_in_a_narrow_pane():
    assert fit(640, 1280).zoom == 0.5


def button(pane, name: str) -> QToolButton:
    return next(each for each in pane.findChildren(QToolButton) if each.accessibleName() == name)


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.label)
def test_the_page_is_laid_out_at_the_width_of_the_button(device, open_story, pane, evaluate, qtbot):
    open_story()
    button(pane, f"{device.label} width").click()
    qtbot.waitUntil(lambda: abs(evaluate("window.innerWidth") - device.width) <= 4, timeout=5000)
    view = pane._engine.view
    assert abs(view.geometry().center().x() - pane._stage.rect().center().x()) <= 1
    assert view.width() <= pane.width()


def test_a_button_pressed_again_gives_the_width_of_the_pane(open_story, pane, evaluate, qtbot):
    open_story()
    phone = button(pane, "Phone width")
    phone.click()
    phone.click()
    assert not phone.isChecked()
    qtbot.waitUntil(lambda: evaluate("window.innerWidth") == pane._stage.width(), timeout=5000)


def test_only_one_width_is_chosen(open_story, pane):
    open_story()
    button(pane, "Phone width").click()
    button(pane, "Tablet width").click()
    assert [each.isChecked() for each in pane._buttons.values()] == [False, True, False]


def test_the_wheel_with_ctrl_zooms_in_steps_and_stays_within_reason(open_story, pane, qtbot):
    open_story()
    view = pane._engine.view

    def turn(delta: int) -> None:
        event = QWheelEvent(
            QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.focusProxy(), event)

    turn(120)
    assert view.zoomFactor() == pytest.approx(1.1)
    turn(-120)
    assert view.zoomFactor() == 1.0
    for _ in range(60):
        turn(120)
    assert view.zoomFactor() == LARGEST_ZOOM
    for _ in range(90):
        turn(-120)
    assert view.zoomFactor() == SMALLEST_ZOOM


def test_every_button_has_a_name_and_a_tooltip(pane):
    buttons = pane.findChildren(QToolButton)
    assert len(buttons) == 5
    assert all(each.accessibleName() and each.toolTip() for each in buttons)


def test_the_window_can_put_the_buttons_into_its_own_band(pane, qtbot):
    tools = pane.take_tools()
    assert tools.findChildren(QToolButton)
    assert not pane._band.isVisible()
