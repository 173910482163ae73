"""What stands between a story and its export."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


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


_LABELS = {"news": "The News", "signals": "The cards", "insights": "The insights line"}


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


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that was checked and found right, so that silence is not taken for it; ``rule`` names what was checked."""

    rule: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An editor's reason for letting a blocker pass."""

    fingerprint: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """One quotation of a card compared with the archived text of its sources; for the badge on the card and the reader.

    ``verdict`` is ``exact``, ``typography`` (the same but for marks, dashes and spaces), ``abridged`` (its parts stand in
    the source in this order, with an ellipsis or an editor's brackets between or around them that the source does not
    have; ``left_out`` holds the source's words there), ``altered`` (``differing`` holds the words that differ, as (printed,
    source) pairs), ``missing`` (not found in any source of the card) or ``unarchived`` (no source of the card has an
    archived text). A changed first letter ("[T]he") and [sic] are typography. ``item``, ``start`` and ``end`` say where
    the source has it; ``start_in_body`` and ``end_in_body`` where the card's plain text (``Body.text``) has it. Offsets
    count code points.

    ``places`` counts where the card's sources have these words. ``item`` is None when one or two words stand in several
    sources of the card: nobody can say which one was meant. A ``missing`` quotation with an ``item`` stands in that item,
    which belongs to another source than the card names.
    """

    card: int
    printed: str
    verdict: str
    start_in_body: int
    end_in_body: int
    item: str | None = None
    start: int | None = None
    end: int | None = None
    differing: tuple[tuple[str, str], ...] = ()
    source_words: str | None = None
    places: int = 1
    left_out: tuple[str, ...] = ()

    @property
    def is_nowhere(self) -> bool:
        """Whether no item that was looked at has the words."""
        return self.item is None and self.verdict in ("missing", "unarchived")

    @property
    def is_true(self) -> bool:
        """Whether a source of the card has the words, but for what typography and marked omissions may change."""
        return self.verdict in ("exact", "typography", "abridged")
