"""The reader of pages that Safari saved as one file (.webarchive)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workstation.domain.picture import Picture
from workstation.errors import ReadError
from workstation.ingest import html, icon_places, icons
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.places import web_address
from workstation.ingest.property_lists import Values, values_of

_RESOURCES = 5_000


def read(arrival: Arrival) -> Reading:
    """The article in the page that the archive was saved from.

    Raises:
        ReadError: there is no page in it.
    """
    archive = values_of(arrival.data)
    page = archive.get("WebMainResource")
    data = page.get("WebResourceData") if isinstance(page, dict) else None
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    if not isinstance(page, dict) or not isinstance(data, bytes) or not data.strip():
        raise ReadError("There is nothing to read in this file", "It holds no page. Save the page again.")
    address = arrival.url or web_address(_text(page, "WebResourceURL"))
    inner = Arrival(
        data=data,
        captured=arrival.captured,
        charset=_text(page, "WebResourceTextEncodingName") or None,
        url=address,
        name=arrival.name,
    )
    reading = html.read(inner)
    return replace(
        reading,
        url=Finding(address, "saved page") if address else reading.url,
        icon=reading.icon or _icon(data, address, archive),
    )


def _icon(data: bytes, address: str | None, archive: Values) -> Picture | None:
    pictures = dict(_pictures(archive))
    for place in icon_places.addresses(data, address) if pictures else ():
        picture = icons.decode(pictures[place]) if place in pictures else None
        if picture:
            return picture
    return None


def _pictures(archive: Values) -> Iterator[tuple[str, bytes]]:
    resources = archive.get("WebSubresources")
    for resource in resources[:_RESOURCES] if isinstance(resources, list) else ():
        if isinstance(resource, dict) and _text(resource, "WebResourceMIMEType").startswith("image/"):
            data = resource.get("WebResourceData")
            if isinstance(data, bytes):
                yield _text(resource, "WebResourceURL"), data


def _text(values: Values, key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
