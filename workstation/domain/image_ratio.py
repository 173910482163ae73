"""The form of a picture as a publication names it: width to height, like ``16:9``."""

from __future__ import annotations

import re

_RATIO = re.compile(r"\s*(\d{1,4}(?:\.\d{1,4})?)\s*:\s*(\d{1,4}(?:\.\d{1,4})?)\s*")
_WIDEST = 20


def ratio_of(text: str) -> float | None:
    """Width by height of ``16:9``; None for what is no ratio, or one wider or higher than 20 to 1."""
    found = _RATIO.fullmatch(text)
    if found is None or not float(found[1]) or not float(found[2]):
        return None
    ratio = float(found[1]) / float(found[2])
    return ratio if 1 / _WIDEST <= ratio <= _WIDEST else None
