"""A sentence of a story that rests on a passage of a source, without quoting it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.problem import Place


@dataclass(frozen=True, slots=True)
class Claim:
    """The editor's word that the sentence with these ``words`` is carried by the passage that the quote with id ``quote`` cut.

    The words are kept, not their place: a sentence that is written anew rests on nothing until somebody looks again.
    """

    words: str
    quote: str


class ClaimState(StrEnum):
    """What a sentence of a story rests on."""

    TIED = "tied"
    """The editor tied these very words to a passage, which still stands in its source."""
    QUOTED = "quoted"
    """It holds a quotation that is true to its source."""
    CHANGED = "changed"
    """It was tied to a passage and written anew since."""
    LOST = "lost"
    """The passage that it was tied to is gone from the archive."""
    UNTIED = "untied"


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """One sentence of The News or of a card, and what it rests on; ``place`` says where it stands, ``words`` are its words.

    ``claim`` is what ties it, or what tied it before it changed or before its passage was lost. ``item``, ``start`` and ``end``
    are the passage (code points of the item's text) and ``passage`` its words: where the sentence was tied, where its
    quotation stands, or, for an untied sentence, the passage that is most likely meant; None where no source has one alike.
    """

    place: Place
    words: str
    state: ClaimState
    claim: Claim | None = None
    item: str | None = None
    start: int | None = None
    end: int | None = None
    passage: str = ""
    outlet: str = ""

    @property
    def rests(self) -> bool:
        """Whether the sentence rests on a passage."""
        return self.state in (ClaimState.TIED, ClaimState.QUOTED)
