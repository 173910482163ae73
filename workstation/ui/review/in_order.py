"""What was checked and found right, so that silence is not taken for it."""

from __future__ import annotations

from workstation.domain.problem import Passed
from workstation.domain.story import Story
from workstation.workflow.reviewing import Reviewed

MATCHING = ("exact", "typography", "abridged")


def in_order(reviewed: Reviewed, story: Story) -> tuple[Passed, ...]:
    """What the review of ``story`` found in order."""
    return tuple(found for found in (_quotations(reviewed), _sources(story)) if found is not None)


def _quotations(reviewed: Reviewed) -> Passed | None:
    checks = reviewed.quotations
    true = sum(check.verdict in MATCHING for check in checks)
    if not true:
        return None
    title = f"{true} of {len(checks)} quotations match their sources" if true < len(checks) else "Every quotation is true"
    return Passed("quotation", title, f"{_count(true, 'quotation')} compared with the captured copies, offline")


def _sources(story: Story) -> Passed | None:
    cards = story.signals
    if not cards or not all(card.sources and all(source.url for source in card.sources) for card in cards):
        return None
    links = sum(len(card.sources) for card in cards)
    detail = f"{_count(len(story.outlets), 'outlet')} · {_count(links, 'link')}"
    return Passed("source-links", "Every card names a source and links it", detail)


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
