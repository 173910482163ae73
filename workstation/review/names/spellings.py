"""How two spellings can be one name: by accents, by the way it was put into our letters, by a slip of the hand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import IntEnum
from functools import cache, lru_cache


class Likeness(IntEnum):
    """How two spellings are one; the lower, the surer."""

    ACCENT = 1
    LETTERS = 2
    """Different ways into our letters that are heard alike: yy and y, q and k, ou and u, doubled letters."""
    VOWELS = 3
    """The same, with vowels that Arabic, Persian or Urdu leave open: Mohammed, Muhammad."""
    TURNED = 4
    """Two letters beside one another changed places."""
    SLIP = 5
    """One or two letters changed, left out or put in."""


@lru_cache(maxsize=32768)
def likeness(one: str, other: str, english: bool = True) -> Likeness | None:
    """How ``one`` and ``other`` may be the same name; None where they are the same word, forms of one word, or not alike."""
    left, right = plain(one), plain(other)
    if one == other or first_letter(one) != first_letter(other):
        return None
    if left == right or _german(one) == _german(other):
        return Likeness.ACCENT if _with_accents(one) != _with_accents(other) else None
    if frozenset((left, right)) in _pairs_of(_TWO_PLACES):
        return None
    if frozenset((left, right)) in _pairs_of(_TWO_SPELLINGS) or _letters(left) == _letters(right):
        return Likeness.LETTERS
    if _turned(left, right):
        return Likeness.TURNED
    if are_forms(left, right, english):
        return None
    if min(len(left), len(right)) >= 5 and _vowels(left) == _vowels(right):
        return Likeness.VOWELS
    return Likeness.SLIP if _slipped(left, right) else None


def _with_accents(spelling: str) -> str:
    return spelling.casefold().replace("’", "'").replace("ʼ", "'")


_FIRST = {"q": "k", "c": "k", "g": "k", "w": "v", "j": "d"}
"""First letters that stand for one another: Qatif and Katif, Gaddafi and Qaddafi."""


def first_letter(spelling: str) -> str:
    """What two spellings of one name begin with; one letter for all that stand for one another."""
    letter = plain(spelling)[:1]
    return _FIRST.get(letter, letter)


_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ə": "a",
        "’": "",
        "'": "",
        "ʼ": "",
    }
)


@lru_cache(maxsize=32768)
def plain(spelling: str) -> str:
    """``spelling`` in small letters without accents and apostrophes."""
    small = spelling.replace("İ", "I").lower().translate(_PLAIN)
    if small.isascii():
        return small
    return "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


@lru_cache(maxsize=32768)
def _german(spelling: str) -> str:
    return plain(spelling.lower().translate(_UMLAUTS))


_SOUNDS = (
    ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("dj", "j"), ("kh", "k"), ("gh", "g"), ("ck", "k"), ("q", "k"), ("ph", "f"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("ij", "i"), ("y", "i"), ("w", "v"), ("tz", "ts"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_TWO_SPELLINGS = """
kiev kyiv, kharkov kharkiv, lvov lviv, chernobyl chornobyl, dnepr dnipro, nikolaev mykolaiv, rovno rivne, vinnitsa vinnytsia,
hezbollah hizbullah, hezbollah hizballah, gaddafi kadhafi, gaddafi qaddafi, lugansk luhansk, tehran teheran
"""
"""Pairs that are one name though the letters tell it badly."""
_TWO_PLACES = "shanxi shaanxi"
"""Pairs that are two though the letters do not tell it."""


@cache
def _pairs_of(told: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in told.split(","))


@lru_cache(maxsize=32768)
def _letters(small: str) -> str:
    for written, heard in _SOUNDS:
        small = small.replace(written, heard)
    folded = _DOUBLED.sub(r"\1", small)
    return folded[:-1] if folded.endswith("h") and len(folded) > 5 else folded


_OPEN_VOWELS = str.maketrans({"o": "u", "e": "a"})


@lru_cache(maxsize=32768)
def _vowels(small: str) -> str:
    return _DOUBLED.sub(r"\1", _letters(small).translate(_OPEN_VOWELS).replace("ai", "a").replace("aa", "a").replace("au", "u"))


_SURE_LENGTH, _TURNED_LENGTH = 8, 5


def _turned(left: str, right: str) -> bool:
    if len(left) != len(right) or len(left) < _TURNED_LENGTH:
        return False
    apart = [at for at, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
    return (
        len(apart) == 2 and apart[1] == apart[0] + 1 and left[apart[0]] == right[apart[1]] and left[apart[1]] == right[apart[0]]
    )


def _slipped(left: str, right: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - keeps it off the start

    shorter = min(len(left), len(right))
    if shorter < 4:
        return False
    distance = OSA.distance(left, right, score_cutoff=2)
    if distance == 1:
        return True
    return distance == 2 and shorter >= _SURE_LENGTH and left[:3] == right[:3] and _nearly_same_letters(left, right)


def _nearly_same_letters(left: str, right: str) -> bool:
    one, other = Counter(left), Counter(right)
    return (one - other).total() + (other - one).total() <= 2


# --- forms of one word ---------------------------------------------------------------------------------------------

_ENDINGS = """
a o e i y s n r es ns an ans ian ians ean eans ese is ish ic ics ist ists ism er ers en ens ia in ina ine ines ite ites
ies as os li ch land lands ness ly al ov ova ev eva skaya ski ska sky man men woman women ing ed age ity ou aya ium us
um k sk skyi isms ismo ismos ista istas iste istes
"""
"""What two forms of one English name may end in, beside nothing."""
_LONGEST_ENDING = 3


@cache
def _endings() -> frozenset[str]:
    return frozenset(("", *_ENDINGS.split()))


@lru_cache(maxsize=32768)
def are_forms(left: str, right: str, english: bool = True) -> bool:
    """Whether the two differ in their endings only, as Iran and Iranian do, or the cases of one name."""
    stem = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        stem += 1
    if any(left[at:] in _endings() and right[at:] in _endings() for at in range(stem, max(stem - _LONGEST_ENDING, 2), -1)):
        return True
    return not english and stem >= 3 and max(len(left), len(right)) - stem <= _LONGEST_ENDING
