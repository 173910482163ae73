"""The ledger of the open story: what was handed over when and where, with which hash, and what has changed since."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from workstation.domain.ledger import CLIPBOARD, LedgerEntry
from workstation.domain.story_diff import StoryChanges
from workstation.ui.dialogs.diff_tools import DiffTools
from workstation.ui.dialogs.hand_over_list import IS_STRONG, KINDS, STEP, TOLD, HandOverList, place_told
from workstation.ui.dialogs.history import told_time
from workstation.ui.dialogs.history_rows import RowDelegate
from workstation.ui.dialogs.history_text import DiffView
from workstation.ui.opening_links import open_file, open_page
from workstation.ui.wording import plain_tip, web_address

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.handed_over import HandedOver, Standing

NOW, BEFORE = range(2)
CHOICES = ("Changes from here to now", "Changes since the hand-over before")
SHOWN_HASH = 16
NOT_KEPT = "The text of this hand-over was not kept, so nothing can be compared with it."


class HandOversDialog(QDialog):
    """Looks at the entries, compares any of them with the story on the screen or with another, and leads to where each went."""

    def __init__(self, session: Session, theme: Theme, handed_over: HandedOver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._handed_over = session, handed_over
        self._story = session.story or 0
        self._asked = 0
        self.setWindowTitle("Hand-overs")
        self._model = HandOverList()
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(RowDelegate(theme, TOLD, STEP, IS_STRONG, self._list))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName("Hand-overs")
        self._list.setMinimumWidth(270)
        self._behind = _words(theme, "small", tone="warn")
        self._heading = _words(theme, "ui", scale=1.15)
        self._facts = _words(theme, "ui")
        self._facts.setProperty("muted", True)
        self._note = _words(theme, "ui")
        self._view = DiffView(theme)
        self._view.setAccessibleName("What changed")
        self._tools = DiffTools(theme, self._view, CHOICES)
        self._open, self._copy = QPushButton("Open"), QPushButton("Copy SHA-256")
        self._lay_out(theme)
        self._list.selectionModel().selectionChanged.connect(self._choose)
        self._tools.choice.currentIndexChanged.connect(self._choose)
        self.resize(QSize(1060, 680).boundedTo(parent.size() if parent else QSize(1060, 680)))
        self._read()

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        hint = _words(theme, "small")
        hint.setText("Select two hand-overs with Ctrl to compare them.")
        hint.setProperty("muted", True)
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addWidget(self._behind)
        left.addWidget(hint)
        right = QVBoxLayout()
        for widget in (self._heading, self._note, self._facts, self._tools):
            right.addWidget(widget)
        right.addWidget(self._view, 1)
        top = QHBoxLayout()
        top.addLayout(left)
        top.addLayout(right, 1)
        foot = QHBoxLayout()
        for button, slot in ((self._open, self._go_there), (self._copy, self._copy_hash)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, slot=slot: slot())
            foot.addWidget(button)
        foot.addStretch(1)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addLayout(top, 1)
        whole.addLayout(foot)

    # --- the list --------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the entries beside the window's thread."""
        number, handed_over = self._story, self._handed_over
        self._session.run(
            lambda _: (handed_over.entries(number), handed_over.standings(number)), lambda found: self._fill(*found), urgent=True
        )

    def _fill(self, entries: list[LedgerEntry], standings: list[Standing]) -> None:
        if not isValid(self):
            return
        self._model.replace(entries)
        newest = max((entry.version for entry in entries), default=0)
        behind = [standing for standing in standings if standing.is_behind]
        lines = (f"{_holder(one.entry)} version {one.entry.version} of {newest}." for one in behind)
        self._behind.setText("\n".join(lines))
        self._behind.setVisible(bool(behind))
        if entries:
            self._list.setCurrentIndex(self._model.index(0))
        self._choose()

    def _chosen(self) -> list[LedgerEntry]:
        """The selected entries, the latest first."""
        rows = sorted(index.row() for index in self._list.selectionModel().selectedRows())
        return [self._model.entries[row] for row in rows]

    def _before(self, entry: LedgerEntry) -> LedgerEntry | None:
        at = self._model.entries.index(entry) + 1
        return self._model.entries[at] if at < len(self._model.entries) else None

    # --- showing ---------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        """Tell of what is selected, and compare it beside the window's thread; only the last answer is shown."""
        chosen = self._chosen()
        self._tell(chosen)
        self._asked += 1
        if not chosen:
            self._view.show_words("Nothing was handed over yet. Story > Export… does it." if not self._model.entries else "")
            return
        entry, since_before = chosen[0], self._tools.choice.currentIndex() == BEFORE
        if len(chosen) == 1 and since_before and self._before(entry) is None:
            self._view.show_words("This was the first hand-over.")
            return
        old = chosen[-1] if len(chosen) > 1 else self._before(entry) if since_before else entry
        new = entry if len(chosen) > 1 or since_before else None
        self._session.run(lambda _: self._compared(old, new), partial(self._show, self._asked), urgent=True)

    def _compared(self, old: LedgerEntry | None, new: LedgerEntry | None) -> StoryChanges | None:
        """What changed from one entry to another, or to the story on the screen."""
        if new is None:
            return self._handed_over.what_changed(self._story, old)
        text = self._handed_over.text(new)
        return None if text is None else self._handed_over.compared(text, old)

    def _show(self, asked: int, changes: StoryChanges | None) -> None:
        if isValid(self) and asked == self._asked:
            if changes is None:
                self._view.show_words(NOT_KEPT)
            else:
                self._view.show_parts(changes.parts, compared=True)
            self._tools.enable(can_choose=len(self._chosen()) == 1)

    def _tell(self, chosen: list[LedgerEntry]) -> None:
        """What the ledger says of an entry; of two, which two they are."""
        entry = chosen[0] if chosen else None
        for button in (self._open, self._copy):
            button.setEnabled(len(chosen) == 1)
        self._tools.enable(can_choose=len(chosen) == 1)
        ends = [chosen[-1], chosen[0]] if len(chosen) > 1 else chosen
        headings = [f"{KINDS[one.change]}  ·  {told_time(one.exported)}" for one in ends]
        self._heading.setText("  →  ".join(headings))
        is_one = entry is not None and len(chosen) == 1
        self._note.setText(f"“{entry.note}”" if is_one and entry is not None and entry.note else "")
        self._facts.setText(_facts(entry) if is_one and entry is not None else "")
        for label in (self._heading, self._note, self._facts):
            label.setVisible(bool(label.text()))
        address = web_address(entry.address) if entry is not None else None
        self._open.setText("Open the page" if address else "Open the folder")
        if is_one and entry is not None:
            self._open.setEnabled(address is not None or (bool(entry.folder) and Path(entry.folder).is_dir()))
            self._copy.setToolTip(plain_tip(f"Of the main file: {entry.sha256}"))

    # --- verbs -----------------------------------------------------------------------------------------------------

    def _go_there(self) -> None:
        (entry,) = self._chosen()
        if web_address(entry.address):
            open_page(entry.address)
        else:
            open_file(Path(entry.folder))

    def _copy_hash(self) -> None:
        (entry,) = self._chosen()
        QGuiApplication.clipboard().setText(entry.sha256)
        self._session.say("The SHA-256 of the main file is on the clipboard.", "good")


def _holder(entry: LedgerEntry) -> str:
    """Who has the text of an entry, as the beginning of a sentence."""
    return "What was copied is" if entry.place == CLIPBOARD else f"{place_told(entry)} has"


def _facts(entry: LedgerEntry) -> str:
    files = len(entry.files)
    form = f"{entry.profile}, version {entry.version}" if entry.version else entry.profile
    where = f"{entry.destination}: {entry.address or entry.post}" if entry.destination else entry.place
    hashed = f"{files} {'file' if files == 1 else 'files'}, SHA-256 {entry.sha256[:SHOWN_HASH]}…"
    return f"{form}, for {entry.publication}\n{where}\n{hashed}"


def _words(theme: Theme, font: str, *, scale: float = 1.0, tone: str = "") -> QLabel:
    """A label for foreign words of any length."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFont(theme.font(font, scale=scale))
    label.setProperty("tone", tone)
    return label
