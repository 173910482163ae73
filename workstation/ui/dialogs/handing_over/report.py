"""What a content system took, and what it made of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QVBoxLayout, QWidget

from workstation.domain.wording import counted

if TYPE_CHECKING:
    from workstation.workflow.sending import Sent


class Report(QWidget):
    """Lists what came back otherwise than it was sent, and what could not go along."""

    def __init__(self) -> None:
        super().__init__()
        self.head = QLabel()
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.rows = QListWidget()
        self.rows.setWordWrap(True)
        self.rows.setSpacing(2)
        self.rows.setAccessibleName("What the system changed")
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.rows, 1)

    def show_sent(self, sent: Sent) -> int:
        """Show what became of a story; answers with the number of things to know."""
        sentences = [*sent.remarks, *sent.receipt.left_out, *(f"The picture “{name}” is missing here." for name in sent.missing)]
        sentences += [difference.sentence for difference in sent.differences]
        self.rows.clear()
        self.rows.addItems(sentences)
        self.rows.setVisible(bool(sentences))
        made = "made the post" if sent.receipt.is_new else "updated its post"
        same = "and shows the text as it was sent." if not sentences else f"{counted(len(sentences), 'thing')} to know:"
        self.head.setText(f"{sent.destination.name} {made} ({sent.receipt.status}) {same}")
        return len(sentences)
