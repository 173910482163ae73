"""Every link leads straight to its page, not through a site that passes readers on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workstation.domain.clean_address import past_redirects, without_trackers
from workstation.domain.problem import Problem
from workstation.domain.web_address import host_of, out_of_amp_cache
from workstation.review.links.linked import Flaw, flawed_links
from workstation.review.manuscript import Manuscript

_LINK_IT = "Link the page itself"
_SHORTENERS_NAMES = """
t.co bit.ly j.mp tinyurl.com ow.ly buff.ly lnkd.in dlvr.it goo.gl is.gd rb.gy cutt.ly t.ly shorturl.at trib.al fb.me
share.google search.app
"""
_SHORTENERS = frozenset(_SHORTENERS_NAMES.split())
"""Sites of nobody's report: their addresses do not say whose it is, and stop working one day."""

_SEARCHES = re.compile(r"https?://news\.google\.com/(?:rss/)?articles/|https?://apple\.news/", re.IGNORECASE)
_FOR_PHONES = re.compile(
    r"https?://amp\.|https?://[^/?#]+(?:/[^?#]*)?(?:/amp(?=[/?#]|\Z)|\.amp(?:\.html)?(?=[?#]|\Z))", re.IGNORECASE
)


def redirected_links(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of links through redirects and shorteners, and of the cut-down pages for phones."""
    yield from flawed_links(manuscript, "link-redirect", _judge)


@lru_cache(maxsize=4096)
def _judge(address: str) -> Flaw | None:
    inner = past_redirects(address)
    meant = out_of_amp_cache(inner) or inner
    if meant != address:
        told = f"goes through {host_of(address)}, which sees who follows it. {_LINK_IT}."
        return Flaw(told, without_trackers(meant), _LINK_IT, blocks=False)
    if host_of(address) in _SHORTENERS or _SEARCHES.match(address):
        told = f"goes through {host_of(address)}, so nobody sees where it leads. Open it and link the page itself."
        return Flaw(told, blocks=False)
    if _FOR_PHONES.match(address):
        return Flaw("leads to a cut-down page for phones (AMP). Link the page itself.", blocks=False)
    return None
