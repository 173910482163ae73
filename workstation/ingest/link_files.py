"""Link files (.url, .webloc, .desktop): they hold no words, but name an address to fetch."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival
from workstation.ingest.decoding import decode
from workstation.ingest.delivery import Link, Part
from workstation.ingest.places import web_address
from workstation.ingest.property_lists import values_of

_LENGTH = 100_000
_SECTIONS = ("InternetShortcut", "Desktop Entry")


def unpack(arrival: Arrival) -> Iterator[Part]:
    """The one address that the file names.

    Raises:
        ReadError: it names none, or one that is no page's (a program, a file of another machine).
    """
    data = arrival.data[:_LENGTH]
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    named, title = _of_the_finder(data) if start.startswith((b"bplist00", b"<")) else _of_a_desktop(data)
    address = web_address(named)
    if address is None:
        raise ReadError(
            f"{arrival.name or 'This link file'} names no page",
            f"It leads to “{named[:80]}”, which is no web address." if named else "There is no address in it. Paste the address.",
        )
    yield Link(address, title or PurePosixPath(arrival.name).stem)


def _of_the_finder(data: bytes) -> tuple[str, str]:
    values = values_of(data)
    url = values.get("URL")
    return (url if isinstance(url, str) else ""), ""


def _of_a_desktop(data: bytes) -> tuple[str, str]:
    """Windows' and the Linux desktops' files are both of the kind that ``configparser`` reads."""
    parser = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True, delimiters=("=",))
    try:
        parser.read_string(re.sub(r"^\s+", "", decode(data).text, flags=re.MULTILINE))
    except configparser.Error:
        return "", ""
    for section in parser.sections():
        if section in _SECTIONS:
            entry = parser[section]
            return (entry.get("url") or "").strip().strip('"'), (entry.get("name") or "").strip()
    return "", ""
