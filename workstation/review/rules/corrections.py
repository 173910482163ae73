"""Every correction says something, and none that readers were told is gone."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.embargo import told_embargo
from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.wording import counted
from workstation.review.manuscript import Manuscript


def corrections(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a correction without words, and of fewer corrections than were handed over with the story."""
    story = manuscript.story
    for note in story.corrections:
        if not note.text.strip():
            told = told_embargo(note.made, story.time_zone)
            message = f"The correction of {told} says nothing. Say what was wrong and what is right, or remove it."
            yield Problem("corrections", Severity.WARNING, Place("corrections"), message, told)
    lost = manuscript.background.corrected - len(story.corrections)
    if lost > 0:
        gone = f"{counted(lost, 'correction')} that readers were told {'is' if lost == 1 else 'are'} not in the story any more."
        message = f"{gone} Bring {'it' if lost == 1 else 'them'} back with undo, or restore the version of Story > History."
        yield Problem("corrections", Severity.WARNING, Place("corrections"), message)
