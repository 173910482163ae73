"""A story as one text with the keys of its cards, which its document leaves out, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from workstation.domain.story import SignalCard, Story
from workstation.domain.story_document import read_document, write_json
from workstation.errors import InputError
from workstation.store.deltas import digest_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A story, its text with keys, and the SHA-256 of that text."""

    story: Story
    text: bytes
    digest: bytes


def take_snapshot(story: Story) -> Snapshot | None:
    """The snapshot of ``story``; None where its words cannot be written as UTF-8 (half a character)."""
    try:
        text = (write_json(story) + keys_of(story)).encode()
    except UnicodeEncodeError:
        return None
    return Snapshot(story, text, digest_of(text))


def read_snapshot(text: bytes) -> Story | None:
    """The story in the text of a snapshot, with the keys of its cards; None where it is none."""
    document, _, keys = text.decode(errors="replace").rpartition("\n")
    try:
        return with_keys(read_document(json.loads(document)).story, keys)
    except (InputError, ValueError):
        return None


def keys_of(story: Story) -> str:
    """The keys of a story's cards, then those of its parked ones, as one line."""
    return json.dumps([[card.key for card in story.signals], [card.key for card in story.parked]])


def with_keys(story: Story, keys: str) -> Story:
    """``story`` with the keys that :func:`keys_of` wrote; as it is where they are not those of so many cards."""
    try:
        signals, parked = json.loads(keys)
    except (ValueError, TypeError):
        return story
    if len(signals) != len(story.signals) or len(parked) != len(story.parked):
        return story
    return replace(story, signals=_keyed(story.signals, signals), parked=_keyed(story.parked, parked))


def sharing(story: Story, other: Story) -> Story:
    """``story`` with the very parts of ``other`` where they say the same: many states of a story take little more than one."""
    known = {card.key: card for card in (*other.signals, *other.parked)}

    def shared(cards: tuple[SignalCard, ...]) -> tuple[SignalCard, ...]:
        return tuple(known[card.key] if known.get(card.key) == card else card for card in cards)

    news = other.news if story.news == other.news else story.news
    return replace(story, news=news, signals=shared(story.signals), parked=shared(story.parked))


def _keyed(cards: tuple[SignalCard, ...], keys: list[str]) -> tuple[SignalCard, ...]:
    return tuple(replace(card, key=key) for card, key in zip(cards, keys, strict=True))
