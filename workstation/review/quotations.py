"""Where a text quotes: words between quotation marks, whole block quotes, and words tied to a quote.

Marks of many languages are known, also around several paragraphs (each opens, only the last closes) and inside one
another: then the outermost counts. An apostrophe is no quotation mark: single marks count only where they clearly quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from workstation.domain.body import Body
from workstation.review.words import words_in


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
    """The quotations of a text, in order, and the offsets of quotation marks that have no partner."""

    text: str
    quotations: tuple[Quotation, ...] = ()
    lonely_marks: tuple[int, ...] = ()


def quoting_of(body: Body) -> Quoting:
    """The quotations in ``body``; offsets count code points of ``body.text``."""
    text = body.text
    blocks = list(_blocks(body))
    spans, lonely = _between_marks(text, [end for _, end in blocks])
    block_quotes = list(_block_quotes(body, text))
    inside = [span for span in spans if not any(_overlap(span, whole) for whole in block_quotes)]
    ties = list(_ties(body))
    tied = [_tie(quotation, ties) for quotation in (*block_quotes, *inside)]
    alone = [_trimmed(text, tie) for tie in ties if not any(_overlap(tie, quotation) for quotation in tied)]
    found = sorted((*tied, *alone), key=lambda quotation: quotation.start)
    quoted = [place for block, place in zip(body.blocks, _blocks(body), strict=True) if block.quoted]
    lonely = [at for at in lonely if not any(start <= at < end for start, end in quoted)]
    return Quoting(text, tuple(_with_words(text, found)), tuple(lonely))


def quoting_in(text: str) -> Quoting:
    """The quotations in a plain ``text`` such as a headline."""
    spans, lonely = _between_marks(text, [len(text)])
    return Quoting(text, tuple(_with_words(text, spans)), tuple(lonely))


def _with_words(text: str, quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    """The quotations that hold at least one word."""
    for quotation in quotations:
        if any(not word.is_sign for word in words_in(quotation.printed(text))):
            yield quotation


def _overlap(one: Quotation, other: Quotation) -> bool:
    return one.start < other.end and other.start < one.end


# --- block quotes and ties -----------------------------------------------------------------------------------------


def _blocks(body: Body) -> Iterator[tuple[int, int]]:
    """Start and end of each block in the body's text."""
    at = 0
    for block in body.blocks:
        yield at, at + len(block.text)
        at += len(block.text) + 1


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
_PARTNERS = {
    "“": "”",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    "❝": "❞",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "＂": "＂",
    "'": "'",
}


def _trimmed(text: str, quotation: Quotation) -> Quotation:
    """``quotation`` without spaces and without one pair of marks around it."""
    inner = _without_spaces(text, quotation)
    start, end = inner.start, inner.end
    if end - start > 1 and text[end - 1] in _PARTNERS.get(text[start], ""):
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


def _between_marks(text: str, block_ends: list[int]) -> tuple[list[Quotation], list[int]]:
    """The outermost quotations between marks, in order, and the offsets of double marks without a partner."""
    doubles = _DoubleMarks(text, frozenset(block_ends))
    doubles.read()
    singles = [single for single in _singles(text, block_ends) if not any(_crosses(single, double) for double in doubles.found)]
    spans = _outermost((*doubles.found, *singles))
    return [_without_spaces(text, span) for span in spans], doubles.lonely


def _crosses(single: Quotation, double: Quotation) -> bool:
    """Whether two spans overlap without one holding the other: then the single marks are apostrophes."""
    holds = single.start <= double.start and double.end <= single.end
    held = double.start <= single.start and single.end <= double.end
    return _overlap(single, double) and not holds and not held


def _outermost(spans: Iterable[Quotation]) -> list[Quotation]:
    found: list[Quotation] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


_DOUBLES = re.compile('["“”„‟«»‹›「」『』〝〞〟＂❝❞]')
_MISTYPED = {"“": '"“', '"': "”", "„": '"', "”": '"'}
"""What stands for the closing mark where two styles were mixed; only after a word and before none."""

_ALWAYS_OPEN = frozenset("„‟「『〝❝")
_ALWAYS_CLOSE = frozenset("」』〞〟❞")
_BOTH_SIDES_HEBREW = re.compile('[\u05d0-\u05ea]["”][\u05d0-\u05ea]')


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    at: int


