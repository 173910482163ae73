"""Proving: the evidence that a story rests on, as a packet that a colleague can verify without the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.domain.evidence import Evidence
from workstation.domain.evidence_packet import pack_evidence
from workstation.domain.problem import Problem, Waiver
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.export import write_files
from workstation.store import Store
from workstation.workflow.archive import archive_of, items_beside, with_items
from workstation.workflow.backing import Backing
from workstation.workflow.gathering import now
from workstation.workflow.publications import Publications
from workstation.workflow.reviewing import Reviewing
from workstation.workflow.writing import Writing

if TYPE_CHECKING:
    from workstation.workflow.bearing_out import Reasons


class Proving:
    """The verbs of the evidence."""

    def __init__(self, store: Store, writing: Writing, reviewing: Reviewing, houses: Publications) -> None:
        self._store = store
        self._writing = writing
        self._reviewing = reviewing
        self._houses = houses

    def evidence(self, number: int) -> Evidence:
        """What bears a story out as it stands on the screen. Reads the store: call it beside the window's thread."""
        return self._evidence(number, self._writing.story(number))

    def write_packet(self, number: int, out: Path) -> Path:
        """Write the packet of a story, whole or not at all.

        Raises:
            InputError: ``out`` does not end in ``.zip``.
            ExportError: it could not be written, or is larger than a packet may be.
        """
        from workstation.render.evidence_page import evidence_page  # noqa: PLC0415 - the window is painted before it is asked for

        if out.suffix.lower() != ".zip":
            raise InputError("The evidence was not written", f"“{out.name}” must end in .zip.")
        story = self._writing.story(number)
        evidence = self._evidence(number, story)
        items = tuple(map(Backing(self._store).archived, sorted(evidence.items)))
        packet = pack_evidence(evidence, items, tuple(self._quotes(story, evidence).values()), evidence_page(evidence))
        write_files(out.parent, {out.name: packet})
        return out

    def _evidence(self, number: int, story: Story) -> Evidence:
        from workstation.workflow.bearing_out import bear_out  # noqa: PLC0415 - the window is painted before a story is checked

        reviewed = self._reviewing.review(number, story)
        linked = with_items(self._store, story)
        found_in = (check.item for check in reviewed.quotations if check.item)
        kept = archive_of(self._store, (*linked.item_ids, *items_beside(self._store, linked), *found_in))
        house = self._houses.of(story)
        bare = Evidence(
            story=story,
            publication=house.name,
            language=story.language or house.language,
            made=now().isoformat(timespec="seconds"),
            items=kept.items,
            witnesses=(),
            versions=kept.versions,
        )
        return replace(bare, witnesses=bear_out(bare, linked, self._quotes(story, bare), _reasons(reviewed.waived)))

    def _quotes(self, story: Story, evidence: Evidence) -> Mapping[str, Quote]:
        """The story's quotes whose items are part of the evidence."""
        quotes = Backing(self._store).quotes(story)
        return {id: quote for id, quote in quotes.items() if quote.item in evidence.items}


def _reasons(waived: tuple[tuple[Problem, Waiver], ...]) -> Reasons:
    return {(str(problem.place), problem.place.at): waiver.reason for problem, waiver in waived}
