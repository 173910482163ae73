"""What an editor marks in an item, and what is cut from it word for word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HighlightKind(StrEnum):
    """Why a passage was marked."""

    FACT = "fact"
    VIEW = "view"
    QUOTE = "quote"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A marked passage of an item: code points ``start`` to ``end`` (exclusive) of its text."""

    id: str
    item: str
    start: int
    end: int
    kind: HighlightKind
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words cut verbatim from an item: ``exact == item.text[start:end]``. A translation stands beside, never instead."""

    id: str
    item: str
    start: int
    end: int
    exact: str
    speaker: str | None = None
    translation: str | None = None
