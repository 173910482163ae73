"""Where a text quotes: words between quotation marks, whole block quotes, and words tied to a quote.

Marks of many languages are known, also around several paragraphs (each opens, only the last closes) and inside one
another: then the outermost counts. An apostrophe is no quotation mark: single marks count only where they clearly quote.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from workstation.domain.body import BlockKind, Body
from workstation.review.quoting.double_marks import Pair, Stretch, double_marks
from workstation.review.quoting.mark_faults import FaultKind, MarkFault, judged_marks
from workstation.review.quoting.marks import PARTNERS, is_pair
from workstation.review.quoting.single_marks import single_marks
from workstation.review.quoting.words import words_in


@dataclass(frozen=True, slots=True)
class Quotation:
    """Code points ``start`` to ``end`` of a text, without the marks around them; ``quote`` is the id it is tied to."""

    start: int
    end: int
    quote: str | None = None

    def printed(self, text: str) -> str:
        """The quoted words in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Quoting:
    """The quotations of a text, in order, and what is wrong with its quotation marks.

    ``straight`` and ``curly`` are its pairs of double marks that are right, at every depth; what is not straight counts as curly.
    """

    text: str
    quotations: tuple[Quotation, ...] = ()
    faults: tuple[MarkFault, ...] = ()
    straight: tuple[Pair, ...] = ()
    curly: tuple[Pair, ...] = ()


def quoting_of(body: Body, language: str = "") -> Quoting:
    """The quotations in ``body``; offsets count code points of ``body.text``.

    ``language`` is the BCP 47 tag of the text and decides which marks are right; "" lets every language's pairs pass.
    """
    text = body.text
    spans, marked = _between_marks(text, list(_stretches(body)), language)
    unclosed = {fault.at for fault in marked.faults if fault.kind is FaultKind.UNCLOSED}
    block_quotes = [_without_lonely_mark(quotation, unclosed) for quotation in _block_quotes(body, text)]
    inside = _apart_from(spans, block_quotes)
    ties = list(_ties(body))
    tied = [_tie(quotation, ties) for quotation in (*block_quotes, *inside)]
    alone = [_trimmed(text, tie) for tie in ties if not any(_overlap(tie, quotation) for quotation in tied)]
    found = sorted((*tied, *alone), key=lambda quotation: quotation.start)
    return replace(marked, quotations=tuple(_with_words(text, found)))


def quoting_in(text: str, language: str = "") -> Quoting:
    """The quotations in a plain ``text`` such as a headline; ``language`` as in :func:`quoting_of`."""
    spans, marked = _between_marks(text, [Stretch(0, len(text))], language)
    return replace(marked, quotations=tuple(_with_words(text, spans)))


