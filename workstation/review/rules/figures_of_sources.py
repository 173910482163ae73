"""A number in the story is the number that its source has for the same thing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from workstation.domain.problem import Fix, Problem, Severity
from workstation.domain.quote import Quote
from workstation.review.figures.numbers import Amount, amounts_in, are_shifted, are_slips, are_turned
from workstation.review.figures.wording_around import have_same_words_around
from workstation.review.grounds.carried import archived, language_of, own_language
from workstation.review.grounds.retold import retold, telling_words
from workstation.review.grounds.ties import quotes_behind
from workstation.review.manuscript import Manuscript, Passage, opening
from workstation.review.sentences import Sentence, sentences_in

_RULE = "figure-source"
_COMMON = """
day hour minute second week month year people person time man men woman women child children country point degree
"""
"""What so many numbers count that it does not tell two of them to be one."""
_SHARED, _SHARED_IF_COMMON = 3, 4
"""How many telling words a source's sentence must have to tell the same."""
_SHARE, _SHARE_IF_FEW = 0.4, 0.6
"""Which part of them: of a sentence, and of a clause or where the number counts what so many numbers count."""


_LEAST_IF_FOREIGN = 100
_LARGE = 1000


class _Difference(NamedTuple):
    """A number of the story, and the one that the source number ``source`` has instead, as it is written there."""

    amount: Amount
    other: Amount
    written: str
    source: int


