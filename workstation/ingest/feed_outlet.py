"""The outlet that a feed's title names."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"\s+[|–—·»›:-]+\s+|\s*[|»›]\s*|:\s+")
_FURNITURE = re.compile(
    r"^(?:rss(?:\s*feed)?|feed|atom|latest|all|top|home|news|headlines|stories|articles|posts|blog)$|\b(?:rss|atom)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[\W_]+")


def outlet_named(title: str, domain: str | None) -> str:
    """The outlet in ``Harbour Gazette | World`` or ``World – Harbour Gazette``: the part that the domain spells, else the first.

    The domain where the title holds nothing of the kind; ``""`` where there is neither.
    """
    parts = [part.strip() for part in _BETWEEN.split(title) if part.strip()]
    spelled = _LETTERS.sub("", (domain or "").rpartition(".")[0]).casefold()
    for part in parts:
        letters = _LETTERS.sub("", part).casefold()
        if len(letters) > 2 and spelled and letters in spelled:
            return part
    named = [part for part in parts if not _FURNITURE.search(part)]
    return (named[0] if named else domain or title)[:120]
