"""A sentence of a story that rests on a passage of a source, without quoting it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """The editor's word that the sentence with these ``words`` is carried by the passage that the quote with id ``quote`` cut.

    The words are kept, not their place: a sentence that is written anew rests on nothing until somebody looks again.
    """

    words: str
    quote: str
