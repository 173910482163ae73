"""A publication that sources come from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOutlet:
    """A row of the shipped table of outlets: the facts, and where an editor can check them.

    ``native`` is the name in the outlet's own script ("" where it is the same), ``editions`` the ISO 639 code of the language
    of each host that has one of its own, ``source`` an address, ``checked`` the day somebody compared the row with it or "".
    """

    outlet: Outlet
    native: str = ""
    aliases: tuple[str, ...] = ()
    editions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOutlet:
    """An outlet of this desk: its number in the store, how many items came from it, and what the editor said about it.

    ``edited`` tells that the editor corrected it, ``own_icon`` that its icon is one that the editor chose.
    """

    id: int
    outlet: Outlet
    items: int = 0
    edited: bool = False
    own_icon: bool = False


def monogram(name: str) -> str:
    """One or two letters for an outlet without an icon: the initials of its first two words that are not articles.

    Scripts without capitals get one sign: two letters of Arabic would join to a syllable, two of Chinese are too small to read.
    """
    words = [word for word in name.replace("-", " ").split() if any(c.isalnum() for c in word)]
    telling = [word for word in words if word.casefold() not in _ARTICLES] or words
    initials = [next(c for c in _without_article(word) if c.isalnum()) for word in telling[:2]]
    if initials and not initials[0].isascii() and not _has_capitals(initials[0]):
        initials = initials[:1]
    return "".join(initials).upper() or "?"


def _has_capitals(letter: str) -> bool:
    return unicodedata.category(letter) in {"Lu", "Ll"}


def _without_article(word: str) -> str:
    """An Arabic word without the article that is written as its first two letters, which nearly every name begins with."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


_ARTICLES = frozenset(
    {"the", "el", "la", "le", "les", "los", "las", "il", "lo", "der", "die", "das", "o", "a", "al", "de", "het"}
    | {"η", "ο", "το", "τα"}
)
