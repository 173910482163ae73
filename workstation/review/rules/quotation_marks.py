"""Every quotation mark has its partner, and the right one; a story keeps to one style of marks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from workstation.domain.problem import Fix, Problem, Severity
from workstation.domain.typography import style_of
from workstation.review.double_marks import Pair
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.mark_faults import FaultKind, MarkFault
from workstation.review.marks import is_pair

RULE = "quotation-mark"
_SHOWN = 30
_CONTEXT = 12


def quotation_marks(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of quotation marks that are missing or wrong, and once of a story that mixes straight and curly ones."""
    for passage in manuscript.passages:
        for fault in passage.quoting.faults:
            yield _told(passage, fault)
    yield from _mixed(manuscript.passages)


def _told(passage: Passage, fault: MarkFault) -> Problem:
    text = passage.text
    mark = text[fault.at]
    excerpt = _around(text, fault.at)
    place = passage.place_of(fault.at, fault.at + 1)
    return Problem(RULE, Severity.WARNING, place, _message(mark, fault), excerpt, _fix(text, fault), about=mark)


def _message(mark: str, fault: MarkFault) -> str:
    right = fault.mend.new.strip() if fault.mend else ""
    if fault.kind is FaultKind.UNCLOSED:
        mend = f"Put {right} where it ends." if right else "Put in the closing mark where it ends."
        return f"This quotation opens with {mark} and never closes. {mend}"
    if fault.kind is FaultKind.UNOPENED:
        mend = f"Put {right} where it begins." if right else "Put in the opening mark, or take this one out."
        return f"The mark {mark} closes a quotation that nothing opens. {mend}"
    if fault.kind is FaultKind.WRONG_OPENING:
        mend = f"Put {right} there." if right else "Put in the right mark."
        return f"This quotation opens with {mark} and closes with {fault.other}. {mend}"
    mend = f"Close it with {right}." if right else "Put in the right mark."
    return f"This quotation opens with {fault.other} and closes with {mark}. {mend}"


def _around(text: str, at: int) -> str:
    """The words around a mark, cut between words, on one line."""
    start, end = max(0, at - _SHOWN), min(len(text), at + _SHOWN + 1)
    shown = text[start:end]
    if start and " " in shown[: at - start]:
        shown = shown.partition(" ")[2]
    if end < len(text) and " " in text[at + 1 : end]:
        shown = shown.rpartition(" ")[0]
    return " ".join(shown.split())


def _fix(text: str, fault: MarkFault) -> Fix | None:
    if fault.mend is None:
        return None
    start, end, new = fault.mend.start, fault.mend.end, fault.mend.new
    near, far = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    before, line_end = max(near, text.rfind("\n", near, start) + 1), text.find("\n", end, far)
    after = far if line_end < 0 else line_end
    verb = "Close" if fault.kind in (FaultKind.UNCLOSED, FaultKind.WRONG_CLOSING) else "Open"
    return Fix(f"{verb} with {new.strip()}", text[before:after], text[before:start] + new + text[end:after], before)


# --- straight and curly marks in one story -------------------------------------------------------------------------


def _mixed(passages: tuple[Passage, ...]) -> Iterator[Problem]:
    """One warning where the story has both; at the first pair of the style that is used less."""
    pairs = [(passage, pair) for passage in passages if style_of(passage.language).double for pair in _right_pairs(passage)]
    straight = [(passage, pair) for passage, pair in pairs if _is_straight(passage, pair)]
    if not straight or len(straight) == len(pairs):
        return
    curly = [(passage, pair) for passage, pair in pairs if not _is_straight(passage, pair)]
    rarer = straight if len(straight) <= len(curly) else curly
    passage, pair = rarer[0]
    used, other = ("straight", "curly") if rarer is straight else ("curly", "straight")
    told = f"The story sets quotations in {other} marks, but this one{_and_others(len(rarer) - 1)} in {used} ones."
    place = passage.place_of(pair.opening, pair.closing + 1)
    excerpt = passage.text[pair.opening : pair.closing + 1]
    fix = _in_curly(passage, [each for owner, each in rarer if owner is passage]) if rarer is straight else None
    yield Problem(RULE, Severity.WARNING, place, f"{told} Keep to one style.", excerpt, fix, about="mixed")


def _and_others(count: int) -> str:
    return "" if not count else f" and {count} more"


def _right_pairs(passage: Passage) -> Iterator[Pair]:
    text = passage.text
    return (pair for pair in passage.quoting.pairs if is_pair(text[pair.opening], text[pair.closing], passage.language))


def _is_straight(passage: Passage, pair: Pair) -> bool:
    return passage.text[pair.opening] in '"＂'


def _in_curly(passage: Passage, pairs: list[Pair]) -> Fix | None:
    """All straight pairs of a text in the marks of its language, where none stands inside of another quotation."""
    style = style_of(passage.language)
    inside = any(other.opening < pair.opening < other.closing for other in passage.quoting.pairs for pair in pairs)
    if style.double is None or style.guillemet_space or inside:
        return None
    start, end = min(pair.opening for pair in pairs), max(pair.closing for pair in pairs) + 1
    marks = dict(chain.from_iterable(((pair.opening, style.double[0]), (pair.closing, style.double[1])) for pair in pairs))
    new = "".join(marks.get(at, passage.text[at]) for at in range(start, end))
    return Fix("Use curly marks", passage.text[start:end], new, start)