def figures_of_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a number that the passage behind its sentence has not, while it has another for the same thing."""
    language = own_language(manuscript)
    for passage in manuscript.passages:
        if not amounts_in(passage.text, language):
            continue
        tied = quotes_behind(manuscript, passage)
        for sentence, tie in tied.items():
            yield from _in_tied(manuscript, passage, sentence, tie)
        items = tuple(archived(manuscript, passage))
        sources = tuple(_Source(opening(item), language_of(item, language)) for item in items)
        for found in _in_untied(passage.text, sources, language):
            item, at = items[found.source], found.amount.start
            if not passage.quotes_at(at, found.amount.end) and not any(each.start <= at < each.end for each in tied):
                yield _problem(passage, found, item.source_name, sources[found.source].language == language)


# --- tied sentences ------------------------------------------------------------------------------------------------


def _in_tied(manuscript: Manuscript, passage: Passage, sentence: Sentence, tie: Quote) -> Iterator[Problem]:
    item = manuscript.items.get(tie.item)
    language = own_language(manuscript)
    theirs = language_of(item, language) if item else language
    amounts = _counting(passage.text, language)
    own = [a for a in amounts if sentence.start <= a.start < sentence.end and not passage.quotes_at(a.start, a.end)]
    there = amounts_in(tie.exact, theirs)
    everywhere = amounts_in(opening(item), theirs) if item else ()
    for amount in own:
        if _has(there, amount) or _is_reckoned(amount, there) or _has((a for a in everywhere if _same_thing(amount, a)), amount):
            continue
        other = _only_one(amount, there) if theirs == language else _lone_slip(own, amount, there)
        if other:
            found = _Difference(amount, other, tie.exact[other.start : other.end], 0)
            yield _problem(passage, found, item.source_name if item else "", theirs == language)


def _lone_slip(own: Sequence[Amount], amount: Amount, there: Sequence[Amount]) -> Amount | None:
    """In another language the nouns tell nothing: the only number of each must be like a slip of the hand."""
    return there[0] if len(own) == len(there) == 1 and are_slips(amount, there[0]) else None


# --- untied sentences ----------------------------------------------------------------------------------------------


class _Source(NamedTuple):
    """The text of a source, and the language that it is in."""

    text: str
    language: str


@lru_cache(maxsize=512)
def _in_untied(text: str, sources: tuple[_Source, ...], language: str) -> tuple[_Difference, ...]:
    """The numbers of a text that no source has, while one source has another in the sentence that is told again."""
    found: list[_Difference] = []
    for amount in amounts_in(text, language) if sources else ():
        if any(_is_told(amount, *source) for source in sources):
            continue
        sentence = _sentence_at(amount.start, text, language)
        told = ((sentence.printed(text), _SHARE), (_clause(text, sentence, amount), _SHARE_IF_FEW))
        others = [
            _other_of(amount, source, told, language) or _between_same_words(text, amount, source, language) for source in sources
        ]
        differing = [(index, other) for index, other in enumerate(others) if other]
        if differing and all(other.values == differing[0][1].values for _, other in differing):
            index, other = differing[0]
            found.append(_Difference(amount, other, sources[index].text[other.start : other.end], index))
    return tuple(found)


_Told = tuple[tuple[str, float], ...]
"""What the story tells, as its sentence and as its clause, each with the part of it that a source must tell too."""


def _other_of(amount: Amount, source: _Source, told: _Told, language: str) -> Amount | None:
    """The number that a source has instead; in another language only one whose digits were turned round."""
    if source.language == language:
        retold_with = _first(_retold_with(*each, amount, source.text, language) for each in told) if amount.counts else None
        return retold_with or _turned_in(told[0][0], amount, source.text, language)
    there = amounts_in(source.text, source.language)
    turned = [other for other in there if amount.counts and are_turned(amount, other, _least_if_foreign(amount, other))]
    return turned[0] if len(turned) == 1 else None


def _between_same_words(text: str, amount: Amount, source: _Source, language: str) -> Amount | None:
    """The one number of the same thing that a source in the same language has between the same words."""
    if source.language != language or not amount.counts:
        return None
    there = amounts_in(source.text, language)
    return _only_one(amount, (other for other in there if have_same_words_around(text, amount, source.text, other)))


def _least_if_foreign(amount: Amount, other: Amount) -> float:
    """From what number on turned digits tell something where no word does; of two percentages every one."""
    return 10 if amount.unit == other.unit == "percent" else _LEAST_IF_FOREIGN


def _turned_in(sentence: str, amount: Amount, source: str, language: str) -> Amount | None:
    """The one number of the same thing that has the same digits in another order, or a nought more, where words are shared too.

    Large numbers of one thing need no other word to be turned; a nought more, and numbers of nothing, need two.
    """
    slipped = [other for other in amounts_in(source, language) if are_turned(amount, other) or are_shifted(amount, other)]
    turned = [other for other in slipped if _may_be_same_thing(amount, other)]
    if len(turned) != 1:
        return None
    there = _sentence_at(turned[0].start, source, language)
    alike = _same_thing(amount, turned[0])
    shared = telling_words(sentence) & telling_words(there.printed(source))
    return turned[0] if len(shared.difference(amount.nouns)) >= _words_wanted(amount, turned[0], alike=alike) else None


def _words_wanted(amount: Amount, other: Amount, *, alike: bool) -> int:
    """How many words two sentences must share where their numbers are like slips of one another."""
    if not alike or not are_turned(amount, other):
        return 2
    return 0 if min(amount.values) >= _LARGE else 1


def _first(found: Iterable[Amount | None]) -> Amount | None:
    return next((amount for amount in found if amount), None)


def _sentence_at(at: int, text: str, language: str) -> Sentence:
    sentences = sentences_in(text, language)
    return sentences[bisect_right(sentences, at, key=lambda sentence: sentence.start) - 1]


def _clause(text: str, sentence: Sentence, amount: Amount) -> str:
    """The part of a sentence that tells the number: a sentence may tell what stands in several of the source's."""
    cuts = _cuts(text, sentence)
    return text[cuts[bisect_right(cuts, amount.start) - 1] : cuts[min(bisect_left(cuts, amount.end), len(cuts) - 1)]]


@lru_cache(maxsize=64)
def _cuts(text: str, sentence: Sentence) -> tuple[int, ...]:
    """The code points between the clauses of a sentence, from its start to its end."""
    between = _between_clauses().finditer(text, sentence.start, sentence.end)
    return (sentence.start, *(cut.end() for cut in between), sentence.end)


