"""A story goes out under one name, and keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.domain.file_names import is_device
from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import slug_from
from workstation.review.manuscript import Manuscript

LONGEST = 100
"""Characters; many sites cut what is longer."""

_PLACE = Place("slug")
_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_STAND_IN = re.compile(r"untitled(?:-\d+)?|story|new-story|slug|headline|draft|copy|copy-of-.*|.*-copy(?:-\d+)?|test|tk|x+")


def slug(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks a slug other than the one that the story was handed over under; warns of one that says nothing or is ill formed."""
    told, handed_over = manuscript.story.slug, manuscript.background.exported_slug
    if handed_over is None:
        yield from _judge(manuscript)
    elif told != handed_over:
        message = f"The story was handed over as “{handed_over}”; another slug would make it another story there. Put it back."
        fix = Fix("Put the slug back", told, handed_over)
        yield Problem("slug-changed", Severity.BLOCKER, _PLACE, message, told, fix, about=handed_over)


def _judge(manuscript: Manuscript) -> Iterator[Problem]:
    """What is said of a slug while it can still be changed."""
    told, headline = manuscript.story.slug, manuscript.story.headline.strip()
    if _STAND_IN.fullmatch(told) and headline:
        message = f"The slug “{told}” says nothing of the story, and stays from the first export on. Name it."
        yield Problem("slug", Severity.WARNING, _PLACE, message, told, _renamed(told, slug_from(headline)))
    elif is_device(told):
        message = f"“{told}” is the name of a device on Windows, where no file can be called so. Name the story otherwise."
        yield Problem("slug", Severity.WARNING, _PLACE, message, told, _renamed(told, slug_from(told)))
    elif not _FORM.fullmatch(told):
        message = f"The slug “{told}” has more than small letters, digits and single hyphens, which some addresses lose. Mend it."
        yield Problem("slug", Severity.WARNING, _PLACE, message, told, _renamed(told, slug_from(told)))
    elif len(told) > LONGEST:
        message = f"The slug has {len(told)} characters; keep to {LONGEST}, or sites cut it."
        yield Problem("slug", Severity.WARNING, _PLACE, message, told, _renamed(told, slug_from(told)))


def _renamed(told: str, better: str) -> Fix | None:
    fits = bool(_FORM.fullmatch(better)) and not _STAND_IN.fullmatch(better)
    return Fix(f"Call it “{better}”", told, better) if fits and better != told else None
