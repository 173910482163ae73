"""The language that a story is printed in, and the direction of its writing."""

from __future__ import annotations

import re

from babel.core import get_global

from workstation.domain.locales import locale_of
from workstation.domain.publication import Publication
from workstation.domain.script_language import foreign_language
from workstation.domain.story import Story

_PARAGRAPHS = 4
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def language_of(story: Story, publication: Publication) -> str:
    """The tag of the language that a story is written in.

    Its own where that is a proper one, else what its letters tell where these are not its publication's, else the
    publication's.
    """
    own = (story.language or "").strip()
    if _TAG.fullmatch(own):
        return own
    return foreign_language(_sample(story), publication.language) or publication.language


def _sample(story: Story) -> str:
    """The first words of a story, enough to see which letters it is written in."""
    paragraphs = [block.text for block in story.news.blocks[:_PARAGRAPHS]]
    return "\n".join([story.headline, *paragraphs, *(card.headline for card in story.signals[:_PARAGRAPHS])])


def direction_of(tag: str) -> str:
    """``"rtl"`` or ``"ltr"``, as the language of the tag is written."""
    return str(locale_of(tag).text_direction)


def locale_name(tag: str) -> str:
    """The language with a territory, ``en_GB``; where the tag names none, the one where most of its speakers are."""
    locale, likely = locale_of(tag), get_global("likely_subtags")
    told = likely.get(str(locale)) or likely.get(locale.language) or ""
    territory = locale.territory or told.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else str(locale.language)