@cache
def _between_clauses() -> re.Pattern[str]:
    return re.compile(r"[;:—–]\s|,?\s(?=(?:and|but|while|und|aber|et|mais|y|pero)\s)|,\s")


@lru_cache(maxsize=512)
def _counting(text: str, language: str) -> tuple[Amount, ...]:
    return tuple(amount for amount in amounts_in(text, language) if amount.counts)


@lru_cache(maxsize=128)
def _values(source: str, language: str) -> frozenset[float]:
    return frozenset(value for amount in amounts_in(source, language) for value in amount.values)


def _is_told(amount: Amount, source: str, language: str) -> bool:
    """Whether a source has the number anywhere, of whatever it is."""
    return not _values(source, language).isdisjoint(amount.values) or _has(amounts_in(source, language), amount)


def _retold_with(told: str, share: float, amount: Amount, source: str, language: str) -> Amount | None:
    """The other number that a source has in a sentence which has ``share`` of the telling words of what the story tells."""
    common = bool(amount.unit) or amount.nouns[0] in _COMMON.split()
    shared, share = (_SHARED_IF_COMMON, _SHARE_IF_FEW) if common else (_SHARED, share)
    near = retold(told, source, language)
    spans = [(there.sentence.start, there.sentence.end) for there in near if there.shared >= shared and there.share >= share]
    if not spans:
        return None
    there = [each for each in amounts_in(source, language) if any(start <= each.start < end for start, end in spans)]
    return None if _is_reckoned(amount, there) else _only_one(amount, there)


# --- numbers -------------------------------------------------------------------------------------------------------


def _has(amounts: Iterable[Amount], amount: Amount) -> bool:
    return any(amount.tells(other) for other in amounts)


def _same_thing(one: Amount, other: Amount) -> bool:
    """Whether both count the same: in one unit, or one of the first words after them is the same."""
    if one.unit or other.unit:
        return one.unit == other.unit
    return bool(set(one.nouns[:2]) & set(other.nouns[:2]))


def _may_be_same_thing(one: Amount, other: Amount) -> bool:
    """Whether both count the same, or share any word behind them, or one tells nothing of which it is."""
    return _same_thing(one, other) or not (one.counts and other.counts) or bool(set(one.nouns) & set(other.nouns))


def _only_one(amount: Amount, there: Iterable[Amount]) -> Amount | None:
    """The one number that counts the same thing there; None where there are several, or none."""
    same = [other for other in there if _same_thing(amount, other)]
    return same[0] if same and all(other.values == same[0].values for other in same) else None


def _is_reckoned(amount: Amount, there: Iterable[Amount]) -> bool:
    """Whether the number is the sum of two numbers there, or their difference."""
    values = [value for other in there for value in other.values[:1]]
    counts = Counter(values)
    return len(values) > 1 and any(value == sum(values) or _is_of_two(value, counts) for value in amount.values)


def _is_of_two(value: float, counts: Mapping[float, int]) -> bool:
    """Whether a value is the sum of two of those counted, or their difference."""
    sums = any(counts.get(value - one, 0) > (value - one == one) for one in counts)
    return sums or any(counts.get(one + value, 0) > (value == 0) for one in counts)


# --- what is said --------------------------------------------------------------------------------------------------


def _problem(passage: Passage, found: _Difference, outlet: str, same_language: bool) -> Problem:
    amount, theirs = found.amount, found.written
    written = passage.text[amount.start : amount.end]
    source = outlet or "Its source"
    message = f"{source} has {theirs} where this sentence has {written}. Take its number, or make sure of this one."
    alike = same_language and written[0].isdigit() == theirs[0].isdigit()
    fix = Fix(f"Write {theirs}", written, theirs, amount.start) if alike else None
    return Problem(_RULE, Severity.WARNING, passage.place_of(amount.start, amount.end), message, written, fix, theirs)
