"""What a page says of itself to those who show a card of it: the properties of the Open Graph protocol, for an article."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.placing import PlacedPicture
from workstation.render.words.bylines import author_names
from workstation.render.words.characters import one_line
from workstation.render.words.dateline import told_time
from workstation.render.words.language import language_of, locale_name
from workstation.render.words.names import printed_names

Properties = tuple[tuple[str, str], ...]


def open_graph(
    story: Story, publication: Publication, *, description: str, canonical: str | None, picture: PlacedPicture | None
) -> Properties:
    """The properties that have something to say, in order; ``picture`` is the lead image where it can be found from outside."""
    told = (
        ("og:site_name", one_line(publication.name)),
        ("og:title", one_line(story.headline)),
        ("og:description", description),
        ("og:locale", locale_name(language_of(story, publication))),
        ("og:url", canonical or ""),
        *_picture(story, picture, canonical),
        *_article(story, publication),
    )
    return tuple((name, content) for name, content in told if content)


def _picture(story: Story, picture: PlacedPicture | None, canonical: str | None) -> Iterator[tuple[str, str]]:
    lead = story.lead_image
    if picture is None or lead is None:
        return
    yield "og:image", urljoin(canonical or "", picture.address)
    yield "og:image:type", picture.picture.media_type
    yield "og:image:width", str(picture.width)
    yield "og:image:height", str(picture.height)
    yield "og:image:alt", alternative_text(lead)


def _article(story: Story, publication: Publication) -> Iterator[tuple[str, str]]:
    """Times with their offsets; the first section is the article's, and all of them and its region are its tags."""
    sections = printed_names((*story.verticals, story.region))
    yield "article:published_time", told_time(story.first_published or story.updated, story, publication) or ""
    yield "article:modified_time", told_time(story.updated or story.first_published, story, publication) or ""
    yield from (("article:author", name) for name in author_names(story, publication))
    yield "article:section", sections[0] if sections else ""
    yield from (("article:tag", name) for name in sections)
