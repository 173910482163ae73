"""What a comparison finds."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.grade import Folding, Grade

CLOSES, OPENS = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points ``start`` to ``end`` of the printed words, and what the source has in their place.

    ``CLOSES`` and ``OPENS`` in ``new`` stand for the marks around the printed quotation: there the source's own quotation ends
    and goes on, as around "she said".
    """

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

    ``grade`` is exact, folded, edited, altered or absent; ``start`` and ``end`` are code points of the text.
    ``differing`` holds (printed, source) pairs and ``edits`` how to mend them. ``places`` counts where the text has the words;
    ``left_out`` tells what ellipses and brackets stand for, ``folded`` what was folded. ``likeness`` (0 to 1) only ranks altered
    ones.
    """

    grade: Grade
    start: int | None = None
    end: int | None = None
    differing: tuple[tuple[str, str], ...] = ()
    edits: tuple[Edit, ...] = ()
    places: int = 1
    left_out: tuple[LeftOut, ...] = ()
    folded: tuple[Folding, ...] = ()
    likeness: float = 0.0


NOT_FOUND = Finding(Grade.ABSENT, places=0)
