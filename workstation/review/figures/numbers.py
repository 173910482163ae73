"""The numbers that a text tells: how many of what, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from workstation.review.figures import number_words
from workstation.review.figures.dates import is_month, is_weekday

_DIGITS = re.compile(r"(?<![A-Za-zÀ-ɏ\d_.,:/-])\d+(?:[.,’'٫٬]\d+|(?<!\d{4})[ \u00a0\u202f\u2009]\d{3}(?!\d))*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,’'\u00a0\u202f\u2009٬ ]\d{3})+")
_MARKED = re.compile(r"[.,٫٬]")
_NO_COUNT_AFTER = re.compile(r"[:/]\d|[-–]\d|(?:st|nd|rd|th|er|ème|e|º|ª)\b")
_WORD_AFTER = re.compile(r"\.?[ \u00a0](?:de |do |of )?([^\W\d_]+)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?[ \u00a0]$")
_CURRENCY_BEFORE = re.compile(r"(?:US|A|C|HK|NZ|S)?[$€£¥₹₺₽₩₪₦]\s?$")
_CURRENCY = re.compile(r"[$€£¥₹₺₽₩₪₦]\s?[\d.,]+$")
_SCALE = re.compile(r"[ \u00a0\u202f-]?([^\W\d_]+)(?:(?<=[Mm]io|[Mm]rd)\.)?")
_UNITS = {
    "percent": "percent percentage pct prozent",
    "kilometer": "km kilometre kilometres kilometer kilometers kilometern kilomètres kilomètre kilómetros kilómetro",
    "meter": "m metre metres meter meters metern mètre mètres metro metros",
    "centimeter": "cm centimetre centimetres centimeter centimeters zentimeter centimètre centimètres centímetro centímetros",
    "kilogram": "kg kilogram kilograms kilo kilos",
    "gigawatt": "GW gw gigawatt gigawatts",
    "megawatt": "MW mw megawatt megawatts",
    "money": "dollars dollar euros euro pounds rupees yuan yen rubles roubles lira rand francs pesos",
}
"""What a number is measured in, and the words for it; currencies are taken for one another."""
_UNIT = re.compile(r"\s?(%|(?:per cent|pour cent|por ciento)\b)", re.IGNORECASE)
_WORD = re.compile(r"[ \u00a0\u202f-]([^\W\d_]+(?:['’][^\W\d_]+)?)")
_WORDS_AFTER = 4
_NO_NOUN = """
and or but of in on at to for from by with the a an than as that which who were was are is had have has will would be been
not more less und oder von auf bei zu für aus mit der die das ein eine als wurden waren sind haben hat et ou de des du dans
sur à pour par avec le la les un une que qui ont sont y o en por con el los las una fueron son after before when while since
until between during it its their his her they he she we into over under about around against also said other others people's
across near along out up down off
"""
"""Words that end the group of words which a number counts."""
_PASSED_OVER = ("more", "other", "extra", "new", "additional", "further")
_ABOUT = """
about, around, roughly, some, approximately, nearly, almost, more than, over, at least, up to, fewer than, less than, under,
close to, just over, just under, as many as, no more than, rund, etwa, fast, mehr als, über, mindestens, bis zu, knapp,
environ, près de, presque, plus de, au moins, jusqu’à, unos, unas, casi, más de, cerca de, al menos, hasta, another, slightly
more than, an estimated, estimated
"""


class Amount(NamedTuple):
    """A number at code points ``start`` to ``end`` of a text, with its possible ``values`` ("3.500" has two in German).

    ``nouns`` are the words after it as stems, first things first; ``unit`` is ``percent``, ``money`` or a measure where it
    has one; ``about`` tells that the text says about, nearly, more than.
    """

    values: tuple[float, ...]
    start: int
    end: int
    nouns: tuple[str, ...] = ()
    unit: str = ""
    about: bool = False

    @property
    def counts(self) -> bool:
        """Whether it says of what it is a number."""
        return bool(self.nouns or self.unit)

    def is_like(self, other: Amount) -> bool:
        """Whether both can be one number: one tells the other."""
        return self.tells(other) or other.tells(self)

    def tells(self, source: Amount) -> bool:
        """Whether it may stand for the number of a source: equal, rounded from it, or as near to it as "about" may mean."""
        couples = [(own, theirs) for own in self.values for theirs in source.values]
        return any(_rounded(theirs, own) or self._is_near(own, theirs) or source._is_near(theirs, own) for own, theirs in couples)

    def _is_near(self, own: float, exact: float) -> bool:
        """Whether an "about 200" may mean the other number; the more digits somebody gives, the nearer they mean."""
        if own == exact or not self.about or min(own, exact) <= 0:
            return own == exact
        return max(own, exact) / min(own, exact) <= _ABOUT_AS_MUCH.get(len(_digits(own)), 1.0)


_ABOUT_AS_MUCH = {1: 1.25, 2: 1.1, 3: 1.02}
"""How much larger than the other one of two numbers may be, by the digits of the one with an about."""

_FARTHEST = 1.5
"""How much larger than the other one of two numbers can be, where one is the other rounded."""


def _rounded(exact: float, rough: float) -> bool:
    """Whether ``rough`` is ``exact``, or is it with fewer digits."""
    if exact == rough or rough > exact * _FARTHEST or exact > rough * _FARTHEST:
        return exact == rough
    digits = len(_digits(rough))
    return digits < len(_digits(exact)) and float(f"{exact:.{max(digits - 1, 0)}e}") == rough


def _digits(value: float) -> str:
    """The digits of a number that somebody meant: 3,800 is said with two."""
    return f"{value:.6f}".replace(".", "").strip("0")


_NEAR = 1.05
_TWO_DIGITS, _THREE_DIGITS = 10, 100
_NOUGHTS = (10.0, 100.0, 1000.0)


def are_near(one: Amount, other: Amount) -> bool:
    """Whether two exact numbers of three digits or more differ by less than a twentieth."""
    return any(min(a, b) >= _THREE_DIGITS and max(a, b) / min(a, b) <= _NEAR for a in one.values for b in other.values)


def are_slips(one: Amount, other: Amount) -> bool:
    """Whether the two have the same digits in another order, or one digit twice, too few or changed."""
    return any(_slipped(f"{a:.15g}", f"{b:.15g}") for a in one.values for b in other.values)


def are_turned(one: Amount, other: Amount, least: float = _TWO_DIGITS) -> bool:
    """Whether the two are numbers of ``least`` or more, or decimals, and have the same digits in another order."""
    told = ((a, b) for a in one.values for b in other.values if min(a, b) >= least or (least <= _TWO_DIGITS and a % 1 and b % 1))
    couples = ((f"{a:.15g}", f"{b:.15g}") for a, b in told)
    return any(a != b and sorted(a) == sorted(b) for a, b in couples)


def are_shifted(one: Amount, other: Amount) -> bool:
    """Whether the one is ten, a hundred or a thousand times the other, and of two digits or more: a nought was put in."""
    couples = [(a, b) for a in one.values for b in other.values if min(a, b) > _THREE_DIGITS and len(_digits(a)) > 1]
    return any(max(a, b) / min(a, b) in _NOUGHTS for a, b in couples)


def _slipped(one: str, other: str) -> bool:
    if one == other or min(len(one), len(other)) < 2:
        return False
    swapped = sorted(one) == sorted(other)
    changed = len(one) == len(other) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return swapped or (changed and one[0] == other[0] and not one.endswith("0"))


@lru_cache(maxsize=512)
def amounts_in(text: str, language: str = "en") -> tuple[Amount, ...]:
    """The numbers of ``text`` that count something; dates, times, years, scores and numbers in names are none."""
    found: list[Amount] = []
    at = 0
    for line in text.split("\n"):
        found += (amount._replace(start=amount.start + at, end=amount.end + at) for amount in _amounts_in_line(line, language))
        at += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=1024)
def _amounts_in_line(line: str, language: str) -> tuple[Amount, ...]:
    """The same of one line, since an editor changes one at a time."""
    found = sorted((*_in_digits(line, language), *_in_words(line, language)), key=lambda amount: amount.start)
    return tuple(amount for index, amount in enumerate(found) if not index or amount.start >= found[index - 1].end)


def _in_digits(text: str, language: str) -> Iterator[Amount]:
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if _is_no_count(text, start, end, language):
            continue
        scale, until = _scale_after(text, end, language)
        values = tuple(value * scale for value in _values(text[start:end], language))
        if values:
            yield _amount(text, start, until, values)


def _values(written: str, language: str) -> tuple[float, ...]:
    """What digits may mean: “3.500” is read in two ways where a language, or its countries, do not agree on the point."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in written)
    plain = re.sub(r"[’' \u00a0\u202f\u2009٬]", "", plain).replace("٫", ".")
    marks = _MARKED.findall(plain)
    if not marks:
        return (float(plain),)
    if len(set(marks)) == 2:
        last = marks[-1]
        whole = plain.replace("," if last == "." else ".", "")
        return (float(whole.replace(last, ".")),) if whole.count(last) == 1 else ()
    groups = bool(_GROUPED.fullmatch(plain)) and (language != "en" or marks[0] == ",")
    joined = float(plain.replace(marks[0], "")) if groups else None
    decimal = float(plain.replace(marks[0], ".")) if len(marks) == 1 and not (groups and language == "en") else None
    return tuple(value for value in (joined, decimal) if value is not None)


