"""Names of people as pages print them, cleaned but never invented."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workstation.ingest.plain import without_markup

_BY = re.compile(
    r"^(?:written |posted |story |words |text |report )?by[:\s]+|^(?:von|par|por|di|door|av|af|автор|autor|author)\s*[:：]\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.|^/|\w@\w|^@?\w+\.(?:com|org|net)\b", re.IGNORECASE)
_ACCOUNT_WORDS = """
admin administrator editor webmaster none null undefined unknown anonymous author authors user guest staff
newsroom redaktion redacción by von par por di
"""
_NOBODY = frozenset(_ACCOUNT_WORDS.split())
_BETWEEN = re.compile(r"\s*[;|•·]\s*|\s*,\s+(?:and\s+)?|\s+(?:and|und|et|y)\s+(?=[A-ZÀ-Þ])|\s+&\s+|、|，")
_HAS_LETTER = re.compile(r"[^\W\d_]")
NAME_LENGTH = 80
NAMES = 12


def names(values: Iterable[str], *, outlet: str = "", split: bool = True) -> str | None:
    """The people in ``values`` as one line, each once, joined by a comma; None when there is nobody.

    Addresses, account words ("admin") and the outlet's own name are nobody.
    """
    found: dict[str, str] = {}
    for value in values:
        line = _BY.sub("", without_markup(value))
        for part in _BETWEEN.split(line) if split else [line]:
            name = _name(part)
            if name and name.casefold() != outlet.casefold():
                found.setdefault(name.casefold(), name)
    return ", ".join(list(found.values())[:NAMES]) or None


def _name(part: str) -> str | None:
    name = _BY.sub("", part.strip(" \t,.:;-–—|/\"'"))
    if not _HAS_LETTER.search(name) or len(name) > NAME_LENGTH or _ADDRESS.search(name) or name.casefold() in _NOBODY:
        return None
    return name