class _DoubleMarks:
    """Reads a text's double marks once, with the quotations that are open on a stack."""

    def __init__(self, text: str, block_ends: frozenset[int]) -> None:
        self.found: list[Quotation] = []
        self.lonely: list[int] = []
        self._text = text
        self._block_ends = block_ends
        self._open: list[_Open] = []
        self._continued = -1

    def read(self) -> None:
        marks = [match.start() for match in _DOUBLES.finditer(self._text)]
        for at in sorted({*marks, *self._block_ends}):
            if at in self._block_ends:
                self._end_block(at)
            elif at != self._continued and not self._is_no_mark(at):
                self._take(at)

    def _is_no_mark(self, at: int) -> bool:
        """Whether the mark abbreviates a Hebrew word, or measures inches or minutes."""
        text = self._text
        if _BOTH_SIDES_HEBREW.match(text, max(0, at - 1)):
            return True
        measured = text[at] in '"”' and text[at - 1 : at].isdigit()
        return measured and not any(text[at] in _PARTNERS.get(opened.mark, "") for opened in self._open)

    def _take(self, at: int) -> None:
        mark = self._text[at]
        if self._closes(at) and not (mark == "“" and self._starts_word(at)):
            self._close(at)
        elif self._opens(at):
            self._open.append(_Open(mark, at))
        else:
            self.lonely.append(at)

    def _closes(self, at: int) -> bool:
        """Whether the mark at ``at`` closes a quotation that is open."""
        return any(self._pairs(opened.mark, at) for opened in self._open)

    def _pairs(self, opening: str, at: int) -> bool:
        """Whether the mark at ``at`` is the partner of ``opening``, or what is typed for it by mistake."""
        mark = self._text[at]
        if mark in _PARTNERS.get(opening, ""):
            return True
        return mark in _MISTYPED.get(opening, "") and not self._starts_word(at) and not self._text[at - 1].isspace()

    def _close(self, at: int) -> None:
        while self._open:
            opened = self._open.pop()
            if self._pairs(opened.mark, at):
                self.found.append(Quotation(opened.at + 1, at))
                return
            self.lonely.append(opened.at)

    def _opens(self, at: int) -> bool:
        mark = self._text[at]
        if mark in _ALWAYS_CLOSE:
            return False
        if mark in _ALWAYS_OPEN or mark in "“«":
            return True
        return self._starts_word(at)

    def _starts_word(self, at: int) -> bool:
        """Whether the mark stands before a word and not after one."""
        before, after = self._text[at - 1 : at], self._text[at + 1 : at + 2]
        if self._text[at] in "»›" and after in _EDGES:
            return False
        follows_word = before.isalnum() or (before != "" and before in ".,;:!?…)%")
        return after.isalnum() if follows_word else after != "" and not after.isspace()

    def _end_block(self, at: int) -> None:
        """A quotation goes on in the next block only when that block opens with the same mark again."""
        if self._open and self._text[at + 1 : at + 2] == self._open[0].mark:
            self._continued = at + 1
            self.lonely.extend(opened.at for opened in self._open[1:])
            del self._open[1:]
            return
        self.lonely.extend(opened.at for opened in self._open)
        self._open.clear()


# --- single marks --------------------------------------------------------------------------------------------------

_SINGLE_OPENER = re.compile(r"(?<![^\s(\[{“„\"«»‹›—–―/-])[‘'‚](?=[^\W_]|[“„\"«¿¡\[…])")
_ELISION = re.compile(
    r"['‘](?:\d0?s|\d\d\b|tis|twas|twere|twill|em|n|cause|til|till|bout|round|cross|kay|nuff|neath|gainst|specially"
    r"|scuse|cos|coz|ello|im|er|is|ave|ere|s|t|d|m|ve|re|ll|tude|burbs|hood|phone|copter)(?![^\W_])",
    re.IGNORECASE,
)


def _singles(text: str, block_ends: list[int]) -> Iterator[Quotation]:
    """The quotations between single marks, where it is clear that they are no apostrophes."""
    at = 0
    while opener := _SINGLE_OPENER.search(text, at):
        at = opener.end()
        if _ELISION.match(text, opener.start()):
            continue
        end = _reach(text, opener, block_ends)
        closer = _single_closer(text, opener.group(), at, end)
        if closer is not None:
            yield Quotation(opener.end(), closer)
            at = closer + 1


def _reach(text: str, opener: re.Match[str], block_ends: list[int]) -> int:
    """How far a quotation can go: to the end of its block, or on while the next blocks open with the same mark."""
    ends = [end for end in block_ends if end >= opener.end()]
    for end in ends:
        if text[end + 1 : end + 2] != opener.group():
            return end
    return len(text)


def _single_closer(text: str, mark: str, start: int, end: int) -> int | None:
    """The mark that closes: one that cannot be the plural's apostrophe if there is one, else the first."""
    closers = re.compile(rf"(?<=[^\s(\[“„«])[{_PARTNERS[mark]}](?![^\W_])")
    again = _SINGLE_OPENER.search(text, start, end)
    while again and (_ELISION.match(text, again.start()) or text[again.start() - 1] == "\n"):
        again = _SINGLE_OPENER.search(text, again.end(), end)
    candidates = [match.start() for match in closers.finditer(text, start, again.start() if again else end)]
    clear = (at for at in candidates if text[at - 1] not in "sSzZxX" or text[at + 1 : at + 2] not in (" ", "\u00a0"))
    return next(clear, candidates[0] if candidates else None)
