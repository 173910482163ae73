"""What is carried when something is dragged inside the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData

ITEM_TYPE = "application/x-workstation-item"
"""Ids of inbox items, UTF-8, one a line."""
CARD_TYPE = "application/x-workstation-card"
"""The key of a card, ASCII."""
SOURCE_TYPE = "application/x-workstation-source"
"""The key of a card and the index of one of its sources, ASCII, one a line."""
PASSAGE_TYPE = "application/x-workstation-passage"
"""The id of an inbox item and the first and last (exclusive) code point of a passage of its text, ASCII, one a line."""
OWN_TYPES = (ITEM_TYPE, CARD_TYPE, SOURCE_TYPE, PASSAGE_TYPE)


@dataclass(frozen=True, slots=True)
class CarriedSource:
    """The source at ``index`` of the card with the key ``card``."""

    card: str
    index: int


@dataclass(frozen=True, slots=True)
class CarriedPassage:
    """Code points ``start`` to ``end`` of the text of an inbox item."""

    item: str
    start: int
    end: int


def is_own(data: QMimeData) -> bool:
    """Whether the data is something of the desk, which is meant for a card and never for a text."""
    return any(data.hasFormat(kind) for kind in OWN_TYPES)


def items_in(data: QMimeData) -> list[str]:
    """The ids of the inbox items that are carried."""
    return _lines(data, ITEM_TYPE)


def card_in(data: QMimeData) -> str:
    """The key of the card that is carried; empty for none."""
    return bytes(data.data(CARD_TYPE).data()).decode()


def source_in(data: QMimeData) -> CarriedSource | None:
    """The source that is carried."""
    match _lines(data, SOURCE_TYPE):
        case [card, index] if index.isdecimal():
            return CarriedSource(card, int(index))
    return None


def passage_in(data: QMimeData) -> CarriedPassage | None:
    """The passage of an inbox item that is carried."""
    match _lines(data, PASSAGE_TYPE):
        case [item, start, end] if start.isdecimal() and end.isdecimal():
            return CarriedPassage(item, int(start), int(end))
    return None


def carrying_card(key: str) -> QMimeData:
    """Data that carries a card."""
    return _carrying(CARD_TYPE, key)


def carrying_source(source: CarriedSource, printed: str) -> QMimeData:
    """Data that carries a source; other programs get its words."""
    data = _carrying(SOURCE_TYPE, f"{source.card}\n{source.index}")
    data.setText(printed)
    return data


def carrying_passage(passage: CarriedPassage, words: str) -> QMimeData:
    """Data that carries a passage; other programs get its words, and nothing but them."""
    data = _carrying(PASSAGE_TYPE, f"{passage.item}\n{passage.start}\n{passage.end}")
    data.setText(words)
    return data


def _carrying(kind: str, value: str) -> QMimeData:
    data = QMimeData()
    data.setData(kind, value.encode())
    return data


def _lines(data: QMimeData, kind: str) -> list[str]:
    return bytes(data.data(kind).data()).decode().split()
