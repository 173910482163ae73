"""The crop dialog: its frame never leaves the picture and keeps its form, whatever the hand does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from workstation.ingest.pictures import pixels_of
from workstation.ui.dialogs.crop import CropDialog
from workstation.ui.dialogs.crop_frame import LEAST, CropFrame

LEFT = Qt.MouseButton.LeftButton
HAIR = 1e-6

near = st.floats(-4000, 4000, allow_nan=False)
gestures = st.lists(
    st.one_of(
        st.tuples(st.just("moved"), near, near),
        st.tuples(st.just("scaled"), st.floats(0.01, 50)),
        st.tuples(st.just("dragged"), st.sampled_from([(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]), near, near),
        st.tuples(st.just("with_ratio"), st.sampled_from([16 / 9, 1.5, 1.0, 0.8, None])),
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(st.integers(40, 2400), st.integers(40, 2400), gestures)
def test_the_frame_stays_inside_the_picture_and_in_its_form(width: int, height: int, hands: list[tuple[object, ...]]) -> None:
    frame = CropFrame.whole(width, height)
    for name, *values in hands:
        frame = getattr(frame, str(name))(*values)
        assert -HAIR <= frame.left < frame.right <= width + HAIR
        assert -HAIR <= frame.top < frame.bottom <= height + HAIR
        if frame.ratio is not None:
            assert (frame.right - frame.left) / (frame.bottom - frame.top) == pytest.approx(frame.ratio, rel=1e-6)
    if frame.crop is not None:
        left, top, right, bottom = pixels_of(frame.crop, width, height)
        assert (right - left, bottom - top) == frame.size
        assert frame.crop[0] + frame.crop[2] <= 1 + HAIR
        assert CropFrame.of(width, height, frame.crop).crop == pytest.approx(frame.crop, abs=2e-6)


@pytest.fixture
def dialog(qtbot, theme):
    def open_dialog(size=(2400, 1600), crop=None, ratios=("16:9", "3:2", "1:1")) -> CropDialog:
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkCyan)
        made = CropDialog(image, crop, ratios, theme)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    return open_dialog


def test_at_first_the_largest_frame_in_the_publications_usual_form_is_proposed(dialog):
    made = dialog()
    assert made._view.frame.size == (2400, 1350)
    assert made.crop() == pytest.approx((0, 125 / 1600, 1, 1350 / 1600), abs=1e-5)
    assert made._size.text() == "2400 × 1350 px"
    assert made._badge.isHidden()


def test_another_form_is_chosen_and_reset_shows_the_whole_picture(dialog):
    made = dialog()
    QTest.mouseClick(made._buttons["1:1"], LEFT)
    assert made._view.frame.size == (1600, 1600)
    QTest.mouseClick(made._reset, LEFT)
    assert made.crop() is None
    assert made._buttons["Free"].isChecked()
    assert made._ok.text() == "Use whole"


def test_a_crop_that_is_there_opens_as_it_was_in_its_form(dialog):
    crop = (0.25, 0.25, 0.5, 0.375)
    made = dialog((1600, 1200), crop)
    assert made.crop() == pytest.approx(crop, abs=1e-6)
    assert made._buttons["16:9"].isChecked()
    assert "Below 1200 px" in made._badge.text()
    odd = dialog((1600, 1200), (0.1, 0.1, 0.3, 0.8))
    assert odd._buttons["Free"].isChecked()


def test_the_keys_move_and_resize_the_frame_and_enter_crops(dialog):
    made = dialog()
    view = made._view
    assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_Minus)
    across, down = view.frame.size
    assert across < 2400
    assert across / down == pytest.approx(16 / 9, abs=0.01)
    before = view.frame
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert (view.frame.left - before.left, view.frame.top - before.top) == (-10, 1)
    for _ in range(9):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.frame.size == (2400, 1350)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert made.result() == 1


def drag(view, start: QPointF, end: QPointF) -> None:
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start.toPoint())
    QTest.mouseMove(view, end.toPoint())
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, end.toPoint())


def test_the_mouse_drags_a_corner_in_the_form_a_side_freely_and_the_whole_frame(dialog):
    made = dialog()
    view = made._view
    box = view._box()
    drag(view, box.bottomRight(), box.center())
    across, down = view.frame.size
    assert abs(across - 1200) < 20
    assert across / down == pytest.approx(16 / 9, abs=0.01)
    assert (view.frame.left, view.frame.top) == pytest.approx((0, 125), abs=1)
    before = view.frame
    middle = view._box().center()
    drag(view, middle, middle + QPointF(40, 0))
    assert view.frame.left - before.left == pytest.approx(40 / view._zoom, abs=2)
    assert view.frame.size == before.size
    QTest.mouseClick(made._buttons["Free"], LEFT)
    box = view._box()
    drag(view, QPointF(box.right(), box.center().y()), QPointF(box.right() - 60, box.center().y() + 33))
    assert view.frame.size[1] == before.size[1]
    assert view.frame.size[0] == pytest.approx(before.size[0] - 60 / view._zoom, abs=3)


def test_a_hand_that_pulls_too_far_leaves_a_frame_that_can_be_seen(dialog):
    made = dialog((200, 100), ratios=())
    view = made._view
    assert made._buttons["Free"].isChecked()
    box = view._box()
    drag(view, box.topLeft(), QPointF(QPoint(5000, 5000)))
    assert view.frame.size == (LEAST, LEAST)


def test_cancel_changes_nothing(dialog):
    made = dialog()
    QTest.mouseClick(made.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel), LEFT)
    assert made.result() == 0
