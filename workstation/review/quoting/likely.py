"""A first glance that spares most sources the comparison: may a long quotation stand in a text at all, true or altered?

It passes nothing. A text without any of the pairs of neighbouring words that a quotation has in plenty has neither its words
nor others like them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from workstation.review.quoting.words import Word

LONG = 12
"""Words; of fewer, the pairs say little."""

_LOOKED_AT = 12
"""Pairs, spread over the quotation."""

_LEAST_PAIRS, _LEAST_TRIPLES = 0.2, 0.1
"""So much of the pairs and of the triples stands in the text of any quotation that was altered rather than made up."""

_PLAIN = re.compile(
    "[\\x00-\\u02b6\\u0370-\\u0400\\u0402-\\u0450\\u0452-\\u0482\\u048a-\\u052f\\u2010-\\u2027\\u202f\\u2030-\\u205f\\u20a0-\\u20bf]*+"
)
"""Latin, Greek and Cyrillic letters that no folding changes, and signs between words."""

_FOLDABLE = ("\u00ad", "œ", "Œ", "-\n")
"""What is among them all the same."""


def may_stand_in(printed: str, words: tuple[Word, ...], text: str) -> bool:
    """Whether the quotation with these ``words`` has to be compared with ``text``."""
    if len(words) < LONG or not _is_plain(text) or not _is_plain(printed):
        return True
    return _stands(_runs(printed, words, 2), text, _LEAST_PAIRS) and _stands(_runs(printed, words, 3), text, _LEAST_TRIPLES)


def _stands(runs: Sequence[str], text: str, least: float) -> bool:
    """Whether at least this share of the runs is in ``text``; no more of them are sought than that takes."""
    wanted = least * len(runs)
    return wanted <= 0 or any(found >= wanted for found in accumulate(run in text for run in runs))


@lru_cache(maxsize=512)
def _is_plain(text: str) -> bool:
    """Whether the words of a text are written as they are folded, with common spaces between most of them."""
    if text.count(" ") * 12 < len(text) or any(sign in text for sign in _FOLDABLE):
        return False
    return text.isascii() or _PLAIN.fullmatch(text) is not None


@lru_cache(maxsize=64)
def _runs(printed: str, words: tuple[Word, ...], length: int) -> list[str]:
    """Runs of so many words with spaces between them, some of them if there are many."""
    starts = range(len(words) - length + 1)
    found = [" ".join(word.folded for word in words[at : at + length]) for at in starts if _is_spaced(printed, words, at, length)]
    return found[:: max(1, -(-len(found) // _LOOKED_AT))]


def _is_spaced(printed: str, words: Sequence[Word], at: int, length: int) -> bool:
    return all(printed[words[index].end : words[index + 1].start].isspace() for index in range(at, at + length - 1))
