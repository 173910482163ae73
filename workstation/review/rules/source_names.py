"""Every source is called by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import Source
from workstation.review.background import Background
from workstation.review.manuscript import Manuscript

_ADDRESS = re.compile(r"https?://\S*|www\.\S+", re.IGNORECASE)
_SHORTEST = 5
"""Letters; many short names are all capitals by right."""
_SHOUTING = 2
"""So many long words in capitals are no short form."""


def source_names(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a source without a name, of an address in its place, and of a name shouted in capitals."""
    for index, card in manuscript.cards:
        for entry, source in enumerate(card.sources):
            name = source.name.strip()
            place = Place("sources", index, entry=entry, part="name")
            if not name:
                message = f"A source on card {index + 1} has no name, so the page does not say who reports. Name it."
                yield Problem("source-name", Severity.WARNING, place, message, source.url or "", about=card.headline)
            elif _ADDRESS.fullmatch(name):
                message = f"A source on card {index + 1} is called by its address. Print its name."
                yield Problem("source-name", Severity.WARNING, place, message, name)
            elif name.isupper():
                yield from _shouted(source, place, manuscript.background)


def _shouted(source: Source, place: Place, background: Background) -> Iterator[Problem]:
    """Capitals are a mistake where the outlet is known to write itself otherwise, or where several long words shout."""
    name = source.name.strip()
    long_words = [word for word in name.split() if len(word) >= _SHORTEST and word.isalpha()]
    written = _known(name, background) if long_words else name
    if written == name or (written is None and len(long_words) < _SHOUTING):
        return
    fix = Fix(f"Write “{written}”", source.name, written) if written else None
    message = f"“{name}” is all capitals. Write the name as its bearer does."
    yield Problem("source-name", Severity.WARNING, place, message, name, fix)


def _known(name: str, background: Background) -> str | None:
    """How the desk's table of outlets writes ``name``; in capitals where one of several that share it does."""
    names = (row.outlet.name for row in background.outlets)
    known = [other for other in names if len(other) == len(name) and other.casefold() == name.casefold()]
    return name if name in known else next(iter(known), None)
