"""Where a pasted link really leads: past redirects, without what only follows the reader about."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

from workstation.domain.body import safe_link
from workstation.domain.clean_address import past_redirects, without_trackers


def link_target(address: str | None, page: str | None = None) -> str | None:
    """The address that a link leads to, None when no reader may be sent there or it stays on the ``page`` it comes from."""
    written = (address or "").strip()
    if not written or written.startswith("#") or _stays(written, page):
        return None
    found = safe_link(_whole(written, page))
    return None if found is None else without_trackers(past_redirects(found))


def is_inside(address: str, page: str | None = None) -> bool:
    """Whether a link leads to a place in the page that it stands in."""
    return address.strip().startswith("#") or _stays(address.strip(), page)


def _stays(address: str, page: str | None) -> bool:
    return bool(page) and "#" in address and urldefrag(address)[0] == urldefrag(page or "")[0]


def _whole(address: str, page: str | None) -> str:
    if address.startswith("//"):
        return f"https:{address}"
    try:
        return urljoin(page, address) if page else address
    except ValueError:
        return address
