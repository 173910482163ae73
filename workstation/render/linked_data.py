"""What the page tells machines about itself: schema.org's NewsArticle as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.addresses import address
from workstation.render.characters import one_line
from workstation.render.dateline import local_time, machine_time
from workstation.render.language import language_of
from workstation.render.pictures import PlacedPicture, Placement

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def news_article(story: Story, publication: Publication, placement: Placement, description: str) -> Markup:
    """The JSON-LD of the story, sorted, and safe inside a ``script`` element."""
    data = {key: value for key, value in _article(story, publication, placement, description).items() if value}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing in it can close the element


def _article(story: Story, publication: Publication, placement: Placement, description: str) -> dict[str, Any]:
    house = {"@type": "Organization", "name": one_line(publication.name)}
    logo = placement.publication.get(publication.logo or "")
    if logo:
        house["logo"] = logo.address
    first = story.first_published or story.updated
    lead = placement.story.get(story.lead_image.file) if story.lead_image else None
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one_line(story.headline),
        "description": description,
        "inLanguage": language_of(story, publication),
        "datePublished": machine_time(local_time(first, story, publication)) if first else None,
        "dateModified": machine_time(local_time(story.updated, story, publication)) if story.updated else None,
        "author": _people(story.bylines) or [house],
        "contributor": _people(story.contributors),
        "publisher": house,
        "sponsor": {"@type": "Organization", "name": one_line(story.sponsor)} if one_line(story.sponsor) else None,
        "articleSection": [one_line(name) for name in story.verticals if one_line(name)],
        "contentLocation": {"@type": "Place", "name": one_line(story.region)} if one_line(story.region) else None,
        "image": _image(lead, story) if lead else None,
        "citation": _citations(story),
    }


def _people(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": one_line(name)} for name in names if one_line(name)]


def _image(placed: PlacedPicture, story: Story) -> dict[str, Any]:
    lead = story.lead_image
    image = {"@type": "ImageObject", "url": placed.address, "width": placed.width, "height": placed.height}
    caption, credit = (one_line(lead.caption), one_line(lead.credit)) if lead else ("", "")
    return image | ({"caption": caption} if caption else {}) | ({"creditText": credit} if credit else {})


def _citations(story: Story) -> list[str]:
    addresses = [address(source.url) for card in story.signals for source in card.sources]
    return list(dict.fromkeys(link for link in addresses if link))
