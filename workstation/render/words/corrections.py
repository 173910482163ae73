"""The dated notes below a story that say what it had wrong."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.correction import Correction
from workstation.domain.publication import Publication
from workstation.domain.script_language import foreign_language
from workstation.domain.story import Story
from workstation.render.words.characters import one_line
from workstation.render.words.dateline import format_time, local_time, machine_time
from workstation.render.words.language import language_of


@dataclass(frozen=True, slots=True)
class PrintedCorrection:
    """A note as it is printed: the label's words ``before`` and ``after`` the time, the time for people and for machines.

    ``language`` is that of the text where its letters tell that it is another one than the story's.
    """

    before: str
    time: str
    after: str
    machine: str
    text: str
    language: str | None

    @property
    def label(self) -> str:
        """The label with its time, in one line; empty where the publication has none."""
        return f"{self.before}{self.time}{self.after}".strip()


def printed_corrections(story: Story, publication: Publication) -> tuple[PrintedCorrection, ...]:
    """The notes of a story in their order; one without words is left out."""
    return tuple(_printed(note, story, publication) for note in story.corrections if one_line(note.text))


def _printed(note: Correction, story: Story, publication: Publication) -> PrintedCorrection:
    local = local_time(note.made, story, publication)
    before, is_timed, after = publication.labels.correction.partition("{time}")
    shown = format_time(local, publication.dateline_format, publication.language) if is_timed else ""
    text = one_line(note.text)
    language = foreign_language(text, language_of(story, publication))
    return PrintedCorrection(_folded(before), one_line(shown), _folded(after), machine_time(local), text, language)


def _folded(part: str) -> str:
    """A part of a label in one line; a space between it and the time stays."""
    edges = (part[:1].isspace(), part[-1:].isspace())
    return f"{' ' * edges[0]}{one_line(part)}{' ' * edges[1]}" if one_line(part) else ""
