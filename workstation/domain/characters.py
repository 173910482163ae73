"""Special characters: the ones that an editor looks for, in groups, and every other one by its Unicode name. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST = 240
"""At most so many characters are found."""

GROUPS: dict[str, str] = {
    "Quotes": "“”‘’„‚«»‹›‟‛″′‴ʼ「」『』《》〈〉",
    "Dashes": "–—―‐‑‒−⸺⸻~·•",
    "Spaces": "\u00a0\u202f\u2009\u200a\u2002\u2003\u2007\u200b\u2060\u00ad\u200e\u200f\u2067\u2066\u2069\u200d\u200c",
    "Signs": "…§¶†‡©®™ªº°№℠‰‱¡¿⁂※☞✓✗★☆♀♂♥⚠",
    "Currency": "€£¥¢$₹₽₺₩₪₫₴₦₱₡₲₵₸₼₾฿₮₭₨₿¤ƒ",
    "Maths": "×÷±≈≠≤≥∞√∑∏∫∂∆µπ½⅓⅔¼¾⅛⅜⅝⅞¹²³⁴⁵⁶⁷⁸⁹⁰₀₁₂₃₄¬∧∨∈∉⊂∪∩∅%",
    "Arrows": "←↑→↓↔↕⇐⇑⇒⇓⇔↗↘↙↖↩↪↻▲▼◀▶",
    "Letters": "ÀÁÂÃÄÅĀĂĄÆĆČÇĎĐÐÈÉÊËĒĖĘĚĞĢÌÍÎÏĪĮİĶŁĻĽŃŇÑŅÒÓÔÕÖŐØŌŒŔŘŚŠŞȘŤŢȚÞÙÚÛÜŮŰŪŲŴÝŶŸŹŽŻ"
    "àáâãäåāăąæćčçďđðèéêëēėęěğģìíîïīįıķłļľńňñņòóôõöőøōœŕřśšşșßťţțþùúûüůűūųŵýŷÿźžż",
}

_NAMED = {
    "\u200b": "zero width space",
    "\u00ad": "soft hyphen",
    "\u00a0": "no-break space",
}
_ABBREVIATED = {
    "\u00a0": "NBSP",
    "\u202f": "NNBSP",
    "\u2009": "THIN",
    "\u200a": "HAIR",
    "\u2002": "EN",
    "\u2003": "EM",
    "\u2007": "FIG",
    "\u200b": "ZWSP",
    "\u2060": "WJ",
    "\u00ad": "SHY",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2069": "PDI",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
}


def name_of(character: str) -> str:
    """The Unicode name in small letters, with its number: ``em dash, U+2014``."""
    name = _NAMED.get(character) or unicodedata.name(character, "unnamed").lower()
    return f"{name}, U+{ord(character):04X}"


def shown(character: str) -> str:
    """What to show for a character: itself, or an abbreviation where it cannot be seen."""
    return _ABBREVIATED.get(character, character)


def find_characters(words: str) -> list[str]:
    """The characters whose Unicode names have each of ``words`` at the beginning of one of theirs; those of the groups first.

    A number (``2014``, ``U+2014``) finds its character, and a character itself.
    """
    wanted = words.upper().split()
    if not wanted:
        return []
    exact = _by_number(words.strip()) or ([words.strip()] if len(words.strip()) == 1 and words.strip() in _all() else [])
    found = [character for character, name in _all().items() if all(any(n.startswith(w) for n in name) for w in wanted)]
    return list(dict.fromkeys([*exact, *found]))[:MOST]


def _by_number(text: str) -> list[str]:
    number = re.fullmatch(r"(?:U\+|0x|\\u)?([0-9A-Fa-f]{4,6})", text, re.IGNORECASE)
    if number is None or int(number[1], 16) > 0x10FFFF:
        return []
    character = chr(int(number[1], 16))
    return [character] if unicodedata.name(character, "") else []


@lru_cache(maxsize=1)
def _all() -> dict[str, tuple[str, ...]]:
    """Every character that has a name of its own, with the words of that name; those of the groups first."""
    grouped = "".join(GROUPS.values())
    ranges = (range(0x20, 0x3400), range(0xA000, 0xAC00), range(0xF900, 0x10000), range(0x1F000, 0x1FB00))
    others = (chr(number) for numbers in ranges for number in numbers)
    names = {character: unicodedata.name(character, "") for character in (*grouped, *others)}
    return {character: tuple(re.split(r"[ -]", name)) for character, name in names.items() if name or character in grouped}
