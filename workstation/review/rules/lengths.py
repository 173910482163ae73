"""The parts of a story are as long as its publication wants them; where it says nothing, they are as long as they like."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript

RULE = "too-long"


def lengths(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of what is longer than the publication's limits, and by how much."""
    for place, name, length, unit, limit in _measured(manuscript):
        if limit is not None and length > limit:
            over = f"{length - limit:,} more than the {limit:,} that the publication wants"
            message = f"{name} {length:,} {unit}, {over}. {'Take a card out' if unit == 'cards' else 'Shorten it'}."
            yield Problem(RULE, Severity.WARNING, place, message, f"{length:,} of {limit:,} {unit}")


def _measured(manuscript: Manuscript) -> Iterator[tuple[Place, str, int, str, int | None]]:
    """Each part that has a limit: its place and name, how long it is, in what, and the limit."""
    story, limits = manuscript.story, manuscript.background.limits
    yield Place("headline"), "The headline has", len(story.headline), "characters", limits.headline_characters
    if limits.news_words is not None:
        yield Place("news"), "The News has", story.news.words, "words", limits.news_words
    yield Place("signals"), "The story has", len(story.signals), "cards", limits.cards
    for index, card in manuscript.cards:
        named = f"card {index + 1} has"
        headline = len(card.headline)
        yield Place("headline", index), f"The headline of {named}", headline, "characters", limits.card_headline_characters
        if limits.card_words is not None:
            yield Place("body", index), named.capitalize(), card.body.words, "words", limits.card_words
