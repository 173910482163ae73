"""Whether two numbers stand between the same words: then they tell the same thing, however the rest of it is retold."""

from __future__ import annotations

import re

from workstation.review.figures.numbers import Amount
from workstation.review.grounds.retold import telling_words

_REACH = 60
_FEWEST, _FEWEST_TELLING = 4, 2
_WORD = re.compile(r"\w+|[.;:!?]")
_NEARLY = re.compile(
    r"\W*\b(?:roughly|about|around|nearly|almost|some|approximately|only|just|over|more than|less than)\W+$", re.IGNORECASE
)
"""What stands with any number, and tells nothing of what it is."""


def have_same_words_around(text: str, amount: Amount, source: str, other: Amount) -> bool:
    """Whether at least four words that touch the two numbers, some on each side, are the same, two of them telling."""
    before = _shared(_before(text, amount), _before(source, other))
    after = _shared(_after(text, amount), _after(source, other))
    if not before or not after or len(before) + len(after) < _FEWEST:
        return False
    return len(telling_words(" ".join((*before, *after)))) >= _FEWEST_TELLING


def _before(text: str, amount: Amount) -> list[str]:
    return _WORD.findall(_NEARLY.sub("", text[max(0, amount.start - _REACH) : amount.start]).casefold())[::-1]


def _after(text: str, amount: Amount) -> list[str]:
    return _WORD.findall(text[amount.end : amount.end + _REACH].casefold())


def _shared(one: list[str], other: list[str]) -> list[str]:
    """The words from the number on that both have, as far as the sentence goes."""
    shared: list[str] = []
    for word, theirs in zip(one, other, strict=False):
        if word != theirs or not word[0].isalnum():
            break
        shared.append(word)
    return shared
