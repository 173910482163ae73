"""Every source links to its report, by an address that a reader can follow."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.story import Source
from workstation.review.manuscript import Manuscript


def source_links(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a source without a link; blocks a link that is not http or https."""
    for index, card in manuscript.cards:
        for source in card.sources:
            problem = _judge(source, index)
            if problem:
                yield problem


def _judge(source: Source, index: int) -> Problem | None:
    place = Place("sources", index)
    address = (source.url or "").strip()
    if not address:
        message = f"{source.name or 'A source'} on card {index + 1} has no link. Add the address of its report."
        return Problem("source-link", Severity.WARNING, place, message, source.name, about="no link")
    if not _can_be_followed(address):
        message = f"The link of {source.name or 'a source'} on card {index + 1} is no web address. It must begin with https:// or http://."
        return Problem("source-link", Severity.BLOCKER, place, message, address, about=source.name)
    return None


def _can_be_followed(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in address)
    except ValueError:
        return False
