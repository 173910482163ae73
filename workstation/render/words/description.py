"""What lists and cards show of a story below its headline."""

from __future__ import annotations

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.words.bodies import summary
from workstation.render.words.characters import one_line
from workstation.render.words.insights import insights_line

LENGTH = 200
"""Characters that a description has at most."""


def description(story: Story, publication: Publication) -> str:
    """The first paragraph of The News, else the insights line, else the headline."""
    if story.news.blocks:
        return summary(story.news.blocks[0], LENGTH)
    return insights_line(story, publication) or one_line(story.headline)
