"""A name is spelt in one way: in the whole story, and as the sources spell it."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Fix, Problem, Severity
from workstation.review.grounds.carried import own_language
from workstation.review.manuscript import Manuscript
from workstation.review.names.english_words import is_known_name
from workstation.review.names.named import (
    NamePlace,
    NamesOfStory,
    Pairs,
    alike_in_sources,
    alike_in_story,
    names_asked_for,
    names_of_sources,
    outlets_of,
    persons_among_sources,
    spellings_in,
)
from workstation.review.names.one_name import OneName
from workstation.review.names.spellings import plain

_RULE = "name-spelling"


def name_spellings(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of two spellings of one name in the story, and of one that no source has while they have another."""
    language = own_language(manuscript)
    outlets = outlets_of(manuscript)
    sources = names_of_sources(manuscript, language)
    texts = (*manuscript.passages, *persons_among_sources(manuscript))
    spellings = [found for passage in texts if (found := spellings_in(passage.text, outlets))]
    pairs, strangers = alike_in_story(spellings, language == "en"), alike_in_sources(spellings, sources, language == "en")
    if pairs or strangers:
        asked = {spelling for pair in (*pairs, *strangers) for spelling in pair}
        yield from _judged(pairs, strangers, OneName(names_asked_for(texts, outlets, asked), sources, language))


def _judged(pairs: Pairs, strangers: Pairs, judge: OneName) -> Iterator[Problem]:
    told: set[str] = set()
    for one, other in pairs:
        if judge.are_one(one, other):
            told.update((one, other))
            yield from _two_ways(judge, one, other)
    wanted: dict[str, list[str]] = {}
    for spelling, other in strangers:
        if spelling not in told and not _has_more_accents(spelling, other) and judge.are_one(spelling, other):
            wanted.setdefault(spelling, []).append(other)
    for spelling, others in wanted.items():
        yield from _unlike_sources(judge.story, spelling, others)


def _has_more_accents(spelling: str, other: str) -> bool:
    """Whether the story gives a name the accents that its sources leave out, which is no mistake."""
    return plain(spelling) == plain(other) and not spelling.isascii() and other.isascii()


def _two_ways(judge: OneName, one: str, other: str) -> Iterator[Problem]:
    wrong, right, certain = _which(judge, one, other)
    if not judge.story.own_places(wrong):
        wrong, right, certain = right, wrong, True
    places = judge.story.own_places(wrong)
    if places:
        message = f"The story writes both “{wrong}” and “{right}”. Spell the name in one way."
        yield _problem(places[0], message, right, certain)


def _which(judge: OneName, one: str, other: str) -> tuple[str, str, bool]:
    """The spelling to mend, the one to keep, and whether that is certain."""
    sources, counts = judge.sources.counts, judge.story.names.counts
    for right, wrong in ((one, other), (other, one)):
        if right in sources and wrong not in sources:
            return wrong, right, True
    if counts[one] != counts[other]:
        return (one, other, True) if counts[one] < counts[other] else (other, one, True)
    for right, wrong in ((one, other), (other, one)):
        if is_known_name(right) and not is_known_name(wrong):
            return wrong, right, True
    order = list(judge.story.places)
    first, later = sorted((one, other), key=order.index)
    return later, first, False


def _unlike_sources(story: NamesOfStory, spelling: str, others: list[str]) -> Iterator[Problem]:
    places = story.own_places(spelling)
    if places:
        listed = " and ".join(f"“{other}”" for other in others)
        message = f"The sources write {listed}, the story “{spelling}”. Spell the name as they do, or make sure of it."
        yield _problem(places[0], message, others[0], certain=len(others) == 1)


def _problem(place: NamePlace, message: str, right: str, certain: bool) -> Problem:
    name = place.name
    fix = Fix(f"Write {right}", name.spelling, right, name.start) if certain else None
    where = place.passage.place_of(name.start, name.end)
    return Problem(_RULE, Severity.WARNING, where, message, name.spelling, fix, right)
