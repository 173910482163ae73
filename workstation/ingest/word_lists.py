"""Lists as word processors write them: paragraphs with a bullet or a number typed before their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workstation.domain.body import BlockKind
from workstation.ingest.pasted_styles import Style

_MARKER_STYLE = re.compile(r"mso-list\s*:\s*ignore|mso-special-format\s*:\s*[\"']?(?:bullet|numbullet)", re.IGNORECASE)
_CLASS = re.compile(r"(?:x_)?msolist(paragraph|bullet|number)")
_COUNTED = re.compile(r"\(?(?:\w{1,6})(?:\.\w{1,4})*[.)）、．。-]|\d+(?:\.\d+)*")
"""A number, a letter or a Roman number as a list counts with: ``1.`` ``a)`` ``(iv)`` ``1.2`` ``一、``"""
_TYPED = re.compile(
    r"\s*(?:[·•o§▪‣◦●○■\u2013\u2014Øüv\uf0a7\uf0b7\uf0d8\uf0fc-]|(\(?(?:\d{1,3}|[a-z])[.)]))[\s\u00a0]+", re.IGNORECASE
)
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class ListItem:
    """What kind of list a paragraph belongs to, and how many characters of bullet were typed before its words."""

    kind: BlockKind
    typed: int = 0


def word_list_item(paragraph: Any, style: Style, classes: Sequence[str]) -> ListItem | None:
    """What a word processor's list makes of a paragraph; None when it belongs to none."""
    named = next((found.group(1) for name in classes if (found := _CLASS.match(name))), None)
    if not style.listed and named is None and not (len(paragraph) and _is_marker(paragraph[0])):
        return None
    marker = _marker(paragraph)
    if marker is not None:
        return ListItem(BlockKind.NUMBER if _COUNTED.fullmatch(marker) else BlockKind.BULLET)
    typed = _TYPED.match("".join(paragraph.itertext())[:_LONGEST])
    if typed and (style.listed or not typed.group(1) or "\u00a0" in typed.group()):  # the A. of a name is no letter of a list
        return ListItem(BlockKind.NUMBER if typed.group(1) else BlockKind.BULLET, typed.end())
    if style.listed or named in ("bullet", "number"):
        return ListItem(BlockKind.NUMBER if named == "number" else BlockKind.BULLET)
    return None


def _marker(paragraph: Any) -> str | None:
    """The bullet or number in the part of a paragraph that its program marks as such."""
    for span in paragraph.iter("span"):
        if _is_marker(span):
            return "".join(span.itertext()).strip(" \t\r\n\u00a0")
    return None


def _is_marker(element: Any) -> bool:
    return bool(_MARKER_STYLE.search(element.get("style", "")))
