"""A quotation is a few words, not a reprint."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Problem, Severity
from workstation.review.manuscript import Manuscript
from workstation.review.quoting.comparing import how_many_words

LONGEST = 60
"""Words."""


def quotation_length(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a quotation longer than 60 words."""
    for compared in manuscript.quotations:
        words = how_many_words(compared.printed)
        if words > LONGEST:
            message = f"This quotation has {words} words. Keep to {LONGEST}: quote what matters and report the rest."
            yield Problem("quotation-length", Severity.WARNING, compared.place, message, compared.printed)
