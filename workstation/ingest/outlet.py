"""The name of the outlet that a page comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.ingest.arrival import Finding
from workstation.ingest.json_ld import text_of
from workstation.ingest.page import Page
from workstation.ingest.places import web_address
from workstation.ingest.plain import without_markup
from workstation.ingest.titles import title_pieces
from workstation.ingest.voting import Vote, elected, letters

_COMPANY = re.compile(
    r"(?:\s+-\s+.*|,?)\s*\b(?:GmbH|AG|KG|Ltd|LLC|Inc|S\.?A\.?|S\.?p\.?A|S\.?L\.?|B\.?V|A/S|AB|Oy|Plc|Limited|Corp)\b\.?.*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_ENDING = re.compile(r"(?:\.(?:com?|org|net|gov))?\.[a-z]{2,12}$", re.IGNORECASE)
_LONGEST = 60
_ENOUGH = 0.25


def outlet_of(page: Page) -> Finding | None:
    """The outlet's name as its signals spell it most often; the domain where nothing names it."""
    votes = list(_votes(page))
    best = elected(votes, _agreement, enough=_ENOUGH)
    if best and is_domain(best.value):
        best = next((Finding(vote.value, vote.origin) for vote in votes if _spells(vote.value, best.value)), best)
    return best or (Finding(page.domain, "address") if page.domain else None)


def _votes(page: Page) -> Iterator[Vote]:
    publisher = page.json_ld.follow(page.article.get("publisher"))
    site, house = page.json_ld.of_type("WebSite"), page.json_ld.of_type("NewsMediaOrganization", "Organization")
    told = (
        (page.first(("og:site_name",)), "open graph", 1.0),
        (text_of(publisher.get("name")), "json-ld", 0.95),
        (page.first(("application-name",)), "meta", 0.6),
        (page.first(("apple-mobile-web-app-title",)), "meta", 0.4),
        (text_of(site.get("name")), "json-ld", 0.6),
        (None if publisher.get("name") else text_of(house.get("name")), "json-ld", 0.5),
        (page.first(("dc.publisher", "dcterms.publisher", "publisher", "citation_journal_title")), "meta", 0.5),
        *_titled(page),
    )
    for value, origin, weight in told:
        name = _COMPANY.sub("", without_markup(value or "")).strip(" -|–—,@")
        if name and len(name) <= _LONGEST and not web_address(name):
            # A name that is only an address or an account says less than one that somebody wrote for people.
            yield Vote(name, origin, weight * (0.5 if is_domain(name) else 1.0))


def _titled(page: Page) -> Iterator[tuple[str, str, float]]:
    """The pieces of the title element that have the letters of the address, or stand last in it."""
    pieces = title_pieces(page.title_element)
    host = letters(_ENDING.sub("", page.domain or "").rpartition(".")[2])
    for number, piece in enumerate(pieces):
        name = letters(piece)
        if host and len(pieces) > 1 and (name in (host, f"the{host}") or letters(page.domain or "") == name):
            yield piece, "title", 0.8
        elif len(host) > 3 and len(pieces) > 1 and name.startswith((host, f"the{host}")) and len(piece) < _LONGEST // 2:
            yield piece, "title", 0.5
        elif number == len(pieces) - 1 and number and len(piece) < _LONGEST // 2:
            yield piece, "title", 0.15


def _spells(name: str, domain: str) -> bool:
    """Whether ``name`` is the same as ``domain``, written for people."""
    return not is_domain(name) and _folded(name) == _folded(domain)


def is_domain(name: str) -> bool:
    """Whether ``name`` is only an address ("harbourpost.example") or one word in small letters."""
    return " " not in name and ("." in name or (name.isascii() and name.islower()))


def _agreement(one: str, other: str) -> float:
    a, b = _folded(one), _folded(other)
    if a == b:
        return 1.0
    return 0.3 if len(a) > 3 and len(b) > 3 and (a in b or b in a) else 0.0


def _folded(name: str) -> str:
    return letters(_ENDING.sub("", _ARTICLE.sub("", name))) or letters(name)
