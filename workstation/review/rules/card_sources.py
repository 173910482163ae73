"""Every card says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript


def card_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a card without sources: the form allows it, and it is seldom meant."""
    for index, card in manuscript.cards:
        if not card.sources and not card.is_blank:  # a blank card is told once, as an empty text
            message = f"Card {index + 1} names no source. Add who reports this."
            yield Problem("card-sources", Severity.WARNING, Place("sources", index), message, card.headline, about=card.body.text)
