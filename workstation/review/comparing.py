"""A printed quotation compared, word by word, with one source's text.

No measure of likeness ever passes a quotation: it is exact, or the same but for typography, or it is not. Likeness only
finds the passage that an altered quotation came from, so that the differing words can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from workstation.review.words import SOFT_SIGNS, FoldedText, Word, folded_text, join, words_in

EXACT = "exact"
TYPOGRAPHY = "typography"
ALTERED = "altered"
MISSING = "missing"
UNARCHIVED = "unarchived"

TRUE_TO_SOURCE = frozenset({EXACT, TYPOGRAPHY})

ALTERED_FROM = 0.6
"""From this likeness (0 to 1) on, a passage counts as what a quotation was altered from; below it, as another passage."""

_REPLACED_BY_BRACKETS = 12
"""The most words of the source for which an editor's words in square brackets may stand."""

_ALIGNED_CELLS = 250_000
"""Beyond this product of lengths the alignment is left to rapidfuzz, whose ends are less careful."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points ``start`` to ``end`` of the printed words, and what the source has in their place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How printed words compare with one text.

    ``verdict`` is exact, typography, altered or missing; ``start`` and ``end`` are code points of the text. ``differing``
    holds (printed, source) pairs and ``edits`` how to mend them. ``places`` counts where the text has the words;
    ``left_out`` holds the words of the text that an ellipsis stands for. ``likeness`` (0 to 1) only ranks altered ones.
    """

    verdict: str
    start: int | None = None
    end: int | None = None
    differing: tuple[tuple[str, str], ...] = ()
    edits: tuple[Edit, ...] = ()
    places: int = 1
    left_out: tuple[str, ...] = ()
    likeness: float = 0.0


NOT_FOUND = Finding(MISSING, places=0)


@dataclass(frozen=True, slots=True)
class _Part:
    """Printed words that must stand together; ``gap`` is how many words of the source may stand before them."""

    words: tuple[Word, ...]
    gap: int | None
    free_case: bool
    elided: bool = False

    @property
    def folded(self) -> list[str]:
        return [word.folded for word in self.words]


@dataclass(frozen=True, slots=True)
class _Range:
    """Words ``first`` to ``last`` (exclusive) of a folded text."""

    first: int
    last: int


@lru_cache(maxsize=4096)
def compare(printed: str, text: str, near: int | None = None) -> Finding:
    """How ``printed`` compares with ``text``; of several places the exact one is told, or the one nearest to ``near``."""
    source = folded_text(text)
    whole = _whole(printed)
    if not whole.words or not len(source):
        return NOT_FOUND
    found = [_told(printed, whole, place, source) for place in _places(whole, source)]
    if found:
        best = min(found, key=lambda finding: (_distance(finding, near), finding.verdict != EXACT))
        return _with_places(best, len(found))
    parts = _parts(printed)
    if len(parts) > 1 or (parts and parts[0].words != whole.words):
        chain = _chain(parts, source)
        if chain:
            return _told_chain(parts, chain, source)
    return _nearest(printed, parts or [whole], source)


def _distance(finding: Finding, near: int | None) -> int:
    return 0 if near is None or finding.start is None else abs(finding.start - near)


def _with_places(finding: Finding, places: int) -> Finding:
    return Finding(finding.verdict, finding.start, finding.end, places=places)


def how_many_words(printed: str) -> int:
    """The words of a printed quotation; two characters of a script without spaces count as one word."""
    words = [word for word in words_in(printed) if not word.is_sign]
    unspaced = sum(word.is_unspaced for word in words)
    return len(words) - unspaced + (unspaced + 1) // 2


# --- the printed side ----------------------------------------------------------------------------------------------

_SEPARATOR = re.compile(
    r"(?P<elision>\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|[…⋯]|\.(?:[ \u00a0\u202f]?\.){2,})"
    r"|(?P<letter>\[(?=\w\]\w))"
    r"|(?P<insertion>\[[^\[\]]*\]|［[^［］]*］)"
)


def _whole(printed: str) -> _Part:
    return _Part(_without_soft_ends(tuple(words_in(printed))), None, free_case=True)


def _parts(printed: str) -> list[_Part]:
    """The stretches of ``printed`` between ellipses and square brackets."""
    text = re.sub(r"\[(\w)\](?=\w)", "[\\1\u00ad", printed)
    parts: list[_Part] = []
    gap: int | None = None
    elided = False
    at = 0
    for kind, start, end in (*_separators(text), ("end", len(text), len(text))):
        words = _without_soft_ends(_words_between(text, at, start))
        if words:
            parts.append(_Part(words, gap, free_case=not parts or elided or gap == 0, elided=elided and bool(parts)))
            gap, elided = 0, False
        gap = _wider(gap, kind)
        elided = elided or kind == "elision"
        at = end
    return parts


