"""What the worker does for icons: where they are, and their bytes made harmless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workstation.errors import ReadError
from workstation.ingest.icon_places import Declared, declared, manifest_places, page_places
from workstation.ingest.icons import decode, is_beside


def places(data: bytes, known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What a page or, with ``manifest`` true, a web app manifest from ``url`` declares.

    The answer holds ``icons``, a list of ``[rank, side, address]``, and ``manifest``, an address or None.
    """
    url = str(known["url"])
    icons, manifest = (manifest_places(data, url), None) if known.get("manifest") else page_places(data, url)
    return {"icons": [[icon.rank, icon.side, icon.href] for icon in icons[:64]], "manifest": manifest}, b""


def beside(data: bytes, _known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The icons that a saved page declares beside itself: ``names`` holds relative addresses, the best first, at most 16."""
    return {"names": list(dict.fromkeys(icon.href for icon in declared(data) if is_beside(icon.href)))[:16]}, b""


def picture(data: bytes, _known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """An icon as a PNG of at most 64 x 64 pixels; the answer holds ``media_type``, ``width`` and ``height``.

    Raises:
        ReadError: it is no picture that may be shown.
    """
    found = decode(data)
    if found is None:
        raise ReadError("This is no icon", "It is no picture, shows nothing, or is too large. Choose a PNG, JPEG or SVG file.")
    return {"media_type": found.media_type, "width": found.width, "height": found.height}, found.data


def declared_of(answer: Mapping[str, Any]) -> list[Declared]:
    """The icons in an answer of :func:`places`."""
    return [Declared(rank, side, href) for rank, side, href in answer["icons"]]
