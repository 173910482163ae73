"""The language that a publication is printed in: month names, lists and the direction of writing."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

_FALLBACK = "en"


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """The locale of a BCP 47 tag; that of its language alone, else English, where Babel does not know it."""
    for candidate in (tag, tag.split("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_FALLBACK)


def direction_of(tag: str) -> str:
    """``"rtl"`` or ``"ltr"``, as the language of the tag is written."""
    return str(locale_of(tag).text_direction)
