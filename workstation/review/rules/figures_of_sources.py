"""A number in the story is the number that its source has for the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from workstation.domain.item import Item
from workstation.domain.problem import Fix, Problem, Severity
from workstation.domain.quote import Quote
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.numbers import Amount, amounts_in, are_slips
from workstation.review.retold import retold
from workstation.review.sentences import Sentence
from workstation.review.tied import own_language, texts_in_its_language, tie_of, ties_of

_RULE = "figure-source"
_COMMON = """
day hour minute second week month year people person time man men woman women child children country point degree
"""
"""What so many numbers count that it does not tell two of them to be one."""
_SHARED, _SHARE = 3, 0.4
_SHARED_IF_COMMON, _SHARE_IF_COMMON = 4, 0.6
"""How many telling words, and which part of them, a source's sentence must have to tell the same."""


class _Other(NamedTuple):
    """The number that the source has instead, as it is written there, and whose source it is."""

    amount: Amount
    written: str
    outlet: str


def figures_of_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a number that the passage behind its sentence has not, while it has another for the same thing."""
    language = own_language(manuscript)
    for passage in manuscript.passages:
        amounts = [amount for amount in amounts_in(passage.text, language) if _is_own(passage, amount)]
        if not amounts:
            continue
        ties = ties_of(manuscript, passage)
        for sentence in passage.sentences:
            own = [amount for amount in amounts if sentence.start <= amount.start < sentence.end]
            if own:
                tie = tie_of(sentence, passage, ties)
                yield from _in_tied(manuscript, passage, own, tie) if tie else _in_untied(manuscript, passage, sentence, own)


def _is_own(passage: Passage, amount: Amount) -> bool:
    return amount.counts and not passage.quotes_at(amount.start, amount.end)


# --- tied sentences ------------------------------------------------------------------------------------------------


def _in_tied(manuscript: Manuscript, passage: Passage, own: Sequence[Amount], tie: Quote) -> Iterator[Problem]:
    item = manuscript.items.get(tie.item)
    language = own_language(manuscript)
    theirs = (item.language if item and item.language else language).partition("-")[0].lower()
    there = amounts_in(tie.exact, theirs)
    everywhere = amounts_in(item.text, theirs) if item else ()
    for amount in own:
        if (
            _has(there, amount)
            or _is_reckoned(amount, there)
            or any(_same_thing(amount, a) and amount.is_like(a) for a in everywhere)
        ):
            continue
        other = _only_one(amount, there) if theirs == language else _lone_slip(own, amount, there)
        if other:
            outlet = (item.outlet or item.title) if item else ""
            yield _problem(passage, amount, _Other(other, tie.exact[other.start : other.end], outlet))


def _lone_slip(own: Sequence[Amount], amount: Amount, there: Sequence[Amount]) -> Amount | None:
    """In another language the nouns tell nothing: the only number of each must be like a slip of the hand."""
    return there[0] if len(own) == len(there) == 1 and are_slips(amount, there[0]) else None


# --- untied sentences ----------------------------------------------------------------------------------------------


def _in_untied(manuscript: Manuscript, passage: Passage, sentence: Sentence, own: Sequence[Amount]) -> Iterator[Problem]:
    items = list(texts_in_its_language(manuscript, passage))
    language = own_language(manuscript)
    for amount in own:
        if any(_has(amounts_in(item.text, language), amount) for item in items):
            continue
        others = [other for item in items if (other := _retold_with(passage, sentence, amount, item, language))]
        if len(others) == 1:
            yield _problem(passage, amount, others[0])


def _retold_with(passage: Passage, sentence: Sentence, amount: Amount, item: Item, language: str) -> _Other | None:
    """The other number that a source has in the sentence which the story tells again."""
    common = bool(amount.unit) or amount.nouns[0] in _COMMON.split()
    shared, share = (_SHARED_IF_COMMON, _SHARE_IF_COMMON) if common else (_SHARED, _SHARE)
    near = retold(sentence.printed(passage.text), item.text, language)
    spans = [(there.sentence.start, there.sentence.end) for there in near if there.shared >= shared and there.share >= share]
    there = [each for each in amounts_in(item.text, language) if any(start <= each.start < end for start, end in spans)]
    other = None if _is_reckoned(amount, there) else _only_one(amount, there)
    return _Other(other, item.text[other.start : other.end], item.outlet or item.title) if other else None


# --- numbers -------------------------------------------------------------------------------------------------------


def _has(amounts: Iterable[Amount], amount: Amount) -> bool:
    return any(amount.is_like(other) for other in amounts)


def _same_thing(one: Amount, other: Amount) -> bool:
    """Whether both count the same: in one unit, or one of the first words after them is the same."""
    if one.unit or other.unit:
        return one.unit == other.unit
    return bool(set(one.nouns[:2]) & set(other.nouns[:2]))


def _only_one(amount: Amount, there: Iterable[Amount]) -> Amount | None:
    """The one number that counts the same thing there; None where there are several, or none."""
    same = [other for other in there if _same_thing(amount, other)]
    return same[0] if same and all(other.values == same[0].values for other in same) else None


def _is_reckoned(amount: Amount, there: Iterable[Amount]) -> bool:
    """Whether the number is the sum of two numbers there, or their difference."""
    values = [value for other in there for value in other.values[:1]]
    made = {reckoned for one, two in combinations(values, 2) for reckoned in (one + two, abs(one - two))} | {sum(values)}
    return any(value in made for value in amount.values) and len(values) > 1


# --- what is said --------------------------------------------------------------------------------------------------


def _problem(passage: Passage, amount: Amount, other: _Other) -> Problem:
    written = passage.text[amount.start : amount.end]
    source = other.outlet or "Its source"
    message = f"{source} has {other.written} where this sentence has {written}. Take its number, or make sure of this one."
    fix = None
    if written[0].isdigit() == other.written[0].isdigit():
        fix = Fix(f"Write {other.written}", written, other.written, amount.start)
    return Problem(_RULE, Severity.WARNING, passage.place_of(amount.start, amount.end), message, written, fix, other.written)
