"""House style: how a publication writes. Rules stand on sheets; a style is sheets on top of each other, some rules off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from workstation.domain.problem import Severity

HEADLINE, BODY, CAPTION = "headline", "body", "caption"
TEXTS = (HEADLINE, BODY, CAPTION)
"""The kinds of texts that a rule can be for; alternative texts are captions, The News is a body."""


@dataclass(frozen=True, slots=True)
class Example:
    """A wrong text, and what its rule makes of it; ``mended`` is None where nobody can say but the editor."""

    text: str
    mended: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRule:
    r"""One rule of style.

    It finds ``phrases``, each with what should stand there (None: nobody can say), or what the regular expression ``pattern``
    matches, with ``suggestion`` in its place, where ``\1`` is a group, or what ``turn`` makes of it. Without ``case`` a pattern
    is matched against small letters; straight apostrophes and plain spaces stand for all kinds of them. ``contains`` are words
    in small letters one of which every match has: a text without them is not searched. Without ``names`` capitals within a
    sentence are let be.
    """

    id: str
    message: str
    category: str
    severity: Severity = Severity.WARNING
    phrases: tuple[tuple[str, str | None], ...] = ()
    pattern: str = ""
    suggestion: str | None = None
    turn: tuple[tuple[str, str], ...] = ()
    contains: tuple[str, ...] = ()
    case: bool = False
    names: bool = False
    where: frozenset[str] = frozenset(TEXTS)
    languages: frozenset[str] = frozenset({"en"})
    wrong: tuple[Example, ...] = ()
    right: tuple[str, ...] = ()

    def told(self, found: str, new: str | None) -> str:
        """The message about the words ``found``, and what should stand there."""
        return self.message.replace("{found}", found.strip()).replace("{new}", (new or "").strip())


@dataclass(frozen=True, eq=False)
class StyleSheet:
    """The rules of one file. Two sheets are never equal, so that one can be asked for quickly what it found."""

    name: str
    title: str
    rules: tuple[StyleRule, ...]
    based_on: str | None = None


@dataclass(frozen=True, eq=False)
class HouseStyle:
    """What a story is held to: ``sheets``, where a later one's rule takes the place of an earlier one's with its id."""

    name: str
    title: str
    sheets: tuple[StyleSheet, ...]
    off: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def every_rule(self) -> Mapping[str, StyleRule]:
        """The rules by id, those that are switched off too."""
        return MappingProxyType({rule.id: rule for sheet in self.sheets for rule in sheet.rules})

    @cached_property
    def rules(self) -> Mapping[str, StyleRule]:
        """The rules that are on, by id."""
        return MappingProxyType({key: rule for key, rule in self.every_rule.items() if key not in self.off})
