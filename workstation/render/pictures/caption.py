"""What is printed below a lead image."""

from __future__ import annotations

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.pictures.credit import printed_credit
from workstation.render.words.characters import one_line

_BETWEEN = " · "


def lead_caption(story: Story, publication: Publication) -> str:
    """The caption after the label of a file photo, in one line, for where the credit has a place of its own."""
    lead = story.lead_image
    if lead is None:
        return ""
    told = (publication.labels.file_photo if lead.file_photo else "", lead.caption)
    return _BETWEEN.join(filter(None, map(one_line, told)))


def caption_and_credit(story: Story, publication: Publication) -> str:
    """The same with the credit behind it where the publication has it below the picture."""
    credit = printed_credit(story.lead_image, publication) if story.lead_image else ""
    return _BETWEEN.join(filter(None, (lead_caption(story, publication), credit)))
