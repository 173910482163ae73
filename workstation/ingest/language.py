"""The language that a text is written in."""

from __future__ import annotations

import re

LETTERS_NEEDED = 20
_SURE = 200
_SAMPLE = 6_000
_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]|$)")
_RELATED = ({"no", "nb", "nn"}, {"hr", "sr", "bs", "sh"}, {"id", "ms"}, {"ku", "ckb", "kmr"}, {"fa", "prs"}, {"tl", "fil"})
# What the model tells apart but news is hardly ever written in, with the language that such a page is in unless it says so.
_WRITTEN_AS = {
    "arz": "ar", "ary": "ar", "yue": "zh", "wuu": "zh", "hbo": "he", "grc": "el", "pcm": "en", "uzs": "uz", "vec": "it",
    "lij": "it", "ext": "es", "an": "es", "gcf": "fr", "gcr": "fr", "wa": "fr", "ltg": "lv", "sdh": "ku", "gug": "gn", "nb": "no",
}  # fmt: skip
_OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "cmn": "zh"}


def language_of(text: str, hint: str | None = None) -> str | None:
    """The lower-case ISO 639 code of the language of ``text``; None below 20 letters.

    ``hint`` (a language tag as a page declares it) decides only between near relations and for short texts.
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
    return ranked[0]


def language_code(tag: str | None) -> str | None:
    """The language in a tag: "en" of "en-US"; None where there is none."""
    found = _TAG.match((tag or "").strip())
    code = found.group(1).lower() if found else None
    return _OLD_CODES.get(code, code) if code else None


def _related(one: str, other: str) -> bool:
    return any(one in family and other in family for family in _RELATED)