def _separators(text: str) -> Iterator[tuple[str, int, int]]:
    """Ellipses, bracketed words, and the bracket before a letter whose case the editor changed: "[T]he"."""
    lettered = re.compile(rf"(?P<changed>\[(?=\w\u00ad))|{_SEPARATOR.pattern}")
    for match in lettered.finditer(text):
        yield match.lastgroup or "", match.start(), match.end()


def _words_between(text: str, start: int, end: int) -> tuple[Word, ...]:
    return tuple(Word(word.folded, word.start + start, word.end + start, word.glued) for word in words_in(text[start:end]))


def _wider(gap: int | None, kind: str) -> int | None:
    """The words that may be left out, after one more separator of this kind."""
    if gap is None or kind == "elision":
        return None
    return max(gap, _REPLACED_BY_BRACKETS) if kind == "insertion" else gap


def _without_soft_ends(words: tuple[Word, ...]) -> tuple[Word, ...]:
    first, last = 0, len(words)
    while first < last and words[first].folded in SOFT_SIGNS:
        first += 1
    while last > first and words[last - 1].folded in SOFT_SIGNS:
        last -= 1
    return words[first:last]


# --- true to the source --------------------------------------------------------------------------------------------


def _places(part: _Part, source: FoldedText) -> list[_Range]:
    """Every place of the source that has the words of ``part``."""
    needle = part.folded
    firsts = set(source.runs(needle))
    if part.free_case:
        firsts.update(source.runs([_other_case(needle[0]), *needle[1:]]))
    return [_Range(first, first + len(needle)) for first in sorted(firsts)]


def _other_case(word: str) -> str:
    return word[:1].swapcase() + word[1:]


def _told(printed: str, part: _Part, place: _Range, source: FoldedText) -> Finding:
    """The finding for a place that has the words: exact when it has the very characters."""
    begin = source.start(place.first) - part.words[0].start
    if begin >= 0 and source.text.startswith(printed, begin):
        return Finding(EXACT, begin, begin + len(printed))
    return Finding(TYPOGRAPHY, source.start(place.first), source.end(place.last - 1))


def _chain(parts: Sequence[_Part], source: FoldedText) -> list[_Range] | None:
    """The tightest places that have all parts in order, with no more words between them than each part allows."""
    places = [_places(part, source) for part in parts]
    chains = [chain for start in places[0] if (chain := _chain_from(start, parts, places))]
    return min(chains, key=lambda chain: chain[-1].last - chain[0].first, default=None)


def _chain_from(start: _Range, parts: Sequence[_Part], places: Sequence[list[_Range]]) -> list[_Range] | None:
    chain = [start]
    for part, candidates in zip(parts[1:], places[1:], strict=True):
        after = chain[-1].last
        following = next((place for place in candidates if place.first >= after), None)
        if following is None or (part.gap is not None and following.first - after > part.gap):
            return None
        chain.append(following)
    return chain


def _told_chain(parts: Sequence[_Part], chain: Sequence[_Range], source: FoldedText) -> Finding:
    gaps = [
        _slice(source, before.last, after.first)
        for part, (before, after) in zip(parts[1:], pairwise(chain), strict=True)
        if part.elided
    ]
    return Finding(TYPOGRAPHY, source.start(chain[0].first), source.end(chain[-1].last - 1), left_out=tuple(gaps))


def _slice(source: FoldedText, first: int, last: int) -> str:
    """The source's own wording of words ``first`` to ``last``, on one line."""
    return on_one_line(source.text[source.start(first) : source.end(last - 1)]) if first < last else ""


def on_one_line(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())


# --- altered -------------------------------------------------------------------------------------------------------


def _nearest(printed: str, parts: Sequence[_Part], source: FoldedText) -> Finding:
    """The passage that the parts were most likely altered from, with the words that differ; or not found."""
    after = 0
    aligned: list[_Aligned] = []
    for part in parts:
        place = next((place for place in _places(part, source) if place.first >= after), None)
        found = _as_it_stands(part, place) if place else _align(part, source)
        if found is None:
            return NOT_FOUND
        aligned.append(found)
        after = found.last
    likeness = sum(found.likeness * len(part.words) for part, found in zip(parts, aligned, strict=True))
    likeness /= sum(len(part.words) for part in parts)
    if likeness < ALTERED_FROM:
        return NOT_FOUND
    return _altered(printed, parts, aligned, source, likeness)


