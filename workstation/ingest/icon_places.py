"""Where the icons of an outlet are: what its pages and its web app manifest declare, and the places that are usual."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from workstation.ingest.decoding import decode as decode_text
from workstation.ingest.places import web_address

SIZE = 64
"""Pixels of an icon's side from which on it is sharp wherever it is shown."""
CANDIDATES = 16
MANIFEST_LENGTH = 512 * 1024
_HEAD = 2_000_000
_LINK = re.compile(r"<(?:link|meta)\b[^<>]{1,300000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z:-]{2,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LOGO = re.compile(r'"logo"\s*:\s*(?:\{[^{}]{0,600}?"url"\s*:\s*)?"(https?:[^"\s]{1,1000})"')
_SIZES = re.compile(r"(\d{1,5})x\d", re.IGNORECASE)
_USUAL = ((3, "/apple-touch-icon.png"), (3, "/apple-touch-icon-precomposed.png"), (8, "/favicon.ico"))


@dataclass(frozen=True, slots=True, order=True)
class Declared:
    """One address that an icon may be at: a lower rank is better, then a smaller size above 64 pixels."""

    rank: int
    side: int
    href: str


def declared(data: bytes) -> list[Declared]:
    """Every icon that the page declares, the best first, with its address as the page writes it."""
    return sorted(_icons(_Head(data)), key=lambda icon: (icon.rank, icon.side))


def addresses(data: bytes, url: str | None = None) -> tuple[str, ...]:
    """Where the page's icons are, best first, at most 16: absolute http and https addresses, the usual places among them.

    ``data`` is the page as it arrived, ``url`` its address.
    """
    return ranked([*_absolute(data, url), *usual(url)])


def usual(url: str | None) -> list[Declared]:
    """The places at which the site of ``url`` may have icons that no page declares."""
    base = web_address(url)
    return [Declared(rank, 0, _joined(base, path)) for rank, path in _USUAL] if base else []


def page_places(data: bytes, url: str | None) -> tuple[list[Declared], str | None]:
    """What a page declares, with absolute addresses, and the address of its manifest or None."""
    base = web_address(url) or ""
    manifest = web_address(_joined(base, _Head(data).manifest or "")) if _Head(data).manifest else None
    return _absolute(data, url), manifest


def manifest_places(data: bytes, url: str) -> list[Declared]:
    """The icons for any purpose that a web app manifest from ``url`` lists; none where it is no manifest."""
    try:
        read = json.loads(decode_text(data[:MANIFEST_LENGTH]).text)
    except (ValueError, RecursionError):
        return []
    listed = read.get("icons") if isinstance(read, dict) else None
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return [icon for entry in entries[:64] if (icon := _manifest_icon(entry, url))]


def ranked(icons: list[Declared]) -> tuple[str, ...]:
    """The addresses of ``icons``, best first, each once, at most 16."""
    best = sorted((icon for icon in icons if icon.href), key=lambda icon: (icon.rank, icon.side))
    return tuple(dict.fromkeys(icon.href for icon in best))[:CANDIDATES]


def _manifest_icon(entry: dict[str, Any], url: str) -> Declared | None:
    source, purposes = entry.get("src"), str(entry.get("purpose") or "any").lower().split()
    address = web_address(_joined(url, source)) if isinstance(source, str) else None
    if address is None or "any" not in purposes:
        return None
    sizes = str(entry.get("sizes") or "")
    side = _side(sizes)
    return Declared(2 if side >= SIZE or "any" in sizes.lower() else 6, side, address)


def _absolute(data: bytes, url: str | None) -> list[Declared]:
    base = web_address(url) or ""
    found = ((icon, web_address(_joined(base, icon.href))) for icon in declared(data))
    return [Declared(icon.rank, icon.side, address) for icon, address in found if address]


# --- what a page declares ------------------------------------------------------------------------------------------


class _Head:
    """The link and meta elements of a page's head, as attributes by lower-case name."""

    def __init__(self, data: bytes) -> None:
        self.text = decode_text(data[:_HEAD]).text
        end = self.text.lower().find("</head>")
        marks = self.text[: end if end > 0 else len(self.text)]
        self.elements = [_attributes(found.group(0)) for found in _LINK.finditer(marks)]

    @property
    def manifest(self) -> str | None:
        """The manifest's address as the page writes it."""
        links = (each for each in self.elements if "manifest" in each.get("rel", "").lower().split())
        return next((link["href"].strip() for link in links if link.get("href")), None)


def _icons(head: _Head) -> Iterator[Declared]:
    for attributes in head.elements:
        icon = _linked(attributes) if attributes.get("href") else _in_meta(attributes)
        if icon and icon.href:
            yield icon
    for logo in _LOGO.finditer(head.text.replace("\\/", "/")):
        yield Declared(7, 0, logo.group(1))


def _linked(attributes: dict[str, str]) -> Declared | None:
    kinds = attributes.get("rel", "").lower().split()
    href, side = attributes["href"].strip(), _side(attributes.get("sizes", ""))
    if "apple-touch-icon" in kinds or "apple-touch-icon-precomposed" in kinds:
        return Declared(5 if 0 < side < SIZE else 0, side, href)
    if "icon" in kinds:
        drawn = "svg" in attributes.get("type", "").lower() or is_drawing(href) or attributes.get("sizes", "").lower() == "any"
        return Declared(1 if drawn and not href.lower().endswith(".ico") else _rank(side), side, href)
    return None


def _in_meta(attributes: dict[str, str]) -> Declared | None:
    content = attributes.get("content", "").strip()
    if attributes.get("property", "").lower() == "og:logo":
        return Declared(6, 0, content)
    if attributes.get("name", "").lower() == "msapplication-tileimage":
        return Declared(6, 0, content)
    return None


def _rank(side: int) -> int:
    """Icons of a telling size come before those of an unknown or a small one."""
    if side == 0:
        return 5
    return 1 if side >= SIZE else 4 if side >= SIZE // 2 else 9


def _side(sizes: str) -> int:
    """The side to take of a list of sizes: the smallest that is large enough, else the largest; 0 when none is told."""
    sides = sorted(int(width) for width in _SIZES.findall(sizes[:400]))
    return next((side for side in sides if side >= SIZE), sides[-1] if sides else 0)


def _attributes(tag: str) -> dict[str, str]:
    return {
        found.group(1).lower(): html.unescape(found.group(2) or found.group(3) or found.group(4) or "")
        for found in _ATTRIBUTE.finditer(tag)
    }


def is_drawing(href: str) -> bool:
    """Whether an address ends as those of SVG drawings do."""
    return urlsplit_path(href).endswith(".svg")


def urlsplit_path(href: str) -> str:
    """The path of ``href`` in small letters; "" for what is no address."""
    try:
        return urlsplit(href[:2_000]).path.lower()
    except ValueError:
        return ""


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""
