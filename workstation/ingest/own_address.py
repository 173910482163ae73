"""The address that a page calls its own, in its canonical link or for social networks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from workstation.domain.web_address import agreed
from workstation.ingest.arrival import Finding
from workstation.ingest.places import web_address

_CANONICAL = "//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href"
_SOCIAL = "//meta[@property='og:url' or @name='og:url']/@content"


def own_address(tree: Any, fetched: str) -> Finding:
    """What the page in ``tree`` calls itself, where that plainly names the article fetched at ``fetched``; else the latter."""
    for origin, path in (("canonical", _CANONICAL), ("open graph", _SOCIAL)):
        for value in tree.xpath(path)[:1]:
            declared = _joined(fetched, str(value).strip())
            if declared and agreed(fetched, declared) == declared:
                return Finding(declared, origin)
    return Finding(fetched, "address")


def _joined(fetched: str, value: str) -> str | None:
    try:
        return web_address(urljoin(fetched, value))
    except ValueError:
        return None
