"""The profile ``jsonld``: what the page tells machines and the words of the story, as a file (application/ld+json)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.machines.canonical import canonical_address
from workstation.render.machines.linked_data import news_article
from workstation.render.pictures.placing import Placement, place
from workstation.render.rendering import Profile, Rendering, Terms
from workstation.render.words.description import description
from workstation.render.words.plain import text_below_headline
from workstation.render.words.running_order import running_order


def render_jsonld(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.jsonld``, with the pictures that it names in ``<slug>-files/``."""
    placement = _named(place(story, pictures, publication), story, publication)
    canonical = canonical_address(story, publication, terms)
    body = text_below_headline(running_order(story, publication)).strip()
    text = news_article(story, publication, placement, description(story, publication), canonical, body=body)
    main = f"{story.slug}.jsonld"
    return Rendering(
        profile="jsonld",
        main=main,
        files={**placement.files(), main: f"{text}\n".encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
    )


def _named(placement: Placement, story: Story, publication: Publication) -> Placement:
    """The lead image and the logo: the pictures that the data name."""
    lead = story.lead_image
    return replace(
        placement,
        story={name: placed for name, placed in placement.story.items() if lead and name == lead.file},
        publication={name: placed for name, placed in placement.publication.items() if name == publication.logo},
    )


JSONLD = Profile(
    name="jsonld",
    label="Linked data (JSON-LD)",
    description="The story as schema.org’s NewsArticle with a citation for every source, for a system that prints it itself.",
    render=render_jsonld,
)
