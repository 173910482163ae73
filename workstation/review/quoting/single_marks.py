"""The single quotation marks of a text in pairs, where it is clear that they quote: an apostrophe is no quotation mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workstation.review.quoting.double_marks import Marked, Pair, Stretch, outside_in
from workstation.review.quoting.marks import SINGLE, beside

_OPENER = re.compile(r"(?<![^\s(\[{“„\"«»‹›「『—–―/\u200e\u200f\u2066-\u2068-])[‘'‚‛’](?=[^\W_]|[“„\"«¿¡\[…\u2066-\u2068])")
_ELISION = re.compile(
    r"['‘’‛](?:(?i:\d0?s|\d\ds?\b|tis|twas|twere|twill|em|n|til|nuff|neath|gainst|scuse|cos|coz|cuz|ello|allo|ave|ere|twixt|pon"
    r"|s|t|d|m|k|r|ve|re|ll|nem|nen|ner|ndrangheta)(?![^\W_])"
    r"|(?:cause|till|bout|round|cross|kay|specially|im|er|is|ne|tude|burbs|hood|phone|copter|fraid|e|alf|ow|ad|as|nother|sto|sta)"
    r"(?![^\W_]|['’]))"
)
"""Words that begin with an apostrophe; those of the second kind are also words of their own, which a quotation may begin with."""
_CLIPPED = re.compile(r"‘(?i:\d|tis|twas|twere|twill|em|n|til|cause|bout|round)(?![^\W_])")
_CLOSED = re.compile(r"[^‘’\n]+(?:’[^\W_][^‘’\n]*)*[.,!?]’(?![^\W_])")
_POSSESSIVE = "sSzZxX"
_CLIPPED_END = re.compile(r"(?:in|\b(?:an|o|ol|th|wi|de|po|mo|lil|fo|goin))$", re.IGNORECASE)
_LONGEST_CLIPPED = 6
_NAME = 3
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that have no apostrophe: there a curly mark quotes, whatever stands beside it."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A single mark that may quote; ``clear`` tells that it can hardly be an apostrophe where it closes."""

    at: int
    opens: bool = False
    clear: bool = False
    is_break: bool = False


def single_marks(text: str, stretches: Sequence[Stretch], doubles: Marked) -> Marked:
    """The single marks of ``text``, each paired only with marks inside of the same double ones.

    ``lonely`` are opening marks that nothing closes, and marks that can only close and have nothing to close. Whether the first
    are quotation marks at all is not certain: a name may begin with a sign of this form.
    """
    marked = Marked()
    marks = list(_marks_in(text))
    if not marks:
        return marked
    for group in _grouped(marks, stretches, doubles):
        _Pairing(text, marked).read(group)
    marked.pairs.sort(key=lambda pair: pair.closing)
    marked.lonely.sort()
    return marked


_ABBREVIATED = re.compile(r"(?:\b[A-Z][a-z]{0,4}|\.[A-Z])\.$")
_LONGEST_ABBREVIATED = 8


def is_strong_closer(text: str, at: int) -> bool:
    """Whether a single mark at ``at`` stands behind the sentence's own sign, where no apostrophe stands."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or before not in ".,!?…" or after.isalnum() or SINGLE.match(text, max(0, at - 2)):
        return False
    return not _ABBREVIATED.search(text[max(0, at - _LONGEST_ABBREVIATED) : at])


def _marks_in(text: str) -> Iterator[_Mark]:
    for match in SINGLE.finditer(text):
        at = match.start()
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if text[at] in "‘’" and (_EAST_ASIAN.match(before) or _EAST_ASIAN.match(after)):
            yield _Mark(at, opens=text[at] == "‘", clear=text[at] == "’")
        elif text[at] in (before, after):
            if text[at] == "’" == before and text[at - 2 : at - 1].isalnum():  # a plural's apostrophe before it
                yield _Mark(at, clear=True)
        elif _may_open(text, at):
            yield _Mark(at, opens=True)
        elif before and not before.isspace() and before not in "([{“„«" and not (after.isalnum() or after == "_"):
            yield _Mark(at, clear=_is_clear(text, at))


def _may_open(text: str, at: int) -> bool:
    return bool(_OPENER.match(text, at)) and (not _ELISION.match(text, at) or _surely_opens(text, at))


def _surely_opens(text: str, at: int) -> bool:
    """Whether an opening mark before a word such as "as" is closed behind its sentence's own sign, as in ‘as if.’ it is."""
    return text[at] == "‘" and _CLOSED.match(text, at + 1) is not None and not _CLIPPED.match(text, at)


