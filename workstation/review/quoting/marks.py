"""Quotation marks: which of them make a pair in which language, and whether one stands where a quotation opens or closes."""

from __future__ import annotations

import re
from enum import Enum

from workstation.domain.language_tag import language_in
from workstation.domain.typography import style_of

DOUBLE = re.compile('["“”„‟«»‹›「」『』｢｣〝〞〟＂❝❞]')
SINGLE = re.compile("['‘’‚‛]")

PARTNERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”“",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "〝": "〞〟",
    "❝": "❞",
    '"': '"',
    "＂": "＂",
    "‘": "’",
    "‚": "‘’",
    "‛": "’",
    "’": "’",
    "'": "'",
}
"""The marks that close what a mark opened, in any language."""

OPENERS = {closing: "".join(mark for mark in PARTNERS if closing in PARTNERS[mark]) for closing in "".join(PARTNERS.values())}
"""The marks that a mark may close."""

_OPENING_SHAPES = frozenset("“„‟«‹「『｢〝❝‘‚‛")
_CLOSING_SHAPES = frozenset("”»›」』｣〞〟❞’")
_FROM_THE_RIGHT = "ar fa ur ps ckb sd ug he yi"
"""Languages written from the right, whose writers take the two curly marks for one another."""
_TWICE_THE_SAME = {"”": f"sv fi da nb nn no {_FROM_THE_RIGHT}", "’": "sv fi da nb nn no bg sr", "»": "sv fi"}
"""Languages that open and close with one and the same mark."""
_REVERSED = "de da nb nn no hu sl cs sk hr bs sr pl mk bg et lv lt ro yi"
"""Languages that have guillemets which point inwards, as main or as inner marks."""


def is_opening_shape(mark: str) -> bool:
    """Whether a mark looks like one that opens, in most languages."""
    return mark in _OPENING_SHAPES


def is_closing_shape(mark: str) -> bool:
    """Whether a mark looks like one that closes, in most languages."""
    return mark in _CLOSING_SHAPES


def opens_in(mark: str, language: str) -> bool:
    """Whether a mark with the shape of a closing one may open a quotation in ``language`` ("" for any)."""
    primary = language_in(language)
    if mark in "»›" and (not primary or primary in _REVERSED.split()):
        return True
    return mark in _TWICE_THE_SAME and (not primary or primary in _TWICE_THE_SAME[mark].split())


def is_pair(opening: str, closing: str, language: str) -> bool:
    """Whether two marks make a pair in ``language`` ("" for any)."""
    if closing not in PARTNERS.get(opening, ""):
        return False
    if opening == "”" and closing == "“":
        return not language or language_in(language) in _FROM_THE_RIGHT.split()
    return opening not in "”’»›" or opens_in(opening, language)


def partner_of(mark: str, language: str) -> str:
    """The mark that closes what ``mark`` opens in ``language``; "" where that is not certain."""
    partners = PARTNERS.get(mark, "")
    if len(partners) <= 1:
        return partners
    style = style_of(language)
    for pair in (style.double, style.single):
        if pair and pair[0] == mark:
            return pair[1]
    return {"»": "«", "›": "‹", "”": "”"}.get(mark, "") if opens_in(mark, language) else ""


def opener_for(mark: str, language: str) -> str:
    """The mark that opens what ``mark`` closes in ``language``; "" where that is not certain."""
    style = style_of(language)
    for pair in (style.double, style.single):
        if pair and pair[1] == mark:
            return pair[0]
    return {"”": "“", "’": "‘", "»": "«", "›": "‹", '"': '"', "'": "'"}.get(mark, "")


# --- where a mark stands -------------------------------------------------------------------------------------------


class Side(Enum):
    """What a mark can be, by what stands around it."""

    OPENS = "before a word and not after one"
    CLOSES = "after a word and not before one"
    EITHER = "between two words"
    NEITHER = "alone"


_BRACKETS = "([{<¿¡=|/\\（［【〈《"
_DASHES = "-‐‑‒–—―⸺"
_ENDS = ".,;:!?)]}>%|/…。，、；：！？）］】〉》」』۔؟،؛।"
_BESIDE = frozenset("\"'“”„‟«»‹›‘’‚‛\u200b\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c")
"""Other marks and what cannot be seen: who looks for a word beside a mark looks past them."""
_LOOK = 4
_INNER_SPACES = "\u00a0\u202f\u2009 "


def beside(text: str, at: int, step: int) -> str:
    """The character beside the one at ``at`` (``step`` -1 or 1), past other marks; "" at the end of the text."""
    for _ in range(_LOOK):
        at += step
        if not 0 <= at < len(text):
            return ""
        if text[at] not in _BESIDE:
            return text[at]
    return ""


def side_of(text: str, at: int) -> Side:
    """What the mark at ``at`` can be, by what stands around it."""
    before, after = beside(text, at, -1), beside(text, at, 1)
    if before and before in _DASHES:
        return Side.CLOSES if _ends(after) or after in _DASHES else Side.OPENS
    free = not before or before.isspace() or before in _BRACKETS
    if text[at] in "«‹" and free and after and after in _INNER_SPACES:
        after = text[at + 2 : at + 3]
    elif text[at] in "»›" and _ends(after) and before and before in _INNER_SPACES:
        free = at < 2 or text[at - 2].isspace()
    if free:
        return Side.NEITHER if _ends(after) and not text.startswith(("…", "..."), at + 1) else Side.OPENS
    return Side.CLOSES if _ends(after) or after in _DASHES else Side.EITHER


def _ends(after: str) -> bool:
    """Whether a word, a sentence or the text ends before ``after``."""
    return not after or after.isspace() or after in _ENDS
