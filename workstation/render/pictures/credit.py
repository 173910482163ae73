"""The credit of a lead image, where the publication wants it: below it, in its alternative text, inside of its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workstation.domain.picture import Picture
from workstation.domain.publication import CreditPlace, Publication
from workstation.domain.story import LeadImage, Story
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.iptc.files import with_words
from workstation.render.pictures.iptc.words import PictureWords
from workstation.render.words.characters import one_line


def printed_credit(lead: LeadImage, publication: Publication) -> str:
    """The credit as it stands below the picture, in one line; empty where the publication has it elsewhere."""
    return one_line(lead.credit) if CreditPlace.CAPTION in publication.picture_credit else ""


def with_credit(story: Story, publication: Publication) -> Story:
    """``story`` with the credit at the end of the alternative text, where the publication wants it there."""
    lead = story.lead_image
    if lead is None or CreditPlace.ALT not in publication.picture_credit:
        return story
    alt, credit = one_line(lead.alt), one_line(lead.credit)
    if lead.decorative or not alt or not credit or alt.endswith(credit):
        return story
    joined = f"{alt} {credit}" if alt[-1] in ".!?…。！？" else f"{alt}. {credit}"
    return replace(story, lead_image=replace(lead, alt=joined))


def credited_pictures(story: Story, publication: Publication, pictures: Mapping[str, Picture]) -> Mapping[str, Picture]:
    """The pictures, with what is told of the lead image inside of its file where the publication wants it there."""
    lead = story.lead_image
    if lead is None or lead.file not in pictures or CreditPlace.IPTC not in publication.picture_credit:
        return pictures
    words = PictureWords(
        credit=one_line(lead.credit),
        caption=one_line(lead.caption),
        alternative_text=alternative_text(lead),
    )
    return {**pictures, lead.file: with_words(pictures[lead.file], words)}
