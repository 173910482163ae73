"""Where code points of a story's text stand in the document of the field that shows it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from workstation.ui.story.typist import units

_FOLDED = " \t\r\f\v"


class Places:
    """The paragraphs of one document as the story's text counts them; good until the document changes.

    The document may hold what the story's text does not: empty paragraphs, doubled spaces.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._blocks: list[QTextBlock] = []
        self._texts: list[str] = []
        block = document.begin()
        while block.isValid():
            text = block.text()
            if text.strip(_FOLDED + "\u2028"):
                self._blocks.append(block)
                self._texts.append(text)
            block = block.next()

    def cursor(self, block: int, start: int, end: int) -> QTextCursor | None:
        """A cursor over code points ``start`` to ``end`` of the text's block ``block``; None where that is not there."""
        return self.across((block, start), (block, end))

    def across(self, start: tuple[int, int], end: tuple[int, int]) -> QTextCursor | None:
        """A cursor from one place to another, each a block of the text and a code point in it."""
        first, last = self._position(*start), self._position(*end)
        if first is None or last is None:
            return None
        cursor = QTextCursor(self._document)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _position(self, block: int, at: int) -> int | None:
        """The document position of code point ``at`` of the text's block ``block``; None where that is not there."""
        if block >= len(self._blocks):
            return None
        text = self._texts[block]
        ahead = text[: _offset(text, at)]
        return self._blocks[block].position() + (len(ahead) if text.isascii() else units(ahead))


def place_of(cursor: QTextCursor) -> tuple[int, int]:
    """The text's block and the code point in it that the beginning of a selection, or the caret, stands at."""
    block, number = cursor.document().begin(), 0
    at = cursor.selectionStart()
    while block.isValid() and block.position() + block.length() <= at:
        number += bool(block.text().strip())
        block = block.next()
    ahead = block.text().encode("utf-16-le")[: (at - block.position()) * 2].decode("utf-16-le", "ignore")
    return number, len(ahead)


def _offset(shown: str, at: int) -> int:
    """The index in ``shown`` of code point ``at`` of the same text without doubled spaces, composed."""
    if _is_as_kept(shown):
        return min(at, len(shown))
    index, passed, before = 0, 0, " "
    while index < len(shown) and passed < at:
        character = shown[index]
        is_extra = character in _FOLDED and before in " \u2028"
        composes = not is_extra and len(unicodedata.normalize("NFC", before + character)) == 1
        passed += not (is_extra or composes)
        before = " " if character in _FOLDED else character
        index += 1
    while index < len(shown) and shown[index] in _FOLDED and before in " \u2028" and passed == at:
        index += 1
    return index


@lru_cache(maxsize=256)
def _is_as_kept(shown: str) -> bool:
    """Whether the story keeps a paragraph letter for letter as the document shows it, at least up to its end."""
    return _EXTRA.search(shown) is None and unicodedata.is_normalized("NFC", shown)


_EXTRA = re.compile(rf"(?:^|\u2028|[{_FOLDED}])[{_FOLDED}]|[{_FOLDED}]\u2028")
