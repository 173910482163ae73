"""What going back to a source came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a source stands against what was captured of it."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    GONE = "gone"
    """The page is not there any more, or its address leads to another page."""
    UNKNOWN = "unknown"
    """It could not be asked: no network, a refusal, a fault of the server."""


@dataclass(frozen=True, slots=True)
class Revisited:
    """The answer for one item: ``newest`` is the version that stands for its address now, ``told`` a sentence for the editor."""

    item: str
    outcome: Outcome
    newest: str
    told: str
    asked: datetime
