"""Names that say themselves that they are an outlet's: the Khartoum Gazette, Radio Salar."""

from __future__ import annotations

import re
from functools import cache

_LAST = """
Gazette Times Herald Tribune Chronicle Courier Journal Daily Observer Telegraph Post Dispatch Examiner Inquirer Bulletin Newswire
Sentinel Zeitung Gazetesi Gazeta Dnevnik News
"""
"""What the name of an outlet ends in; no word of which companies or offices are commonly named."""
_FIRST = "Radio Rádio Gazeta Diario Diário Jornal Kurier Agência Agencia Agence"
_OPENING = """
Earlier Later The A An In On At But And As When While After Before If Yet According For By From To With Both
"""


@cache
def _pattern() -> re.Pattern[str]:
    word = r"[^\W\d_][\w’'-]*"
    return re.compile(
        rf"((?:{word} ){{1,3}})(?:{'|'.join(_LAST.split())})(?!\w|-\w)|\b(?:{'|'.join(_FIRST.split())})(?: {word}){{1,2}}"
    )


@cache
def _opening() -> frozenset[str]:
    return frozenset(_OPENING.split())


def press_names(text: str) -> tuple[str, ...]:
    """The names in ``text`` that can hardly be anything but an outlet's, without their article."""
    return tuple(dict.fromkeys(name for match in _pattern().finditer(text) if (name := _name(match.group()))))


def _name(found: str) -> str:
    """The words of ``found`` with a capital that stand together at its end; "" where there is only one."""
    words = found.split(" ")
    while words and not words[-1][0].isupper():
        words.pop()
    start = len(words)
    while start and words[start - 1][0].isupper() and words[start - 1] not in _opening():
        start -= 1
    return " ".join(words[start:]) if len(words) - start > 1 else ""
