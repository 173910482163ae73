"""The text of an item on the screen: read only, with marks, and positions that are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from workstation.domain.quote import Highlight, Quote
from workstation.domain.wording import shortened
from workstation.ui.reader.article_document import Article, ArticleWriter, Tip
from workstation.ui.reader.kinds import NAMES
from workstation.ui.reader.offsets import Offsets
from workstation.ui.reader.passages import Passage, innermost, trimmed
from workstation.ui.reader.sentences import sentence_beside
from workstation.ui.reader.wording import Told
from workstation.ui.theme import Theme

CHARACTERS_A_LINE = 68
SIDE = 22
TOP = 26
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn over the text."""

    highlights: tuple[Highlight, ...] = ()
    quotes: tuple[Quote, ...] = ()
    found: tuple[Passage, ...] = ()
    found_now: int = -1


class ArticleView(QTextEdit):
    """Shows an :class:`Article`. Every passage that goes in or comes out counts code points of the item's text."""

    passage_changed = Signal()
    """The selection or the caret moved."""
    link_requested = Signal(str)
    menu_requested = Signal(QPoint)
    """Where the menu is to open, in coordinates of the screen."""
    scale_requested = Signal(int)
    """Larger (1) or smaller (-1) letters, by the wheel."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._article = Article((), Told(""), (), "")
        self._offsets = Offsets("")
        self._text_start = 0
        self._tips: list[Tip] = []
        self._marks = Marks()
        self._scale = 1.0
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setAcceptRichText(False)
        self.setProperty("flat", True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Text of the source")
        self.cursorPositionChanged.connect(self.passage_changed)
        self.selectionChanged.connect(self.passage_changed)

    # --- what is shown ---------------------------------------------------------------------------------------------

    def show_article(self, article: Article, *, keep_place: bool = False) -> None:
        """Show an article from its beginning, or, when only its dress or the lines about it changed, where it stands."""
        selection, caret, scroll = self._selection(), self._point(self.textCursor().position()), self.verticalScrollBar().value()
        self._article = article
        self._offsets = Offsets(article.text)
        self.clear()
        writer = ArticleWriter(self.document(), self._theme, self._scale)
        writer.write(article)
        self._text_start, self._tips = writer.text_start, writer.tips
        self._fit()
        if keep_place:
            self._select(*(selection or (caret, caret)))
            self.verticalScrollBar().setValue(scroll)
        else:
            self._select(0, 0)
            self.verticalScrollBar().setValue(0)
        self._draw_marks()

    def show_marks(self, highlights: Sequence[Highlight], quotes: Sequence[Quote]) -> None:
        """Draw these highlights and underline these quotes."""
        self._marks = replace(self._marks, highlights=tuple(highlights), quotes=tuple(quotes))
        self._draw_marks()
        self.passage_changed.emit()

    def show_found(self, found: Sequence[Passage], now: int) -> None:
        """Draw what was found; the one at index ``now`` is brought into view."""
        self._marks = replace(self._marks, found=tuple(found), found_now=now)
        self._draw_marks()
        if 0 <= now < len(found):
            self.reveal(found[now])

    def reveal(self, passage: Passage, *, select: bool = False) -> None:
        """Scroll to a passage, and select it if asked; one that is not wholly in sight comes into the upper half."""
        self._select(passage.start, passage.end if select else passage.start)
        first, last = (self.cursorRect(self._cursor(at, at)) for at in (passage.start, passage.end))
        height = self.viewport().height()
        if first.top() < 0 or last.bottom() > height:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + first.top() - height // 4)

    def page(self, step: int) -> bool:
        """Scroll a page on (1) or back (-1), keeping two lines in sight; False when there is no further to go."""
        bar = self.verticalScrollBar()
        before = bar.value()
        lines = 2 * QFontMetricsF(self._theme.font("reading", scale=self._scale)).lineSpacing()
        bar.setValue(before + step * max(1, round(self.viewport().height() - lines)))
        return bar.value() != before

    def select_sentence(self, step: int, *, extend: bool = False) -> None:
        """Select the next sentence (1) or the one before (-1) in sight, or ``extend`` the selection by it."""
        selection, text = self._selection(), self._article.text
        if selection is None:
            top = self._point(self.cursorForPosition(QPoint(self.viewport().width() // 2, 4)).position())
            caret = self._point(self.textCursor().position())
            in_sight = self.viewport().rect().intersects(self.cursorRect())
            selection = (caret, caret) if in_sight else (top, top)
        found = sentence_beside(text, *selection, step)
        if found is not None:
            start, end = (min(found.start, selection[0]), max(found.end, selection[1])) if extend else (found.start, found.end)
            self._select(start, end)
            self.ensureCursorVisible()

    def drop_selection(self) -> None:
        """Let the selection go; the caret stays at its beginning."""
        selection = self._selection()
        if selection is not None:
            self._select(selection[0], selection[0])

    def grow(self, steps: int) -> None:
        """Larger letters (negative: smaller); 0 puts them back."""
        index = SCALES.index(self._scale) + steps if steps else SCALES.index(1.0)
        self._scale = SCALES[min(max(index, 0), len(SCALES) - 1)]
        self.show_article(self._article, keep_place=True)

    # --- where the editor is ---------------------------------------------------------------------------------------

    @property
    def passage(self) -> Passage | None:
        """The selected words without the white space around them; None when no word of the text is selected."""
        selection = self._selection()
        return trimmed(self._article.text, *selection) if selection else None

    @property
    def highlight(self) -> Highlight | None:
        """The mark under the caret, when nothing is selected."""
        cursor = self.textCursor()
        if cursor.hasSelection() or cursor.position() < self._text_start:
            return None
        return innermost(self._marks.highlights, self._point(cursor.position()))

    def point_at(self, place: QPoint) -> int | None:
        """The code point of the text at a place of the viewport, also between two lines; None beside the words."""
        cursor = self.cursorForPosition(place)
        beside = (self.cursorRect(cursor).center() - place).manhattanLength()
        is_near = beside <= self.cursorRect(cursor).height()
        return self._point(cursor.position()) if is_near and cursor.position() >= self._text_start else None

    def mark_at(self, point: int) -> Passage | None:
        """The innermost mark or, where there is none, the quote that holds a code point of the text."""
        mark = innermost(self._marks.highlights, point) or innermost(self._marks.quotes, point)
        return Passage(mark.start, mark.end) if mark else None

    def _selection(self) -> tuple[int, int] | None:
        cursor = self.textCursor()
        start, end = self._point(cursor.selectionStart()), self._point(cursor.selectionEnd())
        return (start, end) if start < end else None

    def _point(self, position: int) -> int:
        """The code point of the text at a position of the document; a position above the text is its beginning."""
        return self._offsets.code_point(min(max(position - self._text_start, 0), self._offsets.units))

    def _position(self, point: int) -> int:
        return self._text_start + self._offsets.unit(min(max(point, 0), self._offsets.code_points))

    def _select(self, start: int, end: int) -> None:
        self.setTextCursor(self._cursor(start, end))

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(start))
        cursor.setPosition(self._position(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # --- drawing ---------------------------------------------------------------------------------------------------

    def _draw_marks(self) -> None:
        drawn = [self._drawn(mark, self._ground(mark.kind.value)) for mark in self._marks.highlights]
        drawn += [self._drawn(quote, self._underline()) for quote in self._marks.quotes]
        for number, passage in enumerate(self._marks.found):
            is_now = number == self._marks.found_now
            drawn.append(self._drawn(passage, self._ground("accent", "on_accent") if is_now else self._ground("accent_soft")))
        self.setExtraSelections(drawn)

    def _drawn(self, placed: Highlight | Quote | Passage, style: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(placed.start, placed.end)
        selection.format = style
        return selection

    def _ground(self, token: str, ink: str = "ink") -> QTextCharFormat:
        style = QTextCharFormat()
        style.setBackground(self._theme.colour(token))
        style.setForeground(self._theme.colour(ink))
        return style

    def _underline(self) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        style.setUnderlineColor(self._theme.colour("accent"))
        return style

    def _fit(self) -> None:
        """Lines of at most so many characters, in the middle of a wide pane."""
        letters = QFontMetricsF(self._theme.font("reading", scale=self._scale)).averageCharWidth()
        side = max(SIDE, round((self.viewport().width() - CHARACTERS_A_LINE * letters) / 2))
        frame = self.document().rootFrame()
        style = frame.frameFormat()
        if style.leftMargin() != side or style.topMargin() != TOP:
            style.setMargin(0)
            style.setLeftMargin(side)
            style.setRightMargin(side)
            style.setTopMargin(TOP)
            style.setBottomMargin(TOP)
            frame.setFrameFormat(style)

    # --- what Qt asks ----------------------------------------------------------------------------------------------

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        """Nothing is ever loaded, whatever the text says; given empty bytes Qt would open the file when it draws a picture."""
        return QImage()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain words only; Qt would add its own HTML."""
        mime = QMimeData()
        selection = self._selection()
        shown = self.textCursor().selectedText().replace("\u2029", "\n")
        is_text = self.textCursor().selectionStart() >= self._text_start
        mime.setText(self._article.text[slice(*selection)] if is_text and selection else shown)
        return mime

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.scale_requested.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_link = bool(self.anchorAt(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        link = self.anchorAt(event.position().toPoint())
        if link and event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.link_requested.emit(link)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if is_by_mouse and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        self.menu_requested.emit(event.globalPos() if is_by_mouse else self.menu_place())

    def menu_place(self) -> QPoint:
        """Just below the caret, in coordinates of the screen."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip_at(event.pos())
            QToolTip.showText(event.globalPos(), tip, self.viewport()) if tip else QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def tip_at(self, place: QPoint) -> str:
        """What explains the words at a place of the viewport, as HTML in which every foreign word is escaped."""
        scrolled = QPoint(place.x() + self.horizontalScrollBar().value(), place.y() + self.verticalScrollBar().value())
        position = self.document().documentLayout().hitTest(scrolled, Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return ""
        if position < self._text_start:
            lines = [tip.text for tip in self._tips if tip.start <= position < tip.end]
        else:
            lines = self._mark_tips(self._point(position))
        return "".join(f"<p>{escape(line)}</p>" for line in lines)

    def _mark_tips(self, at: int) -> list[str]:
        lines = [
            f"{NAMES[mark.kind]}: {mark.note}" if mark.note else NAMES[mark.kind]
            for mark in self._marks.highlights
            if mark.start <= at < mark.end
        ]
        quoted = [quote for quote in self._marks.quotes if quote.start <= at < quote.end]
        return lines + [f"Quoted already: “{shortened(quote.exact, 160)}”" for quote in quoted]
