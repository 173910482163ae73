"""A story has a headline, set like one."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.headline_form import fault_of
from workstation.review.manuscript import Manuscript


def headline(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks a story without a headline; warns of a full stop behind it, of capitals only and of stand-ins."""
    written = manuscript.story.headline
    if not written.strip():
        yield Problem("headline", Severity.BLOCKER, Place("headline"), "The story has no headline. Write one.")
        return
    fault = fault_of(written)
    if fault:
        yield Problem("headline-form", Severity.WARNING, Place("headline"), fault.message, written, fault.fix)
