"""Web archives (.warc, .warc.gz): every page in them is an item, with its own address and the moment it was archived."""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival
from workstation.ingest.delivery import Note, Part
from workstation.ingest.kinds import MEDIA_TYPES
from workstation.ingest.places import web_address

LENGTH = 16 * 1024 * 1024
"""Bytes of one page after decompression."""
TOTAL = 1024 * 1024 * 1024
RECORDS = 200_000
_READ = frozenset({"html", "pdf", "docx", "odt", "rtf", "mhtml"})
_SMALLEST = 200
_BROKEN = (
    ArchiveLoadFailed,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    AttributeError,
    TypeError,
    IndexError,
    LookupError,
)


def unpack(arrival: Arrival) -> Iterator[Part]:
    """The pages and documents that were answered with 200, once each; pictures, scripts and redirects are not.

    Raises:
        ReadError: the archive is damaged from its beginning.
    """
    yield from pages_of(arrival, None)


def pages_of(arrival: Arrival, wanted: Collection[str] | None) -> Iterator[Part]:
    """The pages of an archive; only those at the ``wanted`` addresses, unless None."""
    given: set[str] = set()
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(arrival.data)), start=1):
            if number > RECORDS:
                yield Note(f"Only the first {RECORDS:,} records of {arrival.name or 'the archive'} were read.")
                return
            part = _page(record, arrival, given, wanted)
            if part is not None:
                yield part
    except _BROKEN as error:
        if not number:
            raise ReadError(
                f"{arrival.name or 'This archive'} could not be read", "It is damaged or cut off. Save it again."
            ) from error
        yield Note(f"{arrival.name or 'The archive'} is damaged or cut off behind its record {number}.")


def _page(record: Any, arrival: Arrival, given: set[str], wanted: Collection[str] | None) -> Part | None:
    if record.rec_type not in ("response", "resource"):
        return None
    address = web_address(record.rec_headers.get_header("WARC-Target-URI", "").strip("<>"))
    media_type = _media_type(record)
    if address is None or address in given or MEDIA_TYPES.get(media_type.partition(";")[0]) not in _READ:
        return None
    if (wanted is not None and address not in wanted) or address.endswith("/robots.txt"):
        return None
    data = record.content_stream().read(LENGTH + 1)
    if len(data) < _SMALLEST:
        return None
    given.add(address)
    if len(data) <= LENGTH and record.raw_stream.limit > 0 and not record.raw_stream.read(1):
        return Note(f"{address[:200]} is cut off in the archive and was left out.")
    if len(data) > LENGTH:
        return Note(f"{address[:200]} is longer than {LENGTH >> 20} MB and was left out.")
    charset = media_type.partition("charset=")[2].strip("\"' ;") or None
    return Arrival(
        data=data, captured=arrival.captured, media_type=media_type, charset=charset, url=address, saved=_moment(record)
    )


def _media_type(record: Any) -> str:
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type", "") or "").lower()
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return ""
    return str(headers.get_header("Content-Type", "") or "").strip().lower()


def _moment(record: Any) -> str | None:
    """When the page was archived: no date in it can be later."""
    try:
        moment = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date", ""))
    except (ValueError, TypeError):
        return None
    return moment.isoformat(timespec="seconds") if moment.tzinfo else None
