"""Which texts are copies of each other, though each outlet cut and touched them: MinHash over shingles of words.

A text is the set of its shingles: three words in a row, five characters where a script is written without spaces. 252 minima
of it, in 84 bands of three, find nearly all pairs that share a third of their shingles; what is found is compared by all shingles
and by all passages (ten words or twelve characters in a row). A copy takes over whole passages, however much of it was cut or
touched. Reports made from one template (weather, markets, results) share as many words, but in each sentence other names and
figures.

Many texts are cut into shingles at once, by numpy: a tenth of the time, and the interpreter is free for the window meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BANDS = 84
ROWS = 3
WIDTH, UNSPACED_WIDTH = 3, 5
PASSAGE, UNSPACED_PASSAGE = 10, 12
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
TAKEN_OVER, OF_SHARED = 0.15, 0.36
"""And the shorter has so many of its passages from the other: of all, and of the share of its words. Copies with a touch in every
other sentence still have 0.35 to 0.7 of that share, reports made from one form 0.05 to 0.35."""
NEARLY_IDENTICAL, NEARLY_WHOLE = 0.9, 0.75
"""So alike are the same text at two addresses of one outlet, or days apart; else one outlet writes about one thing twice."""
DAYS = 3

Print = NDArray[np.uint32]
"""The keys of a text's bands; shape (BANDS,)."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_BETWEEN = (
    r"\s\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u3004\u3008-\u303f\uff00-\uff0f\uff1a-\uff20"
    "،؛؟۔।"
)
_MARKS = re.compile(f"[{_BETWEEN}]")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_LETTER, _MARK, _CHARACTER = 0, 1, 2
_AT_ONCE = 150_000
"""Letters that are cut into shingles at once, which takes milliseconds and 12 MB of work space."""
_MOST_OF_A_KEY = 48
"""Texts with one key that are looked at. What more of them share is a form letter or the foot of a page: alone it tells nothing,
only where the texts have many other keys in common."""
_MANY_KEYS = BANDS // 4

