"""Every card has a headline of its own, set like one."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.headline_form import fault_of
from workstation.review.manuscript import Manuscript


def card_headlines(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a card without a headline (which is published now and then), of one that repeats another's, and of its form."""
    seen = {_folded(manuscript.story.headline): "the story"}
    for index, card in manuscript.cards:
        words = _folded(card.headline)
        place = Place("headline", index)
        if card.is_blank:  # told once, as an empty text
            continue
        if not words:
            message = f"Card {index + 1} has no headline. Write one, unless the card is meant to stand without."
            yield Problem("card-headline", Severity.WARNING, place, message, about=card.body.text)
            continue
        if words in seen:
            message = f"Card {index + 1} has the same headline as {seen[words]}. Say what is new in it."
            yield Problem("card-headline", Severity.WARNING, place, message, card.headline)
        fault = fault_of(card.headline)
        if fault:
            yield Problem("headline-form", Severity.WARNING, place, fault.message, card.headline, fault.fix)
        seen.setdefault(words, f"card {index + 1}")


def _folded(headline: str) -> str:
    return " ".join(headline.split()).casefold().rstrip(".")
