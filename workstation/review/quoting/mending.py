"""The fix that puts a source's wording in the place of altered words, in the style of the printed marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workstation.domain.problem import Fix
from workstation.review.quoting.findings import CLOSES, OPENS, Edit
from workstation.review.quoting.marks import PARTNERS
from workstation.review.quoting.quotations import quoting_in
from workstation.review.quoting.words import MARKS

_MARKS = re.compile(f"[{re.escape(MARKS)}]")
_STRAIGHT = frozenset("\"'")
_AFTER_LETTER = re.compile(r"(?<=\w)'|'(?=\d)")
_OPENING = re.compile(r"(?<![^\s(\[—–])[\"']")
_CURLY_TO_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def fix_for(label: str, text: str, start: int, end: int, edits: Iterable[Edit]) -> Fix | None:
    """The fix for the quotation at ``start`` to ``end`` of ``text``; None where the edits change nothing or leave a mark alone.

    ``old`` is the printed quotation, with as many characters before it as it takes to be the first of its kind.
    """
    old = text[start:end]
    opening, closing = _OPENING_BEFORE.findall(text[:start])[0], _CLOSING_BEHIND.findall(text[end:])[0]
    new = _turned(_mended(old, edits, straight=opening in _STRAIGHT), opening, closing)
    if new == old or not new or _breaks_marks(text[:start], old, new, text[end:]):
        return None
    before = start
    while before > 0 and text.find(text[before:end]) != before:
        before -= 1
    return Fix(label, text[before:end], text[before:start] + new, before)


_OPENING_BEFORE = re.compile(r"\S?[ \u00a0\u202f]?\Z")
_CLOSING_BEHIND = re.compile(r"\A[ \u00a0\u202f]?\S?")
"""A mark with the space that French sets beside it."""
_TURN = re.compile(f"{CLOSES}.*?{OPENS}")


def _turned(words: str, opening: str, closing: str) -> str:
    """``words`` with the marks around the quotation at its turns; where it has none, an ellipsis leaves out what is between."""
    if closing.strip() and closing.strip() in PARTNERS.get(opening.strip(), ""):
        return words.replace(CLOSES, closing).replace(OPENS, opening)
    return _TURN.sub(" … ", words)


def _breaks_marks(before: str, old: str, new: str, after: str) -> bool:
    """Whether ``new`` has quotation marks without partners, and ``old`` in its place none."""
    if _MARKS.findall(old) == _MARKS.findall(new):
        return False
    return len(quoting_in(f"{before}{new}{after}").faults) > len(quoting_in(f"{before}{old}{after}").faults)


def _mended(printed: str, edits: Iterable[Edit], *, straight: bool) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        printed = printed[: edit.start] + _in_style(edit.new, straight=straight) + printed[edit.end :]
    return printed


def _in_style(words: str, *, straight: bool) -> str:
    """``words`` with the apostrophes and inner marks of the house, or straight ones where the quotation has straight marks."""
    if straight:
        return words.translate(_CURLY_TO_STRAIGHT)
    words = _AFTER_LETTER.sub("’", words)
    words = _OPENING.sub("‘", words)
    return words.replace('"', "’").replace("'", "’")
