"""What Babel knows of a language: its locale, and how it joins the entries of a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

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


def listed(names: Sequence[str], language: str) -> str:
    """``names`` as a list in the language of a BCP 47 tag: "A, B, and C"."""
    return format_list(names, "standard", locale_of(language))
