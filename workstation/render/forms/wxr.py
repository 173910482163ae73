"""The profile ``wxr``: the story as WordPress's importer takes it, in WordPress eXtended RSS 1.2.

One item is the post, a draft in block markup; a second one is its lead image, which the importer fetches itself. So it has to
stand on the web where the page would have it; without an address of the publication its place beside this file is told, and
the picture is added by hand. Ids count within the file alone: WordPress gives its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story, slug_from
from workstation.render.flat.block_markup import block_markup
from workstation.render.flat.story import flat_story, is_featured
from workstation.render.forms.wordpress import caption_markup, excerpt_markup, terms_of, title_markup, without_icons
from workstation.render.machines.canonical import canonical_address
from workstation.render.machines.linked_data import picture_link
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.placing import PlacedPicture
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.templates import fill
from workstation.render.words.bylines import author_names
from workstation.render.words.characters import clean, one_line
from workstation.render.words.dateline import local_time

_NEVER = "0000-00-00 00:00:00"
"""How WordPress writes the time of a draft that nobody has dated."""
_LONGEST_TERM = 22
"""Letters of a slug: each may take nine of the 200 bytes that WordPress keeps."""


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote the story, and the name that the file calls them by."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A category or tag."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """The lead image: where it is fetched from, and what is told of it."""

    title: str
    slug: str
    address: str
    caption: str
    alternative_text: str


def render_wxr(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.wxr.xml``, its lead image in ``<slug>-files/``."""
    placement, featured = without_icons(story, pictures), is_featured(WXR, terms)
    link = canonical_address(story, publication, terms)
    placed = placement.story.get(story.lead_image.file) if story.lead_image else None
    picture = _attachment(story, publication, placed, link) if placed else None
    flat = flat_story(story, publication, placement, featured=featured)
    values = {
        **_channel(story, publication),
        **_times(story, publication),
        "cdata": _cdata,
        "title": title_markup(story),
        "slug": story.slug,
        "link": link or "",
        "guid": link or story.slug,
        "content": block_markup(flat.parts, publication.language, picture.address if picture else None),
        "excerpt": excerpt_markup(story, publication),
        "featured": featured,
        "picture": picture,
    }
    main = f"{story.slug}.wxr.xml"
    return Rendering(
        profile="wxr",
        main=main,
        files={**placement.files(), main: fill("wxr.xml", values).encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if featured else None,
    )


def _channel(story: Story, publication: Publication) -> dict[str, Any]:
    """The site that the file seems to come from, who wrote for it, and under which terms."""
    parts = urlsplit(publication.address)
    names = author_names(story, publication) or (one_line(publication.name),)
    terms = terms_of(story)
    return {
        "house": one_line(publication.name),
        "tagline": str(escape(one_line(publication.tagline))),  # HTML, as in every feed
        "language": publication.language,
        "site": f"{parts.scheme}://{parts.netloc}" if parts.netloc else "",
        "authors": [Author(_login(name, number), name) for number, name in enumerate(names, 1)],
        "categories": _terms(terms["categories"]),
        "tags": _terms(terms["tags"]),
    }


def _times(story: Story, publication: Publication) -> dict[str, str]:
    """When the story was first published, in the zone of its publication, as the site is thought to have it."""
    moment = story.first_published or story.updated
    if moment is None:
        return {"local_time": _NEVER, "world_time": _NEVER, "published": ""}
    local = local_time(moment, Story(slug=story.slug, headline=""), publication)
    world = local.astimezone(UTC)
    printed = [each.replace(tzinfo=None).isoformat(" ", "seconds") for each in (local, world)]
    return {"local_time": printed[0], "world_time": printed[1], "published": format_datetime(world)}


def _attachment(story: Story, publication: Publication, placed: PlacedPicture, link: str | None) -> Attachment | None:
    lead, address = story.lead_image, picture_link(placed, link)
    if lead is None or address is None:
        return None
    name = placed.file.rpartition("/")[2].rpartition(".")[0] or story.slug
    title, caption = str(escape(one_line(name))), caption_markup(story, publication)
    return Attachment(title, slug_from(name), address, caption, alternative_text(lead))


def _login(name: str, number: int) -> str:
    """A name in small letters as WordPress allows it; one that has none of them gets a number."""
    return slug_from(name) if name.isascii() and any(map(str.isalnum, name)) else f"author-{number}"


def _terms(names: Iterable[str]) -> list[Term]:
    return [Term(_term_slug(name), name) for name in names]


def _term_slug(name: str) -> str:
    """The slug that WordPress would make: what is beyond the Latin letters is percent-encoded."""
    if any(character.isalnum() and character > "\u024f" for character in name):
        return quote("-".join(name.lower().split())[:_LONGEST_TERM], safe="").lower()
    return slug_from(name)


def _cdata(text: str) -> Markup:
    """``text`` that a parser gives back as it is; what would end the section is cut in two."""
    return Markup(f"<![CDATA[{clean(text).replace(']]>', ']]]]><![CDATA[>')}]]>")  # noqa: S704 - nothing in it ends the section


WXR = Profile(
    name="wxr",
    label="WordPress import file",
    description="A draft for WordPress’s importer, which fetches the lead image from where the publication’s page has it.",
    render=render_wxr,
    lead=LeadPlace.FEATURED,
)
