"""What a story tells machines about itself: schema.org's NewsArticle as JSON-LD.

Every source is a citation, an object of its own, with an address or without one; several people of one outlet are several.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from workstation.domain.publication import Publication
from workstation.domain.story import Source, SourceKind, Story
from workstation.domain.text_fragment import split_fragment
from workstation.render.pictures.placing import PlacedPicture, Placement
from workstation.render.words.addresses import address
from workstation.render.words.bylines import author_names
from workstation.render.words.characters import one_line
from workstation.render.words.corrections import printed_corrections
from workstation.render.words.dateline import told_time
from workstation.render.words.language import language_of
from workstation.render.words.names import printed_names

Thing = dict[str, Any]
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_PEOPLE = (SourceKind.PERSON, SourceKind.SOCIAL)


def news_article(
    story: Story, publication: Publication, placement: Placement, description: str, canonical: str | None, *, body: str = ""
) -> str:
    """The story as JSON-LD with sorted keys, in which nothing can close a ``script`` element.

    ``canonical`` is the address of the story: with it the addresses of pictures are absolute, else relative to the page.
    ``body`` is the text of the story where it is told; a page has it already.
    """
    house = _house(publication, placement, canonical)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "isAccessibleForFree": True,
        "inLanguage": language_of(story, publication),
        "wordCount": story.words,
        "articleBody": body,
        "author": _people(author_names(story, publication)) or [house],
        "publisher": house,
        "image": _image(placement, story, canonical),
        "citation": _citations(story),
        **_words(story, description),
        **_times(story, publication),
        **_place(canonical),
    }
    text = json.dumps(_told(data), ensure_ascii=False, indent=1, sort_keys=True)
    return text.translate(_ESCAPES)


def _told(data: Thing) -> Thing:
    return {key: value for key, value in data.items() if value}


def _words(story: Story, description: str) -> Thing:
    sections = printed_names(story.verticals)
    region, sponsor = one_line(story.region), one_line(story.sponsor)
    return {
        "headline": one_line(story.headline),
        "description": description,
        "articleSection": sections,
        "keywords": printed_names((*story.verticals, story.region)),
        "contentLocation": {"@type": "Place", "name": region} if region else None,
        "contributor": _people(printed_names(story.contributors)),
        "sponsor": {"@type": "Organization", "name": sponsor} if sponsor else None,
    }


def _times(story: Story, publication: Publication) -> Thing:
    return {
        "datePublished": told_time(story.first_published or story.updated, story, publication),
        "dateModified": told_time(story.updated or story.first_published, story, publication),
        "correction": [
            {"@type": "CorrectionComment", "datePublished": note.machine, "text": note.text}
            for note in printed_corrections(story, publication)
        ],
    }


def _place(canonical: str | None) -> Thing:
    return {"url": canonical, "mainEntityOfPage": {"@id": canonical, "@type": "WebPage"}} if canonical else {}


def _house(publication: Publication, placement: Placement, canonical: str | None) -> Thing:
    parts = urlsplit(canonical or "")
    logo = placement.publication.get(publication.logo or "")
    return {
        "@type": "NewsMediaOrganization",
        "name": one_line(publication.name),
        **_told({"url": f"{parts.scheme}://{parts.netloc}/" if parts.netloc else None, "logo": _picture(logo, canonical)}),
    }


def _people(names: Iterable[str]) -> list[Thing]:
    return [{"@type": "Person", "name": name} for name in names]


# --- pictures ------------------------------------------------------------------------------------------------------


def picture_link(placed: PlacedPicture | None, canonical: str | None) -> str | None:
    """Where a picture is found from outside of the page; None where it has no place of its own."""
    if placed is None or placed.embedded:
        return None
    return urljoin(canonical, placed.address) if canonical else placed.address


def _picture(placed: PlacedPicture | None, canonical: str | None) -> Thing | None:
    link = picture_link(placed, canonical)
    if placed is None or link is None:
        return None
    return {"@type": "ImageObject", "contentUrl": link, "height": placed.height, "url": link, "width": placed.width}


def _image(placement: Placement, story: Story, canonical: str | None) -> Thing | None:
    lead = story.lead_image
    image = _picture(placement.story.get(lead.file), canonical) if lead else None
    if lead is None or image is None:
        return None
    return image | _told({"caption": one_line(lead.caption), "creditText": one_line(lead.credit)})


# --- citations -----------------------------------------------------------------------------------------------------


def _citations(story: Story) -> list[Thing]:
    sources = dict.fromkeys(_cited(source) for card in story.signals for source in card.sources if one_line(source.name))
    return [_citation(*cited) for cited in sources]


@lru_cache(maxsize=2048)
def _cited(source: Source) -> tuple[str, str, str, str]:
    """The name as it is printed, the person, the publisher and the address of what is cited; empty for what there is none of.

    An outlet or an institute is the publisher of its own work, a person's outlet is that of a person's.
    """
    name, outlet = one_line(source.name), one_line(source.of)
    is_person = source.kind in _PEOPLE or bool(outlet)
    link = address(split_fragment(source.url or "")[0]) or ""
    return one_line(source.printed), name if is_person else "", outlet if is_person else name, link


def _citation(printed: str, person: str, publisher: str, link: str) -> Thing:
    author = {"@type": "Person", "name": person} if person else None
    house = {"@type": "Organization", "name": publisher} if publisher else None
    return _told({"@type": "CreativeWork", "name": printed, "author": author, "publisher": house, "url": link})
