"""What foreign bytes are: the look of them first, then what they were declared to be, then the ending of their name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

UNKNOWN = "unknown"
"""Bytes that no reader knows: a picture, a program, an archive of something else."""

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "html", ".htm": "html", ".xhtml": "html", ".xht": "html",
        ".md": "markdown", ".markdown": "markdown",
        ".txt": "text", ".text": "text",
        ".mhtml": "mhtml", ".mht": "mhtml",
        ".webarchive": "webarchive",
        ".eml": "mail", ".emlx": "mail",
        ".mbox": "mbox", ".mbx": "mbox",
        ".pdf": "pdf",
        ".docx": "docx", ".docm": "docx",
        ".odt": "odt",
        ".rtf": "rtf",
        ".warc": "warc", ".warc.gz": "warc", ".wacz": "wacz",
        ".url": "link", ".webloc": "link", ".desktop": "link",
        ".zip": "zip", ".gz": "gzip",
    }
)  # fmt: skip
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "text/html": "html",
        "application/xhtml+xml": "html",
        "text/markdown": "markdown",
        "text/x-markdown": "markdown",
        "multipart/related": "mhtml",
        "application/x-mimearchive": "mhtml",
        "application/x-webarchive": "webarchive",
        "message/rfc822": "mail",
        "application/mbox": "mbox",
        "application/pdf": "pdf",
        "application/x-pdf": "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.oasis.opendocument.text": "odt",
        "application/rtf": "rtf",
        "text/rtf": "rtf",
        "application/warc": "warc",
        "application/wacz": "wacz",
        "application/zip": "zip",
        "application/gzip": "gzip",
        "application/x-gzip": "gzip",
        "application/rss+xml": "feed",
        "application/atom+xml": "feed",
        "application/feed+json": "feed",
        "text/x-opml": "opml",
    }
)
VAGUE = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown", "application/xml"}
)

_LOOKED_AT = 4_096
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p)\b", re.IGNORECASE)
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
    b"RIFF",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
)
_TEXT_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_ROOT = re.compile(
    rb"\A\s*(?:(?:<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,2000}\])?>)\s*){0,8}<([A-Za-z_][\w.:-]{0,40})([^>]{0,2000})",
    re.DOTALL | re.IGNORECASE,
)
_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n){0,60}){2,}")
_FROM_LINE = re.compile(rb"\A>?From \S{1,300} [^\r\n]{0,200}\d[^\r\n]{0,40}\r?\n[A-Za-z-]{1,60}:")
_MAIL = (rb"^from:", rb"^(?:mime-version|message-id|received|delivered-to|dkim-signature|return-path):")


def kind_of(data: bytes, name: str = "", media_type: str | None = None) -> str:
    """The kind of ``data``: a key of the readers or the unpackers, ``"feed"``, ``"opml"`` or ``"unknown"``.

    ``name`` is a file's name or an address's path, ``media_type`` what the transfer declared. Bytes that plainly are
    something (a PDF, a mail, a feed) are that, whatever was declared; words are what they are declared to be.
    """
    seen, named = plain_kind(data), SUFFIXES.get(suffix_of(name), "")
    if seen == "zip" and named in {"docx", "odt", "wacz"}:
        return named  # cut off behind its beginning
    if seen:
        return seen
    binary = _is_binary(data)
    declared = _declared(media_type, named)
    if declared and not binary:
        return declared
    if named in {"mail", "html", "text", "markdown", "mbox", "mhtml"} and binary:
        return UNKNOWN
    return named or (UNKNOWN if binary else _words(data))


def plain_kind(data: bytes) -> str | None:
    """The kind of bytes that cannot be taken for anything else; None for words and for what is not known."""
    head = data[:_LOOKED_AT]
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for look in _LOOKS:
        kind = look(data, bare)
        if kind:
            return kind
    return None


def suffix_of(name: str) -> str:
    """The ending of a name, in small letters; ".warc.gz" is one."""
    path = PurePosixPath(name.replace("\\", "/").lower())
    return ".warc.gz" if path.name.endswith(".warc.gz") else path.suffix


def _declared(media_type: str | None, named: str) -> str:
    declared = (media_type or "").partition(";")[0].strip().lower()
    if declared in VAGUE:
        return ""
    if declared == "text/plain":
        return named or "text"
    if declared.startswith("text/") and declared not in MEDIA_TYPES:
        return ""
    return MEDIA_TYPES.get(declared, UNKNOWN)


def _words(data: bytes) -> str:
    return "html" if _MARKUP.search(data[:_LOOKED_AT].replace(b"\x00", b"")) else "text"


# --- by look -------------------------------------------------------------------------------------------------------


def _pdf(data: bytes, bare: bytes) -> str | None:
    return "pdf" if bare.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and not bare.startswith(b"<")) else None


def _rich_text(_data: bytes, bare: bytes) -> str | None:
    return "rtf" if bare.startswith(b"{\\rtf") else None


def _web_archive(data: bytes, bare: bytes) -> str | None:
    if bare.startswith(b"WARC/"):
        return "warc"
    if not bare.startswith(b"\x1f\x8b"):
        return None
    try:
        return "warc" if zlib.decompressobj(31).decompress(data[:65_536], 16).startswith(b"WARC/") else "gzip"
    except zlib.error:
        return "gzip"


def _zipped(data: bytes, _bare: bytes) -> str | None:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    names = _zip_names(data)
    if "word/document.xml" in names:
        return "docx"
    if data[30:38] == b"mimetype":
        return "odt" if data[38:110].startswith(b"application/vnd.oasis.opendocument.text") else UNKNOWN
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        return "wacz"
    return UNKNOWN if "[Content_Types].xml" in names else "zip"


def _zip_names(data: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        found = re.findall(rb"PK\x03\x04.{26}(word/document\.xml|mimetype)", data[:200_000], re.DOTALL)
        return frozenset(name.decode("ascii") for name in found)


def _property_list(data: bytes, bare: bytes) -> str | None:
    if not bare.startswith(b"bplist00") and _root_name(bare) != b"plist":
        return None
    if b"WebMainResource" in data:
        return "webarchive"
    if b"WebBookmark" in data:
        return "bookmarks"
    return "link" if b"URL" in data[:_LOOKED_AT] else UNKNOWN


def _headed(_data: bytes, bare: bytes) -> str | None:
    if _FROM_LINE.match(bare):
        return "mbox"
    found = _HEADERS.match(bare)
    if not found:
        return None
    head = found.group(0).lower()
    if b"multipart/related" in head and re.search(
        rb"^(?:snapshot-content-location:|content-location:|from: *<saved by)", head, re.M
    ):
        return "mhtml"
    return "mail" if all(re.search(mark, head, re.MULTILINE) for mark in _MAIL) else None


def _link_file(_data: bytes, bare: bytes) -> str | None:
    start = bare[:400].lower()
    if start.startswith(b"[internetshortcut]") or b"\n[internetshortcut]" in start:
        return "link"
    return "link" if bare.startswith(b"[Desktop Entry]") and re.search(rb"^Type\s*=\s*Link", bare, re.MULTILINE) else None


def _listed(_data: bytes, bare: bytes) -> str | None:
    if bare[:40].upper().startswith(b"<!DOCTYPE NETSCAPE-BOOKMARK-FILE-1"):
        return "bookmarks"
    if not bare.startswith(b"{"):
        return None
    if b'"text/x-moz-place' in bare or (b'"roots"' in bare and b'"bookmark_bar"' in bare):
        return "bookmarks"
    return "feed" if re.search(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org', bare) else None


def _rooted(_data: bytes, bare: bytes) -> str | None:
    name = _root_name(bare)
    if name.endswith(b":rdf") or name == b"rdf":
        return "feed" if b"purl.org/rss" in bare or b"my.netscape.com/rdf" in bare or b"<channel" in bare else None
    return {b"rss": "feed", b"feed": "feed", b"opml": "opml"}.get(name.rpartition(b":")[2])


def _root_name(bare: bytes) -> bytes:
    found = _ROOT.match(bare)
    return found.group(1).lower() if found else b""


_LOOKS: tuple[Callable[[bytes, bytes], str | None], ...] = (
    _pdf,
    _zipped,
    _web_archive,
    _rich_text,
    _property_list,
    _headed,
    _link_file,
    _listed,
    _rooted,
)


# --- words or not --------------------------------------------------------------------------------------------------


def _is_binary(data: bytes) -> bool:
    if data.startswith(_TEXT_BOMS):
        return False
    head = data[:_LOOKED_AT]
    controls = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27)))
    return head.startswith(_BINARY) or controls * 20 > len(head) or _scattered_zeros(head)


def _scattered_zeros(head: bytes) -> bool:
    """Zero bytes that are neither a few strays in markup nor every second byte, as in UTF-16."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd <= len(head) // 50:
        return False
    return min(even, odd) * 4 > max(even, odd) or (even + odd) * 4 < len(head)
