"""The profile ``text``: the story in words alone, as it reads when everything else is taken away."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.rendering import Profile, Rendering, Terms
from workstation.render.words.plain import whole_text
from workstation.render.words.running_order import running_order


def render_text(story: Story, publication: Publication, _pictures: Mapping[str, Picture], _terms: Terms) -> Rendering:
    """``story`` as ``<slug>.txt``."""
    main = f"{story.slug}.txt"
    return Rendering(profile="text", main=main, files={main: whole_text(running_order(story, publication)).encode()})


TEXT = Profile(
    name="text",
    label="Plain text",
    description="The words alone, for a message or a system that takes no markup.",
    render=render_text,
)
