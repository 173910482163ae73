"""What a text may hold before it is printed: NFC, and no code point that HTML forbids."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_WHITE_SPACE = re.compile(r"[ \t\n]+")
_OPENS_TAG = re.compile("<(?=[A-Za-z/!?])")
_SLASH = "\u0338"
_SLASH_AFTER_MARKUP = re.compile(f"([<=>]){_SLASH}")


def clean(text: str) -> str:
    r"""``text`` as NFC, with ``"\n"`` for every line end and without control characters, surrogates and noncharacters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", lines))


def one_line(text: str | None) -> str:
    """``text`` cleaned and folded into one line without white space around it; empty for None."""
    return _remembered_line(text or "") if len(text or "") <= _LONGEST_REMEMBERED else _folded(text or "")


_LONGEST_REMEMBERED = 400


@lru_cache(maxsize=2048)
def _remembered_line(text: str) -> str:
    """Names and headlines: the page asks for all of them at every key, and most are what they were."""
    return _folded(text)


def _folded(text: str) -> str:
    return _WHITE_SPACE.sub(" ", clean(text)).strip()


def without_tags(text: str) -> str:
    """Plain ``text`` for systems of which some print it as HTML: a ``<`` that would open a tag there has a space behind it."""
    return _OPENS_TAG.sub("< ", text)


def composed(markup: str) -> str:
    """``markup`` as NFC although a value in it may begin with a stroke that would fuse with the ``>`` before it."""
    if _SLASH in markup:
        markup = _SLASH_AFTER_MARKUP.sub(r"\1&#824;", markup)
    return unicodedata.normalize("NFC", markup)
