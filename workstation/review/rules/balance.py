"""The form lives on diversity: there are cards, and more than one outlet speaks in them."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript

FEWEST_OUTLETS = 2


def balance(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks a story without cards; warns of one that rests on a single outlet."""
    story = manuscript.story
    if not story.signals:
        yield Problem("balance", Severity.BLOCKER, Place("signals"), "The story has no cards. Add a signal.")
    elif 0 < len(story.outlets) < FEWEST_OUTLETS:
        message = "Every card rests on the same outlet. Add a second voice."
        yield Problem("balance", Severity.WARNING, Place("signals"), message, story.outlets[0])
