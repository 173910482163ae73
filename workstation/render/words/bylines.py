"""Who wrote a story: the byline as it is printed, and its names alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.words.characters import one_line
from workstation.render.words.names import printed_names

_BY = re.compile(r"by:?\s+", re.IGNORECASE)


def author_names(story: Story, publication: Publication) -> tuple[str, ...]:
    """The bylines without the word that may stand before a name: “By”, or the publication's own label."""
    return tuple(filter(None, _names(story, one_line(publication.labels.byline))))


def byline(story: Story, publication: Publication) -> str:
    """The names in one line after the publication's label, which is not printed twice; empty where there are none."""
    label = one_line(publication.labels.byline)
    names = author_names(story, publication) if label else printed_names(story.bylines)
    return f"{label} {', '.join(names)}".strip() if names else ""


def _names(story: Story, label: str) -> Iterator[str]:
    for line in map(one_line, story.bylines):
        own = line[len(label) :].lstrip() if label and line.casefold().startswith(f"{label} ".casefold()) else line
        yield _BY.sub("", own, count=1) if _BY.match(own) else own
