"""What stands in a clipboard's HTML beside the words: elements that nobody saw, controls, deletions, comments and note signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from workstation.ingest.pasted_links import is_inside
from workstation.ingest.pasted_styles import Style

_NO_WORDS = frozenset(
    [
        "applet",
        "area",
        "audio",
        "base",
        "br",
        "button",
        "canvas",
        "col",
        "colgroup",
        "datalist",
        "del",
        "embed",
        "frame",
        "frameset",
        "iframe",
        "img",
        "input",
        "keygen",
        "link",
        "map",
        "math",
        "meta",
        "meter",
        "noframes",
        "noscript",
        "object",
        "optgroup",
        "option",
        "output",
        "param",
        "picture",
        "progress",
        "rp",
        "rt",
        "rtc",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "track",
        "video",
        "wbr",
        "xml",
    ]
)
_NO_WORDS_CLASSES = frozenset(
    [
        "msodel",
        "msocomtxt",
        "msocomanchor",
        "msocommentreference",
        "msofootnotereference",
        "msoendnotereference",
        "mw-editsection",
        "sdfootnoteanc",
    ]
)
_SPOKEN_CLASSES = frozenset(
    ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "a11y-hidden", "screenreader-only"]
)
_NOTE = re.compile(r"\[?\s*(?:(?:note|nb|n|anm\.)?\s*\d{1,3}|[ivx]{1,5}|[*†‡§↑^]{1,3})\s*\]?|\[[a-z]{1,2}\]", re.IGNORECASE)
_NOTE_IN_BRACKETS = re.compile(r"\[[^\[\]]{1,30}\]")
_LONGEST_NOTE = 40


def is_left_out(element: Any, style: Style, classes: Sequence[str], page: str | None) -> bool:
    """Whether an element and all that is in it are no words of the text."""
    tag = element.tag
    if tag in _NO_WORDS or style.hidden or style.is_marker or style.is_comment or element.get("hidden") is not None:
        return True
    if not _NO_WORDS_CLASSES.isdisjoint(classes):
        return True
    if tag in ("a", "sup") or style.raised:
        return _is_note_sign(element, page)
    return _is_double(element, classes)


def _is_note_sign(element: Any, page: str | None) -> bool:
    """Whether an element is the small number that leads to a note, or from the note back to its place."""
    words = _words(element)
    if element.tag != "a":
        return bool(_NOTE_IN_BRACKETS.fullmatch(words))
    address = element.get("href", "")
    if "#" not in address or not _NOTE.fullmatch(words):
        return False
    is_raised = any(parent.tag == "sup" for parent in (element.getparent(), *element)) or words.startswith("[")
    return is_raised or is_inside(address, page)


def _words(element: Any) -> str:
    found = ""
    for text in element.itertext():
        found += text
        if len(found) > _LONGEST_NOTE:
            break
    return found.strip()


def _is_double(element: Any, classes: Sequence[str]) -> bool:
    """Whether an element says what stands beside it once more, for a screen reader or for the eye.

    What is drawn beside MathML stays, because MathML goes; of a pair for eye and ear the one for the ear stays.
    """
    if element.get("aria-hidden") == "true":
        before = element.getprevious()
        return before is None or (before.tag != "math" and before.find(".//math") is None)
    if _SPOKEN_CLASSES.isdisjoint(classes):
        return False
    beside = (element.getprevious(), element.getnext())
    return all(other is None or other.get("aria-hidden") != "true" for other in beside)
