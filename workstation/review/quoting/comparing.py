"""A printed quotation compared, word by word, with one source's text.

No measure of likeness ever passes a quotation: it is exact, or the same but for typography, or edited and marked, at ellipses and
brackets, or it is not. Likeness only finds the passage that an altered quotation came from, so that the differing words
can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from workstation.domain.grade import Folding, Grade
from workstation.review.quoting.findings import NOT_FOUND, Finding, LeftOut
from workstation.review.quoting.folding import foldings, turned_sense, with_marks
from workstation.review.quoting.likely import may_stand_in
from workstation.review.quoting.parts import Part, Parts, Range, how_many_separators, places_of, split_parts, whole_part
from workstation.review.quoting.words import FoldedText, folded_text, join, words_in

_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐]\n(?=[^\W\d_])")
_AS_ONE_WORD = "\u00ad\u200b"
"""As long as a hyphen and a line break, and folded away."""


@lru_cache(maxsize=4096)
def compare(printed: str, text: str, near: int | None = None) -> Finding:
    """How ``printed`` compares with ``text``; of several places the exact one is told, or the one nearest to ``near``."""
    found = stands(printed, text, near)
    if found is not None:
        return found
    whole, cut = _read(printed)
    if not whole.words or not may_stand_in(printed, whole.words, text):
        return NOT_FOUND
    return _nearest(printed, whole, cut, folded_text(text))


@lru_cache(maxsize=6144)
def stands(printed: str, text: str, near: int | None = None) -> Finding | None:
    """How ``text`` has the printed words, as :func:`compare` tells it; None where it has none or others in their place."""
    whole, cut = _read(printed)
    source = folded_text(text)
    if not whole.words or not len(source):
        return None
    return _as_printed(printed, whole, cut, source, near) or _across_line_ends(printed, whole, cut, source, near)


@lru_cache(maxsize=512)
def _read(printed: str) -> tuple[Part, Parts]:
    """The printed words as a whole and as parts; they are sought in many sources."""
    return whole_part(printed), split_parts(printed)


def _as_printed(printed: str, whole: Part, cut: Parts, source: FoldedText, near: int | None) -> Finding | None:
    """The words where they stand so, in one place or as parts in order; None where they do not."""
    places = places_of(whole, source)
    if places:
        return _at_places(printed, whole, cut, places, source, near)
    if len(cut.parts) > 1 or (cut.parts and cut.parts[0].words != whole.words):
        chain = _chain(cut.parts, source, near)
        if chain:
            return _told_chain(printed, cut, chain, source)
    return None


def _at_places(printed: str, whole: Part, cut: Parts, places: Sequence[Range], source: FoldedText, near: int | None) -> Finding:
    """The best of the places that have the words, with their number."""
    told = [(place, _told(printed, whole, place, source)) for place in places]
    true = [(place, finding) for place, finding in told if finding.grade is not Grade.ALTERED]
    kept = true or told
    place, best = min(kept, key=lambda pair: (_distance(pair[1], near), pair[1].grade is not Grade.EXACT))
    return replace(_if_edited(printed, cut, best, place, source), places=len(kept))


def _across_line_ends(printed: str, whole: Part, cut: Parts, source: FoldedText, near: int | None) -> Finding | None:
    """The words in a text that hyphenates at the ends of its lines."""
    if not source.hyphenates:
        return None
    joined = _LINE_END_HYPHEN.sub(_AS_ONE_WORD, source.text)
    found = _as_printed(printed, whole, cut, folded_text(joined), near)
    if found is None or not found.grade.is_true:
        return None
    own = [folding for folding in found.folded if folding is not Folding.INVISIBLE]
    grade = Grade.EDITED if found.grade is Grade.EDITED else Grade.FOLDED
    return replace(found, grade=grade, folded=_in_order((*own, Folding.LINE_END_HYPHEN)))


def _nearest(printed: str, whole: Part, cut: Parts, source: FoldedText) -> Finding:
    if not len(source):
        return NOT_FOUND
    from workstation.review.quoting.nearest import nearest_passage  # noqa: PLC0415 - loads rapidfuzz, which a start does not need

    return nearest_passage(printed, cut.parts or [whole], source)


def _distance(finding: Finding, near: int | None) -> int:
    return 0 if near is None or finding.start is None else abs(finding.start - near)


@lru_cache(maxsize=4096)
def how_many_words(printed: str) -> int:
    """The words of a printed quotation; two characters of a script without spaces count as one word."""
    words = [word for word in words_in(printed) if not word.is_sign]
    unspaced = sum(word.is_unspaced for word in words)
    return len(words) - unspaced + (unspaced + 1) // 2


def _told(printed: str, part: Part, place: Range, source: FoldedText) -> Finding:
    """The finding for a place that has the words: exact when it has the very characters."""
    begin = source.start(place.first) - part.words[0].start
    if begin >= 0 and source.text.startswith(printed, begin):
        return Finding(Grade.EXACT, begin, begin + len(printed))
    start, end = with_marks(printed, part, place, source)
    turned = turned_sense(printed, part, place, source)
    if turned:
        return Finding(Grade.ALTERED, start, end, (turned[0],), (turned[1],), likeness=1.0)
    return Finding(Grade.FOLDED, start, end, folded=_in_order(foldings(printed, part, place, source)) or (Folding.SPACES,))


def _in_order(found: Iterable[Folding]) -> tuple[Folding, ...]:
    return tuple(sorted(set(found), key=list(Folding).index))


def _if_edited(printed: str, cut: Parts, found: Finding, place: Range, source: FoldedText) -> Finding:
    """The finding for words that stand together, when ellipses or brackets are printed that the source does not have."""
    own = source.text[source.start(place.first) : source.end(place.last - 1)]
    if found.grade is not Grade.FOLDED or not cut.abridge or how_many_separators(own) >= how_many_separators(printed):
        return found
    left_out: list[LeftOut] = []
    if cut.separations[0].ellipsis:
        left_out.append(LeftOut(source.wording(_sentence_start(place.first, source, _SENTENCE_ENDS), place.first)))
    if cut.after.ellipsis:
        left_out.append(LeftOut(source.wording(place.last, _sentence_end(place.last, source, _SENTENCE_ENDS))))
    folded = _foldings_of(printed, cut, [place], source) if len(cut.parts) == 1 else ()
    return replace(found, grade=Grade.EDITED, left_out=_telling(left_out), folded=folded)


def _chain(parts: Sequence[Part], source: FoldedText, near: int | None) -> list[Range] | None:
    """The places that have all parts in order, with no more words between them than each part allows.

    Of several, the ones nearest to ``near``, then the tightest.
    """
    places = [places_of(part, source) for part in parts]
    chains = [chain for start in places[0] if (chain := _chain_from(start, parts, places, source))]
    if not chains:
        return None
    return min(chains, key=lambda chain: (_far(source.start(chain[0].first), near), chain[-1].last - chain[0].first))


def _far(start: int, near: int | None) -> int:
    return 0 if near is None else abs(start - near)


def _chain_from(start: Range, parts: Sequence[Part], places: Sequence[list[Range]], source: FoldedText) -> list[Range] | None:
    chain = [start]
    for part, candidates in zip(parts[1:], places[1:], strict=True):
        after = chain[-1].last
        following = next((place for place in candidates if place.first >= after), None)
        if following is None or not _may_stand_between(source.folded(after, following.first), part):
            return None
        chain.append(following)
    return chain


def _may_stand_between(left_out: list[str], part: Part) -> bool:
    """Whether a quotation may leave out these words before ``part``.

    Brackets stand for a few other words. When the source has the bracketed words itself, they stand for nothing else.
    """
    gap, inserted = part.before.gap, part.before.inserted
    if gap is None:
        return True
    copied = bool(inserted) and join(inserted) in join(left_out)
    return len(left_out) == len(inserted) if copied else len(left_out) <= gap


def _told_chain(printed: str, cut: Parts, chain: Sequence[Range], source: FoldedText) -> Finding:
    start, end = source.start(chain[0].first), source.end(chain[-1].last - 1)
    turned = [told for part, place in zip(cut.parts, chain, strict=True) if (told := turned_sense(printed, part, place, source))]
    if turned:
        differing, edits = zip(*turned, strict=True)
        return Finding(Grade.ALTERED, start, end, differing, edits, likeness=1.0)
    folded = _foldings_of(printed, cut, chain, source)
    if not cut.abridge:
        return Finding(Grade.FOLDED, start, end, folded=folded or (Folding.SPACES,))
    return Finding(Grade.EDITED, start, end, left_out=_telling(_left_out(cut, chain, source)), folded=folded)


def _foldings_of(printed: str, cut: Parts, chain: Sequence[Range], source: FoldedText) -> tuple[Folding, ...]:
    """What was folded in each part; a [sic] is told too."""
    found = {folding for part, place in zip(cut.parts, chain, strict=True) for folding in foldings(printed, part, place, source)}
    return _in_order(found | {Folding.SIC} if cut.with_sic else found)


# --- what is left out ------------------------------------------------------------------------------------------------

_SENTENCE_ENDS = frozenset(".?!;:")
_CLAUSE_ENDS = _SENTENCE_ENDS | {","}
_MOST_AROUND = 40
"""So many words are looked at before and after a quotation that begins or ends with an ellipsis or brackets."""


def _left_out(cut: Parts, chain: Sequence[Range], source: FoldedText) -> Iterator[LeftOut]:
    """What the source has at each separation: before the first part, between the parts, after the last."""
    for index, separation in enumerate(cut.separations):
        if not separation.abridges:
            continue
        inserted = " ".join(separation.inserted)
        if 0 < index < len(chain):
            words = source.wording(chain[index - 1].last, chain[index].first)
            yield LeftOut(words, inserted, separation.brackets)
            continue
        at, far = (chain[0].first, _sentence_start) if index == 0 else (chain[-1].last, _sentence_end)
        # Brackets at an end stand for words of the clause; what is further off is looked at as behind an ellipsis.
        clause = far(at, source, _CLAUSE_ENDS) if separation.brackets else at
        sentence = far(at, source, _SENTENCE_ENDS)
        if separation.brackets:
            yield LeftOut(source.wording(min(at, clause), max(at, clause)), inserted, bracketed=True)
        yield LeftOut(source.wording(min(clause, sentence), max(clause, sentence)))


def _telling(left_out: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(dict.fromkeys(gap for gap in left_out if gap.words or gap.inserted))


def _sentence_start(at: int, source: FoldedText, ends: frozenset[str]) -> int:
    """The index of the first word of the sentence (or clause, as ``ends`` has it) in which the word at ``at`` stands."""
    first = at
    while first > 0 and at - first < _MOST_AROUND and not _new_line(first, source):
        if source.folded(first - 1, first)[0] in ends:
            break
        first -= 1
    return first


def _sentence_end(at: int, source: FoldedText, ends: frozenset[str]) -> int:
    """The index after the last word of the sentence (or clause) that goes on at ``at``."""
    last = at
    while last < len(source) and last - at < _MOST_AROUND and not _new_line(last, source):
        if source.folded(last, last + 1)[0] in ends:
            break
        last += 1
    return last


def _new_line(index: int, source: FoldedText) -> bool:
    """Whether the word at ``index`` begins a line."""
    return 0 < index < len(source) and "\n" in source.text[source.end(index - 1) : source.start(index)]
