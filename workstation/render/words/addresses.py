"""Addresses as a page may carry them."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit

from workstation.domain.body import safe_link
from workstation.render.words.characters import clean

_ALLOWED = "!#$%&'()*+,-./:;=?@_~"
"""What stays as it is in an address beside letters, digits and what lies beyond ASCII; square brackets are escaped."""


@lru_cache(maxsize=2048)
def address(url: str | None) -> str | None:
    """``url`` as a valid absolute address that a reader may be sent to (http, https, mailto), else None."""
    link = safe_link(clean(url or ""))
    if not link:
        return None
    parts = urlsplit(link)
    if parts.scheme.lower() != "mailto" and not parts.hostname:
        return None
    return _escaped(link)


def edition_address(url: str | None) -> str | None:
    """The address of an edition: absolute as in :func:`address`, or a path on the publication's own site."""
    if url and url.startswith("/") and not url.startswith(("//", "/\\")):
        return _escaped(clean(url))
    return address(url)


def file_address(path: str) -> str:
    """The relative address of a file beside the page."""
    return quote(path, safe="/-._~", errors="replace")


def _escaped(link: str) -> str:
    pieces = link.split("%")
    tail = [("%" if _is_escape(piece) else "%25") + piece for piece in pieces[1:]]
    whole = pieces[0] + "".join(tail)
    before, hash_sign, fragment = whole.partition("#")
    joined = before + hash_sign + fragment.replace("#", "%23")
    return "".join(c if c > "\x7f" or c.isalnum() or c in _ALLOWED else quote(c, safe="") for c in joined)


def _is_escape(piece: str) -> bool:
    digits = piece[:2]
    return len(digits) == 2 and all(digit in "0123456789abcdefABCDEF" for digit in digits)
