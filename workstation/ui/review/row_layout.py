"""Where the parts of a row of the checks lie, and the lines that its words break into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from workstation.ui.review.rows import Group, Row
from workstation.ui.theme import Theme

GAP = 8
"""Between two rows, in pixels, as all that follows."""
PADDING = 12
TOP = 10
ICON = 18
TEXT_AT = PADDING + ICON + 11
LINE_GAP = 3
BUTTON_PADDING = 12
BUTTON_HEIGHT = 28
BUTTON_SHARE = 0.42
"""A button stands beside the words while it takes no more than so much of the row; else it stands below them."""
LEAST_TEXT = 170
LINK_GAP = 14
HEAD_HEIGHT = 30
PASSED_TOP = 5
"""What is in order has no frame, and stands closer."""
DETAIL_LINES = 3

FIX, FIX_ALL, SOURCE, WAIVE, STAND, PLACE = "fix", "fix all", "source", "waive", "stand", "place"


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a row that a click does something with."""

    name: str
    label: str
    box: QRect


@dataclass(frozen=True, slots=True)
class Boxes:
    """A row as it is painted; every box is measured from its upper left corner. ``height`` holds the ``gap`` below the row."""

    height: int
    gap: int
    top: int
    title: QRect
    title_lines: tuple[str, ...]
    detail: QRect
    detail_lines: tuple[str, ...]
    parts: tuple[Part, ...]


class RowFonts:
    """The fonts of a row, made once for a look of the window."""

    def __init__(self, theme: Theme) -> None:
        self.title, self.small, self.button = theme.font("ui"), theme.font("small"), theme.font("ui")
        self.title.setWeight(QFont.Weight.DemiBold)
        self.link = theme.font("small")
        self.link.setWeight(QFont.Weight.DemiBold)
        self.head, self.passed = theme.font("overline"), theme.font("ui")
        self.title_height = QFontMetrics(self.title).height()
        self.small_height = QFontMetrics(self.small).height()

    def title_of(self, row: Row) -> QFont:
        """What is in order is told without emphasis."""
        return self.passed if row.passed else self.title


def boxes_of(row: Row, width: int, fonts: RowFonts) -> Boxes:
    """Lay ``row`` out in ``width`` pixels."""
    if row.is_head:
        return Boxes(HEAD_HEIGHT, 0, 0, QRect(0, 0, width, HEAD_HEIGHT), (row.title,), QRect(), (), ())
    over, gap = (PASSED_TOP, 0) if row.passed else (TOP, GAP)
    room = max(1, width - TEXT_AT - PADDING)
    fix = row.fix
    fix_width = QFontMetrics(fonts.button).horizontalAdvance(fix) + 2 * BUTTON_PADDING + 2 if fix else 0
    is_beside = bool(fix) and fix_width <= width * BUTTON_SHARE and room - fix_width - PADDING >= LEAST_TEXT
    text = room - fix_width - PADDING if is_beside else room
    title = wrapped(row.title, fonts.title_of(row), text, most=8)
    title_box = QRect(TEXT_AT, over, text, len(title) * fonts.title_height)
    detail = wrapped(row.detail, fonts.small, text, most=DETAIL_LINES) if row.detail else ()
    detail_box = QRect(TEXT_AT, title_box.bottom() + 1 + LINE_GAP, text, len(detail) * fonts.small_height)
    end = detail_box.bottom() + 1 if detail else title_box.bottom() + 1
    parts: list[Part] = []
    if is_beside:
        top = max(over, (over + end - BUTTON_HEIGHT) // 2 + 1)
        parts.append(Part(FIX, fix, QRect(width - PADDING - fix_width, top, fix_width, BUTTON_HEIGHT)))
        end = max(end, top + BUTTON_HEIGHT)
    elif fix:
        shown = QFontMetrics(fonts.button)
        label = _elided(fix, shown, room - 2 * BUTTON_PADDING)
        parts.append(Part(FIX, label, QRect(TEXT_AT, end + 7, min(room, fix_width), BUTTON_HEIGHT)))
        end += 7 + BUTTON_HEIGHT
    links = list(_foot(row, end + LINE_GAP + 2, room, fonts))
    if links:
        end = max(link.box.bottom() + 1 for link in links)
    return Boxes(end + over + gap, gap, over, title_box, title, detail_box, detail, (*parts, *links))


def wrapped(text: str, font: QFont, width: int, *, most: int) -> tuple[str, ...]:
    """``text`` in at most ``most`` lines of ``width`` pixels; an ellipsis stands for the rest."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends = [0]
    while (line := layout.createLine()).isValid() and len(ends) <= most:
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    units = text.encode("utf-16-le")
    lines = [units[2 * start : 2 * end].decode("utf-16-le") for start, end in pairwise(ends)]
    if 2 * ends[-1] < len(units):
        lines[-1] = _elided(units[2 * ends[-2] :].decode("utf-16-le"), QFontMetrics(font), width)
    return tuple(line.strip() for line in lines)


def _elided(text: str, metrics: QFontMetrics, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def _links(row: Row) -> Iterator[tuple[str, str]]:
    """What the foot of a row offers, at its end."""
    if row.alike > 1:
        yield FIX_ALL, f"Fix all {row.alike}"
    if row.passage is not None:
        yield SOURCE, "Show in source"
    if row.waiver is not None:
        yield STAND, "Let it stand again"
    elif row.group is not Group.TO_WRITE:
        yield WAIVE, "Waive…"


def _foot(row: Row, top: int, room: int, fonts: RowFonts) -> Iterator[Part]:
    """The place at the beginning of the line, the links at its end; in a narrow row they take the next line."""
    if row.problem is None:
        return
    metrics = QFontMetrics(fonts.link)
    place = _elided(row.place, metrics, room)
    place_width = metrics.horizontalAdvance(place) + 2
    yield Part(PLACE, place, QRect(TEXT_AT, top, place_width, fonts.small_height))
    links = [(name, label, metrics.horizontalAdvance(label) + 2) for name, label in _links(row)]
    taken = sum(width for _, _, width in links) + LINK_GAP * (len(links) - 1)
    is_narrow = place_width + LINK_GAP + taken > room
    x = TEXT_AT if is_narrow else TEXT_AT + room - taken
    y = top + fonts.small_height + 5 if is_narrow else top
    for name, label, width in links:
        yield Part(name, label, QRect(x, y, width, fonts.small_height))
        x += width + LINK_GAP
