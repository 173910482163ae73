"""What the window says of where a story stands and until when it is held back."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QTimeZone

from workstation.domain.embargo import holds, told_embargo
from workstation.domain.story_entry import StoryEntry

STATUS_NAMES = {"draft": "Draft", "ready": "Ready", "exported": "Exported", "killed": "Spiked"}


def turn_words(status: str) -> str:
    """What the verb is called that turns a story from draft to ready, or back."""
    return "Mark as ready" if status == "draft" else "Back to draft"


def embargo_words(entry: StoryEntry) -> str:
    """Until when the story is held back, in its own time zone or else this machine's; empty without an embargo."""
    return told_embargo(entry.embargo, entry.time_zone or _local_zone()) if entry.embargo else ""


def is_held_back(entry: StoryEntry) -> bool:
    """Whether the embargo lies ahead."""
    return holds(entry.embargo, datetime.now(UTC))


def _local_zone() -> str:
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
