"""A printed quotation as the parts that must stand together in its source: it comes apart at ellipses and square brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workstation.review.words import SOFT_SIGNS, FoldedText, Word, words_in

_REPLACED_BY_BRACKETS = 12
"""The most words of the source for which an editor's words in square brackets may stand."""


@dataclass(frozen=True, slots=True)
class Part:
    """Printed words that must stand together.

    ``gap`` is how many words of the source may stand between it and the part before (None: any number), ``free_case``
    whether its first letter may have another case, ``inserted`` the editor's words in brackets before it.
    """

    words: tuple[Word, ...]
    gap: int | None
    free_case: bool
    inserted: tuple[str, ...] = ()

    @property
    def folded(self) -> list[str]:
        """Its words as they are sought in a folded text."""
        return [word.folded for word in self.words]


@dataclass(frozen=True, slots=True)
class Range:
    """Words ``first`` to ``last`` (exclusive) of a folded text."""

    first: int
    last: int


_SEPARATOR = re.compile(
    r"(?P<elision>\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|[…⋯]|\.(?:[ \u00a0\u202f]?\.){2,})"
    r"|(?P<case>\[(?=\w\u00ad))"
    r"|(?P<insertion>\[[^\[\]]*\]|［[^［］]*］)"
)
_SIC = ("sic",)
_CHANGED_CASE = re.compile(r"\[(\w)\](?=\w)")
"""A letter whose case the editor changed: "[T]he"."""


def whole_part(printed: str) -> Part:
    """All of ``printed`` as one part, as if its ellipses and brackets were the source's own."""
    return Part(_without_soft_ends(tuple(words_in(printed))), None, free_case=True)


def split_parts(printed: str) -> list[Part]:
    """The stretches of ``printed`` between ellipses and square brackets."""
    text = _CHANGED_CASE.sub("[\\1\u00ad", printed)  # as long as before, and still one word
    separators = [(match.lastgroup or "", match.start(), match.end()) for match in _SEPARATOR.finditer(text)]
    parts: list[Part] = []
    gap: int | None = None
    inserted: tuple[str, ...] = ()
    at = 0
    for kind, start, end in (*separators, ("end", len(text), len(text))):
        words = _without_soft_ends(_words_between(text, at, start))
        if words:
            parts.append(Part(words, gap, free_case=not gap, inserted=inserted))
            gap, inserted = 0, ()
        brackets = tuple(word.folded for word in words_in(text[start:end])) if kind == "insertion" else ()
        gap = _wider(gap, kind, brackets)
        inserted += brackets
        at = end
    return parts


def _words_between(text: str, start: int, end: int) -> tuple[Word, ...]:
    return tuple(Word(word.folded, word.start + start, word.end + start, word.glued) for word in words_in(text[start:end]))


def _wider(gap: int | None, kind: str, brackets: tuple[str, ...]) -> int | None:
    """The words that may be left out, after one more separator of this kind."""
    if gap is None or kind == "elision":
        return None
    return max(gap, _REPLACED_BY_BRACKETS) if kind == "insertion" and brackets != _SIC else gap


def _without_soft_ends(words: tuple[Word, ...]) -> tuple[Word, ...]:
    first, last = 0, len(words)
    while first < last and words[first].folded in SOFT_SIGNS:
        first += 1
    while last > first and words[last - 1].folded in SOFT_SIGNS:
        last -= 1
    return words[first:last]


def places_of(part: Part, source: FoldedText) -> list[Range]:
    """Every place of the source that has the words of ``part``."""
    needle = part.folded
    firsts = set(source.runs(needle))
    if part.free_case:
        firsts.update(source.runs([other_case(needle[0]), *needle[1:]]))
    return [Range(first, first + len(needle)) for first in sorted(firsts)]


def other_case(word: str) -> str:
    """``word`` with its first letter in the other case."""
    return word[:1].swapcase() + word[1:]
