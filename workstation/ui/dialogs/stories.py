"""The stories of the desk: search, open, new, duplicate, rename, note, mark, spike and bring back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.domain.changes import Changes
from workstation.domain.story_entry import StoryEntry
from workstation.errors import WorkstationError
from workstation.ui.dialogs.row_table import row_table
from workstation.ui.dialogs.story_table import CHANGED, NOTES, SLUG, StoryTable
from workstation.ui.story_words import STATUS_NAMES, turn_words

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.shelving import Shelving
    from workstation.workflow.writing import Writing

SPIKED = "killed"
SEARCH_MS = 120
NOTES_HEIGHT = 64
LONG_WIDTH = 130
T = TypeVar("T")

_FILTERS = {
    "All but spiked": frozenset(STATUS_NAMES) - {SPIKED},
    "Drafts": frozenset({"draft"}),
    "Ready": frozenset({"ready"}),
    "Exported": frozenset({"exported"}),
    "Spiked": frozenset({SPIKED}),
    "All": frozenset(STATUS_NAMES),
}


class StoriesDialog(QDialog):
    """Chooses a story; the session turns to it. Headlines, slugs and notes are searched at once, texts a moment later."""

    def __init__(
        self, session: Session, theme: Theme, writing: Writing, shelving: Shelving, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Stories")
        self._session, self._writing, self._shelving = session, writing, shelving
        self._noted: StoryEntry | None = None
        self._attempt(writing.save_all)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search headlines, slugs, texts and notes")
        self._search.setAccessibleName("Search stories")
        self._search.setClearButtonEnabled(True)
        self._filter = QComboBox()
        self._filter.addItems(list(_FILTERS))
        self._filter.setAccessibleName("Stories of which status")
        self._table = StoryTable(theme)
        self._view = _view(self._table)
        self._notes = QPlainTextEdit()
        self._notes.setProperty("field", True)
        self._notes.setPlaceholderText("Notes for the desk, never printed")
        self._notes.setAccessibleName("Notes for the desk, never printed")
        self._notes.setFixedHeight(NOTES_HEIGHT)
        self._notes.setTabChangesFocus(True)
        self._notes.installEventFilter(self)
        self._lay_out()
        self._finding = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._connect()
        self._table.filter(_FILTERS[self._filter.currentText()])
        self._table.replace(self._attempt(shelving.entries) or [])
        self._select(session.story)
        self.resize(1060, 540)

    # --- showing ---------------------------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        """Whatever closes the dialog, the notes that were typed are kept."""
        self._keep_notes()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._notes and event.type() == QEvent.Type.FocusOut:
            self._keep_notes()
        return super().eventFilter(watched, event)

    def _current(self) -> StoryEntry | None:
        index = self._view.currentIndex()
        return self._table.entries[index.row()] if index.isValid() else None

    def _shown_again(self, change: Callable[[], None]) -> None:
        """Change what the table shows; the story that was selected stays selected where it is still shown."""
        current = self._current()
        change()
        self._select(current.id if current else None)

    def _select(self, story: int | None) -> None:
        if self._table.entries:
            self._view.selectRow(self._table.row_of(story) or 0)
        self._enable()

    def _reread(self) -> None:
        self._shown_again(lambda: self._table.replace(self._attempt(self._shelving.entries) or []))

    def _find(self, text: str) -> None:
        self._shown_again(lambda: self._table.find(text))
        self._finding.start()

    def _find_texts(self) -> None:
        """Search the texts beside the window's thread; an answer to older words is dropped."""
        query = self._search.text()
        if query.strip():
            self._session.run(lambda _: self._shelving.found(query), partial(self._show_found, query), urgent=True)

    def _show_found(self, query: str, found: frozenset[int]) -> None:
        if isValid(self) and query == self._search.text():
            self._shown_again(lambda: self._table.find(query, found))

    def _enable(self) -> None:
        current = self._current()
        for label in ("Open", "Duplicate", "Rename slug…", "Spike", "Turn"):
            self._made[label].setEnabled(current is not None)
        is_spiked = current is not None and current.status == SPIKED
        self._made["Spike"].setText("Bring back" if is_spiked else "Spike")
        self._made["Turn"].setText(turn_words(current.status) if current and not is_spiked else "Mark as ready")
        self._made["Turn"].setEnabled(current is not None and not is_spiked)
        self._show_notes(current)

    # --- notes -----------------------------------------------------------------------------------------------------

    def _show_notes(self, entry: StoryEntry | None) -> None:
        if entry is not None and self._noted is not None and entry.id == self._noted.id and self._notes.hasFocus():
            return
        self._keep_notes()
        self._noted = entry
        self._notes.setEnabled(entry is not None)
        self._notes.setPlainText(entry.notes if entry else "")

    def _keep_notes(self) -> None:
        """Put what was typed into the story that it was typed for, beside the window's thread."""
        entry, text = self._noted, self._notes.toPlainText().strip()
        if entry is None or text == entry.notes:
            return
        self._noted = None
        shelving, number = self._shelving, entry.id
        self._session.run(lambda _: shelving.note(number, text), self._show_noted, urgent=True)

    def _show_noted(self, changes: Changes) -> None:
        self._session.publish(changes, self)
        if isValid(self):  # closing keeps the notes, and is over before they are kept
            self._reread()

    # --- verbs -----------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        current = self._current()
        if current is not None:
            self._session.show_story(current.id)
            self.accept()

    def _new(self) -> None:
        self._open_made(self._writing.new)

    def _duplicate(self) -> None:
        current = self._current()
        if current is not None:
            self._open_made(lambda: self._writing.duplicate(current.id))

    def _rename(self) -> None:
        current = self._current()
        if current is None:
            return
        slug, answered = QInputDialog.getText(self, "Rename", "Slug", QLineEdit.EchoMode.Normal, current.slug)
        if answered:
            self._change(lambda: self._writing.rename(current.id, slug))

    def _turn(self) -> None:
        current = self._current()
        if current is not None:
            verb = self._shelving.mark_ready if current.status == "draft" else self._shelving.back_to_draft
            self._change(lambda: verb(current.id))

    def _spike(self) -> None:
        current = self._current()
        if current is not None:
            verb = self._writing.bring_back if current.status == SPIKED else self._writing.spike
            self._change(lambda: verb(current.id))

    def _open_made(self, make: Callable[[], int]) -> None:
        """Turn to the story that a verb makes; when it cannot be made that is said."""
        made = self._attempt(make)
        if made is not None:
            self._session.show_story(made)
            self.accept()

    def _change(self, verb: Callable[[], Changes]) -> None:
        changes = self._attempt(verb)
        if changes is not None and self._attempt(self._writing.save_all) is not None:
            self._session.publish(changes, self)
            self._reread()

    def _attempt(self, verb: Callable[[], T]) -> T | None:
        try:
            return verb()
        except WorkstationError as error:
            self._session.say_error(error)
            return None

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        buttons: dict[str, Callable[[], None]] = {
            "Open": self._open,
            "New": self._new,
            "Duplicate": self._duplicate,
            "Rename slug…": self._rename,
            "Turn": self._turn,
            "Spike": self._spike,
        }
        row = QHBoxLayout()
        self._made: dict[str, QPushButton] = {}
        for label, slot in buttons.items():
            button = QPushButton(label)
            button.clicked.connect(slot)
            self._made[label] = button
            row.addWidget(button)
        self._made["Open"].setDefault(True)
        self._made["Open"].setProperty("primary", True)
        row.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self._search, 1)
        head.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self._view, 1)
        column.addWidget(self._notes)
        column.addLayout(row)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._find)
        self._finding.timeout.connect(self._find_texts)
        self._filter.currentTextChanged.connect(lambda name: self._shown_again(lambda: self._table.filter(_FILTERS[name])))
        header = self._view.horizontalHeader()
        header.sortIndicatorChanged.connect(lambda column, order: self._shown_again(lambda: self._table.sort(column, order)))
        self._view.doubleClicked.connect(self._open)
        self._view.selectionModel().selectionChanged.connect(self._enable)


def _view(table: StoryTable) -> QTableView:
    view = row_table(table, "Stories", CHANGED, Qt.SortOrder.DescendingOrder)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = view.horizontalHeader()
    for column in (NOTES, SLUG):  # these can be of any length; the headline has what is left
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(column, LONG_WIDTH)
    return view
