"""A thing happens on the weekday on which its source has it happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from workstation.domain.problem import Fix, Problem, Severity
from workstation.domain.quote import Quote
from workstation.review.figures.ages import day_of
from workstation.review.figures.dates import Weekday, dates_in, today_in, weekday_name, weekdays_in
from workstation.review.grounds.carried import language_of, own_language, texts_in_its_language
from workstation.review.grounds.retold import retold
from workstation.review.grounds.ties import quotes_behind
from workstation.review.manuscript import Manuscript, Passage, opening
from workstation.review.sentences import Sentence

_SHARED, _SHARE = 4, 0.6
"""How many telling words, and which part of them, a source's sentence must have to tell the same."""


class _Day(NamedTuple):
    """The weekday in a source, whose source it is, and every weekday that its text or its date may lend to a sentence."""

    day: int
    outlet: str
    possible: frozenset[int] = frozenset()


def weekdays_of_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a weekday where the source's sentence, which tells the same, has another."""
    language = own_language(manuscript)
    for passage in manuscript.passages:
        days = weekdays_in(passage.text, language)
        if not days:
            continue
        tied = quotes_behind(manuscript, passage)
        for sentence in passage.sentences:
            own = [day for day in days if sentence.start <= day.start < sentence.end]
            if len(own) == 1 and not passage.quotes_at(own[0].start, own[0].end):
                tie = tied.get(sentence)
                theirs = _in_tie(manuscript, tie) if tie else _told(manuscript, passage, sentence)
                yield from _judged(passage, own[0], theirs, language)


def _judged(passage: Passage, own: Weekday, theirs: Sequence[_Day], language: str) -> Iterator[Problem]:
    """Every source that tells it must have one and the same other day."""
    if len({day.day for day in theirs}) != 1 or any(own.day in day.possible for day in theirs) or theirs[0].day == own.day:
        return
    written, right = passage.text[own.start : own.end], weekday_name(theirs[0].day, language)
    right = right.capitalize() if written[0].isupper() else right
    message = f"{theirs[0].outlet or 'The source'} has this on a {right}, the story on a {written}. Make sure of the day."
    fix = Fix(f"Write {right}", written, right, own.start)
    yield Problem("weekday-source", Severity.WARNING, passage.place_of(own.start, own.end), message, written, fix, right)


def _in_tie(manuscript: Manuscript, tie: Quote) -> list[_Day]:
    """The one weekday of the passage that a sentence is tied to."""
    item = manuscript.items.get(tie.item)
    own = own_language(manuscript)
    language = language_of(item, own) if item else own
    found = {day.day for day in weekdays_in(tie.exact, language)}
    if len(found) != 1:
        return []
    possible = frozenset(day.day for day in weekdays_in(opening(item), language)) if item else frozenset()
    return [_Day(found.pop(), item.source_name if item else "", possible)]


def _told(manuscript: Manuscript, passage: Passage, sentence: Sentence) -> list[_Day]:
    """The weekdays of the sentences in its sources that tell the same."""
    language = own_language(manuscript)
    printed = sentence.printed(passage.text)
    if dates_in(printed, language):
        return []
    found: list[_Day] = []
    for item in texts_in_its_language(manuscript, passage):
        published = day_of(item)
        days, possible = _days_told(printed, opening(item), language, published.weekday() if published else None)
        found += [_Day(day, item.source_name, possible) for day in days]
    return found


@lru_cache(maxsize=4096)
def _days_told(printed: str, text: str, language: str, published: int | None) -> tuple[tuple[int, ...], frozenset[int]]:
    """The weekdays in the sentences of a source that tell the same, and all that its text and its date may lend to one."""
    near = [there for there in retold(printed, text, language) if there.shared >= _SHARED and there.share >= _SHARE]
    if not near:
        return (), frozenset()
    days: set[int] = set()
    for there in near:
        words = there.sentence.printed(text)
        days |= {day.day for day in weekdays_in(words, language)}
        if published is not None and today_in(words, language):
            days.add(published)
    possible = {day.day for day in weekdays_in(text, language)} | ({published} if published is not None else set())
    return tuple(sorted(days)), frozenset(possible)
