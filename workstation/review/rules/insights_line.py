"""An insights line worded by hand names the outlets of the cards, no more and no fewer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.story import INSIGHTS_AUTO, INSIGHTS_NONE, Story
from workstation.review.manuscript import Manuscript
from workstation.review.words import CUT

_PLACE = Place("insights")
_BETWEEN = re.compile(rf"{CUT}|[,;،、&]|\b(?:and|und|et|y|e|och|og|en|i|ve)\b|(?<=\s)و")
_BEFORE_NAMES = re.compile(r".*(?:\b(?:from|by|von|aus|de|da|from the)\b|:)", re.IGNORECASE)


def insights_line(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of outlets that the line leaves out and of names in it that no card has."""
    story = manuscript.story
    line = story.insights.strip()
    if not line or line in (INSIGHTS_AUTO, INSIGHTS_NONE):
        return
    left_out = [outlet for outlet in story.outlets if not _names(line, outlet, story.outlets)]
    if left_out:
        message = f"The insights line leaves out {_listed(left_out)}. Add the name, or let the line make itself."
        yield Problem("insights-line", Severity.WARNING, _PLACE, message, line, about=f"without {_listed(left_out)}")
    strangers = list(_strangers(line, story))
    if strangers:
        message = f"The insights line names {_listed(strangers)}, which no card has. Add its card, or take the name out."
        yield Problem("insights-line", Severity.WARNING, _PLACE, message, line, about=f"with {_listed(strangers)}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _spellings(name: str) -> tuple[str, ...]:
    """A name as a line may give it: with or without its article."""
    bare = name[4:] if name.lower().startswith("the ") else name
    return (f"The {bare}", bare)


def _without(line: str, names: Iterable[str]) -> str:
    """``line`` with each of the names cut out, longer names first."""
    spellings = {spelling for name in names for spelling in _spellings(name) if spelling}
    for spelling in sorted(spellings, key=lambda spelling: (-len(spelling), spelling)):
        line = re.sub(rf"(?<!\w){re.escape(spelling)}(?!\w)", CUT, line, flags=re.IGNORECASE)
    return line


def _names(line: str, outlet: str, outlets: Iterable[str]) -> bool:
    """Whether ``line`` names ``outlet``, and not only a longer name that holds it."""
    rest = _without(line, [other for other in outlets if outlet in other and other != outlet])
    return _without(rest, [outlet]) != rest


def _strangers(line: str, story: Story) -> Iterator[str]:
    """What is left of the line's names when those on the cards are taken out."""
    known = {name for card in story.signals for source in card.sources for name in (source.outlet, source.name, source.of)}
    rest = _without(line, [name for name in known if name])
    first, *others = _BETWEEN.split(rest)
    told = _BEFORE_NAMES.sub("", first, count=1) if _BEFORE_NAMES.match(first) else ""
    for piece in (told, *others):
        name = piece.strip(" .\u00a0")
        if any(_begins_a_name(character) for character in name):
            yield name


def _begins_a_name(character: str) -> bool:
    """An upper-case letter, or a letter of a script without case."""
    return character.isalpha() and not character.islower()
