"""Mends what most feeds that are not well-formed have wrong, so that a strict parser can read them."""

from __future__ import annotations

import html
import re

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^<>\[\]]{0,500}>", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{0,30}));|&")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def undeclared(text: str) -> str | None:
    """``text`` from its first tag on, without the declaration of its encoding and of a plain document type.

    None when the document type declares anything of its own: such a feed is not for a strict parser.
    """
    start = text.find("<")
    if start < 0:
        return None
    bare = _DECLARATION.sub("", text[start:], count=1)
    head = bare[:2_000]
    bare = _DOCTYPE.sub("", head, count=1) + bare[2_000:]
    return None if "<!DOCTYPE" in head.upper() and "<!DOCTYPE" in bare[:2_000].upper() else bare


def repaired(bare: str) -> str:
    """``bare`` without control characters, with the entities of HTML as letters, and with stray ampersands escaped."""
    clean = _NOT_XML.sub("", bare)
    return "".join(
        piece if piece.startswith("<![CDATA[") else _REFERENCE.sub(_letter, piece) for piece in _CDATA.split(clean) if piece
    )


def _letter(found: re.Match[str]) -> str:
    number, name = found.groups()
    if number:
        letter = html.unescape(found.group())
        return found.group() if letter and not _NOT_XML.search(letter) else ""
    if name is None:
        return "&amp;"
    if name in _OF_XML:
        return found.group()
    letter = html.unescape(found.group())
    return letter if letter != found.group() else f"&amp;{found.group()[1:]}"
