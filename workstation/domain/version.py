"""A version: a state of a story that is kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VersionKind(StrEnum):
    """Why a version was kept: by itself while writing, at an export, by name, or because another one was put back."""

    AUTOMATIC = "automatic"
    EXPORT = "export"
    NAMED = "named"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One line of the timeline: all but the text.

    ``number`` counts the versions of one story from 1 and is what orders them; ``made`` is what the clock said. ``label`` is
    the profile of an export or the name the editor gave. ``words`` are those of The News and the cards.
    """

    story: int
    number: int
    made: datetime
    kind: VersionKind
    label: str
    words: int
