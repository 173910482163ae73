"""From bytes to an item: picks the reader of their format and puts together what it found."""

from __future__ import annotations

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
from workstation.domain.unseen import without_tricks
from workstation.domain.web_address import agreed
from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.kinds import MEDIA_TYPES, VAGUE, kind_of
from workstation.ingest.language import language_code, language_of
from workstation.ingest.outlets import known_facts, outlet_table, said_otherwise
from workstation.ingest.places import country_of_domain, country_of_language, domain_of, web_address

Read = Callable[[Arrival], Reading]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: the module whose ``read(arrival) -> Reading`` reads it, and the media type that its items are kept under."""

    module: str
    media_type: str

    def load(self) -> Read:
        """The reading function; its heavy libraries are loaded now and not before."""
        return cast("Read", import_module(self.module).read)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "html": Reader("workstation.ingest.html", "text/html"),
        "markdown": Reader("workstation.ingest.markdown", "text/markdown"),
        "text": Reader("workstation.ingest.text", "text/plain"),
        "mhtml": Reader("workstation.ingest.mhtml", "multipart/related"),
        "webarchive": Reader("workstation.ingest.webarchive", "application/x-webarchive"),
        "mail": Reader("workstation.ingest.mail", "message/rfc822"),
        "pdf": Reader("workstation.ingest.pdf", "application/pdf"),
        "docx": Reader("workstation.ingest.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        "odt": Reader("workstation.ingest.odt", "application/vnd.oasis.opendocument.text"),
        "rtf": Reader("workstation.ingest.rtf", "application/rtf"),
    }
)
"""By the kinds of :func:`workstation.ingest.kinds.kind_of`; what holds several items is in ``unpacking.UNPACKERS``."""

READABLE = (
    "This program reads web pages, mails, PDF, Word (.docx), OpenDocument (.odt), RTF, text, Markdown, archives of these, feeds, "
    "bookmarks and link files; paste the text of anything else."
)

_ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "feed": "It is a feed (RSS, Atom or JSON Feed), a list of articles. Follow it, or capture its articles.",
        "opml": "It is a list of feeds (OPML). Import it as feeds.",
        "link": "It is a link file and names only an address. Capture the address.",
        "bookmarks": "It is a list of bookmarks and no article. Save it as a file and capture that.",
        "mbox": "It holds several mails. Save it as a file and capture that.",
        "warc": "It is an archive of many pages. Save it as a file and capture that.",
        "wacz": "It is an archive of many pages. Save it as a file and capture that.",
        "zip": "It is an archive of files. Save it as a file and capture that.",
        "gzip": "It is a packed file (gzip). Save it as a file and capture that.",
    }
)


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
    return read_arrival(arrival)


def read_arrival(arrival: Arrival) -> Capture:
    """The item in what arrived; see :func:`read`."""
    reader = _reader(arrival)
    return put_together(arrival, _read(reader, arrival), reader.media_type)


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


def name_of(arrival: Arrival) -> str:
    """The name that tells the ending of what arrived: the file's, else the last part of its address."""
    return arrival.name or unquote(urlsplit(arrival.url or "").path)


def _reader(arrival: Arrival) -> Reader:
    if not arrival.data.strip():
        raise ReadError("There is nothing to read", f"{arrival.name or 'What arrived'} is empty. Check the file or the address.")
    kind = kind_of(arrival.data, name_of(arrival), arrival.media_type)
    if kind not in READERS:
        raise _unreadable(arrival, _ELSEWHERE.get(kind) or _what_it_is(arrival))
    return READERS[kind]


_LOOKS: tuple[tuple[tuple[bytes, ...], str], ...] = (
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"),
        "It is a picture, and words in pictures are not read. Type or paste what it says.",
    ),
    (
        (b"\xd0\xcf\x11\xe0",),
        "It is a file of an older Office program. Open it there, save it as .docx or PDF, and capture that.",
    ),
)
"""What is said of files that a reader will never know, by their beginnings."""


