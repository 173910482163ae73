"""The address that a story has, or will have, on its publication's own site."""

from __future__ import annotations

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.rendering import Terms
from workstation.render.words.addresses import address
from workstation.render.words.dateline import local_time


def canonical_address(story: Story, publication: Publication, terms: Terms) -> str | None:
    """Where the story stands: as the hand-over says, else as the publication's ``address`` makes it; None when nobody knows.

    ``{slug}``, ``{year}``, ``{month}`` and ``{day}`` (of the first publication) are filled in.
    """
    if terms.address:
        return address(terms.address)
    moment = story.first_published or story.updated
    local = local_time(moment, story, publication) if moment else None
    parts = {"year": f"{local.year:04}", "month": f"{local.month:02}", "day": f"{local.day:02}"} if local else {}
    filled = publication.address
    for name, value in {"slug": story.slug, **parts}.items():
        filled = filled.replace(f"{{{name}}}", value)
    return address(filled) if filled and "{" not in filled else None
