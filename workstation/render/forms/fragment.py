"""The profile ``fragment``: the flat body that every CMS keeps as it is.

Top level only ``h2 h3 p figure blockquote ul ol``, inside only links, emphasis, line breaks and spans of another direction.
It begins at ``h2`` because the CMS's own theme prints the headline, and it has no dateline because the CMS prints its own time
of publication: a second one in the text would grow stale. Square brackets are written as references, lest a CMS run them as a
shortcode.
"""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.flat.markup import flat_markup
from workstation.render.flat.story import flat_story, is_featured
from workstation.render.pictures.placing import place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms


def render_fragment(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.fragment.html``, its pictures in ``<slug>-files/``."""
    placement, featured = place(story, pictures), is_featured(FRAGMENT, terms)
    flat = flat_story(story, publication, placement, featured=featured)
    text = flat_markup(flat, story, publication)
    main = f"{story.slug}.fragment.html"
    return Rendering(
        profile="fragment",
        main=main,
        files={**placement.files(), main: text.encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if featured else None,
    )


FRAGMENT = Profile(
    name="fragment",
    label="CMS fragment",
    description="The body alone, in the flat HTML that every CMS keeps as it is; paste it or send it.",
    render=render_fragment,
    lead=LeadPlace.BODY,
)
