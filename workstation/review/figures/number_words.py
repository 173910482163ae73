"""Numbers written in words: English, German, French, Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_ENGLISH = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen"""
_GERMAN = """null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
achtzehn neunzehn"""
_FRENCH = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_SPANISH = """cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho
veintinueve"""
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_SPANISH_HUNDREDS = "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
_ONES = frozenset("a an one ein eine un une una".split())  # noqa: SIM905 - one line of words

SCALES: Mapping[str, Mapping[str, float]] = {
    "en": {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6, "tn": 1e12}
    | {"dozen": 12, "k": 1e3, "m": 1e6, "b": 1e9, "lakh": 1e5, "crore": 1e7},
    "de": {"hundert": 100, "tausend": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6, "milliarde": 1e9, "milliarden": 1e9}
    | {"mrd": 1e9, "billion": 1e12, "billionen": 1e12, "dutzend": 12},
    "fr": {"cent": 100, "cents": 100, "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9}
    | {"douzaine": 12, "douzaines": 12},
    "es": {"ciento": 100, "mil": 1e3, "millón": 1e6, "millones": 1e6, "docena": 12, "docenas": 12},
}
"""What multiplies the number before it, by language."""
LETTERS = frozenset("kmb")
"""Scales that are one letter, and stand right behind their digits only."""
ATTACHED = frozenset({"bn", "mn", "tn"})
"""Scales that stand behind their digits with a space or without."""
_ALONE = frozenset("hundert tausend cent mille ciento mil".split())  # noqa: SIM905 - one line of words
"""Scales that are a number without one before them."""


class Numeral(NamedTuple):
    """A number in words at code points ``start`` to ``end`` of a text."""

    start: int
    end: int
    value: float


@cache
def _numerals(language: str) -> Mapping[str, int]:
    """The words that a language writes for numbers without joining others to them by a space or a hyphen."""
    below = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}.get(language, "").split()
    known = {word: value for value, word in enumerate(below)}
    first = 3 if language == "es" else 2
    tens = _TENS.get(language, "").split()
    known.update({word: ten * 10 for ten, word in enumerate(tens, start=2) if ten >= first})
    if language == "de":
        known.update(_joined_german(below, tens))
    elif language == "fr":
        known.update({"vingts": 20})
    elif language == "es":
        known.update({word: hundred * 100 for hundred, word in enumerate(_SPANISH_HUNDREDS.split(), start=1)})
    return known


def _joined_german(below: list[str], tens: list[str]) -> Iterator[tuple[str, int]]:
    small = {value: word for value, word in enumerate(below) if value}
    for ten, word in enumerate(tens, start=2):
        small[ten * 10] = word
        small.update({ten * 10 + unit: f"{'ein' if unit == 1 else below[unit]}und{word}" for unit in range(1, 10)})
    yield from ((word, value) for value, word in small.items())
    for hundred in range(1, 10):
        head = f"{'ein' if hundred == 1 else below[hundred]}hundert"
        yield head, hundred * 100
        yield from ((head + word, hundred * 100 + value) for value, word in small.items())


_WORD = re.compile(r"[^\W\d_]+")
_JOINTS = {"en": "and", "de": "und", "fr": "et", "es": "y"}


@dataclass
class _Reader:
    """Adds and multiplies word after word, until one comes that does not belong."""

    language: str
    start: int = 0
    end: int = 0
    total: float = 0.0
    current: float = 0.0
    counted: bool = False
    last: float = 0.0
    joint: bool = False

    def takes(self, word: str, start: int, end: int) -> bool:
        """Whether the word belongs to the number; then it is part of it."""
        value, scale = _numerals(self.language).get(word), SCALES[self.language].get(word, 0.0)
        if value is not None and self._adds(value):
            self._add(value)
        elif scale and word not in LETTERS and (self.counted or self.current or word in _ALONE):
            self._multiply(scale)
        elif not self.counted and not self.current and word in _ONES:
            self.current = 1.0
        else:
            return False
        self.start = start if self.end == 0 else self.start
        self.end = end
        self.joint = False
        return True

    def _adds(self, value: float) -> bool:
        """Twenty and one, two hundred and ten, soixante and dix make a number, two and three do not."""
        if not self.counted:
            return self.current == 0.0
        if value == 20 and self.last == 4 and self.language == "fr":
            return True
        return value < self.last and (self.last >= 100 or (self.last >= 20 and value < 20) or (self.last == 10 and value < 10))

    def _add(self, value: float) -> None:
        if value == 20 and self.last == 4 and self.counted:
            self.current, self.last = self.current - 4 + 80, 80
            return
        self.current += value
        self.counted, self.last = True, value

    def _multiply(self, scale: float) -> None:
        self.current = (self.current or 1.0) * scale
        if scale >= 1e3:
            self.total, self.current = self.total + self.current, 0.0
        self.counted, self.last = True, scale

    def takes_joint(self, word: str) -> bool:
        """Whether the word may join two parts of the number: "and" after a hundred, "y" after thirty."""
        if not self.counted or word != _JOINTS[self.language] or self.joint:
            return False
        self.joint = self.last >= (100 if self.language in ("en", "de") else 20)
        return self.joint

    @property
    def numeral(self) -> Numeral | None:
        """What was read; None for nothing, and for one, which in many a sentence is no number."""
        value = self.total + self.current
        return Numeral(self.start, self.end, value) if self.counted and value > 1 else None


def numerals_in(text: str, language: str) -> Iterator[Numeral]:
    """The numbers above one that ``text`` has in words; none in a language whose words are not known here."""
    if language not in SCALES:
        return
    reader = _Reader(language)
    before = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group().lower()
        touches = before and start - before == 1 and text[before] in " \u00a0-‑"
        before = end
        if touches and (reader.takes(word, start, end) or reader.takes_joint(word)):
            continue
        if reader.numeral:
            yield reader.numeral
        reader = _Reader(language)
        reader.takes(word, start, end)
    if reader.numeral:
        yield reader.numeral
