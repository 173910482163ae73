"""The corrections of a story: each with its time, to be reworded or removed before the next hand-over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.domain.correction import Correction
from workstation.ui.story.text_field import LineField

if TYPE_CHECKING:
    from datetime import datetime


class CorrectionsField(QWidget):
    """A row for each correction; there is none without a hand-over that brought it."""

    edited = Signal(object)
    """The corrections as they should be."""

    def __init__(self) -> None:
        super().__init__()
        self._corrections: tuple[Correction, ...] = ()
        self._rows: list[_Row] = []
        self._zone = ZoneInfo("UTC")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_corrections(self, corrections: tuple[Correction, ...], zone: ZoneInfo) -> None:
        """Show these; rows that hold the same already keep their carets."""
        self._corrections = corrections
        while len(self._rows) > len(corrections):
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(corrections):
            self._add_row()
        for row, correction in zip(self._rows, corrections, strict=True):
            row.show_correction(correction, zone)
        if self._rows:
            self.setFocusProxy(self._rows[0].text)

    def _add_row(self) -> None:
        row = _Row()
        row.text.typed.connect(lambda: self._reword(row))
        row.remove.clicked.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.addWidget(row)

    def _reword(self, row: _Row) -> None:
        at = self._rows.index(row)
        changed = replace(self._corrections[at], text=row.text.text())
        self._tell((*self._corrections[:at], changed, *self._corrections[at + 1 :]))

    def _remove(self, row: _Row) -> None:
        at = self._rows.index(row)
        self._tell((*self._corrections[:at], *self._corrections[at + 1 :]))

    def _tell(self, corrections: tuple[Correction, ...]) -> None:
        self._corrections = corrections
        self.edited.emit(corrections)


class _Row(QFrame):
    """The time of a correction, its words, and the button that takes it away."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("notes", True)
        self._time = QLabel()
        self._time.setProperty("muted", True)
        self.text = LineField("The correction as the page prints it")
        self.remove = QPushButton("Remove")
        self.remove.setProperty("plain", True)
        head = QHBoxLayout()
        head.addWidget(self._time, 1)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 4, 5)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text)

    def show_correction(self, correction: Correction, zone: ZoneInfo) -> None:
        told = _told(correction.made, zone)
        self._time.setText(told)
        self.text.setAccessibleName(f"Correction of {told}")
        self.remove.setAccessibleName(f"Remove the correction of {told}")
        self.text.show_text(correction.text)


def _told(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y}, {local:%H:%M}"
