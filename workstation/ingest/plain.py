"""Foreign words made plain text: no markup, no control characters, one form of each letter."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u00ad\ufeff"  # soft hyphen and byte order mark: invisible, and they split words in a search
    "\u202d\u202e"  # overrides show other words than are written
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s{2,}|\t")
_TAG = re.compile(r"<[A-Za-z/!?]")

TITLE_LENGTH = 500


def one_line(text: str) -> str:
    """``text`` on one line, NFC, without control characters; a single no-break or ideographic space is kept."""
    spaced = _LINE_ENDS.sub(" ", text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _UNWANTED.sub("", spaced))).strip()


def paragraphs(text: str) -> str:
    r"""``text`` with one line a paragraph, single ``"\n"`` between them and no empty lines."""
    return "\n".join(filter(None, (_tidied(line) for line in text.split("\n") if line)))


def _tidied(line: str) -> str:
    """A line as paragraphs: nearly every line holds nothing but what is printed, which is quick to ask."""
    if line.isprintable():
        composed = unicodedata.normalize("NFC", line)
        return (_SPACES.sub(" ", composed) if "  " in composed else composed).strip()
    return "\n".join(filter(None, map(one_line, _LINE_ENDS.split(line))))


def without_markup(value: str) -> str:
    """A value that may hold markup (a title in a feed, a name in JSON-LD) as one plain line; entities are resolved once."""
    cut = value[: TITLE_LENGTH * 8]
    if _TAG.search(cut):
        cut = nh3.clean(cut, tags=set(), attributes={})
    return one_line(html.unescape(cut))[:TITLE_LENGTH].rstrip()
