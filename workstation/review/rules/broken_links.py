"""Every link can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from workstation.domain.problem import Problem
from workstation.review.links.linked import Flaw, flawed_links
from workstation.review.links.private_addresses import lies_on_a_computer
from workstation.review.manuscript import Manuscript

_WEB = ("http", "https")
_NO_ADDRESS = "is no web address. It must begin with https:// or http://."
_PUT_HTTPS = "Put https:// before it"

_MISTYPED = re.compile(r"(?:(?:h*t+ps?|h+t*ps?|hpts?)(?:[:;]/*|/+))+", re.IGNORECASE)
_BEGINS_WITH_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?=[:/?#]|\Z)", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_STRANGE = re.compile(r"[<>\"“”«»\\\s]")
_GLUED = re.compile(r"[\w).,]https?://", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:…|\.{3}|%E2%80%A6)\Z", re.IGNORECASE)
_LEFT_BEHIND = re.compile(r"(?:[,;:]|(?<=[a-z0-9]{3})\.)\Z")


def broken_links(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks a link that no reader can follow; warns of one that took a sign of its sentence along."""
    yield from flawed_links(manuscript, "link-broken", _of_source, _in_text)


@lru_cache(maxsize=4096)
def _in_text(address: str) -> Flaw | None:
    return None if address.lower().startswith("mailto:") and "@" in address else _of_source(address)


@lru_cache(maxsize=4096)
def _of_source(address: str) -> Flaw | None:
    if lies_on_a_computer(address):
        return None
    return _mistyped(address) or _unreadable(address) or _odd_end(address)


def _mistyped(address: str) -> Flaw | None:
    """A flaw in what stands before the host."""
    begun = _MISTYPED.match(address)
    rest = address[begun.end() :] if begun else address.removeprefix("//")
    if not _BEGINS_WITH_HOST.match(rest) or _STRANGE.search(rest):
        return None
    if begun is None:
        return Flaw(_NO_ADDRESS, f"https://{rest}", _PUT_HTTPS)
    if begun.group().lower() in ("http://", "https://"):
        return None
    scheme = "https" if "s" in begun.group().lower() else "http"
    return Flaw(f"begins with “{begun.group()}”, so no browser can follow it.", f"{scheme}://{rest}")


def _unreadable(address: str) -> Flaw | None:
    if any(character.isspace() for character in address):
        return Flaw("has a space in it, so no browser can follow it. Copy the address again.")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return Flaw("cannot be read as a web address. Copy it again.")
    if parts.scheme not in _WEB:
        return Flaw(_NO_ADDRESS)
    if not host:
        return Flaw("names no host, so it leads nowhere. Copy the address again.")
    if not _is_host(host, parts):
        return Flaw(f"leads to “{host}”, and no host can be called that. Copy the address again.")
    return None


def _is_host(host: str, parts: SplitResult) -> bool:
    if ":" in host:
        return "[" in parts.netloc
    labels = host.removesuffix(".").split(".")
    numeric = all(label.isdigit() for label in labels)
    ends_well = len(labels) == 1 or numeric or (len(labels[-1]) > 1 and not labels[-1].isdigit())
    return ends_well and all(_LABEL.fullmatch(label) for label in labels)


def _odd_end(address: str) -> Flaw | None:
    strange = _STRANGE.search(address)
    if strange:
        return Flaw(f"has a “{strange.group()}” in it, which belongs to the text around it. Copy the address again.")
    if _GLUED.search(address, len("https://")):
        return Flaw("runs into another address. Keep the one that is meant.")
    if _CUT_OFF.search(address):
        return Flaw("is cut off at its end. Copy the whole address.")
    if "&amp;" in address:
        told = "has “&amp;” in it, as the source text of a page writes “&”."
        return Flaw(told, address.replace("&amp;", "&"), "Write “&”", blocks=False)
    shorter = _without_sentence_signs(address)
    if shorter != address:
        sign = address[len(shorter) :]
        return Flaw(f"ends with “{sign}”, which belongs to the sentence around it.", shorter, "Take it off", blocks=False)
    return None


def _without_sentence_signs(address: str) -> str:
    """The address without the points, commas and closing brackets behind it that are not its own."""
    while True:
        closes = address.endswith(")") and address.count(")") > address.count("(")
        ends_itself = address.endswith(".") and "/wiki/" in address  # an article's title may be an abbreviation
        shorter = address[:-1] if closes else address if ends_itself else _LEFT_BEHIND.sub("", address)
        if shorter == address:
            return address
        address = shorter