def _with_words(text: str, quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    """The quotations that hold at least one word."""
    for quotation in quotations:
        if any(not word.is_sign for word in words_in(quotation.printed(text))):
            yield quotation


def _apart_from(spans: Iterable[Quotation], wholes: Iterable[Quotation]) -> Iterator[Quotation]:
    """The spans that touch none of ``wholes``; both are in order."""
    rest = deque(wholes)
    for span in spans:
        while rest and rest[0].end <= span.start:
            rest.popleft()
        if not rest or not _overlap(span, rest[0]):
            yield span


def _overlap(one: Quotation, other: Quotation) -> bool:
    return one.start < other.end and other.start < one.end


# --- block quotes and ties -----------------------------------------------------------------------------------------


def _blocks(body: Body) -> Iterator[tuple[int, int]]:
    """Start and end of each block in the body's text."""
    at = 0
    for block in body.blocks:
        yield at, at + len(block.text)
        at += len(block.text) + 1


def _without_lonely_mark(quotation: Quotation, unclosed: Container[int]) -> Quotation:
    return replace(quotation, start=quotation.start + 1) if quotation.start in unclosed else quotation


def _stretches(body: Body) -> Iterator[Stretch]:
    """Where quotations must end: each block, but the blocks of one block quote together. Only paragraphs let them go on."""
    places = zip(body.blocks, _blocks(body), strict=True)
    for quoted, group in groupby(places, key=lambda pair: pair[0].quoted):
        blocks = list(group)
        if quoted:
            yield Stretch(blocks[0][1][0], blocks[-1][1][1], quoted=True)
            continue
        for index, (block, (start, end)) in enumerate(blocks):
            last = index + 1 == len(blocks)
            yield Stretch(start, end, flows=not last and block.kind == blocks[index + 1][0].kind == BlockKind.PARAGRAPH)


_ATTRIBUTION = re.compile(r"[—–―-]\s*\S")
_ATTRIBUTION_WORDS = 15


def _block_quotes(body: Body, text: str) -> Iterator[Quotation]:
    """Every block quote as one quotation, without a last line that begins with a dash and names the speaker."""
    places = zip(body.blocks, _blocks(body), strict=True)
    for quoted, group in groupby(places, key=lambda pair: pair[0].quoted):
        lines = [place for _, place in group]
        if not quoted:
            continue
        start, end = lines[-1]
        last = text[start:end]
        if len(lines) > 1 and _ATTRIBUTION.match(last) and len(last.split()) <= _ATTRIBUTION_WORDS:
            lines.pop()
        yield _trimmed(text, Quotation(lines[0][0], lines[-1][1]))


def _ties(body: Body) -> Iterator[Quotation]:
    """The stretches of the text that are tied to one quote."""
    at = 0
    runs: list[Quotation] = []
    for block in body.blocks:
        for run in block.runs:
            runs.append(Quotation(at, at + len(run.text), run.marks.quote))
            at += len(run.text)
        at += 1
    for quote, group in groupby(runs, key=lambda run: run.quote):
        stretch = list(group)
        if quote:
            yield Quotation(stretch[0].start, stretch[-1].end, quote)


def _tie(quotation: Quotation, ties: Iterable[Quotation]) -> Quotation:
    tie = next((tie for tie in ties if _overlap(tie, quotation)), None)
    return replace(quotation, quote=tie.quote) if tie else quotation


_EDGES = " \n\u00a0\u202f"


def _trimmed(text: str, quotation: Quotation) -> Quotation:
    """``quotation`` without spaces and without one pair of marks around it."""
    inner = _without_spaces(text, quotation)
    start, end = inner.start, inner.end
    if end - start > 1 and text[end - 1] in PARTNERS.get(text[start], ""):
        return _without_spaces(text, replace(inner, start=start + 1, end=end - 1))
    return inner


def _without_spaces(text: str, quotation: Quotation) -> Quotation:
    start, end = quotation.start, quotation.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return replace(quotation, start=start, end=end)


# --- marks ---------------------------------------------------------------------------------------------------------


def _between_marks(written: str, stretches: Sequence[Stretch], language: str) -> tuple[list[Quotation], Quoting]:
    """The outermost quotations between marks, in order; and all else that is to be told of the marks."""
    text = _with_whole_marks(written)
    doubles = double_marks(text, stretches, language)
    singles = single_marks(text, stretches, doubles)
    judged = judged_marks(text, stretches, doubles, singles, language)
    pairs = [Quotation(pair.opening + 1, pair.closing) for pair in (*doubles.pairs, *singles.pairs)]
    spans = _outermost((*pairs, *(Quotation(start, end) for start, end in judged.spans)))
    right = [pair for pair in doubles.pairs if is_pair(text[pair.opening], text[pair.closing], language)]
    straight = tuple(pair for pair in right if text[pair.opening] in '"＂')
    curly = tuple(pair for pair in right if text[pair.opening] not in '"＂')
    return [_without_spaces(text, span) for span in spans], Quoting(written, (), judged.faults, straight, curly)


_TWO = "‘‘|’’|''"
_TYPED_TWICE = re.compile(rf"(?<![\w‘’'])(?:{_TWO})(?=[^\s‘’'])((?:(?!{_TWO}).)+)(?<=\S)(?:{_TWO})(?![\w‘’'])")


def _with_whole_marks(text: str) -> str:
    """``text``, as long as before, with one double mark in the place of two single ones around the same words, as in Urdu."""
    if not any(two in text for two in _TWO.split("|")):
        return text
    return _TYPED_TWICE.sub("\u2060“\\1”\u2060", text)


def _outermost(spans: Iterable[Quotation]) -> list[Quotation]:
    found: list[Quotation] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found
