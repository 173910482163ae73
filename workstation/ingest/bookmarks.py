"""Browsers' bookmarks: the HTML that every browser exports, and the files of Chrome, Firefox and Safari themselves."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival
from workstation.ingest.decoding import decode
from workstation.ingest.delivery import Link, Part
from workstation.ingest.places import web_address
from workstation.ingest.plain import one_line
from workstation.ingest.property_lists import values_of

BOOKMARKS = 20_000
_ANCHOR = re.compile(r"""<A\s[^<>]{0,400}?HREF\s*=\s*"([^"<>]{1,2048})"[^<>]{0,400000}>([^<]{0,2000})""", re.IGNORECASE)
_NOT_ONE = re.compile(r'\sFEEDURL\s*=|\sTYPE\s*=\s*"?(?:WEBSLICE)', re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|quot|lt|gt|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_ADDRESS_KEYS = ("url", "uri", "URLString")


def unpack(arrival: Arrival) -> Iterator[Part]:
    """Every address that is bookmarked, once, with its title; bookmarks of scripts and of the browser's own pages are not.

    Raises:
        ReadError: there is none, or the file is damaged.
    """
    given: set[str] = set()
    for url, title in _pairs(arrival.data):
        address = web_address(url)
        if address and address not in given and len(given) < BOOKMARKS:
            given.add(address)
            yield Link(address, one_line(title)[:300])
    if not given:
        raise ReadError(
            f"There is no bookmark in {arrival.name or 'this file'}", "It names no web address. Export the bookmarks again."
        )


def _pairs(data: bytes) -> Iterator[tuple[str, str]]:
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        yield from _in_values(_json(data))
    elif start.startswith(b"bplist00") or b"plist" in start:
        yield from _in_values(values_of(data))
    else:
        for found in _ANCHOR.finditer(decode(data).text):
            if not _NOT_ONE.search(found.group(0)):
                yield _ENTITY.sub(_letter, found.group(1)), html.unescape(found.group(2))


def _letter(entity: re.Match[str]) -> str:
    """Only whole entities count in an address: "&copy=2" is a parameter there and no sign."""
    return html.unescape(entity.group(0))


def _json(data: bytes) -> object:
    try:
        return json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise ReadError("These bookmarks could not be read", "The file is damaged or cut off. Export them again.") from error


def _in_values(root: object) -> Iterator[tuple[str, str]]:
    """The bookmarks in nested folders, in their order; without recursion, whatever the nesting."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            url = next((node[key] for key in _ADDRESS_KEYS if isinstance(node.get(key), str)), None)
            if url:
                yield url, _title(node)
            stack.extend(reversed([value for value in node.values() if isinstance(value, (list, dict))]))


def _title(node: Mapping[str, Any]) -> str:
    safari = node.get("URIDictionary")
    values = [node.get("name"), node.get("title"), safari.get("title") if isinstance(safari, dict) else None]
    return next((value for value in values if isinstance(value, str)), "")