def _is_clear(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    if before in _POSSESSIVE and after in (" ", "\u00a0") and after:
        return _stands_before_a_translation(text, at)
    return text[at] in "’'" or not beside(text, at, 1).isalnum()


def _stands_before_a_translation(text: str, at: int) -> bool:
    """Whether a quotation in brackets follows: ‘… des pluies’ (‘… of the rains’)."""
    return text[at + 2 : at + 4] in ("(‘", "('")


def _grouped(marks: Sequence[_Mark], stretches: Sequence[Stretch], doubles: Marked) -> Iterator[list[_Mark]]:
    """The marks by the innermost double pair that holds them; those in none with the breaks at which a quotation must end."""
    breaks = [_Mark(stretch.end, is_break=True) for stretch in stretches]
    groups: dict[int, list[_Mark]] = defaultdict(list)
    pairs = outside_in(doubles.pairs)
    index = 0
    around: list[Pair] = []
    for mark in sorted((*marks, *breaks), key=lambda mark: (mark.at, not mark.is_break)):
        while index < len(pairs) and pairs[index].opening < mark.at:
            _leave(around, pairs[index].opening)
            around.append(pairs[index])
            index += 1
        _leave(around, mark.at)
        if mark.is_break:
            groups[-1].append(mark)
        else:
            groups[around[-1].opening if around else -1].append(mark)
    yield from groups.values()


def _leave(around: list[Pair], at: int) -> None:
    while around and around[-1].closing < at:
        around.pop()


class _Pairing:
    def __init__(self, text: str, marked: Marked) -> None:
        self._text = text
        self._marked = marked
        self._opened: int | None = None
        self._likely: int | None = None

    def read(self, group: Iterable[_Mark]) -> None:
        again = -1
        for mark in group:
            if mark.is_break:
                again = mark.at + 1
                if self._opened is not None and self._likely is None and self._goes_on(again):
                    continue
                self._end()
            elif mark.at == again and self._goes_on(again):
                continue
            elif mark.opens:
                self._open(mark.at)
            else:
                self._close(mark)
        self._end()

    def _goes_on(self, again: int) -> bool:
        return self._opened is not None and self._text[again : again + 1] == self._text[self._opened]

    def _open(self, at: int) -> None:
        if self._text[at] == "’" and self._opened is not None:
            return
        self._end()
        self._opened = at

    def _close(self, mark: _Mark) -> None:
        if self._opened is None:
            if is_strong_closer(self._text, mark.at):
                self._marked.lonely.append(mark.at)
            elif mark.clear and not self._is_clipped(mark.at):
                self._marked.spare.append(mark.at)
        elif mark.clear:
            self._pair(mark.at)
        elif self._likely is None:
            self._likely = mark.at

    def _end(self) -> None:
        """The quotation that is open ends at the likeliest mark so far, if there is one."""
        if self._opened is not None and self._likely is not None:
            self._pair(self._likely)
        elif self._opened is not None:
            self._marked.lonely.append(self._opened)
        self._opened = self._likely = None

    def _pair(self, closing: int) -> None:
        opening = self._opened
        self._opened = self._likely = None
        if opening is None:
            return
        if self._is_sound(opening, closing):
            self._marked.pairs.append(Pair(opening, closing))
        else:
            self._marked.lonely.append(opening)

    def _is_sound(self, opening: int, closing: int) -> bool:
        """Whether two marks that are no pair by their form, or that both look like apostrophes, clearly quote."""
        first, last = self._text[opening], self._text[closing]
        usual = (first, last) in (("‘", "’"), ("'", "'"), ("‚", "‘"), ("‚", "’"), ("‛", "’"))
        if first == "‚" or last == "‘":
            return True
        return self._is_likely(opening, closing) if usual else not self._is_clipped(closing)

    def _is_likely(self, opening: int, closing: int) -> bool:
        """Whether a mark behind a plural closes: hardly where a name stands far ahead, with a sign of its own before it."""
        if self._text[closing - 1] not in _POSSESSIVE or self._text[closing + 1 : closing + 2] != " ":
            return True
        if _stands_before_a_translation(self._text, closing):
            return True
        words = self._text[opening + 1 : closing].split()
        return len(words) <= _NAME or not words[0][:1].isupper() or len(words[0]) <= 1

    def _is_clipped(self, at: int) -> bool:
        """Whether the mark may stand for letters left out at the end of a word, or make a plural a possessive."""
        clipped = _CLIPPED_END.search(self._text[max(0, at - _LONGEST_CLIPPED) : at])
        return self._text[at - 1] in _POSSESSIVE or clipped is not None
