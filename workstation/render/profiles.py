"""The profiles that there are, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.render.forms.ans import ANS
from workstation.render.forms.bundle import BUNDLE
from workstation.render.forms.email import EMAIL
from workstation.render.forms.fragment import FRAGMENT
from workstation.render.forms.ghost import GHOST
from workstation.render.forms.inline import INLINE
from workstation.render.forms.jsonld import JSONLD
from workstation.render.forms.markdown import MARKDOWN
from workstation.render.forms.ninjs import NINJS
from workstation.render.forms.page import PAGE
from workstation.render.forms.rss import RSS
from workstation.render.forms.single import SINGLE
from workstation.render.forms.text import TEXT
from workstation.render.forms.wordpress import WORDPRESS
from workstation.render.forms.wxr import WXR
from workstation.render.pictures.credit import credited_pictures, with_credit
from workstation.render.rendering import PLAIN, Profile, Rendering, Terms
from workstation.render.words.passages import with_passages

_ALL = (
    PAGE,
    SINGLE,
    FRAGMENT,
    INLINE,
    WORDPRESS,
    GHOST,
    EMAIL,
    MARKDOWN,
    TEXT,
    ANS,
    NINJS,
    WXR,
    RSS,
    JSONLD,
    BUNDLE,
)


def _as_wanted(profile: Profile) -> Profile:
    """A profile whose form is given the story as the terms and the publication want its links and pictures."""

    def render_as_wanted(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
        given = credited_pictures(story, publication, pictures)
        return profile.render(with_credit(with_passages(story, terms), publication), publication, given, terms)

    return profile if profile.literal else replace(profile, render=render_as_wanted)


PROFILES: Mapping[str, Profile] = MappingProxyType({profile.name: _as_wanted(profile) for profile in _ALL})


def profile_of(name: str) -> Profile:
    """The profile of this name.

    Raises:
        InputError: none bears it.
    """
    if name not in PROFILES:
        raise InputError("Nothing was exported", f"There is no profile “{name}”; there are {', '.join(PROFILES)}.")
    return PROFILES[name]


def render(
    profile: str, story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms = PLAIN
) -> Rendering:
    """``story`` printed in ``publication`` by the profile of this name, with its pictures by the names the story uses.

    Raises:
        InputError: no profile bears the name, or a time zone, date pattern, colour or font cannot be used.
    """
    return profile_of(profile).render(story, publication, pictures, terms)
