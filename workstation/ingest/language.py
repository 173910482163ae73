"""The language that a text is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTERS_NEEDED = 20
_SURE = 200
_SAMPLE = 6_000
_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]|$)")
_NORWEGIAN = {"no", "nb", "nn"}
_RELATED = (_NORWEGIAN, {"hr", "sr", "bs", "sh"}, {"id", "ms"}, {"ku", "ckb", "kmr"}, {"fa", "prs"}, {"tl", "fil"})
# What the model tells apart but news is hardly ever written in, with the language that such a page is in unless it says so.
_WRITTEN_AS = {
    "arz": "ar", "ary": "ar", "yue": "zh", "wuu": "zh", "hbo": "he", "grc": "el", "pcm": "en", "uzs": "uz", "vec": "it",
    "lij": "it", "ext": "es", "an": "es", "gcf": "fr", "gcr": "fr", "wa": "fr", "ltg": "lv", "sdh": "ku", "gug": "gn", "nb": "no",
}  # fmt: skip
_OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "cmn": "zh"}


# Which of near relations is written where.
_OF_COUNTRY = {
    "ID": "id", "MY": "ms", "BN": "ms", "RS": "sr", "ME": "sr", "HR": "hr", "BA": "bs", "IR": "fa", "PH": "tl",
}  # fmt: skip


def language_of(text: str, hint: str | None = None, written: Iterable[str] = (), country: str | None = None) -> str | None:
    """The lower-case ISO 639 code of the language of ``text``; None below 20 letters.

    ``hint`` (a language tag as a page declares it) decides only between near relations and for short texts; where it is no
    relation of the text's own language, the languages that the outlet is known to be ``written`` in and its ``country``
    (ISO 3166) decide between those.
    """
    letters = sum(map(str.isalpha, text[:_SAMPLE]))
    if letters < LETTERS_NEEDED:
        return None
    import py3langid  # noqa: PLC0415 - loads numpy and a model, at the first reading and not at start-up

    ranked = [str(code) for code, _ in py3langid.rank(text[:_SAMPLE]) if code != "zxx"]
    declared = language_code(hint)
    ranked = [code if code == declared else _WRITTEN_AS.get(code, code) for code in ranked]
    if declared and (_related(declared, ranked[0]) or (letters < _SURE and declared in ranked[:3])):
        return declared
    told = [*filter(None, map(language_code, written)), _OF_COUNTRY.get(country or "", "")]
    return next((code for code in told if ranked[0] not in _NORWEGIAN and _related(code, ranked[0])), ranked[0])


def language_code(tag: str | None) -> str | None:
    """The language in a tag: "en" of "en-US"; None where there is none."""
    found = _TAG.match((tag or "").strip())
    code = found.group(1).lower() if found else None
    return _OLD_CODES.get(code, code) if code else None


def _related(one: str, other: str) -> bool:
    return any(one in family and other in family for family in _RELATED)
