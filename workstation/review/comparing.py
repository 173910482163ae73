"""A printed quotation compared, word by word, with one source's text.

No measure of likeness ever passes a quotation: it is exact, or the same but for typography, or it is not. Likeness only
finds the passage that an altered quotation came from, so that the differing words can be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from workstation.review.findings import EXACT, NOT_FOUND, TYPOGRAPHY, Finding
from workstation.review.parts import Part, Range, places_of, split_parts, whole_part
from workstation.review.words import FoldedText, folded_text, join, words_in


@lru_cache(maxsize=4096)
def compare(printed: str, text: str, near: int | None = None) -> Finding:
    """How ``printed`` compares with ``text``; of several places the exact one is told, or the one nearest to ``near``."""
    source = folded_text(text)
    whole = whole_part(printed)
    if not whole.words or not len(source):
        return NOT_FOUND
    found = [_told(printed, whole, place, source) for place in places_of(whole, source)]
    if found:
        best = min(found, key=lambda finding: (_distance(finding, near), finding.verdict != EXACT))
        return _with_places(best, len(found))
    parts = split_parts(printed)
    if len(parts) > 1 or (parts and parts[0].words != whole.words):
        chain = _chain(parts, source)
        if chain:
            return _told_chain(chain, source)
    from workstation.review.nearest import nearest_passage  # noqa: PLC0415 - loads rapidfuzz, which a start does not need

    return nearest_passage(printed, parts or [whole], source)


def _distance(finding: Finding, near: int | None) -> int:
    return 0 if near is None or finding.start is None else abs(finding.start - near)


def _with_places(finding: Finding, places: int) -> Finding:
    return Finding(finding.verdict, finding.start, finding.end, places=places)


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


def _chain(parts: Sequence[Part], source: FoldedText) -> list[Range] | None:
    """The tightest places that have all parts in order, with no more words between them than each part allows."""
    places = [places_of(part, source) for part in parts]
    chains = [chain for start in places[0] if (chain := _chain_from(start, parts, places, source))]
    return min(chains, key=lambda chain: chain[-1].last - chain[0].first, default=None)


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
    if part.gap is None:
        return True
    copied = bool(part.inserted) and join(part.inserted) in join(left_out)
    return len(left_out) == len(part.inserted) if copied else len(left_out) <= part.gap


def _told_chain(chain: Sequence[Range], source: FoldedText) -> Finding:
    gaps = [source.wording(before.last, after.first) for before, after in pairwise(chain)]
    left_out = tuple(gap for gap in gaps if gap)
    return Finding(TYPOGRAPHY, source.start(chain[0].first), source.end(chain[-1].last - 1), left_out=left_out)
