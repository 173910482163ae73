"""The language that a publication is printed in: month names, lists and the direction of writing."""

from __future__ import annotations

import re

from workstation.domain.locales import locale_of
from workstation.domain.publication import Publication
from workstation.domain.story import Story

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def language_of(story: Story, publication: Publication) -> str:
    """The tag of the language that a story is written in: its own where that is a proper one, else its publication's."""
    own = (story.language or "").strip()
    return own if _TAG.fullmatch(own) else publication.language


def direction_of(tag: str) -> str:
    """``"rtl"`` or ``"ltr"``, as the language of the tag is written."""
    return str(locale_of(tag).text_direction)
