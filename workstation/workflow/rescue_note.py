"""What the document of a rescued story says of itself, beside the story."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from workstation.domain.story import Story

KEY = "rescued"
"""The key of a story document under which it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RescueNote:
    """Whose words they are.

    ``store`` is the store's file; ``story`` the number there, ``created`` when that story was begun, as the store says it.
    ``run`` tells one start of the program from others and ``count`` orders what it wrote; ``time`` is only shown. ``snapshot`` is
    the SHA-256 of the state, as the store's steps know it, in hexadecimal digits.
    """

    store: str
    story: int
    created: str
    run: str
    count: int
    time: str
    snapshot: str


_NUMBERS = ("story", "count")


def note_of(story: Story) -> RescueNote | None:
    """What a document that was read says of its rescue; None where it says nothing, or something else."""
    told: Any = story.extra.get(KEY)
    names = {field.name for field in fields(RescueNote)}
    if not isinstance(told, dict) or names - told.keys():
        return None
    known = {name: told[name] for name in names}
    if not all(type(value) is (int if name in _NUMBERS else str) for name, value in known.items()):
        return None
    return RescueNote(**known)


def without_note(story: Story) -> Story:
    """The story alone."""
    if KEY not in story.extra:
        return story
    return replace(story, extra={key: value for key, value in story.extra.items() if key != KEY})
