"""The corrections of a story as they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.characters import one_line
from workstation.render.dateline import format_time, local_time, machine_time


@dataclass(frozen=True, slots=True)
class PrintedCorrection:
    """A correction: the label with its time in it, that time for machines, and the words."""

    label: str
    machine: str
    text: str


def printed_corrections(story: Story, publication: Publication) -> tuple[PrintedCorrection, ...]:
    """The corrections that say something, oldest first."""
    printed = []
    for correction in story.corrections:
        local = local_time(correction.made, story, publication)
        shown = format_time(local, publication.dateline_format, publication.language)
        label = one_line(publication.labels.correction.replace("{time}", shown))
        printed.append(PrintedCorrection(label, machine_time(local), one_line(correction.text)))
    return tuple(correction for correction in printed if correction.text)
