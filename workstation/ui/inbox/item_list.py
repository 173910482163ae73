"""The list of items: keys, selection, dragging out, and a word where there is nothing to list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from workstation.domain.item import ItemSummary
from workstation.ui.inbox.item_delegate import ItemDelegate
from workstation.ui.inbox.item_model import SUMMARY, ItemModel
from workstation.ui.inbox.outlet_icons import OutletIcons
from workstation.ui.theme import Theme

AGES_EVERY_MS = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the editor was in the list: ``top`` is the topmost item unless the list stood at its top, ``offset`` in pixels."""

    selected: frozenset[str]
    current: str | None
    row: int
    top: str | None
    offset: int


class ItemList(QListView):
    """Shows an :class:`ItemModel`; selection, current row and scroll survive when the rows are read again."""

    open_requested = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()
    paste_requested = Signal()
    group_requested = Signal(str)
    """The items that stand under this one are to be shown."""

    def __init__(self, theme: Theme, icons: OutletIcons) -> None:
        super().__init__()
        self._theme = theme
        self._model = ItemModel(self)
        self._empty = ""
        self.setModel(self._model)
        self.setItemDelegate(ItemDelegate(theme, icons, self))
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

    def show_items(self, rows: Sequence[ItemSummary], *, has_more: bool = False) -> None:
        """Show these rows in the place of those shown; what was selected stays selected where it is still listed."""
        place = self._place()
        if self._model.show(rows, has_more=has_more):
            self._put_back(place)
        if self.hasFocus():
            self._select_something()
        self.viewport().update()

    def say_when_empty(self, text: str) -> None:
        """The words in the middle of the list while it has no rows."""
        self._empty = text
        self.viewport().update()

    def step(self, rows: int) -> None:
        """Make the row that many rows below (above: negative) the current one and select it alone."""
        count = len(self._model.rows)
        if count:
            now = self.currentIndex().row() if self.currentIndex().isValid() else -1 if rows > 0 else count
            self._go_to(min(max(now + rows, 0), count - 1))

    def select(self, item: str) -> None:
        """Select the item with this id alone, when it is listed."""
        row = self._model.row_of(item)
        if row is not None:
            self._go_to(row)

    def open_current(self) -> None:
        """Ask for the current item to be shown in the reader."""
        if self.current is not None:
            self.open_requested.emit(self.current.id)

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
        if own is not None:
            own.emit()
        elif event.key() == Qt.Key.Key_Right and self.current is not None and self.current.beneath:
            self.group_requested.emit(self.current.id)
        else:
            super().keyPressEvent(event)

    def _own(self, event: QKeyEvent) -> SignalInstance | None:
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.undo_requested
        if event.matches(QKeySequence.StandardKey.Redo):
            return self.redo_requested
        return self.paste_requested if event.matches(QKeySequence.StandardKey.Paste) else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys act on a row that can be seen to be selected."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._select_something()

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
        at_top = self.verticalScrollBar().value() == 0
        return _Place(
            selected=frozenset(summary.id for summary in self.selected),
            current=self.current.id if self.current else None,
            row=self.currentIndex().row(),
            top=None if at_top or not top.isValid() else top.data(SUMMARY).id,
            offset=offset,
        )

    def _put_back(self, place: _Place) -> None:
        selection = QItemSelection()
        for row, summary in enumerate(self._model.rows):
            if summary.id in place.selected:
                selection.select(self._model.index(row), self._model.index(row))
        current = self._model.row_of(place.current) if place.current else None
        if current is None and place.row >= 0 and self._model.rows:
            current = min(place.row, len(self._model.rows) - 1)
            if selection.isEmpty():
                selection.select(self._model.index(current), self._model.index(current))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if current is not None:
            self.selectionModel().setCurrentIndex(self._model.index(current), flags.NoUpdate)
        self._scroll_back(place)

    def _scroll_back(self, place: _Place) -> None:
        """Keep the row that was the topmost one where it was; a list that was at its top stays there."""
        self.doItemsLayout()
        row = self._model.row_of(place.top) if place.top else None
        if row is None:
            self.verticalScrollBar().setValue(0)
            return
        rect: QRect = self.visualRect(self._model.index(row))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + rect.top() - place.offset)
