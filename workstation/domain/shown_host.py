"""Addresses as they are shown to an editor: a host that is not what it seems to be is spelled in ASCII (punycode)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

_LOOKS_LATIN = frozenset("асеорхуіјѕһԁӏԛԝкмтвнґɡαοινυκρτχεγ")
_MIXED = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
"""Alphabets whose letters look alike. Japanese and Chinese names rightly mix scripts."""


def readable(label: str) -> str:
    """One label of a host as people write it."""
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def mixes_scripts(label: str) -> bool:
    """Whether letters of several alphabets that look alike meet in one readable label."""
    scripts = {unicodedata.name(character, "").partition(" ")[0] for character in label if character.isalpha()}
    return len(scripts & _MIXED) > 1


def poses_as_latin(label: str) -> bool:
    """Whether all letters of a readable label only look Latin."""
    letters = [character for character in label if character.isalpha()]
    return bool(letters) and all(letter in _LOOKS_LATIN for letter in letters)


def is_misleading(host: str) -> bool:
    """Whether ``host`` (readable or in punycode) may be taken for another one."""
    labels = [readable(label) for label in host.lower().split(".")]
    return any(mixes_scripts(label) or _holds_unseen(label) for label in labels) or (
        labels[-1].isascii() and any(poses_as_latin(label) for label in labels[:-1])
    )


@lru_cache(maxsize=4096)
def shown_host(host: str) -> str:
    """``host`` as it may be shown: in punycode where it could be taken for another one."""
    if host.isascii() or not is_misleading(host):
        return host
    return ".".join(_in_ascii(label) for label in host.split("."))


def shown_address(address: str) -> str:
    """``address`` with its host as :func:`shown_host` shows it."""
    if address.isascii():
        return address
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return address
    shown = shown_host(host)
    if shown == host:
        return address
    at = parts.netloc.lower().rfind(host)
    place = shown if at < 0 else f"{parts.netloc[:at]}{shown}{parts.netloc[at + len(host) :]}"
    return parts._replace(netloc=place).geturl()


def _holds_unseen(label: str) -> bool:
    return any(unicodedata.category(character) in {"Cf", "Cc", "Zs", "Mn"} and not _belongs(character) for character in label)


def _belongs(character: str) -> bool:
    """Whether a mark or joiner belongs to the writing of a script that needs them, not above Latin, Greek or Cyrillic letters."""
    return (unicodedata.category(character) == "Mn" and not "\u0300" <= character <= "\u036f") or character in "\u200c\u200d"


def _in_ascii(label: str) -> str:
    if label.isascii():
        return label
    try:
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return f"xn--{label.encode('punycode').decode('ascii')}"
