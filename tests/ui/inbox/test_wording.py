from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QFont, QFontMetrics, QTextOption

from workstation.ui.inbox.item_delegate import two_lines
from workstation.ui.inbox.wording import age, isolated, meta
from workstation.ui.monograms import COLOURS, colour_of
from workstation.ui.wording import runs_right_to_left

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(minutes=119), "1 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=3, hours=4), "3 d"),
        (timedelta(days=7), "23 Feb"),
        (timedelta(days=90), "2 Dec 2025"),
        (timedelta(minutes=-5), "now"),
    ],
)
def test_an_age_is_told_shortly(before, told):
    assert age(NOW - before, NOW) == told


@pytest.mark.parametrize(
    ("text", "answer"),
    [("باكستان تشن", True), ("עיתון", True), ("«باكستان» 12", True), ("Dawn باكستان", False), ("12 %", False), ("中方", False)],
)
def test_the_first_letter_with_a_direction_decides(text, answer):
    assert runs_right_to_left(text) is answer


def test_a_meta_line_isolates_the_outlets_name(room):
    item = room.add("Report", outlet="الفنار", country="OM", language="ar")
    assert meta(room.gathering.summary(item)) == f"{isolated('الفنار')}  ·  OM · AR"


def test_a_headline_takes_at_most_two_lines_and_keeps_every_character_that_fits(qapp):
    font, width = QFont("Noto Serif", 11), 200
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    short = "Ferry talks 🚢🚢 resume at the harbour"
    assert " ".join(two_lines(short, font, width, option)).replace("  ", " ") == short
    long = "Ferry talks 🚢 resume at the harbour after pilots " * 4
    first, second = two_lines(long, font, width, option)
    assert long.startswith(first)
    assert second.endswith("…")
    assert QFontMetrics(font).horizontalAdvance(second) <= width


def test_white_letters_can_be_read_on_every_colour_of_a_monogram():
    def light(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    for colour in COLOURS:
        red, green, blue = (light(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5, colour


def test_an_outlets_colour_does_not_depend_on_the_run_of_the_program():
    assert colour_of("The Lantern Post").name().upper() == "#256A9E"
    assert colour_of("THE LANTERN POST") == colour_of("The Lantern Post")
