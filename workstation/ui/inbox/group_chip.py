"""The quiet word in a row that stands for several items: “+3”, “2 versions”, “changed”."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from workstation.domain.item import ItemSummary
from workstation.ui.theme import Theme

PADDING = 6
SHARE = 0.4
"""How much of the line the chip may take from the outlet's name before it says less."""


def group_words(summary: ItemSummary) -> str:
    """What the chip says; empty for a row that holds one item."""
    copies = copies_beneath(summary)
    versions = f"{summary.versions} versions" if summary.versions > 1 else ""
    return " · ".join(
        part for part in ("changed" if summary.changed else "", versions, f"+{copies}" if copies > 0 else "") if part
    )


def copies_beneath(summary: ItemSummary) -> int:
    """How many items stand under this one that are no versions of it."""
    return summary.beneath - (summary.versions - 1)


def chip_words(summary: ItemSummary, small: QFontMetrics, room: int) -> str:
    """What the chip says in a line of ``room`` pixels: where all is too much, the versions go first, then the copies."""
    words = group_words(summary)
    parts = words.split(" · ")
    shorter = [part for part in parts if not part.endswith("versions")] or parts
    says = (words, " · ".join(shorter))
    return next((one for one in says if chip_width(one, small) <= room * SHARE), shorter[0])


def chip_width(words: str, small: QFontMetrics) -> int:
    """The pixels that the chip takes."""
    return small.horizontalAdvance(words) + 2 * PADDING if words else 0


def paint_group(painter: QPainter, box: QRect, words: str, theme: Theme, *, changed: bool) -> None:
    """Paint the chip into ``box``."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("warn_soft" if changed else "line" if theme.is_dark else "window"))
    painter.drawRoundedRect(QRectF(box), box.height() / 2, box.height() / 2)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("warn" if changed else "accent"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
