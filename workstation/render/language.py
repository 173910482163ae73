"""The language that a publication is printed in: month names, lists and the direction of writing."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from workstation.domain.publication import Publication
from workstation.domain.story import Story

_FALLBACK = "en"
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """The locale of a BCP 47 tag; that of its language alone, else English, where Babel does not know it."""
    for candidate in (tag, tag.split("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_FALLBACK)


def language_of(story: Story, publication: Publication) -> str:
    """The tag of the language that a story is written in: its own where that is a proper one, else its publication's."""
    own = (story.language or "").strip()
    return own if _TAG.fullmatch(own) else publication.language


def direction_of(tag: str) -> str:
    """``"rtl"`` or ``"ltr"``, as the language of the tag is written."""
    return str(locale_of(tag).text_direction)
