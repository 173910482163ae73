"""The icon of an outlet: where a page says it is, and its bytes made a small harmless picture."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import warnings
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from workstation.domain.picture import Picture
from workstation.ingest.decoding import decode as decode_text
from workstation.ingest.places import web_address

SIZE = 64
PIXELS = 40_000_000
LENGTH = 4_000_000
CANDIDATES = 12
_HEAD = 2_000_000
_LINK = re.compile(r"<(?:link|meta)\b[^<>]{1,300000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z:-]{2,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LOGO = re.compile(r'"logo"\s*:\s*(?:\{[^{}]{0,600}?"url"\s*:\s*)?"(https?:[^"\s]{1,1000})"')
_SIZES = re.compile(r"(\d{1,4})x\d", re.IGNORECASE)
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "ICO", "BMP", "AVIF")


def addresses(data: bytes, url: str | None = None) -> tuple[str, ...]:
    """Where the page's icons are, best first, at most 12: absolute http and https addresses.

    ``data`` is the page as it arrived, ``url`` its address. The last one is the site's ``/favicon.ico``.
    """
    base = web_address(url) or ""
    found = [address for _, href in _declared(data) if (address := web_address(_joined(base, href)))]
    if base:
        found.append(_joined(base, "/favicon.ico"))
    return tuple(dict.fromkeys(found))[:CANDIDATES]


def embedded(data: bytes, beside: Callable[[str], bytes | None] | None = None) -> Picture | None:
    """The best icon that came with the page itself: in a ``data:`` address, or in a file beside it.

    ``beside`` gives the bytes of a file by its relative address, or None; without it only the page is looked at.
    """
    for _, href in _declared(data):
        inside = _data_address(href) if href[:5].lower() == "data:" else None
        if inside is None and beside and not urlsplit(href).scheme and not href.startswith(("/", "#")):
            inside = beside(href)
        picture = decode(inside) if inside else None
        if picture:
            return picture
    return None


def decode(data: bytes) -> Picture | None:
    """Foreign picture bytes as a PNG of at most 64 x 64 pixels; None for what is no harmless picture (drawings in SVG too)."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - not needed before the first icon

    if len(data) > LENGTH:
        return None
    Image.MAX_IMAGE_PIXELS = PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                return _small(_biggest(image))
        except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return None
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, OverflowError, MemoryError):
            return None


def _biggest(image: Any) -> Any:
    if image.format == "ICO":
        image.size = max(image.ico.sizes())
    return image


def _small(image: Any) -> Picture | None:
    width, height = image.size
    if width * height > PIXELS or min(width, height) < 1:
        return None
    whole = image.convert("RGBA")
    whole.thumbnail((SIZE, SIZE))
    out = io.BytesIO()
    whole.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "image/png", whole.width, whole.height)


# --- what a page declares ------------------------------------------------------------------------------------------


def _declared(data: bytes) -> list[tuple[int, str]]:
    """``(rank, href)`` of every icon that the page declares, the best rank first, in the page's order within a rank."""
    head = decode_text(data[:_HEAD]).text
    end = head.lower().find("</head>")
    marks = head[: end if end > 0 else len(head)]
    found = [pair for tag in _LINK.finditer(marks) if (pair := _candidate(_attributes(tag.group(0))))]
    found += [(5, logo.group(1).replace("\\/", "/")) for logo in _LOGO.finditer(head.replace("\\/", "/"))]
    return sorted(found, key=lambda pair: pair[0])


def _candidate(attributes: dict[str, str]) -> tuple[int, str] | None:
    kinds = attributes.get("rel", "").lower().split()
    href = attributes.get("href", "").strip()
    if attributes.get("property", "").lower() == "og:logo" and attributes.get("content"):
        return 4, attributes["content"].strip()
    if not href or "svg" in attributes.get("type", "").lower() or _is_drawing(href):
        return None
    if "apple-touch-icon" in kinds or "apple-touch-icon-precomposed" in kinds:
        return 0, href
    if "icon" in kinds:
        return _rank(attributes.get("sizes", "")), href
    return None


def _rank(sizes: str) -> int:
    """Icons of a telling size come before those of an unknown or a small one."""
    widths = [int(width) for width in _SIZES.findall(sizes)]
    return 3 if not widths else 1 if max(widths) >= SIZE else 2 if max(widths) >= SIZE // 2 else 3


def _attributes(tag: str) -> dict[str, str]:
    return {
        found.group(1).lower(): html.unescape(found.group(2) or found.group(3) or found.group(4) or "")
        for found in _ATTRIBUTE.finditer(tag)
    }


def _is_drawing(href: str) -> bool:
    return href[:2_000].partition("?")[0].lower().endswith(".svg")


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _data_address(href: str) -> bytes | None:
    head, comma, body = href[5:].partition(",")
    if not comma or "svg" in head.lower() or len(body) > LENGTH * 2:
        return None
    try:
        raw = unquote_to_bytes(body)
        return base64.b64decode(raw + b"=" * (-len(raw) % 4), validate=False) if head.lower().endswith(";base64") else raw
    except (ValueError, binascii.Error):
        return None
