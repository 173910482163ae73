"""The passage of a source that an altered quotation came from, and the words that differ.

Likeness is used here and nowhere else: it finds the passage, it passes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from workstation.domain.grade import Grade
from workstation.review.quoting.findings import CLOSES, NOT_FOUND, OPENS, Edit, Finding
from workstation.review.quoting.marks import DOUBLE, PARTNERS, SINGLE
from workstation.review.quoting.parts import Part, Range, may_change_case, other_case, places_of
from workstation.review.quoting.words import FoldedText, Word, join

ALTERED_FROM = 0.6
"""From this likeness (0 to 1) on, a passage counts as what a quotation was altered from; below it, as another passage."""

ONE_WORD_FROM = 0.75
"""The same for a single word."""

_SHORTEST_PART = 3
"""Letters."""

_MANY, _RUN, _PROBES, _MOST_PLACES = 80, 3, 60, 8
"""Of more words than ``_MANY`` so many runs of so many words are sought, each in so many places at most."""

_ALIGNED_CELLS = 100_000
"""Beyond this product of lengths the alignment is left to rapidfuzz, whose ends are less careful."""


def nearest_passage(printed: str, parts: Sequence[Part], source: FoldedText) -> Finding:
    """The passage that the parts were most likely altered from, with the words that differ; or not found."""
    after = 0
    aligned: list[_Aligned] = []
    for part in parts:
        place = next((place for place in places_of(part, source) if place.first >= after), None)
        found = _as_it_stands(part, place) if place else _align(part, source)
        if found is None:
            return NOT_FOUND
        aligned.append(found)
        after = found.last
    likeness: float = sum(found.likeness * len(part.words) for part, found in zip(parts, aligned, strict=True))
    likeness /= sum(len(part.words) for part in parts)
    if likeness < ALTERED_FROM:
        return NOT_FOUND
    return _altered(printed, parts, aligned, source, likeness)


def _altered(printed: str, parts: Sequence[Part], aligned: Sequence[_Aligned], source: FoldedText, likeness: float) -> Finding:
    differing: list[tuple[str, str]] = []
    edits: list[Edit] = []
    for part, found in zip(parts, aligned, strict=True):
        told = [_difference_told(printed, part, difference, source) for difference in _differences(part, found, source)]
        differing += [pair for pair, _ in told]
        changes = [edit for _, edit in told]
        edits += [_whole_edit(part, found, source)] if any(_with_marks(printed, edit) for edit in changes) else changes
    if not differing:  # each part stands somewhere, but not in this order or too far apart
        last = parts[-1].words
        differing.append((printed[last[0].start : last[-1].end], ""))
    passage = _whole_compounds(min(found.first for found in aligned), max(found.last for found in aligned), source)
    start, end = source.start(passage.first), source.end(passage.last - 1)
    return Finding(Grade.ALTERED, start, end, tuple(differing), tuple(edits), likeness=likeness)


_MARK = re.compile(rf"{DOUBLE.pattern}|(?<!\w){SINGLE.pattern}|{SINGLE.pattern}(?!\w)")


def _with_marks(printed: str, edit: Edit) -> bool:
    """Whether an edit puts in or takes out a quotation mark: its partner may stand outside of it."""
    return bool(_MARK.search(edit.new) or _MARK.search(printed[edit.start : edit.end]))


def _whole_edit(part: Part, found: _Aligned, source: FoldedText) -> Edit:
    """The source's own words in the place of a whole part; its first letter keeps its case where it may."""
    first, last = part.words[0], part.words[-1]
    start = source.start(found.first)
    words = _on_one_line(source.text[start : source.end(found.last - 1)])
    if _same(part, 0, found.first, source):
        words = first.folded[:1] + words[1:]
    return Edit(first.start, last.end, _with_turns(words, source.text[:start].rpartition("\n")[2]))


