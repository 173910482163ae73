"""The passage of a source that most likely carries a sentence: the one that shares its numbers, its names and its rare words.

A guess for the editor to accept, never a judgement: likeness passes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import NamedTuple

from workstation.review.quoting.words import Word, folded_text, words_in
from workstation.review.sentences import Sentence, sentences_in

LIKELY = 0.3
"""From this share of a sentence's telling words on, a passage is offered."""
FEWEST = 2
"""So many telling words are common at least: one alone stands anywhere."""

_NUMBER, _DIGIT, _NAME, _WORD = 2.0, 0.5, 1.5, 1.0
_SHORTEST = 4
_STEM = 6
_SEPARATORS = str.maketrans("", "", ".,٫٬'’")
_JOINED_TO_ARABIC = ("وال", "بال", "فال", "كال", "لل", "ال")


class Likely(NamedTuple):
    """Code points ``start`` to ``end`` of a source's text, and how likely (0 to 1) they carry a sentence."""

    likelihood: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Source:
    """The sentences of a source, and for each telling word the indices of those that have it."""

    sentences: tuple[Sentence, ...]
    having: Mapping[str, tuple[int, ...]]


def likely_passage(sentence: str, text: str, language: str, foreign: bool = False) -> Likely | None:
    """The sentence of ``text``, a source in ``language``, that most likely carries ``sentence``; None where none is alike.

    Of a sentence in another language than the source (``foreign``) only numbers and names are sought.
    """
    source = _source(text, language)
    sought = {word: weight for word, weight in _telling(sentence).items() if not foreign or weight != _WORD}
    whole = sum(sought.values())
    scores: dict[int, float] = {}
    common: dict[int, int] = {}
    for word, weight in sought.items():
        having = source.having.get(word, ())
        worth = weight * _rarity(len(having), len(source.sentences)) if having else 0.0
        for index in having:
            scores[index] = scores.get(index, 0.0) + worth
            common[index] = common.get(index, 0) + 1
    if not scores:
        return None
    index = max(scores, key=scores.__getitem__)
    if common[index] < FEWEST or scores[index] < LIKELY * whole:
        return None
    found = source.sentences[index]
    return Likely(scores[index] / whole, found.start, found.end)


def _rarity(having: int, sentences: int) -> float:
    """1 for a word of one sentence, near 0 for one of every sentence."""
    return log(1 + sentences / having) / log(1 + sentences)


@lru_cache(maxsize=128)
def _source(text: str, language: str) -> _Source:
    folded = folded_text(text)
    words = folded.folded(0, len(folded))
    sentences = sentences_in(text, language)
    having: dict[str, list[int]] = {}
    at = 0
    for index, sentence in enumerate(sentences):
        first = at
        while at < len(words) and folded.start(at) < sentence.end:
            at += 1
        for word in dict(_weighed(words[first:at])):
            having.setdefault(word, []).append(index)
    return _Source(sentences, {word: tuple(indices) for word, indices in having.items()})


@lru_cache(maxsize=2048)
def _telling(sentence: str) -> Mapping[str, float]:
    return dict(_weighed([word.folded for word in words_in(sentence)]))


def _weighed(words: list[str]) -> Iterator[tuple[str, float]]:
    """What tells one sentence from others: stems of numbers, names and long words, with their weights."""
    for place, word in enumerate(words):
        digits = sum(character.isdecimal() for character in word)
        if digits:
            yield number_of(word), _NUMBER if digits > 1 else _DIGIT
        elif len(word) > 1:
            is_name = place > 0 and word[0].isupper()
            if is_name or len(word) >= _SHORTEST:
                yield stem_of(word), _NAME if is_name else _WORD
    unspaced = (Word(word, 0, 0).is_unspaced for word in words)
    for (one, first), (other, second) in pairwise(zip(words, list(unspaced), strict=True)):
        if first and second:
            yield one + other, _WORD


def number_of(word: str) -> str:
    """A number in ASCII digits without separators, so that 1,200 and 1.200 and ١٢٠٠ are one."""
    plain = word.translate(_SEPARATORS)
    return "".join(str(int(c)) if c.isdecimal() else c.casefold() for c in plain)


def stem_of(word: str) -> str:
    """The beginning of a word, which its inflected forms share."""
    bare = next(
        (word[len(front) :] for front in _JOINED_TO_ARABIC if word.startswith(front) and len(word) > len(front) + 2), word
    )
    return bare.casefold()[:_STEM]
