"""Addresses in feeds: relative to whatever they stand in, and often written carelessly."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from workstation.ingest.places import web_address

USUAL_PATHS = ("/feed", "/rss", "/feed.xml", "/atom.xml", "/rss.xml", "/index.xml", "/feed.json")


def absolute(written: str | None, base: str | None) -> str | None:
    """``written`` as a web address, read relative to ``base``; None where it is none."""
    text = "".join((written or "").split("\n")).strip().replace(" ", "%20")
    if not text:
        return None
    if text.lower().startswith(("http://", "https://")):
        return web_address(text)
    try:
        return web_address(urljoin(base or "", text))
    except ValueError:
        return None


def usual_addresses(url: str) -> list[str]:
    """Where most sites keep their feeds: below the page first, then at the top of its site."""
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    found = [f"{site}{path}" for path in USUAL_PATHS]
    below = parts.path.rstrip("/")
    if below and "." not in below.rpartition("/")[2]:
        found[:0] = [f"{site}{below}/feed", f"{site}{below}/rss"]
    return found
