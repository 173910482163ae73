"""The profile ``bundle``: the story whole, so that a colleague can open it in the workstation and verify it.

One zip with the story document, its pictures and icons, and the items and quotes that its cards rest on; see
:mod:`workstation.domain.story_archive`.
"""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.domain.story_archive import StoryArchive, pack
from workstation.render.rendering import Profile, Rendering, Terms


def render_bundle(story: Story, _publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.zip``.

    Raises:
        ExportError: a picture has a name that cannot lie in the archive, or all of it is larger than may be unpacked.
    """
    archive = StoryArchive.of(story, pictures, terms.items, terms.quotes.values())
    main = f"{story.slug}.zip"
    missing = tuple(name for name in story.kept_files if name and name not in pictures)
    return Rendering(profile="bundle", main=main, files={main: pack(archive)}, missing=missing)


BUNDLE = Profile(
    name="bundle",
    label="Bundle for a colleague",
    description="One zip with the story, its pictures, and the sources and quotes behind it; the workstation opens it.",
    render=render_bundle,
    needs_items=True,
    needs_quotes=True,
    literal=True,
)
