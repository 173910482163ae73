"""A quotation that the source has taken back or reworded since it was captured is told, though it was true."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Problem, Severity
from workstation.review.manuscript import Manuscript
from workstation.review.quoting.comparing import compare


def changed_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of quoted words that stand in an older version of the source and no more in its newest one."""
    for compared in manuscript.quotations:
        attribution = compared.attribution
        item = attribution.item
        if item is None or not attribution.grade.is_true or attribution.translated:
            continue
        newest = manuscript.newest(item.id)
        if newest is None or newest.id == item.id or not newest.text:
            continue
        if not any(compare(compared.printed, text).grade.is_true for text in (newest.text, newest.title)):
            day = f"{newest.captured.day} {newest.captured:%b %Y}"
            message = (
                f"{newest.outlet or 'The source'} has changed since these words were captured: its version of {day} does not"
                " have them. Compare the versions in the reader."
            )
            yield Problem("source-changed", Severity.WARNING, compared.place, message, compared.printed, about=newest.sha256)
