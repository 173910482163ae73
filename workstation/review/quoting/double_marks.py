"""The double quotation marks of a text in pairs, read once from left to right."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from workstation.domain.typography import style_of
from workstation.review.quoting.marks import (
    DOUBLE,
    OPENERS,
    PARTNERS,
    Side,
    is_closing_shape,
    is_opening_shape,
    opens_in,
    side_of,
)
from workstation.review.quoting.said_by import said_until


@dataclass(frozen=True, slots=True)
class Pair:
    """The code points of the two marks around quoted words."""

    opening: int
    closing: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points ``start`` to ``end`` of a text in which a quotation must end: a block, or a whole block quote.

    ``flows`` tells that a quotation may go on in the next stretch, which then opens with the same mark again; ``quoted`` that
    it is a block quote.
    """

    start: int
    end: int
    flows: bool = False
    quoted: bool = False


@dataclass(slots=True)
class Marked:
    """The pairs in the order in which they close, the marks without a partner, and those that may as well be apostrophes."""

    pairs: list[Pair] = field(default_factory=list)
    lonely: list[int] = field(default_factory=list)
    spare: list[int] = field(default_factory=list)


def double_marks(text: str, stretches: Sequence[Stretch], language: str) -> Marked:
    """The double marks of ``text``. Takes time in proportion to their number."""
    reader = _Reader(text, language)
    at = 0
    places = [match.start() for match in DOUBLE.finditer(text)]
    for index, stretch in enumerate(stretches):
        first = at
        at = bisect_left(places, stretch.end, at)
        reader.read(places[first:at])
        following = stretches[index + 1].start if index + 1 < len(stretches) and stretch.flows else None
        reader.end(stretch, following)
    reader.marked.lonely.sort()
    return reader.marked


