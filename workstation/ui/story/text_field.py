"""Fields that grow with their text and tell what was typed, with the undo of the story instead of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from workstation.domain.clean_text import without_unseen
from workstation.domain.common_ends import change_end
from workstation.ui.mime import is_own
from workstation.ui.story.brought_picture import brings_documents, brings_picture

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QMenu, QWidget


TYPING = "Typing"
LAYERS = ("quotations", "problems", "spelling", "found")
"""What is drawn over a text, the lowest first."""
_ARROWS = {Qt.Key.Key_Down: QTextCursor.MoveOperation.Down, Qt.Key.Key_Up: QTextCursor.MoveOperation.Up}
_BREAKING_SPACES = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")


class GrowingEdit(QTextEdit):
    """A text edit as high as its text, without scroll bars, without Qt's own undo, that loads nothing from anywhere."""

    typed = Signal()
    """The editor changed the text; not sent when the program shows another text."""
    focused = Signal()
    caret_moved = Signal()
    """The caret stands elsewhere, and the field is as high as its text again."""
    left = Signal(int)
    """An arrow led out of the field: below its last line (1) or above its first one (-1)."""
    picture_brought = Signal(QMimeData)
    """A picture was pasted or dropped, which a text cannot hold."""
    struck = Signal(str)
    """A key or an input method was done, with the characters it gave; the text they are in was told already."""
    menu_made = Signal(object, object)
    """The context menu before it opens, and a cursor where it was asked for: entries can be put in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("flat", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self._font: QFont | None = None
        self._showing = False
        self._group = 0
        self._ends_at = -1
        self._takes_away = False
        self._label = TYPING
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self.document().contentsChange.connect(self._notice)
        self.textChanged.connect(self._tell)
        self.cursorPositionChanged.connect(self._tell_caret)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())

    @property
    def typing_group(self) -> int:
        """A number that goes up with each word typed and each jump, so that one undo takes back one word."""
        return self._group

    @property
    def step_label(self) -> str:
        """What the step is called that a change made now belongs to."""
        return self._label

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """All that is done to the text inside is one step of its own, with this name."""
        self._group += 1
        self._label = label
        try:
            yield
        finally:
            self._label = TYPING
            self._ends_at = -1

    def show_layer(self, name: str, selections: list[QTextEdit.ExtraSelection]) -> None:
        """Draw ``selections`` over the text beside those of the other layers; see :data:`LAYERS`."""
        if selections or self._layers.get(name):
            self._layers[name] = selections
            self.setExtraSelections([selection for layer in LAYERS for selection in self._layers.get(layer, ())])

    def clear_layers(self) -> None:
        """Draw nothing over the text any more, because it is another one."""
        self._layers.clear()
        self.setExtraSelections([])

    def set_text_font(self, font: QFont) -> None:
        """Set the text and its placeholder in ``font``."""
        self._font = font
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Under a style sheet Qt forgets the font of a text edit that finds a new parent; it is set again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._font is not None and self.font() != self._font:
            self.set_text_font(self._font)

    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()
        self._tell_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the story: Qt's text edit would swallow their keys even with its own undo off."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.MoveToNextPage) or event.matches(QKeySequence.StandardKey.MoveToPreviousPage):
            event.ignore()  # the field has no pages; the pane around it scrolls
            return
        if event.key() in _ARROWS and self._leads_out(event):
            self.left.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)
        self.struck.emit(event.text())

    def _leads_out(self, event: QKeyEvent) -> bool:
        """Whether there is no line in the direction of an arrow."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        return plain and not self.textCursor().movePosition(_ARROWS[Qt.Key(event.key())])

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString() and not event.preeditString():
            self.struck.emit(event.commitString())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own entries, those of the story that the field was given, and what others put in."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        cursor = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _leave_undo_to_story(menu)
        if self.actions():
            menu.addSeparator()
            menu.addActions(self.actions())
        self.menu_made.emit(menu, cursor)
        menu.popup(event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """What is dragged inside the window is for the card, not for its text."""
        return not is_own(source) and not brings_documents(source) and super().canInsertFromMimeData(source)

    def sends_files_on(self, source: QMimeData) -> bool:
        """Tell of a picture or files in what is pasted or dropped; answers whether there are some, so that nothing is put in."""
        found = brings_picture(source) or brings_documents(source)
        if found:
            self.picture_brought.emit(source)
        return found

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        """Nothing is ever loaded for a text; None would fall through to Qt's own loader."""
        return QImage()

    def caret(self) -> int:
        """Where the caret stands, in code points of the plain text."""
        position, text = self.textCursor().position(), self.toPlainText()
        if len(text) == self.document().characterCount() - 1:  # no letter takes two of Qt's units
            return position
        return len(text.encode("utf-16-le")[: position * 2].decode("utf-16-le", "ignore"))

    def place_caret(self, at: int) -> None:
        """Put the caret at a code point of the plain text."""
        cursor = self.textCursor()
        units = len(self.toPlainText()[: max(0, at)].encode("utf-16-le")) // 2
        cursor.setPosition(min(units, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _notice(self, position: int, removed: int, added: int) -> None:
        """A word begins with the space before it; a jump of the caret, a paste, what is typed over: groups of their own."""
        if self._showing or self._label != TYPING:
            return
        goes_on = self._ends_at in (position, position + removed) and (removed > added) == self._takes_away
        is_space = added == 1 and self.document().characterAt(position).isspace()
        if not goes_on or added > 1 or removed > 1 or (added and removed) or is_space:
            self._group += 1
        self._takes_away = removed > added
        self._ends_at = position + added if added <= 1 else -1

    def _tell(self) -> None:
        if not self._showing:
            self.typed.emit()

    def _tell_caret(self) -> None:
        QTimer.singleShot(0, self, self.caret_moved.emit)

    def _height(self) -> int:
        return int(self.document().size().height()) + 2

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())
            self.updateGeometry()


class LineField(GrowingEdit):
    """One paragraph of plain text: a headline. Enter goes on to the next field; a pasted text becomes one line."""

    submitted = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words_of: Callable[[QMimeData], str] = QMimeData.text
        """What is put in of a clipboard."""
        self.setAcceptRichText(False)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)

    def show_text(self, text: str) -> None:
        """Show ``text``; the caret stays when the text is the same, else it stands where the change ends."""
        shown = self.document().toRawText()
        if text in (shown, self.text()):
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False
        self.place_caret(change_end(shown, text))

    def text(self) -> str:
        """The text in one line; the spaces that keep words together stay."""
        return _BREAKING_SPACES.sub(" ", self.document().toRawText()).strip(" ")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        words = super().canInsertFromMimeData(source) or (source.hasHtml() and not is_own(source))
        return (words and not brings_documents(source)) or brings_picture(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not self.sends_files_on(source):
            self.paste_line(self.words_of(source))

    def paste_line(self, text: str) -> None:
        """Put ``text`` in as one line."""
        with self.step("Pasting"):
            self.insertPlainText(" ".join(without_unseen(text).split()))

    def go_to(self, at: int) -> None:
        """Put the caret at a code point of the line."""
        self.place_caret(at)

    def select_all(self) -> None:
        """Select the whole line."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.selectAll()


def _leave_undo_to_story(menu: QMenu) -> None:
    """Take out Qt's own undo and redo, which are off, and the line below them."""
    for action in menu.actions():
        if not action.isSeparator() and action.objectName() not in ("edit-undo", "edit-redo"):
            return
        menu.removeAction(action)


def is_undo(event: QKeyEvent) -> bool:
    """Whether a key means undo or redo."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
