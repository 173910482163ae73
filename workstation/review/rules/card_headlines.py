"""Every card has a headline of its own."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript


def card_headlines(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a card without a headline (a form that is published now and then) and of one that repeats another's."""
    seen: dict[str, int] = {}
    for index, card in manuscript.cards:
        words = " ".join(card.headline.split()).casefold()
        if not words:
            message = f"Card {index + 1} has no headline. Write one, unless the card is meant to stand without."
            yield Problem("card-headline", Severity.WARNING, Place("headline", index), message, about=card.body.text)
        elif words in seen:
            message = f"Card {index + 1} has the same headline as card {seen[words] + 1}. Say what is new in it."
            yield Problem("card-headline", Severity.WARNING, Place("headline", index), message, card.headline)
        else:
            seen[words] = index
