"""Addresses in feeds: relative to whatever they stand in, and often written carelessly."""

from __future__ import annotations

from urllib.parse import urljoin

from workstation.ingest.places import web_address


def absolute(written: str | None, base: str | None) -> str | None:
    """``written`` as a web address, read relative to ``base``; None where it is none."""
    text = "".join((written or "").split("\n")).strip().replace(" ", "%20")
    if not text:
        return None
    try:
        return web_address(urljoin(base or "", text))
    except ValueError:
        return None
