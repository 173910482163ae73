"""A story in the form that one destination takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from workstation.domain.picture import Picture, PictureNote
from workstation.domain.publication import Publication
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.domain.story_archive import ArchivedItem


class LeadPlace(StrEnum):
    """Where a lead image goes: into the body, or beside it for the CMS to feature. Never both: it would be seen twice."""

    BODY = "body"
    FEATURED = "featured"


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a story is handed over, and what beside its words and pictures a form may need.

    ``lead`` is where the lead image goes (None: as the form usually has it), ``passages`` whether links lead to the quoted
    words (text fragments), ``address`` where the story stands or will stand on the web (None: as its publication says).
    ``version`` counts the texts of the story that were handed over, from 1. ``quotes`` are the story's quotes by their ids;
    ``items`` what its cards rest on, for the form that packs them.
    """

    lead: LeadPlace | None = None
    passages: bool = False
    address: str | None = None
    version: int = 1
    quotes: Mapping[str, Quote] = field(default_factory=_nothing, hash=False)
    items: tuple[ArchivedItem, ...] = ()


PLAIN = Terms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """The files of one export. ``main`` names the text among ``files``; ``missing`` the pictures that were not handed in.

    ``featured`` names the file of the lead image where it is to be featured and does not stand in the text. ``remarks`` are
    sentences for the editor: what the form could not take whole.
    """

    profile: str
    main: str
    files: Mapping[str, bytes]
    missing: tuple[str, ...] = ()
    pictures: tuple[PictureNote, ...] = ()
    featured: str | None = None
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text of the main file."""
        return self.files[self.main].decode()


Render = Callable[[Story, Publication, Mapping[str, Picture], Terms], Rendering]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A form that a story can be exported in. ``render`` is pure: the same story and terms give the same bytes.

    ``lead`` is where the form has the lead image when nobody says otherwise; None where it has no choice. ``needs_items``
    says that the form packs the items that the story rests on, ``needs_quotes`` that it tells of its quotes: they are only
    gathered for such a form. ``literal`` says that the form holds the story as it is written, and not what the terms and the
    publication make of its links and pictures.
    """

    name: str
    label: str
    description: str
    render: Render
    lead: LeadPlace | None = None
    needs_items: bool = False
    needs_quotes: bool = False
    literal: bool = False
