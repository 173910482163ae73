"""An item as a document to read: lines about it, then its text, block by block. No foreign word is ever taken for markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from workstation.ui.reader.wording import Told
from workstation.ui.theme import Theme
from workstation.ui.wording import runs_right_to_left

LINE_HEIGHT = 1.45
HEADLINE_SCALE = 0.85
FIRST_STRONG_ISOLATE = "\u2068"
END_OF_ISOLATE = "\u2069"

_NOT_SHOWN = str.maketrans({"\0": "\ufffd", "\r": " ", "\u2029": " ", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd", "\ufffc": "\ufffd"})
"""Characters that would begin a block or a frame in Qt's document; each gives way to one of the same length."""


@dataclass(frozen=True, slots=True)
class Tip:
    """What a stretch of the document explains when the mouse rests on it; positions of the document."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """What is shown: the lines about the item, and its text."""

    meta: Sequence[Told]
    headline: Told
    by: Sequence[Told]
    text: str
    remark: str = ""
    """What is to be known about the text, such as why there is none."""


class ArticleWriter:
    """Writes an article into an empty document."""

    def __init__(self, document: QTextDocument, theme: Theme, scale: float) -> None:
        self._theme = theme
        self._scale = scale
        self._cursor = QTextCursor(document)
        self._is_first = True
        self.tips: list[Tip] = []
        self.text_start = 0

    def write(self, article: Article) -> None:
        """Write the lines and the text; afterwards ``text_start`` is where the text begins, ``tips`` what explains itself."""
        self._cursor.beginEditBlock()
        self._line(article.meta, self._theme.font("small", scale=self._scale), below=10)
        self._headline(article.headline)
        if article.by:
            self._line(article.by, self._theme.font("small", scale=self._scale), below=14)
        if article.remark:
            self._remark(article.remark)
        self._text(article.text)
        self._cursor.endEditBlock()

    def _line(self, pieces: Sequence[Told], font: QFont, *, below: int) -> None:
        self._begin_block(_block(below=below))
        plain = self._format(font, "muted")
        for number, piece in enumerate(pieces):
            if number:
                self._cursor.insertText(" · ", plain)
            self._piece(piece, plain)

    def _piece(self, piece: Told, plain: QTextCharFormat) -> None:
        style = QTextCharFormat(plain)
        if piece.strong:
            style.setFontWeight(QFont.Weight.DemiBold)
            style.setForeground(self._theme.colour("ink"))
        if piece.link:
            style.setAnchor(True)
            style.setAnchorHref(piece.link)
            style.setForeground(self._theme.colour("accent"))
            style.setFontUnderline(True)
        start = self._cursor.position()
        self._cursor.insertText(f"{FIRST_STRONG_ISOLATE}{_shown(piece.text)}{END_OF_ISOLATE}", style)
        self._explain(start, piece.tip)

    def _headline(self, told: Told) -> None:
        font = self._theme.font("headline", scale=self._scale * HEADLINE_SCALE)
        self._begin_block(_block(below=10, right_to_left=runs_right_to_left(told.text)))
        start = self._cursor.position()
        self._cursor.insertText(_shown(told.text), self._format(font, "ink"))
        self._explain(start, told.tip)

    def _remark(self, words: str) -> None:
        self._begin_block(_block(below=14))
        self._cursor.insertText(_shown(words), self._format(self._theme.font("ui", scale=self._scale), "warn"))

    def _text(self, text: str) -> None:
        font = self._theme.font("reading", scale=self._scale)
        style = self._format(font, "ink")
        height = round(QFontInfo(font).pixelSize() * LINE_HEIGHT)
        blocks = {side: _block(below=round(height * 0.45), line=height, right_to_left=side) for side in (False, True)}
        for number, line in enumerate(text.split("\n")):
            self._begin_block(blocks[runs_right_to_left(line)])
            if not number:
                self.text_start = self._cursor.position()
            self._cursor.insertText(_shown(line), style)

    def _begin_block(self, block: QTextBlockFormat) -> None:
        if self._is_first:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._is_first = False

    def _explain(self, start: int, tip: str) -> None:
        if tip:
            self.tips.append(Tip(start, self._cursor.position(), tip))

    def _format(self, font: QFont, token: str) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setFont(font)
        style.setForeground(self._theme.colour(token))
        return style


def _shown(line: str) -> str:
    return line.translate(_NOT_SHOWN)


def _block(*, below: int, line: int = 0, right_to_left: bool = False) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setBottomMargin(below)
    block.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    if line:
        block.setLineHeight(line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return block
