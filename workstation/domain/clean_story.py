"""A story from elsewhere, its lines without signs that nobody sees."""

from __future__ import annotations

from dataclasses import replace

from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.unseen import without_tricks


def with_clean_lines(story: Story) -> Story:
    """``story`` with its headlines, names and what is said of its picture freed of :func:`without_tricks`' signs."""
    image = story.lead_image
    if image is not None:
        alt, caption, credit = map(without_tricks, (image.alt, image.caption, image.credit))
        image = replace(image, alt=alt, caption=caption, credit=credit)
    return replace(
        story,
        headline=without_tricks(story.headline),
        insights=without_tricks(story.insights),
        bylines=tuple(map(without_tricks, story.bylines)),
        contributors=tuple(map(without_tricks, story.contributors)),
        verticals=tuple(map(without_tricks, story.verticals)),
        lead_image=image,
        signals=tuple(map(_card, story.signals)),
        parked=tuple(map(_card, story.parked)),
    )


def _card(card: SignalCard) -> SignalCard:
    return replace(card, headline=without_tricks(card.headline), sources=tuple(map(_source, card.sources)))


def _source(source: Source) -> Source:
    return replace(source, name=without_tricks(source.name), of=without_tricks(source.of) if source.of else source.of)
