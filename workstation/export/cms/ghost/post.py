"""What a post in Ghost was when we left it, so that nobody's later work is written over without a word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workstation.export.cms.comparing import DifferenceKind, differences, shown

LIMITS: Mapping[str, int] = {
    "title": 255,
    "custom_excerpt": 300,
    "feature_image_alt": 191,
    "meta_title": 300,
    "meta_description": 500,
    "og_title": 300,
    "og_description": 500,
    "twitter_title": 300,
    "twitter_description": 500,
}
"""How many characters Ghost takes in fields of plain text."""

WRITTEN = (*LIMITS, "html", "feature_image", "feature_image_caption", "canonical_url", "locale", "codeinjection_head")
"""What belongs to the desk. Slug, status, tags, authors and access are the site's own after the first delivery."""

_MARKUP = frozenset({"html", "feature_image_caption"})
_HELD = frozenset({"title", "html"})
"""What a reader reads first: a change of these by somebody else is told even if the desk has nothing new for them."""

_NAMES = {"title": "headline", "html": "text", "custom_excerpt": "excerpt", "feature_image": "feature image"}
_TOLD = 6

Values = Mapping[str, str]
"""Fields of a post by their names, empty where they have none."""


def values_of(post: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a post as Ghost has them; some it takes and never tells."""
    return {name: str(post[name] or "") for name in WRITTEN if name in post}


@dataclass(frozen=True, slots=True)
class Left:
    """What we left: the fields as Ghost ``kept`` them, and as the desk had them (``sent``).

    ``meant`` are those of an attempt whose answer never came.
    """

    kept: Values | None = None
    sent: Values | None = None
    meant: Values | None = None

    @classmethod
    def read(cls, text: str) -> Left:
        """What :meth:`written` wrote; nothing was left before the first delivery."""
        return cls(**json.loads(text)) if text else cls()

    def written(self) -> str:
        """As a text for the memory."""
        told = {"kept": self.kept, "sent": self.sent, "meant": self.meant}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)

    def settled(self, present: Values) -> Left:
        """The same when the attempt came through, though its answer did not."""
        if self.meant is None or any(_is_other(name, value, present) for name, value in self.meant.items()):
            return self
        return self.taken(present, {**(self.sent or {}), **self.meant}, self.meant)

    def foreign(self, present: Values) -> tuple[str, ...]:
        """The fields that somebody else has changed since."""
        kept = self.kept or {}
        return tuple(name for name in WRITTEN if name in kept and _is_other(name, kept[name], present))

    def to_write(self, ours: Values, present: Values, *, force: bool) -> dict[str, str]:
        """The fields to send: all of ours, but for what somebody else has changed and the desk has nothing new for."""
        foreign = () if force else self.foreign(present)
        return {name: ours.get(name, "") for name in WRITTEN if self._is_ours(name, ours) and name not in foreign}

    def meaning(self, present: Values, fields: Values) -> Left:
        """The same, about to send ``fields`` to a post that has the fields ``present``."""
        return Left(self._base(present, fields), self.sent, fields)

    def taken(self, returned: Values, ours: Values, fields: Values) -> Left:
        """What is left when ``fields`` were taken and the post has the fields ``returned``."""
        return Left(self._base(returned, fields), ours)

    def conflicts(self, ours: Values, present: Values) -> list[str]:
        """In sentences what would be written over of somebody else's; empty where there is nothing."""
        if self.kept is None:
            html = present.get("html", "")
            return [f"Text was added: “{html[:100]}”."] if html.strip() else []
        told = [name for name in self.foreign(present) if name in _HELD or self._is_new(name, ours)]
        return [sentence for name in told for sentence in _sentences(name, self.kept[name], present[name])][:_TOLD]

    def _base(self, present: Values, fields: Values) -> Values:
        """What is remembered as kept: of a field that somebody else has changed and that is not sent, what we left."""
        return {**present, **{name: (self.kept or present)[name] for name in self.foreign(present) if name not in fields}}

    def _is_ours(self, name: str, ours: Values) -> bool:
        """Whether the desk has a say in a field: it fills it, or has filled it."""
        return bool(ours.get(name) or (self.sent or {}).get(name))

    def _is_new(self, name: str, ours: Values) -> bool:
        return self._is_ours(name, ours) and ours.get(name, "") != (self.sent or {}).get(name, "")


def _is_other(name: str, value: str, present: Values) -> bool:
    return name in present and not _is_same(name, value, present[name])


def _is_same(name: str, one: str, other: str) -> bool:
    """Whether two values say the same: Ghost writes markup in its own way, and joins the paragraphs of a quotation."""
    if one == other:
        return True
    if name not in _MARKUP:
        return one.strip() == other.strip()
    before, after = shown(one), shown(other)
    texts = (" ".join(block.text for block in side.blocks) for side in (before, after))
    lists = ((side.links, side.pictures, side.emphases) for side in (before, after))
    return len(set(texts)) == 1 and next(lists) == next(lists)


def _sentences(name: str, before: str, after: str) -> Iterator[str]:
    if name in _MARKUP:
        found = [one for one in differences(before, after) if one.kind is not DifferenceKind.MARKS]
        yield from (f"{one.sentence}." for one in found)
        if not found:
            yield "The text's form was changed."
    else:
        told = _NAMES.get(name, name.replace("_", " "))
        yield f"The {told} was changed: “{before[:160]}” became “{after[:160]}”."
