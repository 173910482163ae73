"""The profiles that there are, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.render.fragment import FRAGMENT
from workstation.render.page import PAGE
from workstation.render.rendering import Profile, Rendering
from workstation.render.text import TEXT

PROFILES: Mapping[str, Profile] = MappingProxyType({profile.name: profile for profile in (PAGE, FRAGMENT, TEXT)})


def render(profile: str, story: Story, publication: Publication, pictures: Mapping[str, Picture]) -> Rendering:
    """``story`` printed in ``publication`` by the profile of this name, with its pictures by the names the story uses.

    Raises:
        InputError: no profile bears the name, or a time zone, date pattern, colour or font cannot be used.
    """
    if profile not in PROFILES:
        known = ", ".join(PROFILES)
        raise InputError("Nothing was exported", f"There is no profile “{profile}”; there are {known}.")
    return PROFILES[profile].render(story, publication, pictures)
