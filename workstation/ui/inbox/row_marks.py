"""What the editor put on an item, as its row shows it: tags as small chips, and the check mark of a picked row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF

from workstation.ui.theme import Theme

CHIP_GAP = 4
CHIP_PADDING = 5
SHORTEST = 44
LONGEST = 90
"""A chip is at most so many pixels wide."""


class TagChips:
    """The tags of one row in at most ``room`` pixels; ``+2`` stands for those that have no room."""

    def __init__(self, theme: Theme, tags: Sequence[str], room: float) -> None:
        self._theme = theme
        self._metrics = QFontMetrics(theme.font("small"))
        self._shown = self._fitting(tags, room)

    @property
    def width(self) -> int:
        """How wide all chips are together; 0 without any."""
        return sum(self._wide(tag) for tag in self._shown) + CHIP_GAP * max(0, len(self._shown) - 1)

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint the chips in ``box``, which is :attr:`width` wide."""
        painter.setFont(self._theme.font("small"))
        height = min(box.height() - 2, self._metrics.height() + 2.0)
        x = box.x()
        for tag in self._shown:
            chip = QRectF(x, box.center().y() - height / 2, self._wide(tag), height)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("window"))
            painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self._short(tag))
            x += chip.width() + CHIP_GAP

    def _fitting(self, tags: Sequence[str], room: float) -> list[str]:
        shown: list[str] = []
        for number, tag in enumerate(tags):
            rest = f"+{len(tags) - number}"
            left = room - sum(self._wide(one) + CHIP_GAP for one in shown)
            more = self._wide(f"+{len(tags) - number - 1}") + CHIP_GAP if number + 1 < len(tags) else 0
            if self._wide(tag) + more > left:
                tag = "" if shown else self._cut(tag, left - more)
                return [*shown, *([tag, f"+{len(tags) - 1}"] if tag and more else [tag] if tag else [rest])]
            shown.append(tag)
        return shown

    def _cut(self, tag: str, room: float) -> str:
        """The beginning of a tag; empty where there is no room for one that can be read."""
        return (
            ""
            if room < SHORTEST
            else self._metrics.elidedText(tag, Qt.TextElideMode.ElideRight, int(room) - 2 * CHIP_PADDING - 2)
        )

    def _short(self, tag: str) -> str:
        return self._metrics.elidedText(tag, Qt.TextElideMode.ElideRight, LONGEST - 2 * CHIP_PADDING)

    def _wide(self, tag: str) -> int:
        return self._metrics.horizontalAdvance(self._short(tag)) + 2 * CHIP_PADDING + 2


def paint_check(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A check mark on a disc, in the place of the outlet's icon."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawEllipse(box)
    pen = QPen(theme.colour("on_accent"), box.width() / 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = ((0.28, 0.52), (0.44, 0.68), (0.73, 0.34))
    painter.drawPolyline(QPolygonF([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points]))
