"""A publication that sources come from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OutletKind(StrEnum):
    """Who stands behind an outlet."""

    PUBLIC = "public"
    PRIVATE = "private"
    STATE = "state"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publication: its name, the domains it publishes on, and the SHA-256 of its icon in the store's pictures."""

    name: str
    domains: tuple[str, ...] = ()
    country: str | None = None
    languages: tuple[str, ...] = ()
    kind: OutletKind | None = None
    icon: str | None = None


def monogram(name: str) -> str:
    """One or two letters for an outlet without an icon: the initials of its first two words that are not articles."""
    words = [word for word in name.replace("-", " ").split() if any(c.isalnum() for c in word)]
    telling = [word for word in words if word.casefold() not in _ARTICLES] or words
    initials = [next(c for c in word if c.isalnum()) for word in telling[:2]]
    if initials and not initials[0].isascii():
        initials = initials[:1]
    return "".join(initials).upper() or "?"


_ARTICLES = frozenset(
    {"the", "el", "la", "le", "les", "los", "las", "il", "lo", "der", "die", "das", "o", "a", "al", "de", "het"}
)
