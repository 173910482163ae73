"""Puts typographic marks in the place of straight ones while they are typed, each as a step that undo takes back alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from workstation.domain.common_ends import common_head, common_tail
from workstation.domain.typography import Substitution, substitution
from workstation.ui.story.body_document import QUOTE_PROPERTY
from workstation.ui.story.body_edit import BodyEdit
from workstation.ui.story.text_field import GrowingEdit

_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock}


@dataclass(frozen=True, slots=True)
class _Made:
    """What was put in at a document position, and what had been typed there; ``caret`` is where it left the caret."""

    start: int
    put: str
    typed: str
    caret: int


class Typist(QObject):
    """Works on one field. It looks at what keys and input methods bring, never at what is pasted or put in by the program."""

    def __init__(self, edit: GrowingEdit, is_on: Callable[[], bool], language: Callable[[], str | None]) -> None:
        super().__init__(edit)
        self._edit, self._is_on, self._language = edit, is_on, language
        self._made: _Made | None = None
        edit.struck.connect(self._look)
        edit.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Backspace right after a substitution brings back what was typed; any other key leaves it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) not in _MODIFIERS:
            made, self._made = self._made, None
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if made is not None and plain and event.key() == Qt.Key.Key_Backspace:
                return self._take_back(made)
        return False

    def _look(self, typed: str) -> None:
        cursor = self._edit.textCursor()
        if not typed or not typed[-1].isprintable() or cursor.hasSelection() or not self._is_on():
            return
        before = _before(cursor)
        if before.endswith(typed[-1]) and not self._is_settled(cursor.position()):
            made = substitution(before, self._language())
            if made is not None:
                self._put(before, made)

    def _is_settled(self, caret: int) -> bool:
        """Whether the character before the caret stands inside words of a source, which nobody retouches."""
        return isinstance(self._edit, BodyEdit) and self._edit.is_settled_at(caret)

    def _put(self, before: str, made: Substitution) -> None:
        """Change no more than what differs, so that everything around keeps its marks."""
        old = before[len(before) - made.back :]
        head = common_head(old, made.text)
        tail = common_tail(old, made.text, min(len(old), len(made.text)) - head)
        block = self._edit.textCursor().block().position()
        start = block + units(before[: len(before) - made.back + head])
        typed, put = old[head : len(old) - tail], made.text[head : len(made.text) - tail]
        if self._replace(start, typed, put):
            self._made = _Made(start, put, typed, self._edit.textCursor().position())

    def _take_back(self, made: _Made) -> bool:
        cursor = self._edit.textCursor()
        return not cursor.hasSelection() and cursor.position() == made.caret and self._replace(made.start, made.put, made.typed)

    def _replace(self, start: int, old: str, new: str) -> bool:
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(min(start + 1, self._edit.document().characterCount() - 1))
        form = cursor.charFormat()
        cursor.setPosition(start)
        cursor.setPosition(start + units(old), QTextCursor.MoveMode.KeepAnchor)
        if cursor.selectedText() != old or form.hasProperty(QUOTE_PROPERTY):
            return False
        with self._edit.step("Typographic mark"):
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            cursor.insertText(new, form)
            cursor.endEditBlock()
        return True


def units(text: str) -> int:
    """The length of ``text`` as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _before(cursor: QTextCursor) -> str:
    """The paragraph up to the caret."""
    text, at = cursor.block().text(), cursor.positionInBlock()
    return text[:at] if text.isascii() else text.encode("utf-16-le")[: at * 2].decode("utf-16-le", "ignore")
