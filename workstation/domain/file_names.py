"""Names that a file can bear on Linux, macOS and Windows alike, and that show themselves as they are."""

from __future__ import annotations

import unicodedata

LONGEST = 255
"""Bytes of UTF-8 in one name; Windows counts fewer units, so that is safe there too."""
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
)
_FORBIDDEN = frozenset('\\/:*?"<>|')
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def fault(name: str) -> str:
    """Why no file may be called ``name`` (one part of a path), as the end of a sentence; empty where it may."""
    if not name or name in {".", ".."}:
        return "is no name"
    if is_device(name):
        return "is the name of a device on Windows"
    if name[-1] in ". " or name[0] in " -~.":
        return "begins or ends with a sign that some systems take away or take for something else"
    if any(letter in _FORBIDDEN or _is_unseen(letter) for letter in name):
        return "holds a sign that some systems forbid, or that nobody sees"
    if len(name.encode("utf-8", "replace")) > LONGEST:
        return "is longer than 255 bytes"
    return ""


def is_device(name: str) -> bool:
    """Whether Windows takes a file of this name for a device, whatever its ending."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def alike(name: str) -> str:
    """What two names have in common that a disk may take for one: capital letters and how accents are written do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _is_unseen(letter: str) -> bool:
    return (
        letter in _TURNING
        or unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp", "Cn", "Co"}
        or letter in "\u200b\ufeff\u00ad"
    )
