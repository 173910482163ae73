"""The profile ``wordpress``: the markup of core blocks, and the fields of the post as the REST interface takes them.

``<slug>.wordpress.html`` is what the code view of the editor takes. ``<slug>.wordpress.json`` is the body of
``POST /wp/v2/posts``, where texts are HTML. WordPress wants ids where a story has names, which only the site knows; so these
stand under keys of our own, which the interface passes over:

``terms``
    the names of ``categories`` (the story's verticals) and of ``tags`` (its region);
``bylines``
    who wrote it;
``media``
    of the lead image its ``file`` beside the text, whether it is ``featured``, its ``address`` in the content where it is not
    (once, as ``src``), and what ``POST /wp/v2/media`` takes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.flat.block_markup import block_markup
from workstation.render.flat.blocks import guarded
from workstation.render.flat.story import flat_story, is_featured
from workstation.render.machines.json_file import json_file
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.caption import caption_and_credit
from workstation.render.pictures.placing import Placement, place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.words.bylines import author_names
from workstation.render.words.characters import one_line
from workstation.render.words.description import description
from workstation.render.words.names import names_once


def render_wordpress(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.wordpress.html`` and ``<slug>.wordpress.json``, its lead image in ``<slug>-files/``."""
    placement, featured = without_icons(story, pictures), is_featured(WORDPRESS, terms)
    flat = flat_story(story, publication, placement, featured=featured)
    content = block_markup(flat.parts, publication.language)
    main = f"{story.slug}.wordpress.html"
    fields = _fields(story, publication, content) | {"media": _media(story, publication, placement, featured=featured)}
    return Rendering(
        profile="wordpress",
        main=main,
        files={**placement.files(), main: content.encode(), f"{story.slug}.wordpress.json": json_file(fields)},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if featured else None,
    )


def without_icons(story: Story, pictures: Mapping[str, Picture]) -> Placement:
    """The place of the lead image alone: WordPress would keep each icon in its library."""
    return place(replace(story, signals=()), pictures)


def title_markup(story: Story) -> str:
    """The headline as a title is kept: as HTML."""
    return _markup(story.headline)


def excerpt_markup(story: Story, publication: Publication) -> str:
    """What lists of posts show of the story, as HTML."""
    return _markup(description(story, publication))


def caption_markup(story: Story, publication: Publication) -> str:
    """The caption of the lead image, as HTML."""
    return _markup(caption_and_credit(story, publication))


def terms_of(story: Story) -> dict[str, list[str]]:
    """The names of the categories and tags of a story."""
    return {"categories": list(names_once(story.verticals)), "tags": list(names_once((story.region,)))}


def _fields(story: Story, publication: Publication, content: str) -> dict[str, Any]:
    return {
        "title": title_markup(story),
        "slug": story.slug,
        "status": "draft",
        "content": content,
        "excerpt": excerpt_markup(story, publication),
        "terms": terms_of(story),
        "bylines": author_names(story, publication),
    }


def _media(story: Story, publication: Publication, placement: Placement, *, featured: bool) -> list[dict[str, Any]]:
    lead = story.lead_image
    placed = placement.story.get(lead.file) if lead else None
    if lead is None or placed is None:
        return []
    return [
        {
            "file": placed.file,
            "featured": featured,
            "address": None if featured else placed.address,
            "alt_text": alternative_text(lead),
            "caption": caption_markup(story, publication),
        }
    ]


def _markup(text: str) -> str:
    return guarded(escape(one_line(text), quote=False))


WORDPRESS = Profile(
    name="wordpress",
    label="WordPress",
    description="Blocks for WordPress’s editor, and the post’s fields as its REST interface takes them.",
    render=render_wordpress,
    lead=LeadPlace.FEATURED,
)
