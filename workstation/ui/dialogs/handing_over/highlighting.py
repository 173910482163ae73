"""The colours of a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from workstation.ui.dialogs.handing_over.looks_of import Language

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

MOST_CHARACTERS = 600_000
"""A longer source stays without colours: it would be seen late."""
IN_COMMENT = 1
Rule = tuple[re.Pattern[str], str]

_RULES: dict[Language, Sequence[Rule]] = {
    Language.MARKUP: (
        (re.compile(r"</?[\w:.-]+|/?>"), "accent"),
        (re.compile(r"(?<=\s)[\w:.-]+(?==\")"), "warn"),
        (re.compile(r"(?<==)\"[^\"]*\""), "good"),
        (re.compile(r"&#?\w+;"), "bad"),
        (re.compile(r"<![^-][^>]*>|<\?.*?\?>|<!\[CDATA\[|\]\]>"), "muted"),
    ),
    Language.JSON: (
        (re.compile(r"(?<=[:\[,\s])-?\d[\d.eE+-]*|\b(?:true|false|null)\b"), "warn"),
        (re.compile(r"\"(?:[^\"\\]|\\.)*\""), "good"),
        (re.compile(r"\"(?:[^\"\\]|\\.)*\"(?=\s*:)"), "accent"),
    ),
    Language.MARKDOWN: (
        (re.compile(r"^#{1,6} .*$"), "accent"),
        (re.compile(r"^\s*(?:>|[-*+]|\d+\.) "), "warn"),
        (re.compile(r"\*\*?[^*\s][^*]*\*\*?"), "good"),
        (re.compile(r"\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), "muted"),
    ),
    Language.PLAIN: (),
}
_COMMENT = re.compile(r"<!--|-->")


class Highlighting(QSyntaxHighlighter):
    """Colours tags, names, values and comments; by the window's own tokens, light and dark."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._language = Language.PLAIN
        self._formats: dict[str, QTextCharFormat] = {}
        theme.on_change(self._dress)

    def speak(self, language: Language, length: int) -> None:
        """Colour what comes as this language, unless it has too many characters."""
        self._language = language if length <= MOST_CHARACTERS else Language.PLAIN

    def highlightBlock(self, text: str) -> None:
        for pattern, tone in _RULES[self._language]:
            for found in pattern.finditer(text):
                self._colour(text, found.start(), found.end(), tone)
        if self._language is Language.MARKUP:
            self._comments(text)

    def _comments(self, text: str) -> None:
        """Comments may go over lines."""
        start = 0 if self.previousBlockState() == IN_COMMENT else -1
        for edge in _COMMENT.finditer(text):
            if edge[0] == "<!--" and start < 0:
                start = edge.start()
            elif edge[0] == "-->" and start >= 0:
                self._colour(text, start, edge.end(), "muted")
                start = -1
        if start >= 0:
            self._colour(text, start, len(text), "muted")
        self.setCurrentBlockState(IN_COMMENT if start >= 0 else 0)

    def _colour(self, text: str, start: int, end: int, tone: str) -> None:
        if text.isascii():
            self.setFormat(start, end - start, self._formats[tone])
        else:  # Qt counts UTF-16 units
            units = _units(text[:start])
            self.setFormat(units, _units(text[start:end]), self._formats[tone])

    def _dress(self) -> None:
        for tone in ("accent", "warn", "good", "bad", "muted"):
            letters = QTextCharFormat()
            letters.setForeground(self._theme.colour(tone))
            self._formats[tone] = letters
        self.rehighlight()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
