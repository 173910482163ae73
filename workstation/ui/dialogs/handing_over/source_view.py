"""The source of a hand-over: numbered lines in colour, to select from and to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from workstation.ui.dialogs.handing_over.highlighting import Highlighting
from workstation.ui.dialogs.handing_over.looks_of import Language
from workstation.ui.preview.text_view import TextView
from workstation.ui.reader.find_bar import FindBar

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

GAP = 8
"""Pixels beside the numbers."""
MOST_FOUND = 2_000
"""Matches that are marked at once."""


class _Numbers(QWidget):
    """The strip with the numbers of the lines."""

    def __init__(self, view: NumberedView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        self._view.paint_numbers(self, event)


class NumberedView(TextView):
    """A text whose lines have numbers; a line that is folded over has one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName("Source")
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)  # it is code, whatever the language of the words in it
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(6)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.colours = Highlighting(theme, self.document())
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(lambda _: self._make_room())
        self.updateRequest.connect(self._follow)
        theme.changed.connect(self._make_room)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self._room(), inside.height()))

    def paint_numbers(self, strip: QWidget, event: QPaintEvent) -> None:
        """Paint the numbers of the lines that are in view into ``strip``."""
        painter = QPainter(strip)
        painter.fillRect(event.rect(), self._theme.colour("window"))
        painter.setPen(self._theme.colour("muted"))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            if block.isVisible() and top + height >= event.rect().top():
                line = QRect(0, round(top), strip.width() - GAP, self.fontMetrics().height())
                painter.drawText(line, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            block, top = block.next(), top + height

    def _room(self) -> int:
        digits = max(3, len(str(self.blockCount())))
        return digits * self.fontMetrics().horizontalAdvance("9") + 2 * GAP

    def _make_room(self) -> None:
        self.setViewportMargins(self._room(), 0, 0, 0)
        self._numbers.resize(self._room(), self._numbers.height())
        self._numbers.update()

    def _follow(self, _area: QRect, moved: int) -> None:
        if moved:
            self._numbers.scroll(0, moved)
        else:
            self._numbers.update()


class SourceView(QWidget):
    """Shows a source; Ctrl+F finds words in it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name = ""
        self._found: list[QTextCursor] = []
        self._at = 0
        self.text = NumberedView(theme)
        self.finding = FindBar(theme)
        self.finding.field.setPlaceholderText("Find in the source")
        self.finding.field.setAccessibleName("Find in the source")
        self.finding.words_changed.connect(self._find)
        self.finding.step_requested.connect(self._step)
        self.finding.closed.connect(self._end_search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.finding)
        column.addWidget(self.text, 1)
        self.setFocusProxy(self.text)
        theme.changed.connect(self._mark)

    def listen(self, window: QWidget) -> None:
        """Let Ctrl+F anywhere in ``window`` search here."""
        keys = QShortcut(QKeySequence.StandardKey.Find, window)
        keys.activated.connect(lambda: self.finding.open_bar(self.text.textCursor().selectedText()))

    def show_source(self, name: str, text: str, language: Language) -> None:
        """Show the source of a file; of the same file, only what changed is put in, so that nothing moves."""
        if name != self._name:
            self.text.show_text("")
            self._name = name
        self.text.colours.speak(language, len(text))
        self.text.show_text(text)
        if not self.finding.isHidden():
            self._find(self.finding.field.text(), stays=True)

    def _find(self, words: str, *, stays: bool = False) -> None:
        self._found = []
        document, cursor = self.text.document(), QTextCursor(self.text.document())
        while words and len(self._found) < MOST_FOUND:
            cursor = document.find(words, cursor, QTextDocument.FindFlag(0))
            if cursor.isNull():
                break
            self._found.append(cursor)
        here = self.text.textCursor().selectionStart()
        self._at = next((at for at, found in enumerate(self._found) if found.selectionStart() >= here), 0)
        self._mark()
        if self._found and not stays:
            self._go()

    def _step(self, step: int) -> None:
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._mark()
            self._go()

    def _go(self) -> None:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(self._found[self._at].selectionStart())
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def _mark(self) -> None:
        marks = []
        for at, cursor in enumerate(self._found):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            is_current = at == self._at
            mark.format.setBackground(self._theme.colour("accent" if is_current else "quote"))
            mark.format.setForeground(self._theme.colour("on_accent" if is_current else "ink"))
            marks.append(mark)
        self.text.setExtraSelections(marks)
        self.finding.show_count(self._at, len(self._found))

    def _end_search(self) -> None:
        self._found = []
        self._mark()
        self.text.setFocus()
