"""Small questions about one item: its tags and its note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from workstation.domain.item import ItemSummary


def ask_tags(parent: QWidget, summary: ItemSummary, answer: Callable[[tuple[str, ...]], None]) -> QInputDialog:
    """Ask for the tags of an item, divided by commas."""

    def split(text: str) -> None:
        answer(tuple(dict.fromkeys(tag.strip() for tag in text.split(",") if tag.strip())))

    dialog = _question(parent, "Tags", "Tags, divided by commas:", ", ".join(summary.tags))
    dialog.textValueSelected.connect(split)
    dialog.open()
    return dialog


def ask_note(parent: QWidget, heading: str, note: str, answer: Callable[[str], None]) -> QInputDialog:
    """Ask for a note of any length."""
    dialog = _question(parent, "Note", heading, note)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    dialog.textValueSelected.connect(lambda text: answer(text.strip()))
    dialog.open()
    return dialog


def _question(parent: QWidget, title: str, label: str, value: str) -> QInputDialog:
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(value)
    dialog.resize(420, dialog.sizeHint().height())
    return dialog
