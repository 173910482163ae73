"""The address of the picture that stands for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from workstation.ingest.arrival import Finding
from workstation.ingest.page import Page
from workstation.ingest.places import web_address

_META = ("og:image", "og:image:secure_url", "og:image:url")
_MORE_META = ("twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full", "thumbnail", "image")
_FURNITURE = re.compile(r"logo|placeholder|(?<![a-z])(?:default|avatar|sprite|icon|blank|pixel|spacer)(?![a-z])", re.IGNORECASE)
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original")
_DRAWN = re.compile(r"[<>\"']|^\s*data:|%3c/?svg", re.IGNORECASE)
"""What stands in the place of a picture until it is loaded: a drawing in the address itself."""
_PICTURES = 40


def lead_picture(page: Page) -> Finding | None:
    """The first picture of the page's own choice that is no logo; a logo rather than none where the page names it itself."""
    named = [Finding(address, origin) for value, origin in _named(page) if (address := _address(page, value))]
    seen = [Finding(address, "page") for value in _seen(page) if (address := _address(page, value))]
    pictures = [picture for picture in (*named, *seen) if not _FURNITURE.search(picture.value.rpartition("/")[2])]
    return next(iter(pictures or named), None)


def _named(page: Page) -> Iterator[tuple[str, str]]:
    for name in _META:
        yield from ((value, "open graph") for value in page.meta.get(name, ())[:1])
    yield from ((value, "json-ld") for value in _json_ld(page))
    for name in _MORE_META:
        yield from ((value, "meta") for value in page.meta.get(name, ())[:1])
    yield from ((value, "meta") for value in page.tree.xpath("//link[@rel='image_src']/@href")[:1])


def _json_ld(page: Page) -> Iterator[str]:
    for key in ("image", "thumbnailUrl", "primaryImageOfPage"):
        value = page.article.get(key)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict):
            node = page.json_ld.follow(first)
            first = node.get("url") or node.get("contentUrl") or node.get("@id")
        if isinstance(first, str):
            yield first


def _seen(page: Page) -> Iterator[str]:
    """The pictures in the article that are not told to be small."""
    for picture in page.tree.xpath("//article//figure//img | //article//img | //main//figure//img")[:_PICTURES]:
        told = (picture.get(name) or "" for name in _SOURCES)
        address = next((value for value in told if value.strip() and not _DRAWN.search(value)), None)
        if address and not _small(picture.get("width")) and not _small(picture.get("height")):
            yield address


def _small(length: str | None) -> bool:
    digits = (length or "").removesuffix("px").strip()
    return digits.isascii() and digits.isdigit() and int(digits[:6]) < 120


def _address(page: Page, value: str) -> str | None:
    try:
        joined = urljoin(page.url.value, value.strip()) if page.url else value.strip()
    except ValueError:
        return None
    return web_address(f"https:{joined}" if joined.startswith("//") else joined.replace(" ", "%20"))
