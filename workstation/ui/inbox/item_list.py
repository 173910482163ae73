"""The list of items: keys, selection, dragging out, and a word where there is nothing to list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem

from workstation.domain.item import ItemSummary
from workstation.ui.inbox.item_delegate import ItemDelegate
from workstation.ui.inbox.item_model import SUMMARY, ItemModel
from workstation.ui.inbox.outlet_icons import OutletIcons
from workstation.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
AGES_EVERY_MS = 30_000
_BY_KEYS = (Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the editor was in the list: ``top`` is the topmost item unless the list stood at its top, ``offset`` in pixels."""

    selected: frozenset[str]
    current: str | None
    row: int
    top: str | None
    offset: int
    works_in_sight: bool


class ItemList(QListView):
    """Shows an :class:`ItemModel`; selection, current row and scroll survive when the rows are read again."""

    open_requested = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()
    paste_requested = Signal()
    chip_clicked = Signal()
    """What stands in the current row is to be shown."""
    moved = Signal()
    """The keyboard went to another row."""
    led_back = Signal()
    """What undo brought back is the current row."""
    picked = Signal(int)
    """So many rows are picked to be handled together; 0 when the keys act on the current row alone."""

    def __init__(self, theme: Theme, icons: OutletIcons) -> None:
        super().__init__()
        self._theme = theme
        self._model = ItemModel(self)
        self._empty = ""
        self._picks = False
        self._told = 0
        self._on_chip = False
        self._awaited: str | None = None
        self._is_other = False
        self._shows_news = False
        self._covered: Callable[[], int] = lambda: 0
        self._delegate = ItemDelegate(theme, icons, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setMouseTracking(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName("Sources")
        self.clicked.connect(self._open_alone)
        self.selectionModel().selectionChanged.connect(self._count_picks)
        icons.arrived.connect(self.viewport().update)
        theme.changed.connect(self.viewport().update)
        ages = QTimer(self)
        ages.timeout.connect(self.viewport().update)
        ages.start(AGES_EVERY_MS)

    @property
    def items(self) -> ItemModel:
        return self._model

    @property
    def selected(self) -> list[ItemSummary]:
        """The selected items, in the order of the list."""
        return [index.data(SUMMARY) for index in sorted(self.selectionModel().selectedRows())]

    @property
    def current(self) -> ItemSummary | None:
        """The item that the keys act on."""
        current: ItemSummary | None = self.currentIndex().data(SUMMARY)
        return current

    def show_items(self, rows: Sequence[ItemSummary], *, has_more: bool | None = None) -> None:
        """Show these rows in the place of those shown; what was selected stays selected where it is still listed.

        ``has_more`` None: there is as much more to read as there was.
        """
        place = self._place()
        if self._model.show(rows, has_more=self._model.has_more if has_more is None else has_more):
            self._put_back(place)
        if self._awaited is not None and self._model.row_of(self._awaited) is not None:
            self.select(self._awaited)
            self._awaited = None
            self.led_back.emit()
        if self.hasFocus():
            self._select_something()
        self.viewport().update()

    def expect_others(self) -> None:
        """Something else was asked for: the next rows begin at the top, unless the current item is among them."""
        self._is_other = True

    def expect_news(self) -> None:
        """The editor brings something in: a list at its top shows what comes above."""
        self._shows_news = True

    def say_when_empty(self, text: str) -> None:
        """The words in the middle of the list while it has no rows."""
        self._empty = text
        self.viewport().update()

    def step(self, rows: int) -> None:
        """Make the row that many rows below (above: negative) the current one; what is picked stays picked."""
        count = len(self._model.rows)
        if count:
            now = self.currentIndex().row() if self.currentIndex().isValid() else -1 if rows > 0 else count
            self._move_to(min(max(now + rows, 0), count - 1))

    def go_to_end(self, *, last: bool) -> None:
        """Make the first or the last row the current one."""
        if self._model.rows:
            self._move_to(len(self._model.rows) - 1 if last else 0)

    def select(self, item: str) -> None:
        """Select the item with this id alone, when it is listed."""
        row = self._model.row_of(item)
        if row is not None:
            self._picks = False
            self._go_to(row)

    def await_item(self, item: str) -> None:
        """Select this item now or, when it is not listed yet, as soon as it is."""
        self._awaited = item
        if self._model.row_of(item) is not None:
            self._awaited = None
            self.select(item)
            self.led_back.emit()

    # --- picking ---------------------------------------------------------------------------------------------------

    @property
    def is_picking(self) -> bool:
        """Whether rows are picked to be handled together, so that moving leaves the selection as it is."""
        return self._picks or len(self.selectionModel().selectedRows()) > 1

    def toggle_pick(self) -> None:
        """Pick the current row, or let it go."""
        index = self.currentIndex()
        if not index.isValid():
            return
        flags = QItemSelectionModel.SelectionFlag
        lone = not self.is_picking and self.selectionModel().isSelected(index)
        self._picks = True
        if not lone:
            self.selectionModel().select(index, flags.Toggle)
        if not self.selectionModel().hasSelection():
            self.drop_picks()
        self._count_picks()

    def pick_all(self) -> None:
        """Pick every row that is listed."""
        if self._model.rows:
            current = self.currentIndex()
            self._picks = True
            self.selectAll()
            if not current.isValid():
                self.selectionModel().setCurrentIndex(self._model.index(0), QItemSelectionModel.SelectionFlag.NoUpdate)
            self._count_picks()

    def drop_picks(self) -> None:
        """Let all go: the current row alone is selected again."""
        self._picks = False
        if self.currentIndex().isValid():
            self._go_to(self.currentIndex().row())
        self._count_picks()

    def _count_picks(self) -> None:
        count = len(self.selectionModel().selectedRows()) if self.is_picking else 0
        if count == 0:
            self._picks = False
        self._delegate.is_picking = count > 0
        if count != self._told:
            self._told = count
            self.viewport().update()
            self.picked.emit(count)

    def _move_to(self, row: int) -> None:
        before = self.currentIndex().row()
        if self.is_picking:
            self.selectionModel().setCurrentIndex(self._model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(self._model.index(row))
        else:
            self._go_to(row)
        if row != before:
            self.moved.emit()

    def open_current(self) -> None:
        """Ask for the current item to be shown in the reader."""
        if self.current is not None:
            self.open_requested.emit(self.current.id)

    def keep_clear_of(self, covered: Callable[[], int]) -> None:
        """``covered`` tells how many pixels at the foot are covered just now: the current row does not stand there."""
        self._covered = covered

    def show_current(self) -> None:
        """Move the list as little as it takes for the current row to be seen, where part of it is in sight."""
        if self.viewport().rect().intersects(self.visualRect(self.currentIndex())):
            self.scrollTo(self.currentIndex())

    # --- what Qt asks ----------------------------------------------------------------------------------------------

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the desk here, not the beginning of a headline."""

    def event(self, event: QEvent) -> bool:
        """Undo and paste are the list's own while it has the focus, before any action of the window with the same keys."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        own = self._own(event)
        arrows = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if own is not None:
            own.emit()
        elif self.is_picking and event.key() in arrows and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.step(arrows[Qt.Key(event.key())])
        else:
            before = self.currentIndex().row()
            super().keyPressEvent(event)
            if self.currentIndex().row() != before:
                self.moved.emit()

    def _own(self, event: QKeyEvent) -> SignalInstance | None:
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.undo_requested
        if event.matches(QKeySequence.StandardKey.Redo):
            return self.redo_requested
        return self.paste_requested if event.matches(QKeySequence.StandardKey.Paste) else None

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        super().scrollTo(index, hint)
        hidden = self.visualRect(index).bottom() - (self.viewport().height() - self._covered())
        if hint == QAbstractItemView.ScrollHint.EnsureVisible and index.isValid() and self._covered() and hidden > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + hidden)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A plain click selects one row and lets go of those that were picked; with Ctrl it picks one more."""
        self._on_chip = self._is_plain(event) and self._is_chip(event.position().toPoint())
        if self._on_chip:
            self._picks = False
            self._go_to(self.indexAt(event.position().toPoint()).row())
            return
        beside = not self.selectionModel().isSelected(self.indexAt(event.position().toPoint()))
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and (event.button() == Qt.MouseButton.LeftButton or beside):
            self._picks = False
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._picks = True
        super().mousePressEvent(event)
        self._count_picks()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the word of a row that stands for several items shows them, and opens nothing."""
        was, self._on_chip = self._on_chip, False
        if not was:
            super().mouseReleaseEvent(event)
        elif self._is_chip(event.position().toPoint()) and self.indexAt(event.position().toPoint()) == self.currentIndex():
            self.chip_clicked.emit()

    @staticmethod
    def _is_plain(event: QMouseEvent) -> bool:
        return event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier

    def _is_chip(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        summary: ItemSummary | None = index.data(SUMMARY)
        if summary is None:
            return False
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        box = self._delegate.chip(option, summary)
        return box.width() > 0 and box.adjusted(-3, -4, 3, 4).contains(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The row that the keys act on stays in sight when the list gives room away."""
        in_sight = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        super().resizeEvent(event)
        if in_sight and event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys act on a row that can be seen to be selected."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._select_something()
        if event.reason() in _BY_KEYS:
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self._model.rows:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.colour("muted"))
            painter.setFont(self._theme.font("ui"))
            box = self.viewport().rect().adjusted(24, 32, -24, -32)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._empty
            )
            painter.end()

    # --- keeping the place -----------------------------------------------------------------------------------------

    def _open_alone(self) -> None:
        is_plain = QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        if is_plain and len(self.selectionModel().selectedRows()) == 1:
            self.open_current()

    def _select_something(self) -> None:
        if self._model.rows and not self.selectionModel().hasSelection():
            self._go_to(max(self.currentIndex().row(), 0))

    def _go_to(self, row: int) -> None:
        """Select a row alone, whatever keys are held down (``setCurrentIndex`` would add to the selection with Ctrl)."""
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _place(self) -> _Place:
        top = self.indexAt(QPoint(self.viewport().width() // 2, 0))
        offset = self.visualRect(top).top() if top.isValid() else 0
        at_top = self.verticalScrollBar().value() == 0 and not self._keeps_row()
        return _Place(
            selected=frozenset(summary.id for summary in self.selected),
            current=self.current.id if self.current else None,
            row=self.currentIndex().row(),
            top=None if at_top or not top.isValid() else top.data(SUMMARY).id,
            offset=offset,
            works_in_sight=self._works_in_sight(),
        )

    def _keeps_row(self) -> bool:
        """Whether the keyboard went to a row, which what comes in above must not move. The first row is where all begin."""
        return self.currentIndex().row() > 0 and self._works_in_sight() and not self._shows_news and not self._is_other

    def _works_in_sight(self) -> bool:
        """Whether the keyboard is here, on a row that is in sight."""
        return self.hasFocus() and self.viewport().rect().intersects(self.visualRect(self.currentIndex()))

    def _put_back(self, place: _Place) -> None:
        selection = QItemSelection()
        for row, summary in enumerate(self._model.rows):
            if summary.id in place.selected:
                selection.select(self._model.index(row), self._model.index(row))
        current = self._model.row_of(place.current) if place.current else None
        if current is None and place.row >= 0 and self._model.rows:
            current = 0 if self._is_other else min(place.row, len(self._model.rows) - 1)
        is_other, self._is_other, self._shows_news = self._is_other, False, False
        if current is not None and selection.isEmpty():
            self._picks = False
            selection.select(self._model.index(current), self._model.index(current))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if current is not None:
            self.selectionModel().setCurrentIndex(self._model.index(current), flags.NoUpdate)
        self._count_picks()
        self._scroll_back(place)
        if is_other and self.hasFocus():
            self.scrollTo(self.currentIndex())

    def _scroll_back(self, place: _Place) -> None:
        """Keep the row that was the topmost one where it was; a list that was at its top stays there."""
        self.doItemsLayout()
        row = self._model.row_of(place.top) if place.top else None
        if row is None:
            self.verticalScrollBar().setValue(0)
            if place.works_in_sight and not self._works_in_sight():
                self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)
            return
        rect: QRect = self.visualRect(self._model.index(row))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + rect.top() - place.offset)
