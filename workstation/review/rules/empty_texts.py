"""The News and every card say something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript


def empty_texts(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks an empty The News and an empty card."""
    if not manuscript.story.news.text.strip():
        message = "The News is empty. Write what nobody disputes."
        yield Problem("empty-text", Severity.BLOCKER, Place("news"), message)
    headlines = Counter(card.headline.strip() for _, card in manuscript.cards)
    for index, card in manuscript.cards:
        if not card.body.text.strip():
            message = f"Card {index + 1} has no text. Write it, or remove the card."
            # A waiver must not let another empty card pass: one that no headline tells apart is told by its place.
            told_apart = card.headline.strip() and headlines[card.headline.strip()] == 1
            about = "" if told_apart else f"card {index + 1}"
            yield Problem("empty-text", Severity.BLOCKER, Place("body", index), message, card.headline, about=about)
