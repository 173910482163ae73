"""A printed quotation compared, word by word, with one source's text.

No measure of likeness ever passes a quotation: it is exact, or the same but for typography, or abridged at ellipses and
brackets, or it is not. Likeness only finds the passage that an altered quotation came from, so that the differing words
can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from workstation.review.findings import ABRIDGED, EXACT, NOT_FOUND, TYPOGRAPHY, Finding, LeftOut
from workstation.review.parts import Part, Parts, Range, how_many_separators, places_of, split_parts, whole_part
from workstation.review.words import FoldedText, folded_text, join, words_in


@lru_cache(maxsize=4096)
def compare(printed: str, text: str, near: int | None = None) -> Finding:
    """How ``printed`` compares with ``text``; of several places the exact one is told, or the one nearest to ``near``."""
    source = folded_text(text)
    whole = whole_part(printed)
    if not whole.words or not len(source):
        return NOT_FOUND
    places = places_of(whole, source)
    found = [_told(printed, whole, place, source) for place in places]
    if found:
        best = min(range(len(found)), key=lambda index: (_distance(found[index], near), found[index].verdict != EXACT))
        return replace(_if_abridged(printed, found[best], places[best], source), places=len(found))
    cut = split_parts(printed)
    if len(cut.parts) > 1 or (cut.parts and cut.parts[0].words != whole.words):
        chain = _chain(cut.parts, source, near)
        if chain:
            return _told_chain(cut, chain, source)
    from workstation.review.nearest import nearest_passage  # noqa: PLC0415 - loads rapidfuzz, which a start does not need

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
        return Finding(EXACT, begin, begin + len(printed))
    return Finding(TYPOGRAPHY, source.start(place.first), source.end(place.last - 1))


def _if_abridged(printed: str, found: Finding, place: Range, source: FoldedText) -> Finding:
    """The finding for words that stand together, when ellipses or brackets are printed that the source does not have."""
    if found.verdict == EXACT:
        return found
    cut = split_parts(printed)
    own = source.text[source.start(place.first) : source.end(place.last - 1)]
    if not cut.abridge or how_many_separators(own) >= how_many_separators(printed):
        return found
    left_out: list[LeftOut] = []
    if cut.separations[0].ellipsis:
        left_out.append(LeftOut(source.wording(_sentence_start(place.first, source, _SENTENCE_ENDS), place.first)))
    if cut.after.ellipsis:
        left_out.append(LeftOut(source.wording(place.last, _sentence_end(place.last, source, _SENTENCE_ENDS))))
    return replace(found, verdict=ABRIDGED, left_out=_telling(left_out))


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


def _told_chain(cut: Parts, chain: Sequence[Range], source: FoldedText) -> Finding:
    start, end = source.start(chain[0].first), source.end(chain[-1].last - 1)
    if not cut.abridge:
        return Finding(TYPOGRAPHY, start, end)
    return Finding(ABRIDGED, start, end, left_out=_telling(_left_out(cut, chain, source)))


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