def _scale_after(text: str, end: int, language: str) -> tuple[float, int]:
    """What "million" and the like behind the digits multiplies by, and where it ends."""
    match = _SCALE.match(text, end)
    if not match:
        return 1.0, end
    word = match.group(1).lower()
    scale = number_words.SCALES.get(language, number_words.SCALES["en"]).get(word, 0.0)
    attached = match.start(1) == end
    if scale < 1e3 or (word not in number_words.ATTACHED and (word in number_words.LETTERS) != attached):
        return 1.0, end
    if word == "m" and not _CURRENCY.search(text, max(0, end - 40), end):
        return 1.0, end
    return scale, match.end()


def _in_words(text: str, language: str) -> Iterator[Amount]:
    for numeral in number_words.numerals_in(text, language):
        if not text[max(0, numeral.start - 2) : numeral.start].strip().isdigit():
            yield _amount(text, numeral.start, numeral.end, (numeral.value,))


def _amount(text: str, start: int, end: int, values: tuple[float, ...]) -> Amount:
    unit_after = _UNIT.match(text, end)
    if unit_after:
        return Amount(values, start, unit_after.end(), (), "percent", _about(text, start))
    currency = _CURRENCY_BEFORE.search(text[max(0, start - 5) : start])
    nouns = _nouns(text, end)
    if currency:
        return Amount(values, start, end, nouns, "money", _about(text, start - len(currency.group())))
    unit = _units().get(nouns[0], "") if nouns else ""
    return Amount(values, start, end, tuple(map(stem, nouns)) if not unit else (), unit, _about(text, start))


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in _UNITS.items() for word in words.split()}


