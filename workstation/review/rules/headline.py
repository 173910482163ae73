"""A story has a headline."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript


def headline(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks a story without a headline."""
    if not manuscript.story.headline.strip():
        yield Problem("headline", Severity.BLOCKER, Place("headline"), "The story has no headline. Write one.")
