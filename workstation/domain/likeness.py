"""Which texts are copies of each other, though each outlet cut and touched them: MinHash over shingles of words.

A text is the set of its shingles: three words in a row, five characters where a script is written without spaces. 126 minima
of it, in 42 bands of three, find most pairs that share a third of their shingles; what is found is compared by all shingles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

BANDS = 42
ROWS = 3
WIDTH, UNSPACED_WIDTH = 3, 5
SHORT = 50
"""Texts of fewer words are copies only where they are identical."""
TOO_SHORT = 12
"""What says so little stands on many pages: a notice, a list of links."""
LONGEST = 30_000
"""Characters of a text that are looked at."""

SHARED = 0.4
ALIKE = 0.25
"""Two texts are one story when the shorter has two in five of its shingles from the other, and one in four of all is common: so
much is left where an outlet printed half of an agency's story between words of its own."""
NEARLY_IDENTICAL = 0.9
"""So alike are the same text at two addresses of one outlet, or days apart; else one outlet writes about one thing twice."""
DAYS = 3

Shingles = NDArray[np.uint32]
"""The sorted shingles of a text, each once; shape (n,)."""
Print = NDArray[np.uint32]
"""The keys of a text's bands; shape (BANDS,)."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_BETWEEN = (
    r"\s\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u3004\u3008-\u303f\uff00-\uff0f\uff1a-\uff20"
    "،؛؟۔।"
)
_WORD = re.compile(f"[{_UNSPACED}]|[^{_BETWEEN}{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_MOST_WORDS_KNOWN = 400_000
_MOST_OF_A_KEY = 48
"""Texts with one key that are looked at: more of them share a form letter, not a story."""

_random = np.random.Generator(np.random.PCG64(20260302))
_FACTORS = _random.integers(1, 2**63, size=(BANDS * ROWS, 1), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS = _random.integers(0, 2**63, size=(BANDS * ROWS, 1), dtype=np.uint64)
_PLACES = _random.integers(1, 2**63, size=UNSPACED_WIDTH, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_HALF = np.uint64(32)


class _Numbers(dict[str, int]):
    """A number for each word, the same in every run."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS_KNOWN:
            self.clear()
        number = self[word] = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        return number


_numbers = _Numbers()


def shingles_of(text: str) -> Shingles:
    """The shingles of ``text``; none where it says too little to be compared, one for all of it where it is short."""
    words = _WORD.findall(text[:LONGEST].casefold())
    if len(words) < TOO_SHORT:
        return np.empty(0, np.uint32)
    width = UNSPACED_WIDTH if 2 * len(_IS_UNSPACED.findall(text[:LONGEST])) > len(words) else WIDTH
    if len(words) < SHORT:
        return np.array([_numbers[" ".join(words)] & 0xFFFFFFFF], np.uint32)
    numbers = np.fromiter(map(_numbers.__getitem__, words), np.uint64, len(words))
    count = len(words) - width + 1
    mixed = np.zeros(count, np.uint64)
    for place in range(width):
        mixed += numbers[place : place + count] * _PLACES[place]
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed * _PLACES[0] >> _HALF).astype(np.uint32))


def print_of(shingles: Shingles) -> Print:
    """The keys by which texts with many equal shingles find each other; zeros for a text without shingles."""
    if not len(shingles):
        return np.zeros(BANDS, np.uint32)
    minima = (shingles.astype(np.uint64)[None, :] * _FACTORS + _TERMS).min(axis=1).reshape(BANDS, ROWS)
    mixed = minima[:, 0] * _PLACES[0] + (minima[:, 1] ^ (minima[:, 0] >> _HALF)) * _PLACES[1] + minima[:, 2] * _PLACES[2]
    keys = (mixed >> _HALF).astype(np.uint32)
    kept: Print = np.maximum(keys, np.uint32(1))
    return kept


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the shorter text the longer one has, and how much of all that either has they share; from 0 to 1."""

    shared: float
    alike: float


def likeness(one: Shingles, other: Shingles) -> Likeness:
    """How alike two texts are."""
    if not len(one) or not len(other):
        return Likeness(0.0, 0.0)
    common = len(np.intersect1d(one, other, assume_unique=True))
    return Likeness(common / min(len(one), len(other)), common / (len(one) + len(other) - common))


def same_story(found: Likeness, *, one_outlet: bool, published: tuple[str | None, str | None]) -> bool:
    """Whether two texts so alike are one story, printed on these days (ISO dates or times)."""
    if one_outlet or _days_apart(*published) > DAYS:
        return found.alike >= NEARLY_IDENTICAL
    return found.shared >= SHARED and found.alike >= ALIKE


def _days_apart(one: str | None, other: str | None) -> int:
    try:
        return abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days)
    except ValueError:
        return 0


class PrintIndex:
    """Finds the numbers of the texts that share a key with a given one. 340 bytes a text; not for several threads at once."""

    def __init__(self) -> None:
        self._numbers = np.empty(0, np.int64)
        self._keys = np.empty((BANDS, 0), np.uint64)

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, numbers: Sequence[int], prints: NDArray[np.uint32]) -> None:
        """Know the texts with these numbers; ``prints`` has the shape (len(numbers), BANDS). One without shingles is left out."""
        kept = prints[:, 0] != 0
        fresh = np.asarray(numbers, np.int64)[kept]
        places = np.arange(len(self._numbers), len(self._numbers) + len(fresh), dtype=np.uint64)
        keys = (prints[kept].T.astype(np.uint64) << _HALF) | places[None, :]
        self._numbers = np.concatenate([self._numbers, fresh])
        self._keys = np.sort(np.concatenate([self._keys, keys], axis=1), axis=1, kind="stable")

    def alike(self, prints: NDArray[np.uint32]) -> list[list[int]]:
        """For each print of shape (n, BANDS) the numbers of the texts that share a key with it, most keys first, itself included.

        The prints are in the index already: a key that only one text has is its own and is passed over.
        """
        found: list[dict[int, int]] = [{} for _ in prints]
        for band in range(BANDS):
            keys = prints[:, band].astype(np.uint64)
            first = np.searchsorted(self._keys[band], keys << _HALF)
            last = np.searchsorted(self._keys[band], (keys + np.uint64(1)) << _HALF)
            for at in np.flatnonzero((last > first + 1) & (keys != 0)):
                counts = found[at]
                end = min(int(last[at]), int(first[at]) + _MOST_OF_A_KEY)
                for key in self._keys[band, first[at] : end].tolist():
                    place = key & 0xFFFFFFFF
                    counts[place] = counts.get(place, 0) + 1
        return [[int(self._numbers[place]) for place in sorted(counts, key=counts.__getitem__, reverse=True)] for counts in found]
