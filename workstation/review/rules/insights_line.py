"""An insights line worded by hand names the outlets of the cards: no more, no fewer, once each, as they are spelt and joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from workstation.domain.insights import made_line
from workstation.domain.locales import listed
from workstation.domain.outlet import KnownOutlet
from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import INSIGHTS_AUTO, INSIGHTS_NONE, Story
from workstation.review.manuscript import Manuscript
from workstation.review.outlets.worded_line import (
    ALIAS,
    MISSPELT,
    PERSON,
    Named,
    Outlet,
    article_of,
    bare_name,
    is_pure_joiner,
    leads_in,
    read_line,
    same_name,
)

_LABEL = "Word it as the cards have it"


def insights_line(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns once of all that a line worded by hand and the cards do not share, with the line as the cards make it as the fix."""
    story, background = manuscript.story, manuscript.background
    line = story.insights
    if not line.strip() or line in (INSIGHTS_AUTO, INSIGHTS_NONE):
        return
    languages = tuple(dict.fromkeys((background.language, story.language or background.language)))
    judged = _judged(line, _outlets(story, ()), background.insights, languages)
    if judged and background.outlets:
        judged = _judged(line, _outlets(story, background.outlets), background.insights, languages)
    if judged:
        told, fix = judged
        message = f"The insights line {told}. Word it as the cards have it, or let it make itself."
        yield Problem("insights-line", Severity.WARNING, Place("insights"), message, line.strip(), fix, about=told)


def _outlets(story: Story, known: Iterable[KnownOutlet]) -> tuple[Outlet, ...]:
    """The outlets in the order of the cards, with the persons who speak for them and what else they are known as."""
    cards: dict[str, tuple[str, int]] = {}
    persons: dict[str, dict[str, None]] = defaultdict(dict)
    for index, card in enumerate(story.signals):
        for source in card.sources:
            key = bare_name(source.outlet)
            cards.setdefault(key, (source.outlet, index))
            if source.of:
                persons[key].setdefault(source.name)
    names = {name for name, _ in cards.values()}
    aliases = {row.outlet.name: (row.native, *row.aliases) for row in known if row.outlet.name in names}
    return tuple(
        Outlet(name, card, tuple(persons[key]), tuple(filter(None, aliases.get(name, ()))))
        for key, (name, card) in cards.items()
        if key.strip()
    )


@lru_cache(maxsize=64)
def _judged(line: str, outlets: tuple[Outlet, ...], label: str, languages: tuple[str, ...]) -> tuple[str, Fix | None] | None:
    """What is different, as a sentence that begins with the line, and the fix; None where nothing is."""
    named = read_line(line, outlets, label)
    told = [*_left_out(named, outlets), *_strange(line, named), *_persons(line, named, outlets)]
    told += [*_spelling(line, named, outlets), *_twice(named, outlets)]
    told = told or [*_order(named, outlets), *_joined(line, named, languages)]
    return ("; it ".join(told), _fix(line, named, outlets, label, languages[0])) if told else None


def _left_out(named: Sequence[Named], outlets: Sequence[Outlet]) -> Iterator[str]:
    there = {name.outlet for name in named}
    missing = [outlet.name for index, outlet in enumerate(outlets) if index not in there]
    if missing:
        yield f"leaves out {', '.join(missing)}"


def _strange(line: str, named: Sequence[Named]) -> Iterator[str]:
    strangers = dict.fromkeys(line[name.start : name.end] for name in named if name.outlet is None)
    if strangers:
        yield f"names {', '.join(strangers)}, which no card has"


def _persons(line: str, named: Sequence[Named], outlets: Sequence[Outlet]) -> Iterator[str]:
    """A person stands for an outlet only where the line gives the outlet, too."""
    there = {name.outlet for name in named if name.how != PERSON}
    for name in named:
        if name.how == PERSON and name.outlet is not None and name.outlet not in there:
            yield f"has {line[name.start : name.end]}, whose card counts as {outlets[name.outlet].name}"


def _spelling(line: str, named: Sequence[Named], outlets: Sequence[Outlet]) -> Iterator[str]:
    for name in named:
        if name.outlet is None or name.how in (PERSON, ALIAS):
            continue
        wording, right = line[name.start : name.end], outlets[name.outlet].name
        if name.how == MISSPELT or _differs_in_article(wording, right):
            yield f"has “{wording}” where the card has “{right}”"


def _differs_in_article(wording: str, right: str) -> bool:
    """Whether an article is missing, or a name got one. A small one before a name belongs to the sentence, not to the name."""
    if same_name(wording, right):
        return False
    has, needs = article_of(wording), article_of(right)
    return bool(has) != bool(needs) and not (has and wording[:1].islower())


def _twice(named: Sequence[Named], outlets: Sequence[Outlet]) -> Iterator[str]:
    counts = Counter(name.outlet for name in named if name.outlet is not None and name.how not in (PERSON, ALIAS))
    repeated = [outlets[index].name for index, count in counts.items() if count > 1]
    if repeated:
        yield f"has {', '.join(repeated)} twice"


def _order(named: Sequence[Named], outlets: Sequence[Outlet]) -> Iterator[str]:
    """The sources of one card may be named in either order."""
    order = [outlets[index].card for index in dict.fromkeys(name.outlet for name in named) if index is not None]
    if order != sorted(order):
        cards = ", ".join(outlet.name for outlet in outlets)
        yield f"has another order than the cards ({cards}), which may be meant"


def _joined(line: str, named: Sequence[Named], languages: Sequence[str]) -> Iterator[str]:
    """A plain list of names is joined as in the language of the house or of the story; a freer wording is the editor's."""
    gaps = [line[one.end : other.start] for one, other in pairwise(named)]
    if not gaps or not all(is_pure_joiner(gap) for gap in gaps):
        return
    names = [line[name.start : name.end] for name in named]
    right = [listed(names, language) for language in languages]
    if not any(same_name(line[named[0].start : named[-1].end], joined) for joined in right):
        yield f"is joined otherwise than this house joins a list (“{right[0]}”)"


def _fix(line: str, named: Sequence[Named], outlets: Sequence[Outlet], label: str, language: str) -> Fix | None:
    """The line with the cards' list in the place of its own; the words before and behind stay."""
    names = [outlet.name for outlet in outlets]
    if not names:
        return None
    new = made_line(names, label, language)
    if named and leads_in(line[: named[0].start], label):
        new = line[: named[0].start] + listed(names, language) + line[named[-1].end :]
    return Fix(_LABEL, line, new) if new != line else None
