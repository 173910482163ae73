"""Words that came from elsewhere, without the signs that nobody sees and without spaces that only stand in for spaces."""

from __future__ import annotations

import re

from workstation.domain.unseen import without_tricks

_UNSEEN = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0xA0),
        0xAD,  # soft hyphen
        0x200B,  # zero width space
        0x2060,  # word joiner
        0x202D,  # overrides turn words round for the reader
        0x202E,
        0xFEFF,
        0xFFFC,  # the stand-in for an object
        *range(0xFFF9, 0xFFFC),
    ]
)
_UNSEEN.pop(0x85)
"""Joiners, marks and isolates of writing direction stay: Persian, Indic scripts, emoji and mixed lines need them."""
_WIDE_SPACES = dict.fromkeys([*range(0x2000, 0x2007), 0x2008, 0x200A, 0x205F], " ")
_TABLE = {**_UNSEEN, **_WIDE_SPACES}

NO_BREAK = "\u00a0"
_WHITE_WITH_NO_BREAK = re.compile(r"[ \t\r\n\u00a0]*\u00a0[ \t\r\n\u00a0]*")
_OPENING, _CLOSING = "«‹¿¡§¶№#£$€¥", "»›;:!?%‰°€£$¥–—…"
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "mme",
        "mlle",
        "mm",
        "dr",
        "st",
        "ste",
        "mt",
        "ft",
        "no",
        "nr",
        "nos",
        "fig",
        "vol",
        "art",
        "abs",
        "pp",
        "kap",
        "sec",
        "cf",
        "col",
        "gen",
        "lt",
        "sgt",
        "prof",
        "sr",
        "sra",
        "von",
        "van",
        "de",
    ]
)
_ROMAN = re.compile(r"[IVXLC]+(?!\w)")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_WINDOW = 12


def without_unseen(text: str) -> str:
    """``text`` without soft hyphens, zero-width spaces and controls; wide spaces become plain ones."""
    return "\n".join(map(without_tricks, text.translate(_TABLE).split("\n")))


def settle_spaces(text: str) -> str:
    """``text``, as long as before, whose no-break spaces are plain spaces where nothing has to be held together.

    They stay beside figures, inside French quotation marks and before French punctuation, after initials and titles.
    """
    if NO_BREAK not in text:
        return text
    return _WHITE_WITH_NO_BREAK.sub(lambda found: _settled(found, text), text)


def _settled(found: re.Match[str], text: str) -> str:
    before = text[max(0, found.start() - _WINDOW) : found.start()]
    if len(found.group()) == 1 and _holds(before, text[found.end() : found.end() + _WINDOW]):
        return NO_BREAK
    return found.group().replace(NO_BREAK, " ")


def _holds(before: str, after: str) -> bool:
    """Whether a no-break space between these words has a purpose."""
    if not before or not after or before[-1].isspace():
        return False
    if before[-1].isdigit() or after[0].isdigit() or before[-1] in _OPENING or after[0] in _CLOSING:
        return True
    if _ROMAN.match(after):
        return True
    return _leads_on(before)


def _leads_on(before: str) -> bool:
    """Whether the word before belongs to the one after: an initial, a short preposition, an abbreviation, a title."""
    dotted = before.endswith(".")
    word = _LAST_WORD.search(before.removesuffix("."))
    if word is None:
        return False
    length = len(word.group())
    return length == 1 or (dotted and length <= 3) or word.group().lower() in _TITLES
