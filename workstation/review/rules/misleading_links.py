"""A link leads where it says: to the address that its words name, on a host that is called what it seems to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from workstation.domain.clean_address import past_redirects
from workstation.domain.problem import Problem, Severity
from workstation.domain.shown_host import mixes_scripts, poses_as_latin, readable, shown_host
from workstation.domain.web_address import canonical, one_site
from workstation.review.links.linked import Flaw, flawed_links, links_in_texts, place_of_link, told_link
from workstation.review.manuscript import Manuscript

RULE = "link-misleading"
_HOST = r"(?P<host>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24})"
_ADDRESS = re.compile(rf"(?P<front>https?://|www\.)?{_HOST}(?P<path>[:/?#]\S*)?")
_SHOWN_BY_SITES = ("t.co", "bit.ly", "lnkd.in")
"""Sites whose posts show another address than they link to."""


def misleading_links(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks a link whose words are another address than it leads to; warns of hosts in letters that look like others."""
    for passage, stretch in links_in_texts(manuscript):
        shown = _shown_host(stretch.words.strip())
        if shown and _is_elsewhere(shown, stretch.address):
            host = _host(stretch.address)
            message = f"{told_link(passage, stretch)} leads to {host}. Link what the words say, or word it otherwise."
            place = place_of_link(passage, stretch)
            yield Problem(RULE, Severity.BLOCKER, place, message, stretch.words, about=stretch.address)
    yield from flawed_links(manuscript, RULE, _judge)


@lru_cache(maxsize=4096)
def _shown_host(words: str) -> str | None:
    """The host that a link's words name where they are an address; a bare name such as “Lock.com” may be a company's."""
    found = _ADDRESS.fullmatch(words) if "." in words else None
    return found["host"].removeprefix("www.") if found and (found["front"] or found["path"]) else None


@lru_cache(maxsize=4096)
def _is_elsewhere(shown: str, address: str) -> bool:
    target = canonical(past_redirects(address))
    if target is None:
        return False
    host = urlsplit(target).netloc
    known = urlsplit(canonical(f"https://{shown}/") or "").netloc
    return not one_site(host, known) and not one_site(known, host) and host not in _SHOWN_BY_SITES


def _host(address: str) -> str:
    return urlsplit(canonical(address) or "").netloc


@lru_cache(maxsize=4096)
def _judge(address: str) -> Flaw | None:
    if address.isascii() and "xn--" not in address:
        return None
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return None
    labels = [readable(label) for label in host.split(".")]
    seems, spelled = ".".join(labels), shown_host(".".join(labels))
    if any(mixes_scripts(label) for label in labels):
        told = f"leads to {spelled}, which browsers may show as “{seems}”: its letters are of several alphabets"
    elif labels[-1].isascii() and any(poses_as_latin(label) for label in labels[:-1]):
        told = f"leads to {spelled}, which browsers may show as “{seems}”: its letters only look Latin"
    else:
        return None
    return Flaw(f"{told}. Check whose site it is.", blocks=False)
