"""A correction: what a story had wrong, told to its readers with the time it was put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated note that the page prints. ``made`` carries its offset; ``text`` is one paragraph in the desk's words."""

    made: datetime
    text: str
