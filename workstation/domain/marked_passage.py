"""A highlight with what has to be known to read it away from its item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation.domain.quote import Highlight


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPassage:
    """A highlight, the words it marks, and the title, outlet and time of capture of its item."""

    highlight: Highlight
    words: str
    title: str
    outlet: str
    captured: datetime
