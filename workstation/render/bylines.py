"""Who wrote a story: its bylines as names alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.characters import one_line

_BY = re.compile(r"by:?\s+", re.IGNORECASE)


def author_names(story: Story, publication: Publication) -> tuple[str, ...]:
    """The bylines without the word that may stand before a name: “By”, or the publication's own label."""
    return tuple(filter(None, _names(story, one_line(publication.labels.byline))))


def _names(story: Story, label: str) -> Iterator[str]:
    for line in map(one_line, story.bylines):
        own = line[len(label) :].lstrip() if label and line.casefold().startswith(f"{label} ".casefold()) else line
        yield _BY.sub("", own, count=1) if _BY.match(own) else own
