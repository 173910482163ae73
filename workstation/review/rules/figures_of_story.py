"""The same thing has the same number wherever the story tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from workstation.domain.problem import Problem, Severity
from workstation.review.figures.dates import weekdays_in
from workstation.review.figures.numbers import Amount, amounts_in, are_near, are_slips
from workstation.review.grounds.carried import own_language, texts_in_its_language
from workstation.review.grounds.retold import telling_words
from workstation.review.manuscript import Manuscript, Passage, opening
from workstation.review.sentences import sentences_in

_RULE = "figure-story"
_LEAST = 20
"""Smaller numbers differ by little without being one."""
_SHARED = 2
"""Telling words that two sentences share beside what is counted, where the numbers are no mere slip."""

_MOST = 150
"""Numbers of one thing that are compared with each other: a table that was pasted into a story has thousands."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number of a text with its sentence."""

    amount: Amount
    sentence: str


def figures_of_story(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns at the second of two numbers for one thing, where they differ by so little that one of them must be a slip."""
    language = own_language(manuscript)
    by_noun: dict[str, list[tuple[Passage, _Figure]]] = {}
    for passage in manuscript.passages:
        for figure in _figures(passage.text, language):
            if not passage.quotes_at(figure.amount.start, figure.amount.end):
                by_noun.setdefault(figure.amount.nouns[0], []).append((passage, figure))
    for found in by_noun.values():
        for (first, one), (second, other) in combinations(found[:_MOST], 2):
            if _are_one(one, other, language) and not _both_in_sources(manuscript, second, one.amount, other.amount):
                yield _problem(first, one, second, other)


@lru_cache(maxsize=512)
def _figures(text: str, language: str) -> tuple[_Figure, ...]:
    """The numbers that say what they count, and are exact."""
    amounts = [
        amount for amount in amounts_in(text, language) if amount.nouns and not amount.about and max(amount.values) >= _LEAST
    ]
    if not amounts:
        return ()
    sentences = sentences_in(text, language)
    return tuple(
        _Figure(amount, sentence.printed(text))
        for amount in amounts
        for sentence in sentences
        if sentence.start <= amount.start < sentence.end
    )


def _are_one(one: _Figure, other: _Figure, language: str) -> bool:
    """Whether two numbers that differ must be meant as one: another day, or the same sentence, is a reason to differ."""
    if one.sentence == other.sentence or one.amount.is_like(other.amount):
        return False
    days = [{day.day for day in weekdays_in(figure.sentence, language)} for figure in (one, other)]
    if days[0] and days[1] and days[0] != days[1]:
        return False
    shared = len((telling_words(one.sentence) & telling_words(other.sentence)) - set(one.amount.nouns))
    if are_slips(one.amount, other.amount):
        return shared >= 1 or min(*one.amount.values, *other.amount.values) >= 100
    return are_near(one.amount, other.amount) and shared >= _SHARED


def _both_in_sources(manuscript: Manuscript, passage: Passage, one: Amount, other: Amount) -> bool:
    news = next((text for text in manuscript.passages if text.place.field == "news"), passage)
    language = own_language(manuscript)
    known = [amount for item in texts_in_its_language(manuscript, news) for amount in amounts_in(opening(item), language)]
    return all(any(amount.is_like(source) for source in known) for amount in (one, other))


def _problem(first: Passage, one: _Figure, second: Passage, other: _Figure) -> Problem:
    before = first.text[one.amount.start : one.amount.end]
    written = second.text[other.amount.start : other.amount.end]
    message = f"This says {written}, and {first.place.label} says {before} of the same. Find out which is right."
    place = second.place_of(other.amount.start, other.amount.end)
    return Problem(_RULE, Severity.WARNING, place, message, written, about=before)
