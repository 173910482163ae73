"""What stands between a story and its export."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from workstation.domain.grade import Folding, Grade


class Severity(StrEnum):
    """A blocker stops the export until it is mended or waived with a reason; a warning does not."""

    BLOCKER = "blocker"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a story a problem stands: a field of the story, or of the card at index ``card``.

    ``field`` is a key of the story document: ``headline``, ``news``, ``lead_image`` ... or, with a card, ``headline``,
    ``sources``, ``body``. ``at`` and ``until`` are code points of the field's plain text, where a stretch of it is meant.
    ``entry`` is the index of one entry of a field that is a list (a card's sources), ``part`` a key inside of an object
    (``caption`` of ``lead_image``, ``url`` of a source); ``part`` ``href`` of a text means the addresses that it links to.
    """

    field: str
    card: int | None = None
    at: int | None = None
    until: int | None = None
    entry: int | None = None
    part: str | None = None

    def __str__(self) -> str:
        owner = "" if self.card is None else f"signals[{self.card}]."
        entry = "" if self.entry is None else f"[{self.entry}]"
        part = "" if self.part is None else f".{self.part}"
        return f"{owner}{self.field}{entry}{part}"

    @property
    def label(self) -> str:
        """The place in an editor's words."""
        name = _LABELS.get(self.field, self.field.replace("_", " "))
        return f"Card {self.card + 1}" if self.card is not None else name[:1].upper() + name[1:]

    @property
    def full_label(self) -> str:
        """The place in an editor's words, with the field of the card or the part of the image."""
        name = self.field.replace("_", " ")
        inner = _PARTS.get(self.part or "", self.part or "") if self.field == "lead_image" else ""
        if self.card is not None:
            inner = "text" if self.field == "body" else name
        return "  ·  ".join(part for part in (self.label, inner) if part)


_LABELS = {"news": "The News", "signals": "The cards", "insights": "The insights line"}
_PARTS = {"alt": "alternative text"}
_FIELDS = ("slug", "headline", "insights", "region", "lead_image", "news", "signals")
_CARD_FIELDS = ("headline", "sources", "body")
_IMAGE_PARTS = (None, "alt", "caption", "credit")


def story_order(place: Place) -> tuple[int, int, int, int]:
    """What sorts places as a reader meets them: by field or card, within it by entry or part, then by code point."""
    fields, owner = (_FIELDS, 0) if place.card is None else (_CARD_FIELDS, len(_FIELDS) + place.card + 1)
    field_at = fields.index(place.field) if place.field in fields else len(fields)
    inner = _IMAGE_PARTS.index(place.part) if place.part in _IMAGE_PARTS else 0
    at = -1 if place.at is None else place.at
    return (field_at, 0, inner, at) if place.card is None else (owner, field_at, -1 if place.entry is None else place.entry, at)


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends a problem: at its place, put ``new`` where ``old`` stands. ``label`` says it on a button.

    ``start`` is the code point of the place's plain text where ``old`` stands. ``old`` is never found before it. What a fix
    does at a place that is no text is told by :func:`workstation.domain.mending.mended`.
    """

    label: str
    old: str
    new: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a rule found. ``excerpt`` is the text it is about, word for word.

    ``about`` is what else a waiver is given for, such as the differing words. It names no card by its number, so that a
    waiver holds when the card moves, but for a card that nothing else tells apart.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    excerpt: str = ""
    fix: Fix | None = None
    about: str = ""

    @property
    def fingerprint(self) -> str:
        """What a waiver is given for: the rule, the field and the very words, wherever the card may have moved."""
        owner = "story" if self.place.card is None else "card"
        field = ".".join(filter(None, (self.place.field, self.place.part)))
        told = "\0".join((self.rule, owner, field, self.excerpt, self.about))
        return sha256(told.encode()).hexdigest()[:16]

    @property
    def told(self) -> str:
        """The message, behind the label of its place where it does not name that itself."""
        label = self.place.label
        names_it = re.search(rf"\b{re.escape(label)}\b", self.message, re.IGNORECASE)
        return self.message if names_it else f"{label}: {self.message}"


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that was checked and found right, so that silence is not taken for it; ``rule`` names what was checked."""

    rule: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An editor's reason for letting a problem pass, and when it was given (None before the store kept that)."""

    fingerprint: str
    reason: str
    given: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """One quotation of a card compared with the archived text of its sources; for the badge on the card and the reader.

    ``folded`` says what was folded away to find the words, ``differing`` holds the words that differ, as (printed, source)
    pairs, ``left_out`` the source's words at ellipses and brackets. ``item``, ``start`` and ``end`` say where the source has
    the words; ``start_in_body`` and ``end_in_body`` where the card's plain text (``Body.text``) has them. Offsets count code
    points. For a translated quotation they lead to the original.

    ``standing`` says how often each source has these words, by its item's id. ``item`` is None when one or two words stand
    in several sources of the card: nobody can say which one was meant.
    """

    card: int
    printed: str
    grade: Grade
    start_in_body: int
    end_in_body: int
    item: str | None = None
    start: int | None = None
    end: int | None = None
    differing: tuple[tuple[str, str], ...] = ()
    source_words: str | None = None
    standing: tuple[tuple[str, int], ...] = ()
    left_out: tuple[str, ...] = ()
    folded: tuple[Folding, ...] = ()

    @property
    def places(self) -> int:
        """In how many places the words stand."""
        return sum(count for _, count in self.standing)

    @property
    def is_untrue(self) -> bool:
        """Whether no source that the card names has the words; another item of the inbox may."""
        return self.grade in (Grade.ABSENT, Grade.UNARCHIVED, Grade.ALTERED)
