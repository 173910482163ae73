"""What readers get otherwise than at the last hand-over, and what the editor says that this is to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from workstation.domain.ledger import CLIPBOARD, ChangeKind, LedgerEntry
from workstation.domain.story_diff import StoryChanges
from workstation.ui.dialogs.history import told_time
from workstation.ui.dialogs.history_text import DiffView
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

KINDS = (
    (ChangeKind.UPDATE, "&Update", "Moves the time of the dateline."),
    (ChangeKind.CORRECTION, "Correct&ion", "Prints a dated note in the story."),
    (ChangeKind.SILENT, "Si&lent, a typo", "The dateline stays as it is."),
)
ASKED = {
    ChangeKind.UPDATE: "What is new, for the ledger (may stay empty)",
    ChangeKind.CORRECTION: "What was wrong and what is right, in a sentence; the story prints it",
    ChangeKind.SILENT: "Why, for the ledger (may stay empty)",
}
NEEDED = "A correction says what was wrong and what is right."


@dataclass(frozen=True, slots=True)
class Since:
    """The last hand-over of a story and what has changed since; ``changes`` is None where its text was not kept."""

    last: LedgerEntry
    changes: StoryChanges | None

    @property
    def has_changed(self) -> bool:
        """Whether the editor has to say what the change is: yes also where nobody knows what it was."""
        return self.changes is None or bool(self.changes)

    @property
    def told(self) -> str:
        """When and where it went, and what changed since."""
        moment = told_time(self.last.exported)
        at = moment[:1].lower() + moment[1:]  # today, yesterday, or a date
        place = f"the {CLIPBOARD}" if self.last.place == CLIPBOARD else self.last.place
        went = f"Last handed over {at}, as {self.last.profile}, to {place}."
        if self.changes is None:
            return f"{went} That text was not kept."
        return f"{went} {f'Changed since: {self.changes.told}.' if self.changes else 'A reader gets the same today.'}"


class WhatChanged(QWidget):
    """Shows the changed words of each part and asks what the change is."""

    said = Signal()
    """Another kind of change, or another note."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._since: Since | None = None
        self.head = QLabel()
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.view = DiffView(theme)
        self.view.setAccessibleName("What changed since the last hand-over")
        self.kinds = {kind: QRadioButton(label) for kind, label, _ in KINDS}
        self._group = QButtonGroup(self)
        for kind, _, told in KINDS:
            self._group.addButton(self.kinds[kind])
            self.kinds[kind].setToolTip(plain_tip(told))
            self.kinds[kind].toggled.connect(self._turn)
        self.note = QLineEdit()
        self.note.setAccessibleName("Note")
        self.note.textChanged.connect(lambda _: self.said.emit())
        self._question = QWidget()
        self._lay_out()
        self.kinds[ChangeKind.UPDATE].setChecked(True)

    @property
    def change(self) -> ChangeKind | None:
        """What the editor says; None where there is nothing to say."""
        if self._since is None or not self._since.has_changed:
            return None
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    @property
    def told_note(self) -> str:
        return self.note.text().strip() if self.change is not None else ""

    @property
    def lacks_note(self) -> bool:
        """Whether a correction is to be made that says nothing."""
        return self.change is ChangeKind.CORRECTION and not self.told_note

    def show_since(self, since: Since | None) -> None:
        """Show what changed; None for a story that was never handed over."""
        self._since = since
        self.head.setText(since.told if since is not None else "")
        self.view.show_parts(since.changes.parts if since is not None and since.changes else (), compared=True)
        self._question.setVisible(since is not None and since.has_changed)

    def _turn(self) -> None:
        kind = next((kind for kind, button in self.kinds.items() if button.isChecked()), ChangeKind.UPDATE)
        self.note.setPlaceholderText(ASKED[kind])
        self.said.emit()

    def _lay_out(self) -> None:
        kinds = QHBoxLayout()
        kinds.setContentsMargins(0, 0, 0, 0)
        kinds.addWidget(QLabel("To the reader this is"))
        for button in self.kinds.values():
            kinds.addWidget(button)
        kinds.addStretch(1)
        asked = QVBoxLayout(self._question)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addLayout(kinds)
        asked.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        column.addWidget(self._question)
