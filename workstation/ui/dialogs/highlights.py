"""Every marked passage of the desk: searched, led to in the reader, noted, copied, dragged into a card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QLabel, QLineEdit, QListView, QMenu, QVBoxLayout, QWidget

from workstation.domain.changes import Changes
from workstation.domain.marked_passage import MarkedPassage
from workstation.domain.quote import Highlight, HighlightKind
from workstation.ui.dialogs.highlight_rows import PASSAGE, HighlightDelegate
from workstation.ui.dialogs.note import NoteDialog
from workstation.ui.mime import CarriedPassage, carrying_passage
from workstation.ui.reader.kinds import KINDS, NAMES
from workstation.ui.session import Session
from workstation.ui.tab import Tab
from workstation.ui.theme import Theme
from workstation.workflow.triaging import Triaging

DEBOUNCE_MS = 80
BACK_MS = 30
MOST = 500
HELP = "Enter shows it in the reader   N note   1 2 3 4 kind   Ctrl+C copy   Del remove   Esc close"

Index = QModelIndex | QPersistentModelIndex
MakeStep = Callable[[str, Callable[[], Changes], Callable[[], Changes]], object]


class HighlightModel(QAbstractListModel):
    """Passages as Qt's views read them; each can be dragged into a card."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[MarkedPassage, ...] = ()

    def show(self, rows: Sequence[MarkedPassage]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == PASSAGE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            note = f" Note: {row.highlight.note}." if row.highlight.note else ""
            return f"{NAMES[row.highlight.kind]}: {row.words}.{note} {row.outlet}, {row.title}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return list(carrying_passage(CarriedPassage("", 0, 1), "").formats())

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        row = self.rows[indexes[0].row()]
        mark = row.highlight
        return carrying_passage(CarriedPassage(mark.item, mark.start, mark.end), row.words)


class HighlightsDialog(QDialog):
    """The list of highlights, beside the window: it stays open while the reader shows one passage after another."""

    def __init__(self, session: Session, theme: Theme, triaging: Triaging, make_step: MakeStep, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Highlights")
        self._session, self._theme, self._triaging, self._make_step = session, theme, triaging, make_step
        self._kind: HighlightKind | None = None
        self._asked = 0
        self._model = HighlightModel(self)
        self._build()
        self._connect()
        self.resize(620, 560)
        self.read()
        self.search.setFocus()

    @property
    def rows(self) -> tuple[MarkedPassage, ...]:
        """What is listed now."""
        return self._model.rows

    @property
    def current(self) -> MarkedPassage | None:
        """The passage under the hand."""
        passage: MarkedPassage | None = self.list.currentIndex().data(PASSAGE)
        return passage

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the list again beside the window's thread; an answer that was overtaken is dropped."""
        self._asked += 1
        asked, query, kind, triaging = self._asked, self.search.text(), self._kind, self._triaging
        self._session.run(
            lambda _task: (triaging.highlights(query, kind, MOST), triaging.highlight_counts()), partial(self._show, asked)
        )

    def choose(self, kind: HighlightKind | None) -> None:
        """List one kind alone, or all."""
        self._kind = kind
        for tab, own in self._tabs:
            tab.setChecked(own is kind)
        self.read()

    def _show(self, asked: int, answer: tuple[list[MarkedPassage], dict[HighlightKind, int]]) -> None:
        if asked != self._asked:
            return
        rows, counts = answer
        current, row = self.current, max(0, self.list.currentIndex().row())
        self._model.show(rows)
        same = next((at for at, own in enumerate(rows) if current and own.highlight.id == current.highlight.id), row)
        if rows:
            self.list.setCurrentIndex(self._model.index(min(same, len(rows) - 1)))
        for tab, kind in self._tabs:
            name = NAMES[kind] if kind else "All"
            count = counts[kind] if kind else sum(counts.values())
            tab.setText(f"{name} {count}" if count else name)
        sought = self.search.text().strip() or self._kind
        nothing = "Nothing matches." if sought else "Nothing is marked yet: select words in the reader and press 1, 2, 3 or 4."
        self._empty.setText("" if rows else nothing)
        self._empty.setVisible(not rows)

    def _want_nothing(self, _result: int) -> None:
        """An answer that comes when the list is closed finds nobody."""
        self._asked += 1
        self._debounce.stop()

    def _take_changes(self, changes: Changes, _initiator: object) -> None:
        if changes.items:
            self._debounce.start()

    # --- what the editor does --------------------------------------------------------------------------------------

    def reveal(self) -> None:
        """Lead to the passage in the reader."""
        row = self.current
        if row is not None:
            self._session.show_passage(row.highlight.item, row.highlight.start, row.highlight.end)

    def copy(self) -> None:
        """Put the passage on the clipboard."""
        row = self.current
        if row is not None:
            QGuiApplication.clipboard().setText(row.words)
            self._session.say("The passage is on the clipboard.")

    def note(self) -> None:
        """Ask for the note of the current highlight."""
        row = self.current
        if row is not None:
            heading = f"A note on this mark ({NAMES[row.highlight.kind].lower()}):"
            dialog = NoteDialog(self, heading, row.highlight.note, partial(self.keep_note, row))
            # the window would take the keyboard where no window manager gives it back to this list
            dialog.finished.connect(lambda _: QTimer.singleShot(BACK_MS, self, self.activateWindow))
            dialog.open()

    def keep_note(self, row: MarkedPassage, note: str) -> None:
        """Keep a note on a highlight."""
        changed = replace(row.highlight, note=note)
        self._put(row, "Note on the mark kept" if note else "Note on the mark removed", changed)

    def turn_into(self, kind: HighlightKind) -> None:
        """Make the current highlight one of another kind."""
        row = self.current
        if row is not None and row.highlight.kind is not kind:
            self._put(row, f"The mark is a {NAMES[kind].lower()} now", replace(row.highlight, kind=kind))

    def remove(self) -> None:
        """Unmark the current passage."""
        row = self.current
        if row is not None:
            remove, keep = self._triaging.remove_highlight, self._triaging.keep_highlight
            self._make_step("Mark removed", partial(remove, row.highlight), partial(keep, row.highlight))

    def _put(self, row: MarkedPassage, told: str, changed: Highlight) -> None:
        keep = self._triaging.keep_highlight
        self._make_step(told, partial(keep, changed), partial(keep, row.highlight))

    def _pop_menu(self, at: QPoint) -> None:
        if self.current is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Show in the reader\tEnter", self.reveal)
        menu.addAction("Note…\tN", self.note)
        menu.addAction("Copy\tCtrl+C", self.copy)
        menu.addSeparator()
        for entry in KINDS:
            menu.addAction(f"Make it a {entry.name.lower()}\t{entry.key}", partial(self.turn_into, entry.kind))
        menu.addSeparator()
        menu.addAction("Remove the mark\tDel", self.remove)
        menu.popup(self.list.viewport().mapToGlobal(at))

    # --- putting together ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, Up and Down walk through the list and Enter leads to the passage."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.setFocus()
                self.reveal()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search passages, notes, outlets, headlines")
        self.search.setAccessibleName("Search the highlights")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self._tabs = [(Tab("All"), None), *((Tab(entry.name), entry.kind) for entry in KINDS)]
        self._group = QButtonGroup(self)
        tabs = QHBoxLayout()
        tabs.setSpacing(0)
        for tab, kind in self._tabs:
            tab.setAutoDefault(False)
            tab.clicked.connect(partial(self.choose, kind))
            self._group.addButton(tab)
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self._tabs[0][0].setChecked(True)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(HighlightDelegate(self._theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setDragEnabled(True)
        self.list.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.list.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setAccessibleName("Highlights")
        self._empty = QLabel()
        self._empty.setProperty("muted", True)
        self._empty.hide()
        help_line = QLabel(HELP)
        help_line.setProperty("muted", True)
        help_line.setFont(self._theme.font("small"))
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addLayout(tabs)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addWidget(help_line)

    def _connect(self) -> None:
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self.read)
        self.search.textChanged.connect(lambda _: self._debounce.start())
        self.list.clicked.connect(lambda _: self.reveal())
        self.list.customContextMenuRequested.connect(self._pop_menu)
        self._session.changed.connect(self._take_changes)
        self._theme.changed.connect(self.list.viewport().update)
        self.finished.connect(self._want_nothing)
        keys: dict[str, Callable[[], object]] = {entry.key: partial(self.turn_into, entry.kind) for entry in KINDS}
        keys |= {"Return": self.reveal, "Enter": self.reveal, "N": self.note, "Del": self.remove, "Ctrl+C": self.copy}
        keys |= {"J": partial(self._step, 1), "K": partial(self._step, -1), "/": self.search.setFocus}
        for chord, act in keys.items():
            shortcut = QShortcut(QKeySequence(chord), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def _step(self, rows: int) -> None:
        row = self.list.currentIndex().row() + rows
        if 0 <= row < len(self.rows):
            self.list.setCurrentIndex(self._model.index(row))
