"""Every quotation mark has its partner; without it the words cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Problem, Severity
from workstation.review.manuscript import Manuscript

_SHOWN = 40


def lonely_marks(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a quotation mark that opens and never closes, or closes what nothing opened."""
    for passage in manuscript.passages:
        text = passage.quoting.text
        for at in passage.quoting.lonely_marks:
            excerpt = text[max(0, at - _SHOWN // 2) : at + _SHOWN].replace("\n", " ").strip()
            message = f"The mark {text[at]} has no partner, so its words were not compared. Put in the other mark."
            yield Problem("quotation-mark", Severity.WARNING, passage.place, message, excerpt, about=text[at])