def _with_turns(words: str, before: str) -> str:
    """``words`` with turns in the place of marks at which the source's own quotation ends and goes on; see ``Edit``.

    ``before`` is the line of the source that leads up to them, in which the quotation opened.
    """
    opening = next((mark for mark in reversed(_MARK.findall(before))), "")
    partners = PARTNERS.get(opening, "")
    marks = [mark for mark in _MARK.finditer(words) if mark.group() in f"{opening}{partners}"]
    if len(marks) < 2 or len(marks) % 2 or marks[0].group() not in partners or marks[-1].group() != opening:
        return words
    (first, after_first), (last, after_last) = marks[0].span(), marks[-1].span()
    head, between, tail = words[:first].rstrip(), words[after_first:last], words[after_last:].lstrip()
    return f"{head}{CLOSES}{between}{OPENS}{tail}"


def _whole_compounds(first: int, last: int, source: FoldedText) -> Range:
    """The range, widened to whole hyphenated words."""
    while source.glued(first):
        first -= 1
    while source.glued(last):
        last += 1
    return Range(first, last)


Pair = tuple[int | None, int | None]
"""A printed word beside a word of the source, by their indices; None where one side has no word."""


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A part beside words ``first`` to ``last`` of the source."""

    pairs: tuple[Pair, ...]
    first: int
    last: int
    likeness: float


def _as_it_stands(part: Part, place: Range) -> _Aligned:
    pairs = tuple((index, place.first + index) for index in range(len(part.words)))
    return _Aligned(pairs, place.first, place.last, 1.0)


def _align(part: Part, source: FoldedText) -> _Aligned | None:
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
    kept = _within_marks(shifted, source)
    inside = [found for _, found in kept if found is not None]
    return _Aligned(kept, inside[0], inside[-1] + 1, likeness)


def _within_marks(pairs: Sequence[Pair], source: FoldedText) -> tuple[Pair, ...]:
    """``pairs`` without a first word of the source that stands before an opening mark: nobody said it."""
    (printed, found), *rest = pairs
    following = next((other for _, other in rest if other is not None), None)
    if printed is None or found is None or following is None:
        return tuple(pairs)
    between = source.text[source.end(found) : source.start(following)]
    return ((printed, None), *rest) if _OPENED.search(between) else tuple(pairs)


_OPENED = re.compile(r"\s[\"'“„«»‹‘‚「『]\s?$")


def _window(part: Part, source: FoldedText) -> Range | None:
    """The stretch of the source in which the passage most like ``part`` stands, with room on both sides."""
    needle = part.folded
    if len(needle) == 1:
        return _most_like(needle[0], source)
    if len(needle) > _MANY:
        return _where_most_runs_stand(needle, source)
    found = fuzz.partial_ratio_alignment(join(needle), source.joined, score_cutoff=ALTERED_FROM * 80)
    if found is None:
        return None
    room = len(needle) // 3 + 3
    first = source.word_at(found.dest_start) - room
    last = source.word_at(found.dest_end) + 1 + room
    return Range(max(0, first), min(len(source), last))


def _where_most_runs_stand(needle: Sequence[str], source: FoldedText) -> Range | None:
    """The stretch for many words, by the places of runs of them; to compare every letter would take seconds."""
    spread = len(needle) // 8
    votes: Counter[int] = Counter()
    for at in range(0, len(needle) - _RUN, max(1, len(needle) // _PROBES)):
        for first in islice(source.runs(needle[at : at + _RUN]), _MOST_PLACES):
            votes[(first - at) // spread] += 1
    if not votes:
        return None
    best = max(votes, key=lambda index: (votes[index] + votes[index + 1], votes[index]))
    first = best * spread - spread
    return Range(max(0, first), min(len(source), first + len(needle) + 4 * spread))


def _most_like(word: str, source: FoldedText) -> Range | None:
    """The word most like a single one: much of it is the same, or one is the beginning or the end of the other."""
    words = source.folded(0, len(source))
    for _, score, index in process.extract(word, words, scorer=fuzz.ratio, score_cutoff=ALTERED_FROM * 100, limit=5):
        if score >= ONE_WORD_FROM * 100 or _is_part(word, words[index]) or _is_part(words[index], word):
            return Range(index, index + 1)
    return None


def _is_part(short: str, long: str) -> bool:
    return len(short) >= _SHORTEST_PART and (long.startswith(short) or long.endswith(short))


def _likeness(part: Part, pairs: Sequence[Pair], source: FoldedText) -> float:
    """How alike (0 to 1) the aligned words are; words that only one side has count as unlike."""
    needle = part.folded
    alike = 0.0
    for printed, found in pairs:
        if printed is not None and found is not None:
            other = source.folded(found, found + 1)[0]
            alike += 1.0 if needle[printed] == other else fuzz.ratio(needle[printed], other) / 100
    return max(alike / len(pairs), _shared(needle, pairs, source))


def _shared(needle: Sequence[str], pairs: Sequence[Pair], source: FoldedText) -> float:
    """The part (0 to 1) of the printed words that stand around the passage in whatever order."""
    if len(needle) <= _FEW:
        return 0.0
    inside = [found for _, found in pairs if found is not None]
    around = Counter(source.folded(max(0, inside[0] - len(needle)), min(len(source), inside[-1] + 1 + len(needle))))
    return _OUT_OF_ORDER * (Counter(needle) & around).total() / len(needle)


_FEW = 3
_OUT_OF_ORDER = 0.7
"""Words in another order are less like those of the source."""


_EQUAL, _OTHER, _LACKING = -2, 9_999, 10_000
"""The cost of an equal word, of another word in its place, and of one that a side lacks: few changes come first."""


def _align_closely(needle: Sequence[str], passage: Sequence[str], *, free_case: bool) -> list[Pair]:
    """The cheapest alignment of all of ``needle`` with some stretch of ``passage``; the ends of ``passage`` are free.

    Of alignments that differ in as many words the one with more equal words is cheaper.
    """
    rows = [[0] * (len(passage) + 1)]
    signs = [not other[-1:].isalnum() for other in passage]
    for index, word in enumerate(needle):
        same = {word, other_case(word)} if free_case and index == 0 else {word}
        rows.append(_row(rows[-1], same, not word[-1:].isalnum(), passage, signs))
    return _trace(rows, needle, passage, free_case=free_case)


def _row(before: Sequence[int], same: set[str], is_sign: bool, passage: Sequence[str], signs: Sequence[bool]) -> list[int]:
    """The costs of one more printed word, which is any of ``same``, up to each word of the passage."""
    diagonal = before[0]
    left = diagonal + _LACKING
    row = [left]
    for other, other_is_sign, above in zip(passage, signs, before[1:], strict=True):
        left = (above if above < left else left) + _LACKING  # no min(): this runs for each pair of words
        paired = diagonal + (_EQUAL if other in same else _OTHER if is_sign is other_is_sign else 2 * _LACKING)
        if paired < left:
            left = paired
        row.append(left)
        diagonal = above
    return row


def _unlike(word: str, other: str, *, free_case: bool) -> int:
    """What it costs to take ``other`` for ``word``: less than leaving out one and putting in the other."""
    if free_case and other_case(word) == other:
        return _EQUAL
    same_sort = word[-1:].isalnum() == other[-1:].isalnum()
    return _OTHER if same_sort else 2 * _LACKING


def _trace(rows: Sequence[Sequence[int]], needle: Sequence[str], passage: Sequence[str], *, free_case: bool) -> list[Pair]:
    column = _cheapest_end(rows[-1])
    row = len(needle)
    pairs: list[Pair] = []
    while row > 0:
        cost = rows[row][column]
        word = needle[row - 1]
        if column > 0:
            other = passage[column - 1]
            unlike = _EQUAL if word == other else _unlike(word, other, free_case=free_case and row == 1)
            if cost == rows[row - 1][column - 1] + unlike:
                row, column = row - 1, column - 1
                pairs.append((row, column))
                continue
        if cost == rows[row - 1][column] + _LACKING:
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
    """An alignment with few changes; what lies beyond the first and the last words that surely belong together is cut off."""
    same = (step for step in Levenshtein.opcodes(needle, passage) if step.tag == "equal")
    solid = [step for step in same if step.src_end - step.src_start >= _RUN]
    begin = max(0, solid[0].dest_start - solid[0].src_start) if solid else 0
    end = solid[-1].dest_end + len(needle) - solid[-1].src_end if solid else len(passage)
    pairs: list[Pair] = []
    for step in Levenshtein.opcodes(needle, passage[begin:end]):
        printed: list[int | None] = list(range(step.src_start, step.src_end))
        found: list[int | None] = list(range(begin + step.dest_start, begin + step.dest_end))
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

    printed: Range
    found: Range


def _differences(part: Part, aligned: _Aligned, source: FoldedText) -> list[_Difference]:
    """The stretches in which the two sides differ, neighbours taken together."""
    differences: list[_Difference] = []
    printed_at, found_at = 0, aligned.first
    start: tuple[int, int] | None = None
    for printed, found in aligned.pairs:
        if _same(part, printed, found, source):
            if start is not None:
                differences.append(_Difference(Range(start[0], printed_at), Range(start[1], found_at)))
                start = None
        elif start is None:
            start = (printed_at, found_at)
        printed_at += printed is not None
        found_at += found is not None
    if start is not None:
        differences.append(_Difference(Range(start[0], printed_at), Range(start[1], found_at)))
    return differences or _cut_compounds(part, aligned, source)


def _same(part: Part, printed: int | None, found: int | None, source: FoldedText) -> bool:
    if printed is None or found is None:
        return False
    word, other = part.words[printed].folded, source.folded(found, found + 1)[0]
    if word == other:
        return True
    return printed == 0 and other_case(word, turkic=source.is_turkic) == other and may_change_case(part, found, source)


def _cut_compounds(part: Part, aligned: _Aligned, source: FoldedText) -> list[_Difference]:
    """All words agree, but the quotation cuts a hyphenated word of the source in two: "violent" from "non-violent"."""
    whole = _whole_compounds(aligned.first, aligned.last, source)
    count = len(part.words)
    if count == 1 and whole != Range(aligned.first, aligned.last):
        return [_Difference(Range(0, 1), whole)]
    differences = []
    if whole.first < aligned.first:
        differences.append(_Difference(Range(0, 1), Range(whole.first, aligned.first + 1)))
    if whole.last > aligned.last:
        differences.append(_Difference(Range(count - 1, count), Range(aligned.last - 1, whole.last)))
    return differences


def _difference_told(printed: str, part: Part, difference: _Difference, source: FoldedText) -> tuple[tuple[str, str], Edit]:
    """The pair of differing words, and the edit that puts the source's in, with what stands between them and their neighbours."""
    words = part.words
    ours, theirs = difference.printed, difference.found
    start, end = words[ours.first].start if ours.first < ours.last else 0, words[ours.last - 1].end
    pair = (printed[start:end] if ours.first < ours.last else "", source.wording(theirs.first, theirs.last))
    if theirs.first == theirs.last and (ours.first == 0 or ours.last == len(words)):
        return pair, _removal(words, ours)
    begin, finish = source.start(theirs.first), source.end(theirs.last - 1)
    if ours.first > 0:
        start, begin = words[ours.first - 1].end, source.end(theirs.first - 1)
    if ours.last < len(words):
        end, finish = words[ours.last].start, source.start(theirs.last)
    return pair, Edit(start, end, _on_one_line(source.text[begin:finish]))


def _on_one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _removal(words: Sequence[Word], range_: Range) -> Edit:
    """The edit that takes printed words out, together with the space on one side."""
    if range_.first > 0:
        return Edit(words[range_.first - 1].end, words[range_.last - 1].end, "")
    end = words[range_.last].start if range_.last < len(words) else words[range_.last - 1].end
    return Edit(words[0].start, end, "")
