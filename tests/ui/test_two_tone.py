"""Rows that say a name and something about it: both are seen, and the name lies beside its box whichever way the window runs."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from workstation.ui.two_tone import DIVIDE, TwoToneDelegate

NAME, DETAIL = QColor(200, 0, 0), QColor(0, 0, 200)


def columns(image: QImage, colour: QColor) -> list[int]:
    """The columns of a picture that lean to ``colour``; edges of letters are mixed with the ground."""
    side = 1 if colour == NAME else -1

    def leans(x: int, y: int) -> bool:
        own = image.pixelColor(x, y)
        return side * (own.red() - own.blue()) > 60

    return [x for x in range(image.width()) if any(leans(x, y) for y in range(image.height()))]


@pytest.fixture
def row(qtbot):
    """Paints one row with a check box; answers with its picture and its height in pixels."""

    def paint(words: str, direction: Qt.LayoutDirection, width: int = 300) -> QImage:
        view = QListWidget()
        qtbot.addWidget(view)
        view.setLayoutDirection(direction)
        view.setItemDelegate(TwoToneDelegate(view))
        palette = view.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor("white"))
        palette.setColor(QPalette.ColorRole.Text, NAME)
        palette.setColor(QPalette.ColorRole.PlaceholderText, DETAIL)
        view.setPalette(palette)
        entry = QListWidgetItem(words)
        entry.setCheckState(Qt.CheckState.Unchecked)
        view.addItem(entry)
        view.resize(width, 80)
        view.show()
        box: QRect = view.visualItemRect(entry)
        return view.viewport().grab(box).toImage()

    return paint


def test_the_name_stands_before_what_is_said_about_it(row):
    image = row(f"llllll{DIVIDE}llll", Qt.LayoutDirection.LeftToRight)
    name, detail = columns(image, NAME), columns(image, DETAIL)
    assert name
    assert detail
    assert max(name) < min(detail)


def test_in_a_window_from_right_to_left_the_name_stands_right_of_it_and_beside_its_box(row):
    image = row(f"llllll{DIVIDE}llll", Qt.LayoutDirection.RightToLeft)
    name, detail = columns(image, NAME), columns(image, DETAIL)
    assert max(detail) < min(name)
    assert max(name) < image.width() - 16


def test_what_has_no_room_is_shortened_and_the_name_goes_first(row):
    image = row(f"{'l' * 200}{DIVIDE}llll", Qt.LayoutDirection.LeftToRight, 120)
    assert columns(image, NAME)
    assert not columns(image, DETAIL)
