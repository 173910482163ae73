"""The profile ``single``: the page as one file, its pictures inside of it, to send or to keep.

Each picture is in it once: icons, which may stand beside many sources, are backgrounds of the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.forms.page import page_text
from workstation.render.pictures.placing import PlacedPicture, Placement, place
from workstation.render.rendering import Profile, Rendering, Terms


def render_single(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.single.html``."""
    placement = _embedded(place(story, pictures, publication), story)
    text = page_text(story, publication, placement, terms, sprites=_sprites(placement.story.values()))
    main = f"{story.slug}.single.html"
    return Rendering(
        profile="single",
        main=main,
        files={main: text.encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
    )


def _embedded(placement: Placement, story: Story) -> Placement:
    icons = dict.fromkeys(source.icon for card in story.signals for source in card.sources)
    sprites = {name: f"picture-{number}" for number, name in enumerate(icons, start=1) if name}
    return replace(
        placement,
        story={name: replace(placed, embedded=True, sprite=sprites.get(name, "")) for name, placed in placement.story.items()},
        publication={name: replace(placed, embedded=True) for name, placed in placement.publication.items()},
    )


def _sprites(placed: Iterable[PlacedPicture]) -> str:
    return "".join(f'.{entry.sprite} {{ background-image: url("{entry.address}"); }}\n' for entry in placed if entry.sprite)


SINGLE = Profile(
    name="single",
    label="Web page in one file",
    description="The page with its pictures inside of it: one file to send, to keep, or to open where there is no network.",
    render=render_single,
)
