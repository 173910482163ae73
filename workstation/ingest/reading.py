"""From bytes to an item: picks the reader of their format and puts together what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from workstation.domain.body import count_words
from workstation.domain.item import Capture, Item, item_id
from workstation.domain.web_address import agreed
from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.language import language_code, language_of
from workstation.ingest.places import country_of_domain, country_of_language, domain_of, web_address

Read = Callable[[Arrival], Reading]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: the module whose ``read(arrival) -> Reading`` reads it, its file endings, its media types (the first is kept)."""

    module: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]

    def load(self) -> Read:
        """The reading function; its heavy libraries are loaded now and not before."""
        return cast("Read", import_module(self.module).read)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "html": Reader("workstation.ingest.html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")),
        "markdown": Reader("workstation.ingest.markdown", (".md", ".markdown"), ("text/markdown", "text/x-markdown")),
        "text": Reader("workstation.ingest.text", (".txt",), ("text/plain",)),
    }
)
SUFFIXES = tuple(suffix for reader in READERS.values() for suffix in reader.suffixes)

_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown"})
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p)\b", re.IGNORECASE)
_SNIFFED = 4_096
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"MZ", b"RIFF")
_TEXT_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def read(
    data: bytes,
    *,
    captured: datetime,
    name: str = "",
    media_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
) -> Capture:
    """The item in ``data``, read in this process; foreign bytes are better read by the worker.

    ``name`` is a file's name, ``media_type`` and ``charset`` what the transfer declared, ``url`` where it was fetched.

    Raises:
        ReadError: there is no reader for it, or nothing to read in it.
    """
    arrival = Arrival(data=data, captured=captured, name=name, media_type=media_type, charset=charset, url=web_address(url))
    reader = _reader(arrival)
    return _capture(arrival, _read(reader, arrival), reader.media_types[0])


def pasted(text: str, *, captured: datetime) -> Capture:
    """Pasted text as an item; its title is its first line.

    Raises:
        ReadError: it holds no words.
    """
    return read(text.encode("utf-8", "replace"), captured=captured, media_type="text/plain", charset="utf-8")


def _read(reader: Reader, arrival: Arrival) -> Reading:
    try:
        return reader.load()(arrival)
    except (RecursionError, MemoryError) as error:
        raise ReadError("This page could not be read", "It is too large or too deeply nested. Paste its text instead.") from error


# --- which reader --------------------------------------------------------------------------------------------------


def _reader(arrival: Arrival) -> Reader:
    if not arrival.data.strip():
        raise ReadError("There is nothing to read", f"{arrival.name or 'What arrived'} is empty. Check the file or the address.")
    if _is_binary(arrival.data):
        raise _unreadable(arrival, "It is not text: it looks like a picture, an archive or a program.")
    return _by_media_type(arrival) or _by_suffix(arrival) or _by_look(arrival)


def _by_media_type(arrival: Arrival) -> Reader | None:
    declared = (arrival.media_type or "").partition(";")[0].strip().lower()
    if declared in _VAGUE:
        return None
    if declared == "text/plain":
        return _by_suffix(arrival) or READERS["text"]
    for reader in READERS.values():
        if declared in reader.media_types:
            return reader
    if declared.startswith("text/"):
        return None
    raise _unreadable(arrival, f"It is declared to be {declared[:60]}.")


def _by_suffix(arrival: Arrival) -> Reader | None:
    path = arrival.name or unquote(urlsplit(arrival.url or "").path)
    suffix = PurePosixPath(path.replace("\\", "/")).suffix.lower()
    return next((reader for reader in READERS.values() if suffix in reader.suffixes), None)


def _by_look(arrival: Arrival) -> Reader:
    head = arrival.data[:_SNIFFED].replace(b"\x00", b"")
    return READERS["html"] if _MARKUP.search(head) else READERS["text"]


def _is_binary(data: bytes) -> bool:
    if data.startswith(_TEXT_BOMS):
        return False
    head = data[:_SNIFFED]
    controls = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27)))
    return head.startswith(_BINARY) or controls * 20 > len(head) or _scattered_zeros(head)


def _scattered_zeros(head: bytes) -> bool:
    """Zero bytes that are neither a few strays in markup nor every second byte, as in UTF-16."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd <= len(head) // 50:
        return False
    return min(even, odd) * 4 > max(even, odd) or (even + odd) * 4 < len(head)


def _unreadable(arrival: Arrival, cause: str) -> ReadError:
    what = arrival.name or arrival.url or "What arrived"
    return ReadError(
        f"{what} cannot be read", f"{cause} This program reads {', '.join(SUFFIXES)}; paste the text of anything else."
    )


# --- putting together ----------------------------------------------------------------------------------------------


def _capture(arrival: Arrival, reading: Reading, media_type: str) -> Capture:
    url = _url(arrival, reading)
    address = url.value if url else None
    fields: dict[str, Finding | None] = {
        "url": url,
        "title": reading.title or _title_of(arrival, address),
        "outlet": reading.outlet or _found(domain_of(address), "address"),
        "author": reading.author,
        "published": reading.published,
        "language": _language(reading),
        "country": reading.country or _country(reading, address),
        "text": Finding("", reading.text_origin) if reading.text else None,
    }
    item = Item(
        id=item_id(arrival.data, address),
        text=reading.text,
        words=count_words(reading.text),
        captured=arrival.captured,
        media_type=media_type,
        sha256=sha256(arrival.data).hexdigest(),
        origins=MappingProxyType({name: finding.origin for name, finding in fields.items() if finding}),
        **_values(fields),
    )
    return Capture(item=item, original=arrival.data, icon=reading.icon)


def _url(arrival: Arrival, reading: Reading) -> Finding | None:
    """Where it was fetched; what the page calls itself, where it came from a file or plainly names the same article."""
    if not arrival.url:
        return reading.url
    declared = reading.url.value if reading.url else None
    return reading.url if declared and agreed(arrival.url, declared) != arrival.url else Finding(arrival.url, "address")


def _values(fields: Mapping[str, Finding | None]) -> dict[str, Any]:
    """The values of the fields that an item takes; title and outlet may be empty but never missing."""
    values = {name: finding.value if finding else None for name, finding in fields.items() if name != "text"}
    return {**values, "title": values["title"] or "", "outlet": values["outlet"] or ""}


def _title_of(arrival: Arrival, address: str | None) -> Finding | None:
    stem = PurePosixPath(arrival.name.replace("\\", "/")).stem
    return _found(stem, "file name") or _found(address, "address")


def _language(reading: Reading) -> Finding | None:
    """The text's own language; what a person wrote above a Markdown text is the editor's word and stands."""
    hint = reading.language
    if hint and hint.origin == "front matter":
        return _found(language_code(hint.value), hint.origin)
    return _found(language_of(reading.text, hint.value if hint else None), "text")


def _country(reading: Reading, address: str | None) -> Finding | None:
    hint = reading.language
    region = country_of_language(hint.value) if hint else None
    return _found(country_of_domain(domain_of(address)), "address") or _found(region, hint.origin if hint else "")


def _found(value: str | None, origin: str) -> Finding | None:
    return Finding(value, origin) if value else None
