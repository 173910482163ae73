"""The icon of an outlet: foreign picture bytes made a small harmless picture, in the worker's process."""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from workstation.domain.picture import Picture
from workstation.ingest.decoders import use_one_thread
from workstation.ingest.drawings import NotDrawableError, draw, looks_drawn
from workstation.ingest.icon_places import SIZE, declared
from workstation.ingest.pictures import BROKEN

PIXELS = 40_000_000
LENGTH = 4_000_000
LEAST = 8
"""A picture with a shorter side is a counting pixel, no icon."""
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "ICO", "BMP", "AVIF")


def embedded(data: bytes, beside: Callable[[str], bytes | None] | None = None) -> Picture | None:
    """The best icon that came with the page itself: in a ``data:`` address, or in a file beside it.

    ``beside`` gives the bytes of a file by its relative address, or None; without it only the page is looked at.
    """
    for icon in declared(data):
        href = icon.href
        inside = _data_address(href) if href[:5].lower() == "data:" else None
        if inside is None and beside and is_beside(href):
            inside = beside(href)
        picture = decode(inside) if inside else None
        if picture:
            return picture
    return None


def is_beside(href: str) -> bool:
    """Whether an address as a page writes it names a file beside the page."""
    try:
        return not urlsplit(href).scheme and not href.startswith(("/", "#"))
    except ValueError:
        return False


def decode(data: bytes) -> Picture | None:
    """Foreign picture bytes as a PNG of at most 64 x 64 pixels; None for what is no harmless picture, or shows nothing."""
    if len(data) > LENGTH:
        return None
    if looks_drawn(data):
        try:
            data = draw(data, SIZE)
        except NotDrawableError:
            return None
    return _decoded(data)


def _decoded(data: bytes) -> Picture | None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - not needed before the first icon

    Image.init()
    use_one_thread()
    Image.MAX_IMAGE_PIXELS = PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=[name for name in _FORMATS if name in Image.OPEN]) as image:
                return _small(_biggest(image))
        except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return None
        except BROKEN:
            return None


def _biggest(image: Any) -> Any:
    if image.format == "ICO":
        image.size = max(image.ico.sizes())
    return image


def _small(image: Any) -> Picture | None:
    width, height = image.size
    if width * height > PIXELS or min(width, height) < LEAST:
        return None
    whole = _visible(image, image.convert("RGBA"))
    if whole is None:
        return None
    whole.thumbnail((SIZE, SIZE))
    out = io.BytesIO()
    whole.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "image/png", whole.width, whole.height)


def _visible(image: Any, whole: Any) -> Any:
    """``whole`` when something of it is seen. An .ico may leave its alpha empty and mean its colours to be opaque."""
    if whole.getchannel("A").getextrema()[1] > 0:
        return whole
    if image.format != "ICO" or not any(high for _, high in whole.convert("RGB").getextrema()):
        return None
    whole.putalpha(255)
    return whole


def _data_address(href: str) -> bytes | None:
    head, comma, body = href[5:].partition(",")
    if not comma or len(body) > LENGTH * 2:
        return None
    try:
        raw = unquote_to_bytes(body)
        return base64.b64decode(raw + b"=" * (-len(raw) % 4), validate=False) if head.lower().endswith(";base64") else raw
    except (ValueError, binascii.Error):
        return None
