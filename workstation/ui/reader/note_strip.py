"""What the editor keeps beside a source, above its text: the note and the tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip

LONGEST = 400


class NoteStrip(QFrame):
    """Shown only where there is a note or a tag."""

    note_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("band", True)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._edit = QPushButton("Note…")
        self._edit.setProperty("plain", True)
        self._edit.setAccessibleName("Edit the note on this source")
        self._edit.setToolTip(plain_tip("Edit the note (N)"))
        self._edit.clicked.connect(self.note_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        theme.on_change(self._dress)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_kept(self, note: str, tags: Sequence[str]) -> None:
        """Show a note and tags; nothing where there is neither."""
        note = note.strip()
        short = note if len(note) <= LONGEST else f"{note[:LONGEST].rstrip()}…"
        lines = [short] if short else []
        lines += [f"Tags: {', '.join(tags)}"] if tags else []
        self._words.setText("\n".join(lines))
        self._words.setToolTip(plain_tip(note) if short != note else "")
        self.setVisible(bool(lines))

    def _dress(self) -> None:
        for part in (self._words, self._edit):
            part.setFont(self._theme.font("small"))
