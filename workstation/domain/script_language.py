"""The language that the letters of a text tell: where one script is written in one language, or has letters of its own in it.

Latin, Cyrillic and Devanagari letters tell nothing: they write many languages.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LATIN_ENDS = "\u024f"
_SHARED = {
    "ar": frozenset({"ckb", "fa", "ks", "ku", "ps", "sd", "ug", "ur"}),
    "fa": frozenset({"ckb", "ks", "ku", "ps", "sd", "ug", "ur"}),
    "he": frozenset({"yi"}),
    "zh": frozenset({"ja", "ko", "yue"}),
}
"""Languages in which words may stand that only look like another one."""


def _letters(ranges: str) -> re.Pattern[str]:
    return re.compile(f"[{ranges}]")


_SCRIPTS = {
    "ar": _letters("\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"),
    "he": _letters("\u05d0-\u05f2\ufb1d-\ufb4f"),
    "el": _letters("\u0370-\u03ff\u1f00-\u1fff"),
    "hy": _letters("\u0531-\u0587"),
    "ka": _letters("\u10a0-\u10ff\u1c90-\u1cbf"),
    "th": _letters("\u0e01-\u0e4e"),
    "lo": _letters("\u0e81-\u0edf"),
    "km": _letters("\u1780-\u17d3"),
    "my": _letters("\u1000-\u103f"),
    "bn": _letters("\u0985-\u09cc"),
    "gu": _letters("\u0a85-\u0acc"),
    "pa": _letters("\u0a05-\u0a4c"),
    "ta": _letters("\u0b85-\u0bcc"),
    "te": _letters("\u0c05-\u0c4c"),
    "kn": _letters("\u0c85-\u0ccc"),
    "ml": _letters("\u0d05-\u0d4c"),
    "si": _letters("\u0d85-\u0dc6"),
    "ko": _letters("\u1100-\u11ff\uac00-\ud7a3"),
    "zh": _letters("\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"),
}
_KANA = _letters("\u3041-\u3096\u30a1-\u30fa")
_ARABIC = "\u0621-\u063a\u0640-\u064a\ufb50-\ufdff\ufe70-\ufefc"
_PERSIAN = _ARABIC + "\u067e\u0686\u0698\u06a9\u06af\u06c0\u06cc"
_ALPHABETS = {
    "ar": _letters(_ARABIC),
    "fa": _letters(_PERSIAN),
    "ur": _letters(_PERSIAN + "\u0679\u0688\u0691\u06ba\u06be\u06c1-\u06c3\u06d2\u06d3"),
}
"""The letters of languages that are written in the Arabic script, each in all of those that follow."""


@lru_cache(maxsize=512)
def language_told(text: str) -> str | None:
    """The ISO 639 code of the language that more than half of the letters of ``text`` tell; None where they tell none."""
    if text.isascii() or max(text) <= _LATIN_ENDS:
        return None
    counts = {language: len(script.findall(text)) for language, script in _SCRIPTS.items()}
    language = max(counts, key=lambda code: counts[code])
    if counts[language] * 2 <= sum(map(str.isalpha, text)):
        return None
    return _in_arabic_letters(text) if language == "ar" else "ja" if language == "zh" and _KANA.search(text) else language


def foreign_language(text: str, language: str) -> str | None:
    """The language of ``text`` where its letters tell that it is another one than ``language`` (a tag), else None."""
    told = language_told(text)
    own = language.partition("-")[0].lower()
    return None if told is None or told == own or own in _SHARED.get(told, ()) else told


def _in_arabic_letters(text: str) -> str | None:
    """Arabic, Persian or Urdu, the first that has all the letters; None for another language."""
    letters = set(_SCRIPTS["ar"].findall(text))
    return next((language for language, known in _ALPHABETS.items() if all(map(known.match, letters))), None)
