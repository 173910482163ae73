"""The reader of pages that a browser saved as one file (.mhtml, .mht)."""

from __future__ import annotations

from dataclasses import replace
from email.message import Message

from workstation.domain.picture import Picture
from workstation.errors import ReadError
from workstation.ingest import html, icon_places, icons
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.multipart import charset_of, content, header, leaves, message_of
from workstation.ingest.places import web_address
from workstation.ingest.saved_pages import moment_of, not_later

_PAGES = ("text/html", "application/xhtml+xml")


def read(arrival: Arrival) -> Reading:
    """The article in the page that the file was saved from; its address and the time of saving are the file's own.

    Raises:
        ReadError: there is no page in it.
    """
    message = message_of(arrival.data)
    parts = list(leaves(message))
    page = _root(message, parts)
    data = content(page)
    if not data.strip():
        raise ReadError(
            "There is nothing to read in this file", "It holds no page, or was cut off before it. Save the page again."
        )
    address = arrival.url or _address(message, page)
    saved = moment_of(header(message, "Date"))
    captured = not_later(arrival.captured, saved)
    inner = Arrival(data=data, captured=captured, charset=charset_of(page), url=address, name=arrival.name)
    reading = html.read(inner)
    return replace(
        reading,
        url=Finding(address, "saved page") if address else reading.url,
        icon=reading.icon or _icon(data, address, parts),
        saved=saved,
    )


def _root(message: Message, parts: list[Message]) -> Message:
    """The part that ``start`` names, the one with the page's own address, or the first page there is."""
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    if isinstance(start, str):
        named = [part for part in pages if header(part, "Content-ID").strip("<> ") == start.strip("<> ")]
        pages = named + pages
    if pages:
        return pages[0]
    texts = [part for part in parts if part.get_content_maintype() == "text"]
    return texts[0] if texts else message


def _address(message: Message, page: Message) -> str | None:
    places = (header(message, "Snapshot-Content-Location"), header(page, "Content-Location"), header(message, "Content-Location"))
    return next((address for place in places if (address := web_address(place))), None)


def _icon(data: bytes, address: str | None, parts: list[Message]) -> Picture | None:
    """The icon that was saved with the page, if the browser kept it."""
    pictures = {header(part, "Content-Location"): part for part in parts if part.get_content_maintype() == "image"}
    for place in icon_places.addresses(data, address) if pictures else ():
        picture = icons.decode(content(pictures[place])) if place in pictures else None
        if picture:
            return picture
    return None