def _altered(printed: str, parts: Sequence[_Part], aligned: Sequence[_Aligned], source: FoldedText, likeness: float) -> Finding:
    differing: list[tuple[str, str]] = []
    edits: list[Edit] = []
    for part, found in zip(parts, aligned, strict=True):
        for difference in _differences(part, found, source):
            pair, edit = _difference_told(printed, part, difference, source)
            differing.append(pair)
            edits.append(edit)
    if not differing:  # each part stands somewhere, but not in this order or too far apart
        last = parts[-1].words
        differing.append((printed[last[0].start : last[-1].end], ""))
    passage = _whole_compounds(min(found.first for found in aligned), max(found.last for found in aligned), source)
    start, end = source.start(passage.first), source.end(passage.last - 1)
    return Finding(ALTERED, start, end, tuple(differing), tuple(edits), likeness=likeness)


def _whole_compounds(first: int, last: int, source: FoldedText) -> _Range:
    """The range, widened to whole hyphenated words."""
    while source.glued(first):
        first -= 1
    while source.glued(last):
        last += 1
    return _Range(first, last)


Pair = tuple[int | None, int | None]
"""A printed word beside a word of the source, by their indices; None where one side has no word."""


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A part beside words ``first`` to ``last`` of the source."""

    pairs: tuple[Pair, ...]
    first: int
    last: int
    likeness: float


def _as_it_stands(part: _Part, place: _Range) -> _Aligned:
    pairs = tuple((index, place.first + index) for index in range(len(part.words)))
    return _Aligned(pairs, place.first, place.last, 1.0)


def _align(part: _Part, source: FoldedText) -> _Aligned | None:
    """``part`` beside the passage most like it, or None where nothing is like it."""
    window = _window(part, source)
    if window is None:
        return None
    needle, passage = part.folded, source.folded(window.first, window.last)
    if len(needle) * len(passage) <= _ALIGNED_CELLS:
        pairs = _align_closely(needle, passage, free_case=part.free_case)
    else:
        pairs = _align_roughly(needle, passage)
    shifted = [(printed, None if found is None else found + window.first) for printed, found in pairs]
    inside = [found for _, found in shifted if found is not None]
    if not inside:
        return None
    likeness = _likeness(part, shifted, source)
    return _Aligned(tuple(shifted), inside[0], inside[-1] + 1, likeness)


def _window(part: _Part, source: FoldedText) -> _Range | None:
    """The stretch of the source in which the passage most like ``part`` stands, with room on both sides."""
    needle = part.folded
    if len(needle) == 1:
        return _most_like(needle[0], source)
    found = fuzz.partial_ratio_alignment(join(needle), source.joined)
    if found is None or found.score < ALTERED_FROM * 80:
        return None
    room = len(needle) // 3 + 3
    first = source.word_at(found.dest_start) - room
    last = source.word_at(found.dest_end) + 1 + room
    return _Range(max(0, first), min(len(source), last))


def _most_like(word: str, source: FoldedText) -> _Range | None:
    words = source.folded(0, len(source))
    best = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=ALTERED_FROM * 100)
    if best is None:
        return None
    return _Range(best[2], best[2] + 1)


def _likeness(part: _Part, pairs: Sequence[Pair], source: FoldedText) -> float:
    """How alike (0 to 1) the aligned words are; words that only one side has count as unlike."""
    needle = part.folded
    alike = 0.0
    for printed, found in pairs:
        if printed is not None and found is not None:
            other = source.folded(found, found + 1)[0]
            alike += 1.0 if needle[printed] == other else fuzz.ratio(needle[printed], other) / 100
    return alike / len(pairs)


def _align_closely(needle: Sequence[str], passage: Sequence[str], *, free_case: bool) -> list[Pair]:
    """The cheapest alignment of all of ``needle`` with some stretch of ``passage``; the ends of ``passage`` are free."""
    rows = [[0] * (len(passage) + 1)]
    for index, word in enumerate(needle):
        before = rows[-1]
        row = [before[0] + 2]
        for column, other in enumerate(passage):
            unlike = 0 if word == other else _unlike(word, other, free_case=free_case and index == 0)
            row.append(min(before[column] + unlike, before[column + 1] + 2, row[column] + 2))
        rows.append(row)
    return _trace(rows, needle, passage, free_case=free_case)


def _unlike(word: str, other: str, *, free_case: bool) -> int:
    """What it costs to take ``other`` for ``word``: less than leaving out one and putting in the other."""
    if free_case and _other_case(word) == other:
        return 0
    same_sort = word[-1:].isalnum() == other[-1:].isalnum()
    return 2 if same_sort else 4


def _trace(rows: Sequence[Sequence[int]], needle: Sequence[str], passage: Sequence[str], *, free_case: bool) -> list[Pair]:
    column = _cheapest_end(rows[-1])
    row = len(needle)
    pairs: list[Pair] = []
    while row > 0:
        cost = rows[row][column]
        word = needle[row - 1]
        if column > 0:
            other = passage[column - 1]
            unlike = 0 if word == other else _unlike(word, other, free_case=free_case and row == 1)
            if cost == rows[row - 1][column - 1] + unlike:
                row, column = row - 1, column - 1
                pairs.append((row, column))
                continue
        if cost == rows[row - 1][column] + 2:
            row -= 1
            pairs.append((row, None))
        else:
            column -= 1
            pairs.append((None, column))
    return pairs[::-1]


def _cheapest_end(costs: Sequence[int]) -> int:
    """The first cheapest column, or the one after it when that is as cheap: a changed last word beside its original."""
    column = min(range(len(costs)), key=costs.__getitem__)
    following = column + 1
    return following if following < len(costs) and costs[following] == costs[column] else column


def _align_roughly(needle: Sequence[str], passage: Sequence[str]) -> list[Pair]:
    pairs: list[Pair] = []
    for step in Levenshtein.opcodes(needle, passage):
        printed: list[int | None] = list(range(step.src_start, step.src_end))
        found: list[int | None] = list(range(step.dest_start, step.dest_end))
        length = max(len(printed), len(found))
        printed += [None] * (length - len(printed))
        found += [None] * (length - len(found))
        pairs.extend(zip(printed, found, strict=True))
    inside = [index for index, (printed_index, _) in enumerate(pairs) if printed_index is not None]
    return pairs[inside[0] : inside[-1] + 1]


# --- what differs --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Difference:
    """Printed words ``printed`` where the source has ``found``, both by their indices."""

    printed: _Range
    found: _Range


def _differences(part: _Part, aligned: _Aligned, source: FoldedText) -> list[_Difference]:
    """The stretches in which the two sides differ, neighbours taken together."""
    differences: list[_Difference] = []
    printed_at, found_at = 0, aligned.first
    start: tuple[int, int] | None = None
    for printed, found in aligned.pairs:
        if _same(part, printed, found, source):
            if start is not None:
                differences.append(_Difference(_Range(start[0], printed_at), _Range(start[1], found_at)))
                start = None
        elif start is None:
            start = (printed_at, found_at)
        printed_at += printed is not None
        found_at += found is not None
    if start is not None:
        differences.append(_Difference(_Range(start[0], printed_at), _Range(start[1], found_at)))
    return differences or _cut_compounds(part, aligned, source)


def _same(part: _Part, printed: int | None, found: int | None, source: FoldedText) -> bool:
    if printed is None or found is None:
        return False
    word, other = part.words[printed].folded, source.folded(found, found + 1)[0]
    return word == other or (printed == 0 and part.free_case and _other_case(word) == other)


def _cut_compounds(part: _Part, aligned: _Aligned, source: FoldedText) -> list[_Difference]:
    """All words agree, but the quotation cuts a hyphenated word of the source in two: "violent" from "non-violent"."""
    whole = _whole_compounds(aligned.first, aligned.last, source)
    count = len(part.words)
    if count == 1 and whole != _Range(aligned.first, aligned.last):
        return [_Difference(_Range(0, 1), whole)]
    differences = []
    if whole.first < aligned.first:
        differences.append(_Difference(_Range(0, 1), _Range(whole.first, aligned.first + 1)))
    if whole.last > aligned.last:
        differences.append(_Difference(_Range(count - 1, count), _Range(aligned.last - 1, whole.last)))
    return differences


def _difference_told(printed: str, part: _Part, difference: _Difference, source: FoldedText) -> tuple[tuple[str, str], Edit]:
    """The pair of differing words, and the edit that puts the source's in."""
    words = part.words
    ours, theirs = difference.printed, difference.found
    wording = _slice(source, theirs.first, theirs.last)
    if ours.first < ours.last:
        start, end = words[ours.first].start, words[ours.last - 1].end
        pair = (printed[start:end], wording)
        return pair, Edit(start, end, wording) if wording else _removal(words, ours)
    at = words[ours.first - 1].end
    before = source.end(theirs.first - 1)
    return ("", wording), Edit(at, at, _gap(source.text[before : source.start(theirs.first)]) + wording)


def _gap(between: str) -> str:
    """What stands between two words of a source, on one line."""
    return re.sub(r"\s+", " ", between)


def _removal(words: Sequence[Word], range_: _Range) -> Edit:
    """The edit that takes printed words out, together with the space on one side."""
    if range_.first > 0:
        return Edit(words[range_.first - 1].end, words[range_.last - 1].end, "")
    end = words[range_.last].start if range_.last < len(words) else words[range_.last - 1].end
    return Edit(words[0].start, end, "")
