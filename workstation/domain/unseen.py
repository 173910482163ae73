"""Signs that nobody sees, in lines that are read at a glance: headlines, names, alternative texts.

What a script or an emoji needs stays: joiners between letters that join, variation selectors, marks and isolates of writing
direction that are opened and closed. Everything else only makes a line another one than it seems to be.
"""

from __future__ import annotations

import re
import unicodedata

_NEVER = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028\u2029\u202d\u202e\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffc\U000e0000-\U000e001f]"
)
_MAY_BE = re.compile("[\u200c\u200d\u202a-\u202c\u2066-\u2069\U000e0020-\U000e007f]")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_CLOSES = frozenset(_OPENS.values())
_NOT_JOINING = ("LATIN", "GREEK", "CYRILLIC", "DIGIT", "ARMENIAN", "GEORGIAN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "HEBREW")
_FLAG, _FIRST_TAG = "\U0001f3f4", "\U000e0020"


def without_tricks(line: str) -> str:
    """``line`` without signs that nobody sees and that no script needs."""
    if line.isascii():
        return line
    line = _NEVER.sub("", line)
    if not _MAY_BE.search(line):
        return line
    unmatched = _unmatched(line)
    kept: list[str] = []
    for at, sign in enumerate(line):
        if at not in unmatched and (sign not in "\u200c\u200d" or _joins(line, at)) and not _is_loose_tag(sign, kept):
            kept.append(sign)
    return "".join(kept)


def _unmatched(line: str) -> set[int]:
    """The places of the signs of direction that are opened and never closed, or closed and never opened."""
    opened: list[int] = []
    lost: set[int] = set()
    for at, sign in enumerate(line):
        if sign in _OPENS:
            opened.append(at)
        elif sign in _CLOSES:
            if opened and _OPENS[line[opened[-1]]] == sign:
                opened.pop()
            else:
                lost.add(at)
    return lost | set(opened)


def _joins(line: str, at: int) -> bool:
    """Whether the joiner at ``at`` stands behind a sign that can be joined, and before another."""
    before, after = line[at - 1 : at] if at else "", line[at + 1 : at + 2]
    return bool(before and after) and _can_join(before) and _can_join(after)


def _can_join(sign: str) -> bool:
    if sign.isspace() or unicodedata.category(sign) in {"Cf", "Cc"}:
        return False
    return not unicodedata.name(sign, "").startswith(_NOT_JOINING)


def _is_loose_tag(sign: str, kept: list[str]) -> bool:
    """Whether it is a tag outside of a flag, as those of Scotland and Wales are spelled."""
    if not sign >= _FIRST_TAG:
        return False
    behind = next((one for one in reversed(kept) if one < _FIRST_TAG), "")
    return behind != _FLAG
