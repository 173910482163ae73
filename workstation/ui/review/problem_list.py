"""The list of the checks: walked by the arrow keys, as high as its rows, scrolled by the pane around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QToolTip, QWidget

from workstation.domain.common_ends import common_head, common_tail
from workstation.ui.review.row_delegate import RowDelegate
from workstation.ui.review.row_layout import FIX, FIX_ALL, PLACE, STAND, WAIVE, Part
from workstation.ui.review.row_model import ROW, RowModel
from workstation.ui.review.rows import Row
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip

GO, FOLD = "go", "fold"
CONTEXT = 10
"""Characters that are shown around a change of a long text."""
MOST_SHOWN = 160
"""Characters of either side of a change that are shown at all."""
HINT = "Enter goes there, F mends, W waives. F8 goes to the next problem from anywhere."
TIPS = {
    FIX_ALL: "Mend all that this rule found, as one step that can be undone",
    WAIVE: "Let the story go out with it, for a reason that is kept (W)",
    STAND: "Take the reason back (W)",
    PLACE: "Go there (Enter)",
}


class ProblemList(QListView):
    """Shows rows and tells what the editor wants with one."""

    wanted = Signal(str, object)
    """What to do (the name of a part of the row, ``go`` or ``fold``) with which :class:`Row`."""
    menu_wanted = Signal(object, QPoint)
    """The row was asked for its menu, and where on the screen."""
    walked = Signal(QRect)
    """The keyboard stands on the row with this box now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel()
        self._delegate = RowDelegate(theme, self)
        self._pressed: tuple[tuple[str, ...], str] | None = None
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Problems")
        self.setAccessibleDescription(HINT)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self.viewport().setAutoFillBackground(False)
        theme.on_change(self._dress)

    def show_rows(self, rows: list[Row]) -> None:
        """Show these rows; the current one, the focus and what is under the mouse stay with what they were about."""
        if self.rows.show_rows(rows):
            self._fit()

    def current(self) -> Row | None:
        """The row that the keyboard stands on."""
        return self._row(self.currentIndex())

    def show_current(self, key: tuple[str, ...]) -> None:
        """Make the row with ``key`` the current one, without the focus."""
        at = next((at for at, row in enumerate(self.rows.rows) if row.key == key), None)
        if at is not None:
            self.setCurrentIndex(self.rows.index(at))
            self._tell_walked()

    def key_of(self, problem: object) -> tuple[str, ...] | None:
        """The key of the row about ``problem``."""
        return next((row.key for row in self.rows.rows if row.problem == problem), None)

    # --- the keyboard ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        wish = self._wish(event, row) if row is not None else None
        if row is not None and wish is not None:
            self.wanted.emit(wish, row)
            return
        super().keyPressEvent(event)
        self._tell_walked()

    def _wish(self, event: QKeyEvent, row: Row) -> str | None:
        key, shift = event.key(), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return None
        if row.is_head:
            folds = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}
            opens = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            return FOLD if opens or folds.get(Qt.Key(key)) is row.folded else None
        wishes = {Qt.Key.Key_Return: GO, Qt.Key.Key_Enter: GO, Qt.Key.Key_F: FIX_ALL if shift else FIX}
        wishes |= dict.fromkeys((Qt.Key.Key_W, Qt.Key.Key_Delete), STAND if row.waiver else WAIVE)
        wish = wishes.get(Qt.Key(key))
        return wish if row.problem is not None else None

    def keyboardSearch(self, _text: str) -> None:
        """Letters are for the row, not for a search."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self.rows.rows:
            first = next((at for at, row in enumerate(self.rows.rows) if not row.is_head), 0)
            self.setCurrentIndex(self.rows.index(first))
        super().focusInEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        row = self._row(index)
        if row is not None and row.problem is not None:
            below = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(row, event.globalPos() if by_mouse else below)

    def _tell_walked(self) -> None:
        if self.currentIndex().isValid():
            self.walked.emit(self.visualRect(self.currentIndex()))

    # --- the mouse -------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row, part = self._under(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = (row.key, part.name if part else "") if row is not None and is_left else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, part = self._under(event.position().toPoint())
        pressed, self._pressed = self._pressed, None
        if row is not None and pressed == (row.key, part.name if part else ""):
            wish = FOLD if row.is_head else GO if part is None or part.name == PLACE else part.name
            if row.is_head or row.problem is not None:
                self.wanted.emit(wish, row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(*self._under(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None, None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the pane around the list scrolls

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self.told_at(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def told_at(self, point: QPoint) -> str:
        """What is to be said of what is under ``point``: what a fix would change, word for word."""
        row, part = self._under(point)
        if row is None or part is None:
            return ""
        fix = row.problem.fix if row.problem else None
        if part.name == FIX and fix is not None:
            return f"{fix.label} (F)\n{told_change(fix.old, fix.new)}"
        return TIPS.get(part.name, "")

    def _hover(self, row: Row | None, part: Part | None) -> None:
        hovered = (row.key if row else None, part.name if part else "")
        if hovered != self._delegate.hovered:
            self._delegate.hovered = hovered
            acts = row is not None and (row.is_head or row.problem is not None)
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if acts else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _under(self, point: QPoint) -> tuple[Row | None, Part | None]:
        index = self.indexAt(point)
        row = self._row(index)
        if row is None:
            return None, None
        inside = point - self.visualRect(index).topLeft()
        return row, self._delegate.part_at(row, self.viewport().width(), inside)

    def _row(self, index: QModelIndex) -> Row | None:
        return index.data(ROW) if index.isValid() else None

    # --- height ----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    def _height(self) -> int:
        width = self.viewport().width()
        return sum(self._delegate.boxes(row, width).height for row in self.rows.rows)

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())

    def _dress(self) -> None:
        self._delegate.dress()
        self.scheduleDelayedItemsLayout()
        self._fit()
        self.viewport().update()


def told_change(old: str, new: str) -> str:
    """What a fix changes, as ``old → new``; of many words only those that differ, with a few around them."""
    shortest = min(len(old), len(new))
    head = common_head(old, new)
    tail = common_tail(old, new, shortest - head)
    cut = max(0, head - CONTEXT) if head > 2 * CONTEXT else 0
    left = max(0, tail - CONTEXT) if tail > 2 * CONTEXT else 0
    cut = old.rfind(" ", 0, cut) + 1
    left = len(old) - end if (end := old.find(" ", len(old) - left)) >= 0 and left else 0
    before, behind = "… " if cut else "", " …" if left else ""
    shown = (f"{before}{words[cut : len(words) - left]}{behind}" for words in (old, new))
    return "  →  ".join(_shown(words) for words in shown)


def _shown(words: str) -> str:
    if len(words) > MOST_SHOWN:
        words = f"{words[: MOST_SHOWN // 2]} … {words[-MOST_SHOWN // 2 :]}"
    return f"“{words}”" if words.strip() else "nothing" if not words else "a space"
