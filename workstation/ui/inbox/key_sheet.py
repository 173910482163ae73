"""The sheet of keys: every key of the list and of the reader, with a line that searches them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from workstation.ui.inbox.keys import GROUPS, READER_KEYS, Key
from workstation.ui.theme import Theme

SHEET_SIZE = QSize(700, 720)


class KeySheet(QDialog):
    """What each key does; typing leaves only what matches."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self._theme = theme
        self._rows: list[tuple[str, list[QWidget]]] = []
        self._headings: list[tuple[QWidget, list[int]]] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the keys")
        self.search.setAccessibleName("Search the keys")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(4, 0, 12, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        for heading, keys in GROUPS:
            self._add_group(heading, [(_chords(key), _told(key)) for key in keys if key.keys])
        self._add_group("In the reader", list(READER_KEYS))
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._area = QScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the search scrolls it
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(inside)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self._area, 1)
        self.resize(SHEET_SIZE.boundedTo(parent.window().size() - QSize(40, 60)))
        self.search.setFocus()

    @property
    def shown(self) -> list[str]:
        """What is on the sheet now, each row in one line."""
        return [words for words, parts in self._rows if not parts[0].isHidden()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down and the page keys scroll while the search keeps the focus."""
        bar = self._area.verticalScrollBar()
        steps = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
        if event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def _add_group(self, heading: str, rows: list[tuple[str, str]]) -> None:
        title = QLabel(heading)
        title.setFont(self._theme.font("overline"))
        title.setProperty("muted", True)
        title.setContentsMargins(0, 10, 0, 0)
        self._grid.addWidget(title, self._grid.rowCount(), 0, 1, 2)
        numbers = []
        for chords, told in rows:
            numbers.append(len(self._rows))
            self._add_row(chords, told)
        self._headings.append((title, numbers))

    def _add_row(self, chords: str, told: str) -> None:
        keys, words = QLabel(chords), QLabel(told)
        keys.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        font = self._theme.font("ui")
        font.setBold(True)
        keys.setFont(font)
        row = self._grid.rowCount()
        self._grid.addWidget(keys, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1)
        self._rows.append((f"{chords} {told}", [keys, words]))

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        for words, parts in self._rows:
            for part in parts:
                part.setVisible(all(word in words.casefold() for word in wanted))
        for title, numbers in self._headings:
            title.setVisible(any(not self._rows[number][1][0].isHidden() for number in numbers))


def _chords(key: Key) -> str:
    chords = [chord for chord in key.keys if chord != "Enter"]
    return ", ".join("Enter" if chord == "Return" else chord for chord in chords)


def _told(key: Key) -> str:
    label = key.label.replace("&", "").removesuffix("…")
    return f"{label}. {key.told}" if key.told else label
