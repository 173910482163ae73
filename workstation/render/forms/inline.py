"""The profile ``inline``: the body alone, with the house's look in ``style`` attributes.

It is for systems that keep these and nothing else of a look: builders of newsletters, many CMSes. As in the fragment, the
headline and the time are left to the system.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.bodies import directed_body
from workstation.render.characters import one_line
from workstation.render.direction import isolated_text, side_of
from workstation.render.inlining import inlined_part, sheet
from workstation.render.language import direction_of, language_of
from workstation.render.palette import palette_of
from workstation.render.pictures import Placement, place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.running_order import running_order
from workstation.render.templates import fill

_CLASS = re.compile(r'(<[a-z0-9]+) class="[^"]*"')


def render_inline(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.inline.html``, its pictures in ``<slug>-files/``."""
    placement = place(story, pictures)
    is_featured = (terms.lead or INLINE.lead) is LeadPlace.FEATURED
    markup = fill("inline.html", flat_values(story, publication, placement, is_featured=is_featured))
    text = _CLASS.sub(r"\1", inlined_part(markup, sheet("inline.css", palette_of(publication))))
    main = f"{story.slug}.inline.html"
    return Rendering(
        profile="inline",
        main=main,
        files={**placement.files(), main: text.encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if is_featured else None,
    )


def flat_values(story: Story, publication: Publication, placement: Placement, *, is_featured: bool) -> dict[str, Any]:
    """What a template needs that says the direction of each block by itself."""
    language = language_of(story, publication)
    direction = direction_of(language)
    order = running_order(story, publication)
    lead = None if is_featured else story.lead_image
    return {
        "language": language,
        "direction": direction,
        "side": partial(side_of, otherwise=direction),
        "isolated": isolated_text,
        "body": partial(directed_body, direction=direction),
        "order": order,
        "lead": placement.story.get(lead.file) if lead else None,
        "lead_alt": one_line(lead.alt) if lead and not lead.decorative else "",
        "caption": "" if is_featured else order.caption,
    }


INLINE = Profile(
    name="inline",
    label="HTML with styles inlined",
    description="The body in the house’s look, for newsletters and systems that keep style attributes.",
    render=render_inline,
    lead=LeadPlace.BODY,
)
