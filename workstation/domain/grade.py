"""How a printed quotation stands to its source, and what was folded to see it."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """What the archive says about a quotation. Likeness passes nothing: a dropped "not" is an alteration."""

    EXACT = "exact"
    """The very characters of the source."""
    FOLDED = "folded"
    """The same words; typography, spaces or the case of the first letter differ."""
    EDITED = "edited"
    """Edited and marked: its parts stand in the source in this order, at ellipses and brackets that the source does not have."""
    TRANSLATED = "translated"
    """The words of the translation that the editor keeps beside the original."""
    SEVERAL = "several"
    """The words stand in several places of the sources that are named, and nobody said which one is meant."""
    ALTERED = "altered"
    """The source has other words here."""
    ELSEWHERE = "elsewhere"
    """True to a source, but to none that is named."""
    ABSENT = "absent"
    """In no source that is known."""
    UNARCHIVED = "unarchived"
    """There is no text to compare with."""

    @property
    def is_true(self) -> bool:
        """Whether the words are true to a source that is named."""
        return self in TRUE_TO_SOURCE


TRUE_TO_SOURCE = (Grade.EXACT, Grade.FOLDED, Grade.EDITED, Grade.TRANSLATED, Grade.SEVERAL)
"""The grades of a quotation that is true to a source that is named, the plainest first."""


class Folding(StrEnum):
    """Something that may differ between a quotation and its source, in an editor's words."""

    QUOTATION_MARKS = "quotation marks"
    APOSTROPHES = "apostrophes"
    DASHES = "dashes"
    HYPHEN = "a hyphen"
    LINE_END_HYPHEN = "a hyphen at the end of a line"
    SPACES = "spaces"
    FIRST_LETTER = "the case of the first letter"
    FINAL_PUNCTUATION = "the final punctuation"
    PUNCTUATION = "forms of punctuation"
    ELLIPSIS = "the form of an ellipsis"
    BRACKETS = "square brackets"
    SIC = "sic"
    INVISIBLE = "an invisible character"
    VOWEL_SIGNS = "vowel signs"
    TATWEEL = "tatweel"
    FULL_WIDTH = "full-width forms"
    LIGATURES = "ligatures"
    COMPOSED = "composed letters"
    LETTER_FORMS = "Arabic and Persian letter forms"
    DIGITS = "forms of digits"
    YO = "ё for е"
