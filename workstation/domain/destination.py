"""A content system that a story is sent to over the network."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CmsKind(StrEnum):
    """The systems that the workstation can send a story to."""

    WORDPRESS = "wordpress"
    GHOST = "ghost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where and as whom a story is sent. The secret is never part of it: it lies in the system's keyring.

    ``url`` is the address of the site, ``user`` the name that an application password belongs to (WordPress; empty for Ghost,
    whose key says it all). ``publication`` is the house whose stories go there (None: every one's).
    """

    name: str
    kind: CmsKind
    url: str
    user: str = ""
    publication: str | None = None
