"""The profile ``rss``: an RSS 2.0 feed with the story as its one item, whole.

A feed takes absolute addresses only. Where the story's own is not known it is named by a ``urn:uuid`` that is no permanent
link, and its lead image, whose address nobody knows either, stands beside the feed without being told of in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from markupsafe import escape

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.machines.canonical import canonical_address
from workstation.render.machines.identity import made_uri, picture_uri, story_uri, uri
from workstation.render.machines.json_file import plain_values
from workstation.render.machines.wire_story import WireStory, printed_sources_of, wire_story
from workstation.render.pictures.placing import PlacedPicture
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.templates import fill
from workstation.render.words.addresses import address, file_address
from workstation.render.words.characters import one_line
from workstation.render.words.names import names_once

_PLACE_HOLDER = re.compile(r"\{.*")


def render_rss(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.rss.xml``, its pictures in ``<slug>-files/``."""
    agreed = terms if canonical_address(story, publication, terms) else replace(terms, lead=LeadPlace.FEATURED)
    wire = wire_story(RSS, story, publication, pictures, agreed)
    main = f"{story.slug}.rss.xml"
    return Rendering(
        profile="rss",
        main=main,
        files={**wire.files, main: fill("rss.xml", _values(wire, main)).encode()},
        missing=wire.missing,
        pictures=wire.notes,
        featured=wire.featured.file if wire.featured else None,
    )


def _values(wire: WireStory, main: str) -> dict[str, Any]:
    story, publication, terms = wire.story, wire.publication, wire.terms
    canonical = canonical_address(story, publication, terms)
    values = {
        "channel": _channel(publication, canonical, main),
        "language": wire.language,
        "title": wire.headline or story.slug,
        "link": uri(canonical) if canonical else None,
        "guid": story_uri(story, publication, terms),
        "first": _rfc_822(wire.times.first),
        "last": _rfc_822(wire.times.last),
        "updated": wire.times.last if story.updated else None,
        "authors": wire.authors,
        "contributors": names_once(story.contributors),
        "categories": [*wire.verticals, *wire.regions],
        "sources": _sources(story),
        "description": str(escape(wire.description)),  # HTML, in which feeds have it
        "picture": _picture(wire, wire.featured, canonical) if wire.featured else None,
    }
    return {**plain_values(values), "html": _with_address(wire, canonical)}  # readers print plain fields as HTML, too


def _channel(publication: Publication, canonical: str | None, main: str) -> dict[str, str | None]:
    name = one_line(publication.name)
    title = " – ".join(filter(None, [name, one_line(publication.rubric)]))
    return {
        "title": title or main,
        "link": _home(publication, canonical),
        "description": str(escape(one_line(publication.tagline) or title or main)),
        "itself": uri(urljoin(canonical, file_address(main))) if canonical else None,
    }


def _home(publication: Publication, canonical: str | None) -> str:
    """The publication's own site, as far as one of its addresses tells; a channel cannot be without a link."""
    known = [_PLACE_HOLDER.sub("", publication.address), canonical, *(edition.url for edition in publication.editions)]
    links = [link for link in map(address, known) if link and urlsplit(link).netloc]
    return uri(urljoin(links[0], "/")) if links else made_uri(publication)


def _rfc_822(time: str | None) -> str | None:
    return format_datetime(datetime.fromisoformat(time)) if time else None


def _sources(story: Story) -> list[str]:
    """Where each source's report stands, or who it is where that is nowhere on the web."""
    return list(dict.fromkeys(printed.address or printed.name for _, printed in printed_sources_of(story)))


def _with_address(wire: WireStory, canonical: str | None) -> str:
    """The text, in which a lead image is found from wherever the feed is read."""
    if wire.placed is None or canonical is None:
        return wire.html
    return wire.html.replace(f'src="{wire.placed.address}"', f'src="{escape(picture_uri(wire.placed, canonical))}"', 1)


def _picture(wire: WireStory, placed: PlacedPicture, canonical: str | None) -> dict[str, Any] | None:
    url = picture_uri(placed, canonical)
    if url is None:
        return None
    lead, picture = wire.lead, placed.picture
    return {
        "url": url,
        "length": len(picture.data),
        "type": picture.media_type,
        "width": placed.width,
        "height": placed.height,
        "caption": lead.caption,
        "alt": lead.alternative_text,
        "credit": lead.credit,
    }


RSS = Profile(
    name="rss",
    label="Feed (RSS)",
    description="An RSS feed with the whole story as its one item, for aggregators and systems that take in feeds.",
    render=render_rss,
    lead=LeadPlace.FEATURED,
)
