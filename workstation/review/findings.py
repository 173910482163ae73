"""What a comparison finds."""

from __future__ import annotations

from dataclasses import dataclass

EXACT = "exact"
TYPOGRAPHY = "typography"
ALTERED = "altered"
MISSING = "missing"
UNARCHIVED = "unarchived"

TRUE_TO_SOURCE = frozenset({EXACT, TYPOGRAPHY})


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points ``start`` to ``end`` of the printed words, and what the source has in their place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How printed words compare with one text.

    ``verdict`` is exact, typography, altered or missing; ``start`` and ``end`` are code points of the text. ``differing``
    holds (printed, source) pairs and ``edits`` how to mend them. ``places`` counts where the text has the words;
    ``left_out`` holds the words of the text that ellipses or brackets stand for. ``likeness`` (0 to 1) only ranks altered ones.
    """

    verdict: str
    start: int | None = None
    end: int | None = None
    differing: tuple[tuple[str, str], ...] = ()
    edits: tuple[Edit, ...] = ()
    places: int = 1
    left_out: tuple[str, ...] = ()
    likeness: float = 0.0


NOT_FOUND = Finding(MISSING, places=0)