def _what_it_is(arrival: Arrival) -> str:
    declared = (arrival.media_type or "").partition(";")[0].strip().lower()
    said = f"It is declared to be {declared[:60]}." if declared not in VAGUE and declared not in MEDIA_TYPES else ""
    looks = next((told for beginnings, told in _LOOKS if arrival.data.startswith(beginnings)), None)
    return looks or f"{said or 'It is not text: it looks like an archive or a program.'} {READABLE}"


def _unreadable(arrival: Arrival, cause: str) -> ReadError:
    return ReadError(f"{arrival.name or arrival.url or 'What arrived'} cannot be read", cause)


# --- putting together ----------------------------------------------------------------------------------------------


def put_together(arrival: Arrival, reading: Reading, media_type: str) -> Capture:
    """The item of what a reader found in ``arrival``: what we know of outlets wins over what the page says."""
    url = _url(arrival, reading)
    address = url.value if url else None
    fields: dict[str, Finding | None] = {
        "url": url,
        "title": reading.title or _title_of(arrival, address),
        "outlet": reading.outlet or _found(domain_of(address), "address"),
        "author": reading.author,
        "published": reading.published,
        "language": _language(reading, address),
        "country": reading.country or _country(reading, address),
        "text": Finding("", reading.text_origin) if reading.text_origin else None,
        "saved": _found(reading.saved or arrival.saved, reading.saved or arrival.saved or ""),
    }
    said = fields["outlet"]
    fields |= known_facts(address)
    item = Item(
        id=item_id(arrival.data, address),
        text=reading.text,
        words=count_words(reading.text),
        captured=arrival.captured,
        media_type=media_type,
        sha256=sha256(arrival.data).hexdigest(),
        origins=MappingProxyType(
            {name: finding.origin for name, finding in fields.items() if finding} | said_otherwise(said, fields["outlet"])
        ),
        **_values(fields),
    )
    return Capture(item=item, original=arrival.data, icon=reading.icon)


def _url(arrival: Arrival, reading: Reading) -> Finding | None:
    """Where it was fetched; what the page calls itself, where it came from a file or plainly names the same article."""
    if not arrival.url:
        return reading.url
    declared = reading.url.value if reading.url else None
    return reading.url if declared and agreed(arrival.url, declared) != arrival.url else Finding(arrival.url, "address")


_LINES = ("title", "outlet", "author")


def _values(fields: Mapping[str, Finding | None]) -> dict[str, Any]:
    """The values of the fields that an item takes; title and outlet may be empty but never missing."""
    values = {name: finding.value if finding else None for name, finding in fields.items() if name not in ("text", "saved")}
    values |= {name: without_tricks(value) for name in _LINES if (value := values[name])}
    return {**values, "title": values["title"] or "", "outlet": values["outlet"] or ""}


def _title_of(arrival: Arrival, address: str | None) -> Finding | None:
    stem = PurePosixPath(arrival.name.replace("\\", "/")).stem
    return _found(stem, "file name") or _found(address, "address")


def _language(reading: Reading, address: str | None) -> Finding | None:
    """The text's own language, of near relations the outlet's.

    What a person wrote above a Markdown text is the editor's word and stands.
    """
    hint = reading.language
    if hint and hint.origin == "front matter":
        return _found(language_code(hint.value), hint.origin)
    match = outlet_table().of_address(address)
    written = () if match is None else (match.language,) if match.language else match.outlet.languages
    country = match.outlet.country if match else country_of_domain(domain_of(address))
    return _found(language_of(reading.text, hint.value if hint else None, written, country), "text")


def _country(reading: Reading, address: str | None) -> Finding | None:
    hint = reading.language
    region = country_of_language(hint.value) if hint else None
    return _found(country_of_domain(domain_of(address)), "address") or _found(region, hint.origin if hint else "")


def _found(value: str | None, origin: str) -> Finding | None:
    return Finding(value, origin) if value else None
