"""What bears a story out: for every quotation, attributed sentence and source the passage it rests on, word for word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from workstation.domain.item import Item
from workstation.domain.story import Story
from workstation.domain.story_document import write_json

FORMAT = "workstation-evidence/1"

CANNOT_TELL = (
    "The packet holds copies that its sender made. It cannot show that an address really gave these bytes, who published them, "
    "or that readers of the page could see every word: open the addresses to know."
)
"""What no packet can prove, told wherever one is shown."""


class WitnessKind(StrEnum):
    """What of a story is borne out."""

    QUOTATION = "quotation"
    SENTENCE = "sentence"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One thing that a story prints, and the passage that it rests on.

    ``place`` is where it stands in the document (``signals[0].body``), ``at`` and ``until`` are code points of that text,
    ``words`` what is printed there. ``state`` is the grade of a quotation, what a sentence rests on, or whether a source is
    archived. ``item``, ``start``, ``end`` and ``exact`` are the passage, in code points of the item's text; None where there is
    none. ``speaker`` and ``translation`` are the editor's, ``waived`` why it went out although it is not borne out.
    """

    kind: WitnessKind
    place: str
    words: str
    state: str
    holds: bool
    at: int | None = None
    until: int | None = None
    item: str | None = None
    start: int | None = None
    end: int | None = None
    exact: str | None = None
    folded: tuple[str, ...] = ()
    differing: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    address: str | None = None
    speaker: str | None = None
    translation: str | None = None
    waived: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that bears ``story`` out. ``items`` are by id; ``versions`` has the ids of the other versions of an item's page."""

    story: Story
    publication: str
    language: str
    made: str
    items: Mapping[str, Item]
    witnesses: tuple[Witness, ...]
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def document(self) -> str:
        """The text of the story's document."""
        return write_json(self.story)

    def of(self, kind: WitnessKind) -> tuple[Witness, ...]:
        """The witnesses of one kind, in the order of the story."""
        return tuple(witness for witness in self.witnesses if witness.kind is kind)


def write_evidence(evidence: Evidence) -> str:
    """The record of the evidence: JSON with sorted keys, the sources by their ids, the witnesses in the order of the story."""
    told = {
        "format": FORMAT,
        "made": evidence.made,
        "publication": evidence.publication,
        "language": evidence.language,
        "story": {
            "slug": evidence.story.slug,
            "headline": evidence.story.headline,
            "document": "story.json",
            "sha256": sha256(evidence.document.encode()).hexdigest(),
        },
        "sources": [_source(item) for _, item in sorted(evidence.items.items())],
        "versions": {id: list(others) for id, others in evidence.versions.items()},
        "witnesses": [witness_fields(witness, evidence.items) for witness in evidence.witnesses],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def text_name(item: str) -> str:
    """Where the text of an item lies in a packet."""
    return f"texts/{item}.txt"


def _source(item: Item) -> dict[str, Any]:
    return {
        "item": item.id,
        "outlet": item.outlet,
        "title": item.title,
        "author": item.author,
        "published": item.published,
        "language": item.language,
        "address": item.url,
        "captured": item.captured.isoformat(),
        "media_type": item.media_type,
        "sha256": item.sha256,
        "original": f"items/{item.id}",
        "text": text_name(item.id),
        "text_sha256": sha256(item.text.encode()).hexdigest(),
    }


def witness_fields(witness: Witness, items: Mapping[str, Item]) -> dict[str, Any]:
    """A witness as the record tells it: with its source's address, time of capture and hash, so that each stands by itself."""
    item = items.get(witness.item or "")
    return {
        "kind": witness.kind.value,
        "place": witness.place,
        "at": witness.at,
        "until": witness.until,
        "words": witness.words,
        "state": witness.state,
        "holds": witness.holds,
        "item": witness.item,
        "start": witness.start,
        "end": witness.end,
        "exact": witness.exact,
        "address": item.url if item and item.url else witness.address,
        "captured": item.captured.isoformat() if item else None,
        "sha256": item.sha256 if item else None,
        "folded": list(witness.folded),
        "differing": [{"printed": printed, "source": source} for printed, source in witness.differing],
        "left_out": list(witness.left_out),
        "speaker": witness.speaker,
        "translation": witness.translation,
        "waived": witness.waived,
    }
