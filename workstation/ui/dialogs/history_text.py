"""A story in the timeline: its parts one below the other, with the words that came underlined and those that went struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QImage, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from workstation.domain.word_diff import Change, PartDiff

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

MARGIN = 18
LINE_HEIGHT = 135


class DiffView(QTextEdit):
    """Shows parts and leads from change to change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: tuple[PartDiff, ...] = ()
        self._is_compared = False
        self._only_changes = True
        self._changes: list[int] = []
        """The first character of every stretch of changed words."""
        self._at = -1
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName("The story in this version")
        self.document().setDocumentMargin(MARGIN)
        theme.changed.connect(self._render)

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        """Nothing is ever loaded, whatever the text says."""
        return QImage()

    @property
    def has_changes(self) -> bool:
        return bool(self._changes)

    def show_parts(self, parts: tuple[PartDiff, ...], *, compared: bool) -> None:
        """Show the parts of a story; when they were ``compared``, go to the first change."""
        self._parts, self._is_compared = parts, compared
        self._render()

    def show_words(self, words: str) -> None:
        """Say something in the place of a story."""
        self._parts, self._is_compared = (), False
        self._render()
        self._say(QTextCursor(self.document()), words)

    def show_only_changes(self, only: bool) -> None:
        """Leave out the parts that did not change, or show the whole story."""
        self._only_changes = only
        self._render()

    def go_on(self) -> None:
        """Go to the next change; after the last one to the first."""
        self._go(1)

    def go_back(self) -> None:
        """Go to the change before; from the first one to the last."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if self._changes:
            self._at = (self._at + step) % len(self._changes) if self._at >= 0 or step > 0 else len(self._changes) - 1
            cursor = self.textCursor()
            cursor.setPosition(self._changes[self._at])
            self.setTextCursor(cursor)
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + self.cursorRect().top() - self.height() // 3)

    # --- rendering -------------------------------------------------------------------------------------------------

    def _render(self) -> None:
        self.clear()
        self._changes, self._at = [], -1
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        shown = self._shown()
        for index, part in enumerate(shown):
            self._name(cursor, part, is_first=index == 0)
            self._text(cursor, part)
        if self._is_compared and not shown:
            self._say(cursor, "Nothing in the text changed.")
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _shown(self) -> list[PartDiff]:
        """The parts to show; a changed part of a card brings the card's headline along."""
        if not (self._is_compared and self._only_changes):
            return list(self._parts)
        shown: list[PartDiff] = []
        card: PartDiff | None = None
        for part in self._parts:
            card = part if part.field == "card" else card if part.field in ("sources", "body") else None
            if part.changed:
                if card is not None and card not in shown:
                    shown.append(card)
                if part is not card:
                    shown.append(part)
        return shown

    def _name(self, cursor: QTextCursor, part: PartDiff, *, is_first: bool) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(0 if is_first else 6 if part.field in ("sources", "body") else 20)
        letters = QTextCharFormat()
        letters.setFont(self._theme.font("overline"))
        letters.setForeground(self._theme.colour("muted"))
        if is_first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        cursor.insertText(part.title.upper(), letters)

    def _text(self, cursor: QTextCursor, part: PartDiff) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(2)
        block.setBottomMargin(4)
        block.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.insertBlock(block)
        font = self._theme.font({"headline": "card", "card": "card", "body": "reading", "news": "reading"}.get(part.field, "ui"))
        formats = {change: self._format(change, font) for change in Change}
        was_kept = True
        for piece in part.pieces:
            if piece.change is not Change.KEPT and was_kept:
                self._changes.append(cursor.position())
            was_kept = piece.change is Change.KEPT
            cursor.insertText(piece.text, formats[piece.change])

    def _format(self, change: Change, font: QFont) -> QTextCharFormat:
        """Colour and a line: who cannot tell the colours apart sees the line."""
        letters = QTextCharFormat()
        letters.setFont(font)
        letters.setForeground(self._theme.colour({"kept": "ink", "added": "good", "removed": "bad"}[change]))
        if change is not Change.KEPT:
            letters.setBackground(self._theme.colour("good_soft" if change is Change.ADDED else "bad_soft"))
            letters.setFontUnderline(change is Change.ADDED)
            letters.setFontStrikeOut(change is Change.REMOVED)
        return letters

    def _say(self, cursor: QTextCursor, text: str) -> None:
        letters = QTextCharFormat()
        letters.setFont(self._theme.font("ui"))
        letters.setForeground(self._theme.colour("muted"))
        cursor.insertText(text, letters)
