"""Archives of files (.zip), and web archives with a list of their pages (.wacz)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival
from workstation.ingest.delivery import Note, Part
from workstation.ingest.kinds import SUFFIXES, UNKNOWN, kind_of, suffix_of
from workstation.ingest.packed_xml import BROKEN, read_member
from workstation.ingest.warc import pages_of

ENTRIES = 20_000
MEMBER = 32 * 1024 * 1024
"""Bytes that one file in an archive may unpack to: with more, a page, its text and its copies pass 500 MB together."""
TOTAL = 512 * 1024 * 1024
"""Bytes that one archive may unpack to."""
_BESIDE_A_PAGE = re.compile(r"_files/|\.files/|(?:^|/)\.|(?:^|/)__MACOSX/")


def unpack(arrival: Arrival) -> Iterator[Part]:
    """The files in an archive that a reader knows, in the order of their names; the pages of a web archive.

    Raises:
        ReadError: the archive is damaged, encrypted or larger than any real one.
    """
    archive = _opened(arrival)
    names = archive.namelist()
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        yield from _web_archives(archive, arrival)
    else:
        yield from _files(archive, arrival)


def _opened(arrival: Arrival) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(arrival.data))
    except BROKEN as error:
        raise ReadError(f"{arrival.name or 'This archive'} could not be read", "It is damaged or cut off.") from error
    if len(archive.namelist()) > ENTRIES:
        raise ReadError(f"{arrival.name or 'This archive'} is not read", f"It holds more than {ENTRIES:,} files. Unpack it.")
    return archive


def _files(archive: zipfile.ZipFile, arrival: Arrival) -> Iterator[Part]:
    unpacked = 0
    for name in sorted(archive.namelist()):
        if name.endswith("/") or _BESIDE_A_PAGE.search(name) or (suffix_of(name) and suffix_of(name) not in SUFFIXES):
            continue
        short = PurePosixPath(name).name[:200]
        try:
            data = read_member(archive, name, MEMBER)
        except ReadError:
            yield Note(f"{short} unpacks to more than {MEMBER >> 20} MB and was left out.")
            continue
        except BROKEN:
            yield Note(f"{short} is damaged or encrypted and was left out.")
            continue
        unpacked += len(data)
        if unpacked > TOTAL:
            yield Note(f"{arrival.name or 'The archive'} unpacks to more than {TOTAL >> 20} MB; the rest was left out.")
            return
        if suffix_of(name) or kind_of(data) not in {UNKNOWN, "text"}:
            yield Arrival(data=data, captured=arrival.captured, name=short)
        del data  # not kept while the next one is unpacked


def _web_archives(archive: zipfile.ZipFile, arrival: Arrival) -> Iterator[Part]:
    wanted = _listed_pages(archive)
    for name in sorted(archive.namelist()):
        if not name.startswith("archive/") or not name.endswith((".warc", ".warc.gz")):
            continue
        try:
            data = read_member(archive, name, MEMBER * 4)
        except (ReadError, *BROKEN):
            yield Note(f"{name} is damaged or too large and was left out.")
            continue
        inner = Arrival(data=data, captured=arrival.captured, name=PurePosixPath(name).name)
        yield from pages_of(inner, wanted)


def _listed_pages(archive: zipfile.ZipFile) -> frozenset[str] | None:
    """The addresses of the pages that whoever archived them visited; None where there is no list."""
    urls: set[str] = set()
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        try:
            lines = read_member(archive, name).splitlines()
        except (ReadError, *BROKEN):
            continue
        urls.update(filter(None, map(_url, lines)))
    return frozenset(urls) or None


def _url(line: bytes) -> str | None:
    try:
        page = json.loads(line)
    except (ValueError, RecursionError):
        return None
    url = page.get("url") if isinstance(page, dict) else None
    return url if isinstance(url, str) else None
