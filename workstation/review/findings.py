"""What a comparison finds."""

from __future__ import annotations

from dataclasses import dataclass

EXACT = "exact"
TYPOGRAPHY = "typography"
ALTERED = "altered"
MISSING = "missing"
UNARCHIVED = "unarchived"
ABRIDGED = "abridged"

TRUE_TO_SOURCE = (EXACT, TYPOGRAPHY, ABRIDGED)
"""The verdicts of a quotation that stands in its source, the plainest first."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points ``start`` to ``end`` of the printed words, and what the source has in their place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The source's ``words`` at an ellipsis or at brackets; ``inserted`` is what the brackets put there, if they are brackets.

    At the beginning and the end of a quotation they are the rest of the source's sentence. Either may be empty.
    """

    words: str
    inserted: str = ""
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """How printed words compare with one text.

    ``verdict`` is exact, typography, abridged, altered or missing; ``start`` and ``end`` are code points of the text.
    ``differing`` holds (printed, source) pairs and ``edits`` how to mend them. ``places`` counts where the text has the words;
    ``left_out`` tells what ellipses and brackets stand for. ``likeness`` (0 to 1) only ranks altered ones.
    """

    verdict: str
    start: int | None = None
    end: int | None = None
    differing: tuple[tuple[str, str], ...] = ()
    edits: tuple[Edit, ...] = ()
    places: int = 1
    left_out: tuple[LeftOut, ...] = ()
    likeness: float = 0.0


NOT_FOUND = Finding(MISSING, places=0)
