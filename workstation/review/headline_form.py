"""How a headline is set, whether it stands above the story or above a card."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from workstation.domain.problem import Fix

_ABBREVIATED = re.compile(
    r"(?:\b[^\W\d_](?:\.[^\W\d_])*|\b(?:inc|co|corp|ltd|bros|jr|sr|st|no|vs|etc|gov|sen|rep|dr|mr|mrs|ms|al|dept|est|a\.m|p\.m))\.\Z",
    re.IGNORECASE,
)
_TWO_SENTENCES = re.compile(r"[.!?…]\s+\S")
_COPY = re.compile(r"\s*\((?:copy|draft)(?: \d+)?\)\Z", re.IGNORECASE)
_STAND_IN = re.compile(
    r"(?:headline|title|untitled|tk+|tbd|todo|placeholder|test|x{2,}|lorem ipsum.*|(?:new |card )?headline(?: here)?)",
    re.IGNORECASE,
)
_SHOUTED = 12
"""So many capitals without a small letter are no name."""
_SHOUTED_WORDS = 3


class Fault(NamedTuple):
    """What is wrong with a headline's form, and the fix where one is certain."""

    message: str
    fix: Fix | None = None


@lru_cache(maxsize=256)
def fault_of(headline: str) -> Fault | None:
    """The first fault of ``headline``'s form, if it has one."""
    text = headline.strip()
    copied = _COPY.search(text)
    if copied:
        return Fault(
            f"The headline still says “{copied.group().strip()}”.", Fix("Take it away", headline, text[: copied.start()])
        )
    if _STAND_IN.fullmatch(text):
        return Fault("The headline is a stand-in. Write the real one.")
    if _ends_in_a_point(text):
        return Fault(
            "The headline ends with a full stop. Headlines go without.", Fix("Take the full stop away", headline, text[:-1])
        )
    if _is_shouted(text):
        return Fault("The headline is all capitals, which readers take for shouting. Write it in small letters.")
    return None


def _ends_in_a_point(text: str) -> bool:
    """A single sentence with its full stop; two sentences in a headline are meant like that."""
    if text.endswith("。"):
        return "。" not in text[:-1]
    ends = text.endswith(".") and not text.endswith("..") and len(text) > 1
    return ends and not _ABBREVIATED.search(text) and not _TWO_SENTENCES.search(text)


def _is_shouted(text: str) -> bool:
    if text != text.upper() or len(text.split()) < _SHOUTED_WORDS:
        return False
    return sum(character.isupper() for character in text) >= _SHOUTED
