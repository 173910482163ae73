"""Each card says in its words who reports: chips and icons do not survive every way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.story import Source, SourceKind
from workstation.review.manuscript import Manuscript
from workstation.review.outlets.naming import names_outlet, names_person
from workstation.review.outlets.outlet_names import OutletNames, outlet_names, spellings_of


def named_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a card whose words leave out who reports, or some of them."""
    names = outlet_names(manuscript.background.outlets)
    for passage in manuscript.passages:
        if passage.body and passage.place.card is not None:
            card = manuscript.story.signals[passage.place.card]
            unnamed = _unnamed(card.headline, passage.text, card.sources, _outlets(card.sources, manuscript), names)
            if unnamed:
                yield _problem(passage.place.card, unnamed, whole=len(unnamed) == len(card.sources))


def _outlets(sources: Sequence[Source], manuscript: Manuscript) -> tuple[str, ...]:
    """Whose report is behind each source, "" where that is not known: the words may name that one where the chip errs."""
    items = (manuscript.items.get(source.item) if source.item else None for source in sources)
    return tuple(item.outlet.strip() if item else "" for item in items)


@lru_cache(maxsize=256)
def _unnamed(
    headline: str, text: str, sources: tuple[Source, ...], outlets: tuple[str, ...], names: OutletNames
) -> tuple[Source, ...]:
    whole = f"{headline}\n{text}"
    told = (source for source, outlet in zip(sources, outlets, strict=True) if not _is_named(whole, source, outlet, names))
    return tuple(source for source in told if source.name.strip())


def _problem(index: int, unnamed: tuple[Source, ...], *, whole: bool) -> Problem:
    names = list(dict.fromkeys(source.printed for source in unnamed))
    told, listed = ", ".join(names), _listed(names)
    if whole:
        message = f"Card {index + 1} says only in its chip who reports. Name {listed} in its words."
    else:
        message = f"Card {index + 1} names {listed} only in its chip. Say in words what it reports, or take it off."
    return Problem("attribution", Severity.WARNING, Place("body", index), message, told)


def _listed(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _is_named(text: str, source: Source, outlet: str, names: OutletNames) -> bool:
    """A person may be named, or the outlet that they speak for: either way a reader learns who says it."""
    if source.kind in (SourceKind.PERSON, SourceKind.SOCIAL) and names_person(text, source.name):
        return True
    if source.kind is SourceKind.PERSON and not source.of:
        return False
    return names_outlet(text, tuple(dict.fromkeys(filter(None, (source.name, outlet, *spellings_of(source, names))))))