_GUILLEMETS = "«»‹›"
_MISTYPED = frozenset('“”„‟"«»＂❝❞')
"""Marks that are typed for one another; the corner brackets of Chinese and Japanese are not."""
_MEASURE = re.compile(r"\d['’′]\s?\d+(?:[.,]\d+|[¼½¾])?[\"”]")
_LONGEST_MEASURE = 12
_HEBREW = re.compile("[\u05d0-\u05ea]")
_HEBREW_PREFIX = re.compile("(?<![\u05d0-\u05ea])[ובהלמשכ]{1,3}$")
_AROUND_NOTHING = re.compile(r'"{3,}|(?<![^\s(\[{=,:])""(?!\w)')
"""Straight marks that quote nothing: two with no word between them, or a row of more."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।—–]")
_SENTENCE_BREAK = re.compile(r"[.!?…]\s")
_DEEPEST = 4
"""How deep the open marks are looked at for one that goes on in the next paragraph."""
_AHEAD = 5
"""How many marks ahead it is looked whether a quotation has its right closing mark."""


class _Reader:
    def __init__(self, text: str, language: str) -> None:
        self.marked = Marked()
        self._text = text
        self._language = language
        self._open: list[int] = []
        self._counts: Counter[str] = Counter()
        self._ahead: Sequence[int] = ()
        self._again = -1
        self._around_nothing = {at for row in _AROUND_NOTHING.finditer(text) for at in range(*row.span())}
        self._prefixed: int | None = None

    def read(self, places: Sequence[int]) -> None:
        """Takes the marks at ``places``, all inside of one stretch."""
        self._prefixed = None
        for index, at in enumerate(places):
            self._ahead = places[index + 1 : index + 1 + _AHEAD]
            opens_again = at == self._again or self._opens_a_line_again(at)
            if not opens_again and not self._is_no_mark(at):
                self._take(at)

    def end(self, stretch: Stretch, following: int | None) -> None:
        """A quotation goes on behind a stretch only where the next one, at ``following``, opens with the same mark again."""
        goes_on = self._goes_on(stretch, following)
        kept = self._open[goes_on] if goes_on is not None else None
        self.marked.lonely.extend(at for at in self._open if at != kept)
        self._open = [] if kept is None else [kept]
        self._counts = Counter(self._text[at] for at in self._open)
        self._again = -1 if kept is None or following is None else following

    def _goes_on(self, stretch: Stretch, following: int | None) -> int | None:
        """The index of the open mark whose quotation goes on at ``following``."""
        if following is None or not self._open:
            return None
        again = self._text[following : following + 1]
        for index, at in enumerate(self._open[:_DEEPEST]):
            same = self._text[at] == again or (self._text[at] == "«" and again == "»")
            if same and not self._is_fragment(at, stretch.end):
                return index
        return None

    def _is_fragment(self, at: int, end: int) -> bool:
        """Whether what is open at ``at`` is no sentence: then nobody would go on with it in a new paragraph."""
        said = self._text[at + 1 : end].strip()
        begins_small = said[:1].islower() and not _SENTENCE_BREAK.search(said)
        return begins_small or not _SENTENCE_END.search(said[-4:]) or self._names_its_speaker(at, end)

    def _names_its_speaker(self, at: int, end: int) -> bool:
        """Whether the words behind the mark at ``at`` end by saying whose they are: then its closing mark is missing before."""
        turn = said_until(self._text, at + 1, end, self._language)
        return turn is not None and not _SENTENCE_BREAK.search(self._text, turn, end)

    def _opens_a_line_again(self, at: int) -> bool:
        """Whether a line inside of a block opens with the mark of the quotation that goes on there."""
        return bool(self._open) and self._text[at - 1 : at] == "\n" and self._text[at] == self._text[self._open[0]]

    # --- what is no quotation mark ---------------------------------------------------------------------------------

    def _is_no_mark(self, at: int) -> bool:
        """Whether the mark abbreviates a Hebrew word, measures inches or minutes, or quotes nothing."""
        mark, text = self._text[at], self._text
        if mark in "»›":
            return self._leads_on(at)
        if mark not in '"”＂':
            return False
        if self._is_gershayim(at) or at in self._around_nothing or text[at - 1 : at] == "\\":
            return True
        return text[at - 1 : at].isdigit() and self._measures(at)

    def _leads_on(self, at: int) -> bool:
        """Whether it stands between two steps of a path, as in "News › World"."""
        alone = self._text[at - 1 : at].isspace() and self._text[at + 1 : at + 2].isspace()
        spaced = self._text[at] == "»" and style_of(self._language).guillemet_space != ""
        return alone and not spaced and not self._closes_one(self._text[at])

    def _measures(self, at: int) -> bool:
        """Whether a mark behind a figure is a sign of measure: where it closes nothing, or what it closes is closed later."""
        start = max(0, at + 1 - _LONGEST_MEASURE)
        if any(match.end() == at + 1 - start for match in _MEASURE.finditer(self._text[start : at + 1])):
            return True
        if not self._closes_one(self._text[at]):
            return not self._open or self._is_closed_ahead() or self._text[self._open[-1]] not in _MISTYPED
        following = self._ahead[0] if self._ahead else at
        same = following > at and self._text[following] == self._text[at]
        return same and self._text[at] == '"' and side_of(self._text, following) is Side.CLOSES

    def _is_gershayim(self, at: int) -> bool:
        if not (_HEBREW.match(self._text, at + 1) and _HEBREW.match(self._text[at - 1 : at])):
            return False
        if self._prefixed is None and _HEBREW_PREFIX.search(self._text[max(0, at - 4) : at]):
            self._prefixed = at
        return True

    # --- pairs -----------------------------------------------------------------------------------------------------

    def _take(self, at: int) -> None:
        mark = self._text[at]
        side = side_of(self._text, at)
        if self._closes_one(mark) and not (side is Side.OPENS and self._may_open_inside(mark)):
            self._close(at)
        elif self._stands_for_another(mark, side):
            self.marked.pairs.append(Pair(self._pop(), at))
        elif self._opens(mark, side):
            if self._open and self._ends_before(at):
                self.marked.lonely.append(self._pop())
            self._open.append(at)
            self._counts[mark] += 1
        elif self._prefixed is not None and mark in '"”':
            self.marked.pairs.append(Pair(self._prefixed, at))
            self._prefixed = None
        else:
            self.marked.lonely.append(at)

    def _is_closed_ahead(self) -> bool:
        """Whether one of the next marks closes the innermost open quotation, and those between make pairs of their own."""
        text, closers = self._text, PARTNERS.get(self._text[self._open[-1]], "")
        inner = ""
        for at in self._ahead:
            if inner and text[at] not in inner:
                return False
            if inner:
                inner = ""
            elif side_of(text, at) is Side.OPENS:
                inner = PARTNERS.get(text[at], "")
            elif text[at] in closers:
                return True
        return False

    def _ends_before(self, at: int) -> bool:
        """Whether the innermost open quotation ended without a mark: its speaker is named before ``at``, whose pair is odd."""
        partners = PARTNERS.get(self._text[at], "")
        sound = not self._ahead or self._text[self._ahead[0]] in partners
        return not sound and said_until(self._text, self._open[-1] + 1, at, self._language) is not None

    def _closes_one(self, mark: str) -> bool:
        """Whether the mark closes a quotation that is open."""
        return any(self._counts[opening] for opening in OPENERS.get(mark, ""))

    def _may_open_inside(self, mark: str) -> bool:
        """Whether a mark that could close, but stands before a word, opens a quotation inside of the open one."""
        if mark in "”»›":
            return not any(self._counts[opening] for opening in OPENERS[mark] if opening != mark)
        return mark in '"＂“«‹'

    def _close(self, at: int) -> None:
        mark = self._text[at]
        while mark not in PARTNERS.get(self._text[self._open[-1]], ""):
            self.marked.lonely.append(self._pop())
        self.marked.pairs.append(Pair(self._pop(), at))

    def _pop(self) -> int:
        at = self._open.pop()
        self._counts[self._text[at]] -= 1
        return at

    def _stands_for_another(self, mark: str, side: Side) -> bool:
        """Whether the mark, which closes nothing, stands where the innermost open quotation ends."""
        if not self._open or mark not in _MISTYPED or self._text[self._open[-1]] not in _MISTYPED or self._is_closed_ahead():
            return False
        if side is Side.NEITHER:
            return mark not in "«‹"
        return side is Side.CLOSES or (side is Side.EITHER and mark in "”»" and not opens_in(mark, self._language or "en"))

    def _opens(self, mark: str, side: Side) -> bool:
        if mark in _GUILLEMETS or mark in '"＂':
            return side is not Side.CLOSES
        if is_opening_shape(mark):
            return side is not Side.CLOSES or mark not in _MISTYPED
        return mark == "”" and side in (Side.OPENS, Side.EITHER)


def outside_in(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs by where they open, the outer before the inner ones."""
    return sorted(pairs, key=lambda pair: (pair.opening, -pair.closing))


def is_unopened(mark: str, side: Side, language: str) -> bool:
    """Whether a mark without a partner would close a quotation rather than open one."""
    if is_closing_shape(mark) and not opens_in(mark, language):
        return True
    return side is Side.CLOSES
