"""No link follows the reader about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from workstation.domain.clean_address import past_redirects, without_trackers
from workstation.domain.problem import Problem
from workstation.domain.web_address import out_of_amp_cache
from workstation.review.links.linked import Flaw, flawed_links
from workstation.review.manuscript import Manuscript

_BETWEEN = re.compile(r"[?&#]")
_SHOWN = 4


def tracking_links(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of parameters that tell a campaign, a click or who shared the link."""
    yield from flawed_links(manuscript, "link-tracking", _judge)


@lru_cache(maxsize=4096)
def _judge(address: str) -> Flaw | None:
    if "?" not in address and "#" not in address:
        return None
    clean = without_trackers(address)
    if clean == address or past_redirects(address) != address or out_of_amp_cache(address):
        return None
    gone = [pair for pair in _BETWEEN.split(address)[1:] if pair not in _BETWEEN.split(clean)[1:]]
    names = list(dict.fromkeys(unquote(pair.partition("=")[0]) for pair in gone))
    told = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    return Flaw(f"follows readers about ({told}). Link the clean address.", clean, "Clean the address", blocks=False)
