"""The address of the page that a clipboard's words were copied from, wherever the browser put it.

Chromium: ``chromium/x-source-url`` (Linux), ``org.chromium.source-url`` (macOS), ``SourceURL:`` in "HTML Format" (Windows).
Firefox: ``text/x-moz-url-priv`` in UTF-16. Safari: the main resource of a web archive. Saved pages: a comment or ``<base>``.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable, Sequence
from html import unescape
from urllib.parse import unquote, urlsplit

HEAD = 6_000
"""Letters of the HTML in which it names its address, if it does."""
LONGEST = 8_000
ARCHIVE_BYTES = 20_000_000

_SOURCE_URL = re.compile(r"^SourceURL:\s*(\S+)", re.MULTILINE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=(?:\(\d{1,6}\))?\s*(\S{1,8000})\s*-->", re.IGNORECASE)
_BASE = re.compile(r"""<base\b[^<>]{0,200}?\bhref\s*=\s*["']?([^"'\s<>]{1,8000})""", re.IGNORECASE)
_READER = "about:reader?url="


def clipboard_address(formats: Sequence[str], read: Callable[[str], bytes], html: str) -> str | None:
    """The http or https address, or None. ``read`` gives the bytes of one of the ``formats``, ``html`` is the decoded HTML."""
    for telling, address_in in _FORMATS:
        for name in formats:
            if telling in name.lower() and (found := _web(address_in(read(name)))):
                return found
    return _web(address_in_html(html))


def address_in_html(html: str) -> str:
    """What the HTML itself says of where it comes from; empty where it says nothing."""
    head = html[:HEAD]
    header, marked, page = head.partition("<")
    for pattern, text in ((_SOURCE_URL, header), (_SAVED_FROM, marked + page), (_BASE, marked + page)):
        found = pattern.search(text)
        if found:
            return unescape(found.group(1))
    return ""


def is_whole_page(html: str) -> bool:
    """Whether the clipboard's HTML is a page that was handed over whole, by the bookmarklet or out of a saved file."""
    return bool(_SAVED_FROM.search(html[:HEAD])) and "<body" in html.lower()


def _web(address: str) -> str | None:
    """``address`` where it is one of the web; what Firefox's reading view shows has the page's own address in it."""
    text = address.strip("\ufeff\0 \r\n")
    if text.startswith(_READER):
        text = unquote(text[len(_READER) :].partition("&")[0])
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        return None
    return text if is_web and len(text) <= LONGEST and not re.search(r"[\s\x00-\x1f<>\"\\]", text) else None


def _line(data: bytes) -> str:
    """The first line, in UTF-16 as Firefox writes it or in UTF-8 as the others do."""
    cut = data[: LONGEST * 2]
    wide = cut[1:2] == b"\0" or cut.startswith(b"\xff\xfe")
    return cut.decode("utf-16-le" if wide else "utf-8", "replace").partition("\n")[0]


def _header(data: bytes) -> str:
    found = _SOURCE_URL.search(data[:HEAD].partition(b"<")[0].decode("utf-8", "replace"))
    return found.group(1) if found else ""


def _archive(data: bytes) -> str:
    if len(data) > ARCHIVE_BYTES:
        return ""
    try:
        return str(plistlib.loads(data, fmt=plistlib.FMT_BINARY)["WebMainResource"]["WebResourceURL"])
    except Exception:  # whatever a foreign program put there, it is no address then
        return ""


_FORMATS: tuple[tuple[str, Callable[[bytes], str]], ...] = (
    ("chromium/x-source-url", _line),
    ("org.chromium.source-url", _line),
    ("text/x-moz-url-priv", _line),
    ("html format", _header),
    ("com.apple.webarchive", _archive),
)
