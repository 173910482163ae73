"""Each card adds a voice: one that rests on the report of another card adds none."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.story import Source
from workstation.review.manuscript import Manuscript
from workstation.review.outlets.reports import page_of


def shared_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of two cards on the same report; two reports of one outlet are no matter."""
    first: dict[str, int] = {}
    told: set[tuple[int, int]] = set()
    for index, card in manuscript.cards:
        for entry, source in enumerate(card.sources):
            names = _names(source, manuscript)
            before = min((first[name] for name in names if name in first), default=index)
            if before != index and (before, index) not in told:
                told.add((before, index))
                yield _problem(source, entry, before, index)
            for name in names:
                first.setdefault(name, index)


def _names(source: Source, manuscript: Manuscript) -> tuple[str, ...]:
    """What a report is known by: its item, the newest version of its page, its address."""
    newest = manuscript.newest(source.item) if source.item and manuscript.background.versions else None
    return tuple(filter(None, (source.item, newest.id if newest else None, page_of(source.url))))


def _problem(source: Source, entry: int, before: int, index: int) -> Problem:
    message = f"Card {index + 1} rests on the same report as card {before + 1}: {source.printed}. Give it another voice."
    place = Place("sources", index, entry=entry)
    return Problem("shared-source", Severity.WARNING, place, message, source.printed, about=source.url or "")
