"""What goes to a content system and what comes back, in words that every system shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from workstation.domain.destination import Destination
from workstation.domain.picture import PictureNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A story in the form of one system.

    ``mark`` is a word of this story alone that the post bears there, by which it is found again when an answer was lost.
    ``fields`` is what the system's own form says (title, slug, content, excerpt, ...), ``pictures`` are told with their bytes;
    ``content`` names them by the addresses in ``addresses``, by file name. ``featured`` is the file of the lead image where the
    system is to feature it.
    """

    mark: str
    fields: Mapping[str, Any]
    content: str
    pictures: tuple[PictureNote, ...] = ()
    addresses: Mapping[str, str]
    featured: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPicture:
    """A picture that the system has: its id and address there, and what was told of it."""

    media: str
    address: str
    told: str


class Memory(Protocol):
    """What is remembered of earlier deliveries to this destination; each is kept at once, before the next call goes out."""

    def post(self) -> str:
        """The id of the post that the story became there; empty while it is not known."""

    def keep_post(self, post: str, address: str) -> None:
        """The system has named the post."""

    def picture(self, sha256: str) -> SentPicture | None:
        """A picture that was sent before."""

    def keep_picture(self, sha256: str, sent: SentPicture) -> None:
        """The system has taken a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a system answered: the post's id, its addresses for readers and for editing, its status, and what it made of it.

    ``returned`` is the markup that the system keeps, or shows where it tells that; ``is_new`` whether the post was made now.
    """

    post: str
    address: str
    edit: str
    status: str
    returned: str
    is_new: bool


Deliver = Callable[[Parcel, Destination, str, Memory], Receipt]
"""Sends a parcel with the destination's secret: makes a draft the first time, updates the same post afterwards, never doubles it.

Raises:
    SendError: with cause and mend; to try again is safe.
"""
