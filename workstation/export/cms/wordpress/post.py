"""What a post in WordPress was when we left it, so that nobody's later work is written over without a word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workstation.export.cms.comparing import DifferenceKind, differences
from workstation.export.cms.wordpress.site import raw

TEXTS = ("title", "excerpt", "content")
_TOLD = 6
_NO_TERMS: Mapping[str, list[int]] = {}


def texts_of(post: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a post as their authors wrote them."""
    return {name: raw(post, name) for name in TEXTS}


@dataclass(frozen=True, slots=True)
class Left:
    """What we left: the texts as the site kept them, and those of an attempt whose answer never came (``meant``).

    ``terms`` are the ids of the categories and tags that we wanted, ``featured`` that of the picture that we featured.
    """

    kept: Mapping[str, str] | None = None
    meant: Mapping[str, str] | None = None
    terms: Mapping[str, list[int]] = field(default_factory=lambda: _NO_TERMS)
    featured: int = 0

    @classmethod
    def read(cls, text: str) -> Left:
        """What :meth:`written` wrote; nothing was left before the first delivery."""
        return cls(**json.loads(text)) if text else cls()

    def written(self) -> str:
        """As a text for the memory."""
        told = {"kept": self.kept, "meant": self.meant, "terms": self.terms, "featured": self.featured}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)

    def meaning(self, present: Mapping[str, str], fields: Mapping[str, Any]) -> Left:
        """The same, about to send ``fields`` to a post that has the texts ``present``, which the editor knows of."""
        return Left(
            present, {name: str(fields[name]) for name in TEXTS}, self.terms, fields.get("featured_media") or self.featured
        )

    def changes(self, present: Mapping[str, str]) -> list[str]:
        """What somebody else has made of the texts since, in sentences; empty where they are as we left them or meant them."""
        if present == self.kept or (self.meant is not None and not _sentences(self.meant, present)):
            return []
        if self.kept is None:
            return [f"Text was added: “{present['content'][:100]}”."] if present["content"].strip() else []
        return _sentences(self.kept, present) or ["Only its markup."]


def _sentences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    found = [one for name in TEXTS for one in differences(before[name], after[name]) if one.kind is not DifferenceKind.MARKS]
    return [f"{one.sentence}." for one in found[:_TOLD]]
