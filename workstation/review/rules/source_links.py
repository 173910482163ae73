"""Every source links to its report."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript


def source_links(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a source without a link."""
    for index, card in manuscript.cards:
        for entry, source in enumerate(card.sources):
            if not (source.url or "").strip():
                message = f"{source.name or 'A source'} on card {index + 1} has no link. Add the address of its report."
                place = Place("sources", index, entry=entry, part="url")
                yield Problem("source-link", Severity.WARNING, place, message, source.name, about="no link")
