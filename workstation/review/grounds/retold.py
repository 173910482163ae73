"""Which sentence of a source a sentence of the story tells again, by the words that both have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from workstation.review.figures.numbers import stem
from workstation.review.sentences import Sentence, sentences_in

_WORD = re.compile(r"[^\W\d_]{3,}")
_LIGHT = """
the and for are was has had its his her him who how why our out not but all any can did may one two now new own per set too
off yet way day about after again also among because been before being between both could does during each even every first
from have having here into just last later like made make many more most much must near next only other over said same says
shall should since some such than that their them then there these they this those told took under until upon very were what
when where which while will with would your reported according official officials people year years week weeks month months
hundred thousand million billion percent cent dollar dollars euro euros number total nearly almost least
"""
"""Words that any two sentences may have in common."""


@dataclass(frozen=True, slots=True)
class Retold:
    """A sentence of a source, and how many telling words it shares with the story's."""

    sentence: Sentence
    shared: int
    share: float
    """The part of the telling words of the story's sentence that the source's has, from 0 to 1."""


@cache
def _light() -> frozenset[str]:
    return frozenset(_LIGHT.split())


@lru_cache(maxsize=2048)
def telling_words(sentence: str) -> frozenset[str]:
    """The words of a sentence that say what it is about, as stems."""
    light = _light()
    return frozenset(stem(word) for word in _WORD.findall(sentence.lower()) if word not in light)


@dataclass(frozen=True, eq=False)
class _Indexed:
    sentences: tuple[Sentence, ...]
    of_word: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=128)
def _indexed(text: str, language: str) -> _Indexed:
    sentences = sentences_in(text, language)
    of_word: dict[str, list[int]] = {}
    for index, sentence in enumerate(sentences):
        for word in telling_words(sentence.printed(text)):
            of_word.setdefault(word, []).append(index)
    return _Indexed(sentences, {word: tuple(found) for word, found in of_word.items()})


@lru_cache(maxsize=2048)
def retold(sentence: str, text: str, language: str) -> tuple[Retold, ...]:
    """The sentences of a source's ``text`` that have most of the telling words of ``sentence``, or but one less."""
    words = telling_words(sentence)
    source = _indexed(text, language)
    hits = Counter(index for word in words for index in source.of_word.get(word, ()))
    most = max(hits.values(), default=0)
    return tuple(
        Retold(source.sentences[index], shared, shared / len(words))
        for index, shared in sorted(hits.items())
        if shared >= most - 1
    )
