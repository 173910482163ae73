"""Where in a text something would be dropped."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtWidgets import QTextEdit, QWidget

CARET = 2


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A code point of a body's plain text, and the line to draw there, in the coordinates of the field's viewport."""

    point: int
    line: QRect


def place_in_text(edit: QTextEdit, holder: QWidget, at: QPoint, text: str) -> TextPlace | None:
    """The place in ``text``, which ``edit`` shows, under a point of ``holder``; None beside the words."""
    inside = edit.viewport().mapFrom(holder, at)
    if edit.document().documentLayout().hitTest(QPointF(inside), Qt.HitTestAccuracy.ExactHit) < 0:
        return None
    cursor = edit.cursorForPosition(inside)
    shown = edit.toPlainText()
    point = len(shown.encode("utf-16-le")[: cursor.position() * 2].decode("utf-16-le", "ignore"))
    caret = edit.cursorRect(cursor)
    return TextPlace(same_place(shown, text, point), QRect(caret.left(), caret.top(), CARET, caret.height()))


def same_place(shown: str, text: str, at: int) -> int:
    """The code point of ``text`` that has as many letters before it as ``at`` has in ``shown``.

    The two differ in white space at most: a field may hold empty lines and spaces that its body does not keep.
    """
    if shown == text:
        return at
    letters = sum(not character.isspace() for character in shown[:at])
    for point, character in enumerate(text):
        if not letters:
            return point
        letters -= not character.isspace()
    return len(text)
