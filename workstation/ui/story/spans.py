"""Cursors over stretches of a field's text, given in code points of what the story keeps of it."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from workstation.domain.body import Body
from workstation.ui.story.body_edit import BodyEdit
from workstation.ui.story.places import Places, place_of
from workstation.ui.story.text_field import GrowingEdit


def span(edit: GrowingEdit, places: Places, at: int, until: int) -> QTextCursor | None:
    """A cursor over code points ``at`` to ``until`` of the text that the story keeps; None where that is not there."""
    body = edit.body() if isinstance(edit, BodyEdit) else None
    return places.across(_block_at(body, at), _block_at(body, max(at, until)))


def text_of(edit: GrowingEdit) -> str:
    """The text of a field as the story keeps it."""
    if isinstance(edit, BodyEdit):
        return edit.body().text
    return " ".join(edit.toPlainText().split())


def point_of(edit: GrowingEdit) -> int:
    """The code point of the story's text at the caret, or at the beginning of what is selected."""
    block, offset = place_of(edit.textCursor())
    return edit.body().place(block, offset) if isinstance(edit, BodyEdit) else offset


def _block_at(body: Body | None, at: int) -> tuple[int, int]:
    """The block that holds a code point of the text, and the code point in it; a line is one block."""
    number = 0
    for number, block in enumerate(body.blocks if body is not None else ()):
        length = len(block.text)
        if at <= length:
            return number, at
        at -= length + 1
    return number, at
