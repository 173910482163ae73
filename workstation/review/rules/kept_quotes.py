"""A quote that was cut from an item still stands there, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.item import Item
from workstation.domain.problem import Problem, Severity
from workstation.domain.quote import Quote
from workstation.review.manuscript import Manuscript


def kept_quotes(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks words tied to a quote whose place in its item no longer has these words."""
    for compared in manuscript.quotations:
        quote = manuscript.quotes.get(compared.quotation.quote or "")
        item = manuscript.items.get(quote.item) if quote else None
        if quote and item and not _stands(quote, item):
            message = f"The archived text of {item.source_name} has other words where these were cut. Quote them again."
            yield Problem("quote-moved", Severity.BLOCKER, compared.place, message, compared.printed, about=quote.exact)


def _stands(quote: Quote, item: Item) -> bool:
    return not item.text or item.text[quote.start : quote.end] == quote.exact