def _about(text: str, start: int) -> bool:
    return bool(_hedge().search(text, max(0, start - 24), start))


@cache
def _hedge() -> re.Pattern[str]:
    hedges = "|".join(re.escape(hedge.strip()).replace(r"\ ", r"\s") for hedge in _ABOUT.split(","))
    return re.compile(rf"\b(?:{hedges})\s+(?:\w+\s)?[$€£]?$", re.IGNORECASE)


def _nouns(text: str, end: int) -> tuple[str, ...]:
    """The words right behind a number, up to one that ends the group."""
    words: list[str] = []
    while len(words) < _WORDS_AFTER and (match := _WORD.match(text, end)):
        word = match.group(1).lower()
        if word in _no_nouns() and (words or word not in _PASSED_OVER):
            break
        if word not in _PASSED_OVER:
            words.append(word)
        end = match.end()
    return tuple(words)


@cache
def _no_nouns() -> frozenset[str]:
    return frozenset(_NO_NOUN.split())


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word as its plural and its singular have it in common."""
    small = word.lower().removesuffix("'s").removesuffix("’s")
    if len(small) > 4 and small.endswith("ies"):
        return small[:-3] + "y"
    if len(small) > 4 and small.endswith(("ches", "shes", "sses", "xes")):
        return small[:-2]
    return small[:-1] if len(small) > 3 and small.endswith("s") and not small.endswith("ss") else small


def _is_no_count(text: str, start: int, end: int, language: str) -> bool:
    """Whether digits are part of a date, a time, a score or a name, or a year."""
    if _NO_COUNT_AFTER.match(text, end) or text[max(0, start - 1) : start] in ("#", "№"):
        return True
    written = text[start:end]
    if len(written) == 4 and written.isdigit() and 1400 <= int(written) <= 2199:
        return True
    after = _WORD_AFTER.match(text, end)
    if after and is_month(after.group(1), language):
        return True
    before = None if _UNIT.match(text, end) else _WORD_BEFORE.search(text, max(0, start - 24), start)
    return before is not None and (is_month(before.group(1), language) or _is_named(text, before, language))


def _is_named(text: str, before: re.Match[str], language: str) -> bool:
    """Whether the word before digits makes them its name: Boeing 737, Article 5; a day or a first word does not."""
    word = before.group(1)
    opens = not text[: before.start(1)].rstrip(" \u00a0“\"'").strip() or text[: before.start(1)].rstrip()[-1:] in ".!?:\n“"
    return word[0].isupper() and language != "de" and not opens and not is_weekday(word, language)
