"""A printed quotation as the parts that must stand together in its source: it comes apart at ellipses and square brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from workstation.review.quoting.words import MARKS, SOFT_SIGNS, FoldedText, Word, words_in

_REPLACED_BY_BRACKETS = 12
"""The most words of the source for which an editor's words in square brackets may stand."""


@dataclass(frozen=True, slots=True)
class Separation:
    """What stands before, between or after the parts: an ellipsis, or brackets with the editor's ``inserted`` words, or both.

    A letter whose case was changed and [sic] leave nothing out and count as neither.
    """

    ellipsis: bool = False
    brackets: bool = False
    inserted: tuple[str, ...] = ()

    @property
    def abridges(self) -> bool:
        """Whether words of the source may be left out here, or others put in."""
        return self.ellipsis or self.brackets

    @property
    def gap(self) -> int | None:
        """How many words of the source may be left out here; None: any number."""
        if self.ellipsis:
            return None
        return _REPLACED_BY_BRACKETS if self.brackets else 0


@dataclass(frozen=True, slots=True)
class Part:
    """Printed words that must stand together.

    ``before`` separates it from the part before, ``free_case`` tells whether its first letter may have another case,
    ``marked_case`` whether brackets say that it has: "[t]he".
    """

    words: tuple[Word, ...]
    free_case: bool
    before: Separation = Separation()
    marked_case: bool = False

    @property
    def folded(self) -> list[str]:
        """Its words as they are sought in a folded text."""
        return [word.folded for word in self.words]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a printed quotation in order; ``after`` is what follows the last of them.

    ``with_sic`` tells whether [sic] stands anywhere.
    """

    parts: tuple[Part, ...]
    after: Separation
    with_sic: bool = False

    @property
    def separations(self) -> tuple[Separation, ...]:
        """What stands before the first part, between the parts and after the last."""
        return (*(part.before for part in self.parts), self.after)

    @property
    def abridge(self) -> bool:
        """Whether an ellipsis or brackets stand anywhere."""
        return any(separation.abridges for separation in self.separations)


@dataclass(frozen=True, slots=True)
class Range:
    """Words ``first`` to ``last`` (exclusive) of a folded text."""

    first: int
    last: int


_SEPARATOR = re.compile(
    r"(?P<elision>(?:\[\s*|\(\s*|<\s*)(?:…|\.\s?\.\s?\.)(?:\s*\]|\s*\)|\s*>)|[…⋯]|\.(?:[ \u00a0\u202f]?\.){2,})"
    r"|(?P<case>\[(?=\w\u00ad))"
    r"|(?P<insertion>\[[^\[\]]*\]|［[^［］]*］)"
)
_SIC = ("sic",)
_CHANGED_CASE = re.compile(r"\[(\w)\](?=\w)")
"""A letter whose case the editor changed: "[T]he"."""


def whole_part(printed: str) -> Part:
    """All of ``printed`` as one part, as if its ellipses and brackets were the source's own."""
    return Part(_without_soft_ends(tuple(words_in(printed))), free_case=True)


def split_parts(printed: str) -> Parts:
    """The stretches of ``printed`` between ellipses and square brackets."""
    text = _CHANGED_CASE.sub("[\\1\u00ad", printed)  # as long as before, and still one word
    separators = [(match.lastgroup or "", match.start(), match.end()) for match in _SEPARATOR.finditer(text)]
    parts: list[Part] = []
    before = Separation()
    at = 0
    for kind, start, end in (*separators, ("", len(text), len(text))):
        words = _without_soft_ends(_words_between(text, at, start))
        if words:
            marked = text.startswith("\u00ad", words[0].start + 1)
            parts.append(Part(words, free_case=not parts or not before.gap, before=before, marked_case=marked))
            before = Separation()
        before = _wider(before, kind, text[start:end])
        at = end
    return Parts(tuple(parts), before, any(_inserted(printed[start:end]) == _SIC for _, start, end in separators))


def how_many_separators(text: str) -> int:
    """The ellipses and brackets that ``text`` has of its own."""
    return sum(match.lastgroup != "case" for match in _SEPARATOR.finditer(text))


def _words_between(text: str, start: int, end: int) -> tuple[Word, ...]:
    return tuple(Word(word.folded, word.start + start, word.end + start, word.glued) for word in words_in(text[start:end]))


def _wider(before: Separation, kind: str, written: str) -> Separation:
    """A separation with one more separator of this kind."""
    if kind == "elision":
        return replace(before, ellipsis=True)
    inserted = _inserted(written) if kind == "insertion" else _SIC
    return before if inserted == _SIC else replace(before, brackets=True, inserted=(*before.inserted, *inserted))


def _inserted(written: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words_in(written))


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
        others = source.runs([other_case(needle[0], turkic=source.is_turkic), *needle[1:]])
        firsts.update(first for first in others if may_change_case(part, first, source))
    return [Range(first, first + len(needle)) for first in sorted(firsts)]


def may_change_case(part: Part, at: int, source: FoldedText) -> bool:
    """Whether the first letter of ``part`` may have another case than the source's word at ``at``.

    A capital may begin any quotation. A small letter may stand where the source begins a sentence, or in brackets; in the
    midst of a sentence a capital makes a name.
    """
    return part.free_case and (part.marked_case or part.words[0].folded[:1].isupper() or _begins_sentence(at, source))


_SENTENCE_ENDS = frozenset(".?!:;")


def _begins_sentence(at: int, source: FoldedText) -> bool:
    if at == 0 or source.folded(at - 1, at)[0] in _SENTENCE_ENDS:
        return True
    between = source.text[source.end(at - 1) : source.start(at)]
    return any(sign in between for sign in _BEFORE_SENTENCES)


_BEFORE_SENTENCES = "\n" + MARKS + "…—–([*•"
"""Behind these a capital says nothing."""


def other_case(word: str, *, turkic: bool = False) -> str:
    """``word`` with its first letter in the other case; Turkish keeps the dot of its letters."""
    first = word[:1]
    return (_TURKIC[first] if turkic and first in _TURKIC else first.swapcase()) + word[1:]


_TURKIC = {"i": "İ", "İ": "i", "ı": "I", "I": "ı"}
