"""The rich body of The News or of a card: paragraphs, strong, emphasis, links, block quotes and lists, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip

from workstation.domain.body import PLAIN, BlockKind, Body, Marks, read_html
from workstation.domain.common_ends import change_end
from workstation.domain.grade import Grade
from workstation.domain.plain_text import read_plain, read_words
from workstation.domain.problem import QuotationCheck
from workstation.ui.story import body_document
from workstation.ui.story.body_copy import BODY_TYPE, copied, html_of, is_words
from workstation.ui.story.brought_picture import brings_picture
from workstation.ui.story.text_field import GrowingEdit
from workstation.ui.story.verdict import Tone, Verdict
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workstation.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Shape:
    """What the text at the caret is, for the buttons of the tool bar."""

    strong: bool = False
    emphasis: bool = False
    link: str | None = None
    quoted: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH


class BodyEdit(GrowingEdit):
    """The view of one body. ``clean`` makes a body of foreign HTML when something is pasted."""

    def __init__(self, theme: Theme, placeholder: str, clean: Callable[[str], Body], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clean = clean
        self._quotations: tuple[Verdict, ...] = ()
        self._drawn: object = None
        self._reader = body_document.BodyReader(self.document())
        self._verified: list[QTextCursor] = []
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.set_text_font(theme.font("reading"))
        theme.changed.connect(self._repaint)
        self.cursorPositionChanged.connect(self._stop_marks_at_their_end)

    # --- showing and reading ---------------------------------------------------------------------------------------

    def show_body(self, body: Body) -> None:
        """Show ``body``; when it differs from what is shown, the caret stands where the change ends."""
        if body == self.body():
            return
        before = self.toPlainText()
        self._fill(body)
        self._reader.know(body)
        self.place_caret(change_end(before, self.toPlainText()))
        self.clear_layers()

    def body(self) -> Body:
        """The body as it is shown now."""
        return self._reader.body()

    def place(self) -> tuple[int, int]:
        """The number of the body's block that the caret stands in, and the UTF-16 units of it before the caret."""
        return self._reader.place(self.textCursor())

    def go_to(self, at: int) -> None:
        """Put the caret at a code point of the body's text."""
        self.setTextCursor(self._reader.cursor(at))

    def show_quotations(self, quotations: Iterable[Verdict]) -> None:
        """Underline the quotations by what became of their comparison; the words that differ stand out."""
        judged = tuple(quotations)
        drawn = (judged, self.document().revision())
        if drawn == self._drawn:  # a review comes with every key, and most of it is as it was
            return
        self._quotations, self._drawn = judged, drawn
        selections = [s for verdict in judged for s in self._selections(verdict)]
        checks = (verdict.check for verdict in judged)
        found = [self._find(check.printed, check.place.at or 0) for check in checks if check.grade.is_true]
        self._verified = [words for words in found if words is not None]
        self.show_layer("quotations", selections)

    def is_settled_at(self, position: int) -> bool:
        """Whether the character before a document position stands inside words of a source: tied to a quote, or verified."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        if body_document.marks_of(cursor.charFormat()).quote:
            return True
        return any(words.selectionStart() < position - 1 and position < words.selectionEnd() for words in self._verified)

    def shape(self) -> Shape:
        """What the selected text is all through, or the text at the caret."""
        cursor = self.textCursor()
        marks = body_document.marks_in(cursor) if cursor.hasSelection() else body_document.marks_of(cursor.charFormat())
        block = self.document().findBlock(cursor.selectionStart())
        return Shape(marks.strong, marks.emphasis, marks.link, body_document.is_quoted(block), body_document.kind_of(block))

    # --- setting ---------------------------------------------------------------------------------------------------

    def toggle_strong(self) -> None:
        """Make the selected words strong, or plain again."""
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.Normal if self.shape().strong else QFont.Weight.Bold)
        self._set(form, "Strong")

    def toggle_emphasis(self) -> None:
        """Set the selected words in italics, or upright again."""
        form = QTextCharFormat()
        form.setFontItalic(not self.shape().emphasis)
        self._set(form, "Emphasis")

    def toggle_quoted(self) -> None:
        """Put the selected paragraphs into a block quote, or take them out."""
        quoted = not self.shape().quoted
        self._set_blocks(lambda cursor: body_document.set_quoted(cursor, quoted), "Block quote")

    def toggle_kind(self, kind: BlockKind) -> None:
        """Make the selected paragraphs items of a list, or paragraphs again."""
        wanted = BlockKind.PARAGRAPH if self.shape().kind is kind else kind
        self._set_blocks(lambda cursor: body_document.set_kind(cursor, wanted), "List")

    def set_link(self, address: str | None, text: str | None = None) -> None:
        """Link the selected words, or the whole link at the caret; None unlinks.

        Where nothing is selected ``text`` is put in.
        """
        with self.step("Link" if address else "Removal of a link"):
            self._set_link(self.textCursor(), address, text)
        self._stop_marks_at_their_end()

    def _set_link(self, cursor: QTextCursor, address: str | None, text: str | None) -> None:
        if not cursor.hasSelection() and self.shape().link:
            self._select_link(cursor)
        if not cursor.hasSelection() and address:
            words = text or address
            cursor.insertText(words, body_document.char_format(body_document.marks_of(cursor.charFormat()), self._theme))
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(words.encode("utf-16-le")) // 2
            )
        self._relink(cursor, address)
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)

    # --- tool tips -------------------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Under the mouse: what became of a quotation, or where a link leads. Qt itself never shows the former."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self.told_at(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def told_at(self, point: QPoint) -> str:
        """What is to be said of the words at ``point`` of the viewport; nothing where there is nothing to say."""
        at = self.document().documentLayout().hitTest(self._in_document(point), Qt.HitTestAccuracy.ExactHit)
        if at < 0:
            return ""
        for check in (verdict.check for verdict in self._quotations):
            found = self._find(check.printed, check.place.at or 0)
            if found is not None and found.selectionStart() <= at < found.selectionEnd():
                return _told(check)
        return self.anchorAt(point)

    def _in_document(self, point: QPoint) -> QPointF:
        return QPointF(point.x() + self.horizontalScrollBar().value(), point.y() + self.verticalScrollBar().value())

    # --- typing and pasting ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._leave_empty_block(event):
            return
        if event.key() == Qt.Key.Key_Backspace and self._leave_block_at_start():
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return (super().canInsertFromMimeData(source) and (source.hasHtml() or source.hasText())) or brings_picture(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted keeps paragraphs, strong, emphasis, links, lists and block quotes, and nothing else."""
        if not self.sends_files_on(source):
            self._insert(self._body_in(source), source.text())

    def _body_in(self, source: QMimeData) -> Body:
        if source.hasFormat(BODY_TYPE):
            return read_html(bytes(source.data(BODY_TYPE).data()).decode()).body
        body = self._clean(html_of(source)) if source.hasHtml() else Body()
        return body or read_plain(source.text())

    def paste_plain(self, text: str) -> None:
        """Put ``text`` in without any marks."""
        self._insert(read_words(text), text)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is our own form, for ourselves and, so that pasting it elsewhere is clean, as HTML and text."""
        return copied(self.textCursor())

    def _insert(self, body: Body, text: str) -> None:
        """Put ``body`` in; words that were copied as ``text`` with a space before or behind them keep it."""
        with self.step("Pasting"):
            self._put_in(self.textCursor(), body, text)

    def _put_in(self, cursor: QTextCursor, body: Body, text: str) -> None:
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if is_words(body) and text.startswith(" ") and not cursor.atBlockStart():
            cursor.insertText(" ", QTextCharFormat())
        body_document.insert(cursor, body, self._theme)
        if text.endswith(" ") and (is_words(body) or not text.strip()):
            cursor.insertText(" ", QTextCharFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _fill(self, body: Body) -> None:
        self._showing = True
        body_document.fill(self.document(), body, self._theme)
        self._showing = False

    def _repaint(self) -> None:
        caret = self.caret()
        self._fill(self.body())
        self.place_caret(caret)
        self._drawn = None
        self.show_quotations(self._quotations)

    def _set(self, form: QTextCharFormat, label: str) -> None:
        with self.step(label):
            self.textCursor().mergeCharFormat(form)
        self.mergeCurrentCharFormat(form)

    def _set_blocks(self, change: Callable[[QTextCursor], None], label: str) -> None:
        with self.step(label):
            self._change_blocks(change)
            self.typed.emit()

    def _change_blocks(self, change: Callable[[QTextCursor], None]) -> None:
        selected = self.textCursor()
        cursor = QTextCursor(self.document())
        cursor.setPosition(selected.selectionStart())
        end = max(selected.selectionStart(), selected.selectionEnd() - 1)
        last = self.document().findBlock(end).blockNumber()
        cursor.beginEditBlock()
        while True:
            change(cursor)
            if cursor.blockNumber() >= last or not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
                break
        cursor.endEditBlock()

    def _leave_empty_block(self, event: QKeyEvent) -> bool:
        """Enter in an empty list item or quoted paragraph leaves the list or the quote."""
        cursor = self.textCursor()
        shape = self.shape()
        if cursor.block().text() or event.modifiers() or (shape.kind is BlockKind.PARAGRAPH and not shape.quoted):
            return False
        if shape.kind is not BlockKind.PARAGRAPH:
            body_document.set_kind(cursor, BlockKind.PARAGRAPH)
        else:
            body_document.set_quoted(cursor, False)
        return True

    def _leave_block_at_start(self) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection() or not cursor.atBlockStart():
            return False
        shape = self.shape()
        if shape.kind is not BlockKind.PARAGRAPH:
            body_document.set_kind(cursor, BlockKind.PARAGRAPH)
        elif shape.quoted:
            body_document.set_quoted(cursor, False)
        else:
            return False
        self.typed.emit()
        return True

    def _stop_marks_at_their_end(self) -> None:
        """What is typed before or after a link or a quotation is neither."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return
        form = cursor.charFormat()
        here, ahead = body_document.marks_of(form), self._marks_ahead(cursor)
        if here.quote and here.quote != ahead.quote:
            form.clearProperty(body_document.QUOTE_PROPERTY)
        if here.link and here.link != ahead.link:
            form.setAnchor(False)
            form.setAnchorHref("")
            form.clearForeground()
            form.setFontUnderline(False)
        if form != cursor.charFormat():
            self.setCurrentCharFormat(form)

    def _marks_ahead(self, cursor: QTextCursor) -> Marks:
        """The marks of the character after the caret; none at the edges of a block, where no mark goes on."""
        if cursor.atBlockStart() or cursor.atBlockEnd():
            return PLAIN
        ahead = QTextCursor(cursor)
        ahead.movePosition(QTextCursor.MoveOperation.Right)
        return body_document.marks_of(ahead.charFormat())

    def _select_link(self, cursor: QTextCursor) -> None:
        """Select the whole link that the caret stands in."""
        address = self.shape().link
        start = end = cursor.position()
        probe = QTextCursor(self.document())
        block = cursor.block()
        while start > block.position():
            probe.setPosition(start)
            if probe.charFormat().anchorHref() != address:
                break
            start -= 1
        while end < block.position() + block.length() - 1:
            probe.setPosition(end + 1)
            if probe.charFormat().anchorHref() != address:
                break
            end += 1
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)

    def _relink(self, cursor: QTextCursor, address: str | None) -> None:
        form = QTextCharFormat()
        form.setAnchor(address is not None)
        form.setAnchorHref(address or "")
        form.setFontUnderline(address is not None)
        form.setForeground(self._theme.colour("accent") if address else self._theme.colour("ink"))
        cursor.mergeCharFormat(form)

    # --- quotations ------------------------------------------------------------------------------------------------

    def _selections(self, verdict: Verdict) -> list[QTextEdit.ExtraSelection]:
        check = verdict.check
        found = self._find(check.printed, check.place.at or 0)
        if found is None:
            return []
        line, background = _LOOKS[verdict.tone]
        form = QTextCharFormat()
        form.setUnderlineStyle(line)
        form.setUnderlineColor(self._theme.colour(verdict.tone))
        if background:
            form.setBackground(self._theme.colour(background))
        selections = [_selection(found, form)]
        for printed, _ in () if verdict.tone is Tone.QUIET else check.differing:
            word = self._find_within(printed, found)
            if word is not None:
                strong = QTextCharFormat()
                strong.setBackground(self._theme.colour(verdict.tone))
                strong.setForeground(QColor(self._theme.tokens.raised))
                selections.append(_selection(word, strong))
        return selections

    def _find(self, words: str, near: int) -> QTextCursor | None:
        """The words in the document, the occurrence nearest to the code point ``near``."""
        plain = self.toPlainText()
        places: list[int] = []
        at = plain.find(words)
        while at >= 0:
            places.append(at)
            at = plain.find(words, at + 1)
        if not places or not words:
            return None
        start = min(places, key=lambda place: abs(place - near))
        return self._cursor(start, start + len(words), plain)

    def _find_within(self, word: str, cursor: QTextCursor) -> QTextCursor | None:
        plain = self.toPlainText()
        begin = len(plain.encode("utf-16-le")[: cursor.selectionStart() * 2].decode("utf-16-le", "ignore"))
        inside = cursor.selectedText()
        at = inside.find(word) if word else -1
        return None if at < 0 else self._cursor(begin + at, begin + at + len(word), plain)

    def _cursor(self, start: int, end: int, plain: str) -> QTextCursor:
        """A cursor over code points ``start`` to ``end`` of ``plain``; Qt counts UTF-16 units."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(len(plain[:start].encode("utf-16-le")) // 2)
        cursor.setPosition(len(plain[:end].encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
        return cursor


_LINE = QTextCharFormat.UnderlineStyle
_LOOKS: dict[Tone, tuple[QTextCharFormat.UnderlineStyle, str | None]] = {
    Tone.GOOD: (_LINE.SingleUnderline, None),
    Tone.WARN: (_LINE.DotLine, None),
    Tone.BAD: (_LINE.SingleUnderline, "bad_soft"),
    Tone.QUIET: (_LINE.DashUnderline, None),
}
"""The line and the ground of a quotation: those that its problem has where no card compares it."""


def _told(check: QuotationCheck) -> str:
    where = f" of {len(check.standing)} sources" if len(check.standing) > 1 else " of the source"
    told = {
        Grade.EXACT: "This quotation stands so in its source.",
        Grade.FOLDED: f"This quotation stands in its source. Different there: {', '.join(check.folded)}.",
        Grade.EDITED: f"Shortened: the source has {check.source_words or 'these parts in this order'}",
        Grade.TRANSLATED: f"Your translation of: {check.source_words}",
        Grade.SEVERAL: f"These words stand in {check.places} places{where}.",
        Grade.ALTERED: f"The source has: {check.source_words}",
        Grade.ELSEWHERE: "These words stand in another source, which this card does not name.",
        Grade.ABSENT: "None of this card’s sources has these words.",
        Grade.UNARCHIVED: "No archived text of this card’s sources to compare with.",
    }
    return told[check.grade]


def _selection(cursor: QTextCursor, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.cursor = cursor
    selection.format = form
    return selection
