"""What a story and its pictures are called in the world: addresses in ASCII alone, and a name where no address is known."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from uuid import NAMESPACE_URL, uuid5

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.machines.canonical import canonical_address
from workstation.render.pictures.placing import PlacedPicture
from workstation.render.rendering import Terms
from workstation.render.words.characters import one_line

_A_HOST = re.compile(r"[A-Za-z0-9._-]+")


def story_uri(story: Story, publication: Publication, terms: Terms) -> str:
    """The name of the story that stays while its words change: its address, else a ``urn:uuid`` of publication and slug."""
    canonical = canonical_address(story, publication, terms)
    return uri(canonical) if canonical else made_uri(publication, story.slug)


def made_uri(publication: Publication, *parts: str) -> str:
    """The ``urn:uuid`` of something of a publication: the same publication and parts give the same."""
    return uuid5(NAMESPACE_URL, "/".join((one_line(publication.name), *parts))).urn


def picture_uri(placed: PlacedPicture, canonical: str | None) -> str | None:
    """Where a picture stands on the web: beside its story, as it lies beside the page; None where that has no address."""
    return uri(urljoin(canonical, placed.address)) if canonical else None


@lru_cache(maxsize=2048)
def uri(address: str) -> str:
    """A printable address as a URI: letters beyond ASCII escaped, those of its host as in the domain name system."""
    parts = urlsplit(address)
    ascii_only = [parts.scheme, _host(parts.netloc), *map(_escaped, parts[2:])]
    return urlunsplit(ascii_only)


def _host(netloc: str) -> str:
    """The host as the domain name system has it, between a user's name and a port."""
    if netloc.isascii():
        return netloc
    import idna  # noqa: PLC0415 - few hosts are written in other scripts

    user, at, rest = netloc.rpartition("@")
    host, colon, port = rest.partition(":")
    try:
        known = idna.encode(host, uts46=True).decode()
    except idna.IDNAError:  # an emoji, say, which the older rules let through and browsers still do
        known = _by_older_rules(host)
    return f"{_escaped(user)}{at}{known}{colon}{_escaped(port)}"


def _by_older_rules(host: str) -> str:
    try:
        known = host.encode("idna").decode()
    except UnicodeError:
        known = ""
    return known if _A_HOST.fullmatch(known) else _escaped(host)  # what is no name that the system knows stays what it is


def _escaped(part: str) -> str:
    return part if part.isascii() else "".join(c if c.isascii() else quote(c) for c in part)
