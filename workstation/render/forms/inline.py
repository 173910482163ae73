"""The profile ``inline``: the body alone, with the house's look in ``style`` attributes.

It is for systems that keep these and nothing else of a look: builders of newsletters, many CMSes. As in the fragment, the
headline and the time are left to the system.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.flat.blocks import flat_html, guarded
from workstation.render.flat.story import flat_story, is_featured
from workstation.render.house.palette import palette_of
from workstation.render.mail.inlining import inlined_part, sheet
from workstation.render.pictures.placing import place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.templates import fill
from workstation.render.words.language import direction_of, language_of

_CLASS = re.compile(r'(<[a-z0-9]+) class="[^"]*"')


def render_inline(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.inline.html``, its pictures in ``<slug>-files/``."""
    placement, featured = place(story, pictures), is_featured(INLINE, terms)
    language = language_of(story, publication)
    values = {
        "language": language,
        "direction": direction_of(language),
        "flat": flat_story(story, publication, placement, featured=featured),
        "body": flat_html,
    }
    styled = inlined_part(fill("inline.html", values), sheet("inline.css", palette_of(publication)))
    main = f"{story.slug}.inline.html"
    return Rendering(
        profile="inline",
        main=main,
        files={**placement.files(), main: guarded(_CLASS.sub(r"\1", styled)).encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if featured else None,
    )


INLINE = Profile(
    name="inline",
    label="HTML with styles inlined",
    description="The body in the house’s look, for newsletters and systems that keep style attributes.",
    render=render_inline,
    lead=LeadPlace.BODY,
)
