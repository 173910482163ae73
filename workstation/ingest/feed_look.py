"""Whether bytes look like a feed, and their text; cheap enough to ask about everything that arrives."""

from __future__ import annotations

import codecs
import re

from workstation.ingest.decoding import decode, label

_HEAD = 8_192
_FEED_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|channel|cdf)[\s>/]", re.IGNORECASE)
_PAGE_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_OPML_ROOT = re.compile(r"<opml[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(
    r"""^\s*\{.*?["']version["']\s*:\s*["']https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org(?:\\?/)version""", re.DOTALL
)
_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{2,40})""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HIGH, _FEW = bytes(range(0x80, 0x100)), 20
_EBCDIC = b"\x4c\x6f\xa7\x94"
_WIDE = ((b"<\x00\x00\x00", "utf-32-le"), (b"\x00\x00\x00<", "utf-32-be"))


def decoded(data: bytes, charset: str | None = None) -> str:
    """The text of a feed; encodings that pages never have but feeds do are known too."""
    for beginning, encoding in _WIDE:
        if data.startswith(beginning):
            return data.decode(encoding, "replace")
    if data.startswith(_EBCDIC):
        return data.decode("cp037", "replace")
    return _oddly(data) or _western(data) or decode(data, charset).text


def _oddly(data: bytes) -> str | None:
    """The text when it declares an encoding that only Python knows and is well-formed in it."""
    found = _DECLARED.search(data[:400])
    name = found.group(1).decode("ascii") if found else ""
    if not name or label(name) is not None:
        return None
    try:
        return data.decode(codecs.lookup(name).name)
    except (LookupError, UnicodeError):
        return None


def _western(data: bytes) -> str | None:
    """Too few foreign letters to guess anything by, in an encoding that nobody knows: then they are Western."""
    found = _DECLARED.search(data[:400])
    is_known = found is None or label(found.group(1).decode("ascii")) is not None
    if is_known or len(data) - len(data.translate(None, _HIGH)) > _FEW:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
    return None


def is_page(text: str) -> bool:
    """Whether it is a web page rather than a feed. JSON is none, whatever pages its texts hold."""
    if is_json(text):
        return False
    head = _COMMENT.sub("", text[:_HEAD])
    page, feed = _PAGE_ROOT.search(head), _FEED_ROOT.search(head)
    return page is not None and (feed is None or page.start() < feed.start())


def is_opml(text: str) -> bool:
    """Whether it is a list of feeds."""
    return _OPML_ROOT.search(_COMMENT.sub("", text[:_HEAD])) is not None


def is_json(text: str) -> bool:
    """Whether it is a JSON object."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def looks_like_feed(data: bytes) -> bool:
    """Whether the beginning of ``data`` is that of a feed in XML or JSON."""
    head = data[: _HEAD * 4]
    text = decoded(head)
    if is_json(text):
        return _JSON_FEED.search(text) is not None
    return text.lstrip("\ufeff \t\r\n\x00").startswith("<") and not is_page(text) and _FEED_ROOT.search(_bare(text)) is not None


def _bare(text: str) -> str:
    """The beginning without what stands in comments, cut before the first entry's words."""
    return _COMMENT.sub("", text[:_HEAD])[:2_000]