_random = np.random.Generator(np.random.PCG64(20260302))
_FACTORS = _random.integers(1, 2**31, size=(BANDS * ROWS, 1), dtype=np.uint32) * np.uint32(2) + np.uint32(1)
_TERMS = _random.integers(0, 2**32, size=(BANDS * ROWS, 1), dtype=np.uint32)
_PLACES = _random.integers(1, 2**63, size=UNSPACED_PASSAGE, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_HALF = np.uint64(32)
_BASE = 0x9E3779B97F4A7C15
_MORE_BASE = pow(_BASE, -1, 2**64)


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of a text and its passages, both as sorted numbers, each once; of the shapes (n,) and (m,)."""

    short: NDArray[np.uint32]
    passages: NDArray[np.uint32]


NO_SHINGLES = Shingles(np.empty(0, np.uint32), np.empty(0, np.uint32))


def shingles_of(text: str) -> Shingles:
    """The shingles of ``text``; none where it says too little to be compared, one for all of it where it is short."""
    return next(shingles_of_all([text]))


def shingles_of_all(texts: Sequence[str]) -> Iterator[Shingles]:
    """The shingles of each of the texts; see :func:`shingles_of`."""
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text[:LONGEST].casefold())
        size += len(some[-1]) + 1
        if size >= _AT_ONCE:
            yield from _cut(some)
            some, size = [], 0
    if some:
        yield from _cut(some)


def _cut(texts: Sequence[str]) -> Iterator[Shingles]:
    letters = np.frombuffer("\0".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds()[np.minimum(letters, np.uint32(0x10000))]
    starts, ends = _words(kinds)
    words = _numbers(letters, starts, ends)
    short, passages = _mixed(words, WIDTH), _mixed(words, PASSAGE)
    is_unspaced = np.concatenate([[0], np.cumsum(kinds[starts] == _CHARACTER)])
    bounds = np.searchsorted(starts, np.cumsum([0, *(len(text) + 1 for text in texts)])).tolist()
    characters = (_mixed(words, UNSPACED_WIDTH), _mixed(words, UNSPACED_PASSAGE)) if is_unspaced[-1] else (short, passages)
    for first, last in pairwise(bounds):
        count = last - first
        if count < TOO_SHORT:
            yield NO_SHINGLES
        elif count < SHORT:
            whole = _mixed(words[first:last] * np.arange(1, 2 * count, 2, dtype=np.uint64), 1).sum(dtype=np.uint64, keepdims=True)
            only = (whole & np.uint64(0xFFFFFFFF)).astype(np.uint32)
            yield Shingles(only, only)
        elif 2 * int(is_unspaced[last] - is_unspaced[first]) > count:
            yield Shingles(
                _each_once(characters[0][first : last - UNSPACED_WIDTH + 1]),
                _each_once(characters[1][first : last - UNSPACED_PASSAGE + 1]),
            )
        else:
            yield Shingles(_each_once(short[first : last - WIDTH + 1]), _each_once(passages[first : last - PASSAGE + 1]))


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.uint8]:
    """What each character of Unicode's first plane is to a word, and behind them what all others are; shape (65537,)."""
    kinds = np.full(0x10001, _LETTER, np.uint8)
    everything = "".join(map(chr, range(0x10000)))
    kinds[[found.start() for found in _MARKS.finditer(everything)]] = _MARK
    kinds[[found.start() for found in _IS_UNSPACED.finditer(everything)]] = _CHARACTER
    return kinds


def _words(kinds: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where words begin and where they end: runs of letters, and each character of a script without spaces."""
    letter = np.concatenate([[False], kinds == _LETTER, [False]])
    single = kinds == _CHARACTER
    inside, before, after = letter[1:-1], letter[:-2], letter[2:]
    return np.flatnonzero((inside & ~before) | single), np.flatnonzero((inside & ~after) | single) + 1


@lru_cache(maxsize=4)
def _powers(base: int, count: int) -> NDArray[np.uint64]:
    bases = np.full(count, base, np.uint64)
    bases[0] = 1
    return np.cumprod(bases, dtype=np.uint64)


def _numbers(letters: NDArray[np.uint32], starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.uint64]:
    """A number for each word, the same wherever it stands: a polynomial of its letters modulo 2**64."""
    count = _AT_ONCE + LONGEST + 2 if len(letters) > LONGEST else LONGEST + 2
    sums = np.zeros(len(letters) + 1, np.uint64)  # never joined with plain numbers: that would make floats of them
    np.cumsum(letters * _powers(_BASE, count)[: len(letters)], out=sums[1:])
    numbers: NDArray[np.uint64] = (sums[ends] - sums[starts]) * _powers(_MORE_BASE, count)[starts]
    numbers ^= numbers >> np.uint64(31)
    numbers *= _PLACES[1]
    return numbers


def _mixed(words: NDArray[np.uint64], width: int) -> NDArray[np.uint32]:
    """A number for each so many words in a row; one for every word, of which the last ``width - 1`` mean nothing."""
    whole = np.concatenate([words, np.zeros(width - 1, np.uint64)])
    mixed = np.zeros(len(words), np.uint64)
    for place in range(width):
        mixed += whole[place : place + len(words)] * _PLACES[place]
        mixed ^= mixed >> np.uint64(29)
    upper: NDArray[np.uint32] = (mixed * _PLACES[0] >> _HALF).astype(np.uint32)
    return upper


def _each_once(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    ordered = np.sort(numbers)
    is_first = np.empty(len(ordered), bool)
    is_first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def print_of(shingles: Shingles) -> Print:
    """The keys by which texts with many equal shingles find each other; zeros for a text without shingles."""
    if not len(shingles.short):
        return np.zeros(BANDS, np.uint32)
    numbers = shingles.short[None, :] * _FACTORS
    numbers += _TERMS
    minima = numbers.min(axis=1).reshape(BANDS, ROWS).astype(np.uint64)
    mixed = minima[:, 0] * _PLACES[0] + (minima[:, 1] ^ (minima[:, 0] << _HALF)) * _PLACES[1] + minima[:, 2] * _PLACES[2]
    keys = (mixed >> _HALF).astype(np.uint32)
    kept: Print = np.maximum(keys, np.uint32(1))
    return kept


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts have in common, from 0 to 1.

    ``shared`` is what the longer one has of the shorter, ``alike`` what both have of all that either has, and ``taken_over`` what
    the longer one has of the passages of the shorter.
    """

    shared: float
    alike: float
    taken_over: float


def likeness(one: Shingles, other: Shingles) -> Likeness:
    """How alike two texts are."""
    if not len(one.short) or not len(other.short):
        return Likeness(0.0, 0.0, 0.0)
    common = _common(one.short, other.short)
    passages = _common(one.passages, other.passages) / min(len(one.passages), len(other.passages))
    least, both = min(len(one.short), len(other.short)), len(one.short) + len(other.short)
    return Likeness(common / least, common / (both - common), passages)


def _common(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))


def same_story(found: Likeness, *, one_outlet: bool, published: tuple[str | None, str | None]) -> bool:
    """Whether two texts so alike are one story, printed on these days (ISO dates or times)."""
    if one_outlet or _days_apart(*published) > DAYS:
        return found.alike >= NEARLY_IDENTICAL and found.taken_over >= NEARLY_WHOLE
    taken_over = found.taken_over >= max(TAKEN_OVER, OF_SHARED * found.shared)
    return taken_over and found.shared >= SHARED and found.alike >= ALIKE


def _days_apart(one: str | None, other: str | None) -> int:
    try:
        return abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days)
    except ValueError:
        return 0


class PrintIndex:
    """Finds the numbers of the texts that share a key with a given one. 680 bytes a text; not for several threads at once."""

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
        counts: list[dict[int, int]] = [{} for _ in prints]
        crowded: list[dict[int, int]] = [{} for _ in prints]
        for band in range(BANDS):
            keys = prints[:, band].astype(np.uint64)
            first = np.searchsorted(self._keys[band], keys << _HALF)
            last = np.searchsorted(self._keys[band], (keys + np.uint64(1)) << _HALF)
            for at in np.flatnonzero((last > first + 1) & (keys != 0)):
                begin, end = int(first[at]), int(last[at])
                into = crowded[at] if end - begin > _MOST_OF_A_KEY else counts[at]
                for key in self._keys[band, begin : min(end, begin + _MOST_OF_A_KEY)].tolist():
                    place = key & 0xFFFFFFFF
                    into[place] = into.get(place, 0) + 1
        return [self._ordered(own, shared) for own, shared in zip(counts, crowded, strict=True)]

    def _ordered(self, own: dict[int, int], crowded: dict[int, int]) -> list[int]:
        for place, count in crowded.items():
            if place in own or count >= _MANY_KEYS:
                own[place] = own.get(place, 0) + count
        return [int(self._numbers[place]) for place in sorted(own, key=own.__getitem__, reverse=True)]
