"""What is printed below a lead image where its credit has a place of its own."""

from __future__ import annotations

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.words.characters import one_line


def lead_caption(story: Story, publication: Publication) -> str:
    """The caption after the label of a file photo, in one line; empty where there is neither."""
    lead = story.lead_image
    if lead is None:
        return ""
    told = (publication.labels.file_photo if lead.file_photo else "", lead.caption)
    return " · ".join(filter(None, map(one_line, told)))
