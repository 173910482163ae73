"""Every quotation mark has its partner, and the right one; a story keeps to one style of marks."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Fix, Problem, Severity
from workstation.domain.typography import style_of
from workstation.review.excerpts import words_around
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.quoting.double_marks import Pair
from workstation.review.quoting.mark_faults import FaultKind, MarkFault

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
    excerpt = words_around(text, fault.at, fault.at + 1, _SHOWN)
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
    """One warning where the story has both; at the first pair of the style that is used less.

    Another language's own marks, such as guillemets around an original, are neither.
    """
    straight = [passage for passage in passages if passage.quoting.straight and style_of(passage.language).double]
    curly = [passage for passage in passages if _curly(passage)]
    if not straight or not curly:
        return
    straights = sum(len(passage.quoting.straight) for passage in straight)
    curlies = sum(len(_curly(passage)) for passage in curly)
    if straights <= curlies:
        passage = straight[0]
        yield _odd(passage, passage.quoting.straight, straights, "curly", "straight", _in_curly(passage))
    else:
        yield _odd(curly[0], _curly(curly[0]), curlies, "straight", "curly", None)


def _curly(passage: Passage) -> tuple[Pair, ...]:
    """The pairs that open with one of the marks that straight ones stand for in the text's language."""
    usual = "“”„" + (style_of(passage.language).double or ("", ""))[0]
    return tuple(pair for pair in passage.quoting.curly if passage.text[pair.opening] in usual)


def _odd(passage: Passage, pairs: tuple[Pair, ...], count: int, usual: str, rarer: str, fix: Fix | None) -> Problem:
    pair = min(pairs, key=lambda pair: pair.opening)
    others = f" and {count - 1} more" if count > 1 else ""
    message = f"The story sets quotations in {usual} marks, but this one{others} in {rarer} ones. Keep to one style."
    place = passage.place_of(pair.opening, pair.closing + 1)
    return Problem(RULE, Severity.WARNING, place, message, passage.text[pair.opening : pair.closing + 1], fix, about="mixed")


def _in_curly(passage: Passage) -> Fix | None:
    """All straight pairs of a text in the marks of its language, where none stands inside of another quotation."""
    style, pairs = style_of(passage.language), passage.quoting.straight
    every = (*pairs, *passage.quoting.curly)
    inside = any(other.opening < pair.opening < other.closing for other in every for pair in pairs)
    if style.double is None or style.guillemet_space or inside:
        return None
    start, end = min(pair.opening for pair in pairs), max(pair.closing for pair in pairs) + 1
    opening, closing = style.double
    marks = {pair.opening: opening for pair in pairs} | {pair.closing: closing for pair in pairs}
    new = "".join(marks.get(at, passage.text[at]) for at in range(start, end))
    return Fix("Use curly marks", passage.text[start:end], new, start)
