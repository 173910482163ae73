"""A story says which region it is of."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript


def region(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a story without a region."""
    if not (manuscript.story.region or "").strip():
        message = "The story has no region. Name the one that the page prints with its datelines."
        yield Problem("region", Severity.WARNING, Place("region"), message)
