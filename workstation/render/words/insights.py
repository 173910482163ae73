"""The insights line: whose reporting the story rests on."""

from __future__ import annotations

from markupsafe import Markup, escape

from workstation.domain.insights import made_line
from workstation.domain.publication import Publication
from workstation.domain.story import INSIGHTS_AUTO, INSIGHTS_NONE, Story
from workstation.render.words.characters import one_line
from workstation.render.words.direction import holds_right_to_left


def insights_line(story: Story, publication: Publication) -> str | None:
    """The line as it is printed: made from the cards, the editor's own words, or None when there is none."""
    if story.insights == INSIGHTS_NONE:
        return None
    if story.insights != INSIGHTS_AUTO:
        return one_line(story.insights) or None
    outlets = [name for name in map(one_line, story.outlets) if name]
    if not outlets:
        return None
    return one_line(made_line(outlets, publication.labels.insights, publication.language)) or None


def marked_insights(story: Story, publication: Publication) -> Markup:
    """The line as markup: names that run from right to left keep to their places in a list that does not."""
    line, at, marked = insights_line(story, publication) or "", 0, Markup()
    for name in filter(holds_right_to_left, map(one_line, story.outlets)):
        found = line.find(name, at)
        if found >= 0:
            marked += escape(line[at:found]) + Markup("<bdi>{}</bdi>").format(name)
            at = found + len(name)
    return marked + escape(line[at:])
