"""The quiet word in a row that stands for several items: “+3”, “2 versions”, “changed”."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from workstation.domain.item import ItemSummary
from workstation.ui.theme import Theme

PADDING = 6


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


def chip_width(summary: ItemSummary, small: QFontMetrics) -> int:
    """The pixels that the chip takes."""
    words = group_words(summary)
    return small.horizontalAdvance(words) + 2 * PADDING if words else 0


def paint_group(painter: QPainter, box: QRect, summary: ItemSummary, theme: Theme) -> None:
    """Paint the chip into ``box``."""
    tone = "warn" if summary.changed else "accent"
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("warn_soft" if summary.changed else "line" if theme.is_dark else "window"))
    painter.drawRoundedRect(QRectF(box), box.height() / 2, box.height() / 2)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour(tone))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, group_words(summary))
    painter.restore()
