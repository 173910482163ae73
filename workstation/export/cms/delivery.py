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

    ``mark`` is a word of this story alone (``[a-z0-9-]``) that the post bears there until its first text has arrived, by which
    it is found again when an answer was lost. ``fields`` is what the system's own form says (title, slug, content, excerpt, ...),
    ``pictures`` are told with their bytes; ``content`` names them by the addresses in ``addresses``, by file name.
    ``featured`` is the file of the lead image where the system is to feature it.
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
    """What is remembered of earlier deliveries to this site; each is kept at once, before the next call goes out."""

    def post(self) -> str:
        """The id of the post that the story became there; empty while it is not known."""

    def state(self) -> str:
        """What the post was when we last left it, in words of the system's own module; empty before."""

    def keep_post(self, post: str, address: str, state: str) -> None:
        """The system has named the post, or taken a text; an empty ``post`` forgets one that is no more."""

    def picture(self, sha256: str) -> SentPicture | None:
        """A picture that was sent before."""

    def keep_picture(self, sha256: str, sent: SentPicture) -> None:
        """The system has taken a picture."""


def _never() -> bool:
    return False


def _untold(step: str) -> None:
    """Progress that nobody wants to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """How a delivery goes about it.

    ``force`` writes over what somebody changed there meanwhile, and makes a post anew that was put away. ``progress`` is told
    each step in words for the editor, ``cancelled`` is asked often, from two threads.
    """

    force: bool = False
    progress: Callable[[str], None] = _untold
    cancelled: Callable[[], bool] = _never


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a system answered: the post's id, its addresses for readers and for editing, its status, and what it made of it.

    ``sent`` is the markup as it went out, with the pictures' addresses there, ``returned`` the markup that the system keeps:
    ``comparing`` tells the two apart. ``is_new`` says whether the post was made now, ``left_out`` in sentences what could not go
    along (a picture that this user may not upload, a category that they may not make).
    """

    post: str
    address: str
    edit: str
    status: str
    sent: str
    returned: str
    is_new: bool
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """As whom a destination knows us, and in sentences what this user may not do there."""

    site: str
    user: str
    limits: tuple[str, ...] = ()


Deliver = Callable[[Parcel, Destination, str, Memory, Handling], Receipt]
"""Sends a parcel with the destination's secret: makes a draft the first time, updates the same post afterwards, never doubles it.

Raises:
    HeldBackError: the editor has to decide first; nothing was changed.
    SendError: with cause and mend; to try again is safe.
    Cancelled: the editor wished so; to send again goes on where it ended.
"""

Check = Callable[[Destination, str, Handling], Standing]
"""Asks a destination who we are, and changes nothing there. Raises the same."""
