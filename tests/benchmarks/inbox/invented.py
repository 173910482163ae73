"""Invented items for the benchmarks: texts of some 300 words with the frequencies of a language (Zipf), in three scripts."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from workstation.domain.item import Capture, Item, item_id

OUTLETS = 300
WORDS = 300
COMMON, OTHER_COMMON = "committee", "minister"
"""Each in every second item, never one next to the other."""
RARE = "quokka"
"""In one item of 20,000."""
PHRASE = "harbour treaty"
"""In one item of a thousand."""

_FIRST = datetime(2021, 1, 1, tzinfo=UTC)
_KNOWN = ["the", "a", "of", "said", "river", "water", "and", "harbour", "closed", "treaty"]
_COUNTRIES = ("NZ", "KE", "IR", "FR", "EG", "CN", "BR", "IN", "PL", "US", "TR", "JP")


@dataclass(frozen=True, slots=True)
class _Tongue:
    """A language with a long run of its words, of which every text is a piece."""

    code: str
    run: list[str]
    joint: str


class Inventor:
    """Makes items; the same number gives the same item."""

    def __init__(self, count: int) -> None:
        chance = random.Random(7)
        latin = _KNOWN + sorted({_word(chance, _LATIN) for _ in range(40_000)})
        arabic = ["النهر", "الحكومة", "معاهدة", *sorted({_word(chance, _ARABIC) for _ in range(20_000)})]
        characters = ["水", "条", "约", *map(chr, chance.sample(range(0x4E00, 0x9000), 3000))]
        self._count = count
        self._tongues = [
            *[_Tongue(code, _run(chance, latin, 1_000_000, 2), " ") for code in ("en", "fr", "es")],
            _Tongue("ar", _run(chance, arabic, 300_000, 2), " "),
            _Tongue("zh", _run(chance, characters, 300_000, 20), ""),
        ]
        self._weights = list(itertools.accumulate((60, 12, 12, 8, 8)))

    def captures(self, start: int, end: int) -> Iterator[Capture]:
        """The items with the numbers from ``start`` to before ``end``, each captured some while after the one before."""
        chance = random.Random(start)
        for number in range(start, end):
            yield self._capture(number, chance)

    def _capture(self, number: int, chance: random.Random) -> Capture:
        tongue = chance.choices(self._tongues, cum_weights=self._weights)[0]
        length = WORDS if tongue.joint else 2 * WORDS
        at = chance.randrange(len(tongue.run) - length)
        words = tongue.run[at : at + length]
        for place, word, one_in in ((20, COMMON, 2), (60, OTHER_COMMON, 2), (90, PHRASE, 1000), (120, RARE, 20_000)):
            if chance.randrange(one_in) == 0:
                words[place] = word if tongue.joint else f" {word} "
        text = tongue.joint.join(words)
        outlet = min(int(chance.paretovariate(0.7)) - 1, OUTLETS * 20) % OUTLETS
        original = f"{number}\n{text}".encode()
        url = f"https://outlet{outlet}.example/news/{number}"
        return Capture(
            item=Item(
                id=item_id(original, url), url=url, title=text[:60], outlet=f"Outlet {outlet}",
                author=f"Writer {number % 5000}", published=None, language=tongue.code, country=_COUNTRIES[outlet % 12],
                text=text, words=WORDS, captured=_FIRST + timedelta(seconds=number * 150_000_000 // max(self._count, 1)),
                media_type="text/html", sha256=sha256(original).hexdigest(),
            ),
            original=original,
        )  # fmt: skip


_LATIN = ["".join(pair) for pair in itertools.product("bcdfghklmnprstvw", "aeiou")]
_ARABIC = ["".join(pair) for pair in itertools.product("بتجحدرسعفقكلمنه", "اوي")]


def _word(chance: random.Random, syllables: list[str]) -> str:
    return "".join(chance.choices(syllables, k=chance.randint(2, 5)))


def _run(chance: random.Random, words: list[str], length: int, flatness: int) -> list[str]:
    weights = list(itertools.accumulate(1 / (place + flatness) for place in range(len(words))))
    return chance.choices(words, cum_weights=weights, k=length)
