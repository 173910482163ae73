"""A story in the form that one destination takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """The files of one export. ``main`` names the text among ``files``; ``missing`` the pictures that were not handed in."""

    profile: str
    main: str
    files: Mapping[str, bytes]
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text of the main file."""
        return self.files[self.main].decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A form that a story can be exported in. ``render`` is pure: the same story gives the same bytes."""

    name: str
    label: str
    description: str
    render: Callable[[Story, Publication, Mapping[str, Picture]], Rendering]
