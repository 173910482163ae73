"""What a drop, a paste or a typed line asks to capture: links, files or words."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData, QUrl

from workstation.domain.clipboard_address import address_in_html, clipboard_address, is_whole_page
from workstation.domain.web_address import as_meant
from workstation.ui.mime import ITEM_TYPE

_MEANT_PATH = re.compile(r"[^\s]*/[^\s/]+\.[A-Za-z0-9]{2,8}")
"""A path with a file's ending: when nothing is there it was mistyped, and is no text to capture."""
_BARE_ADDRESS = re.compile(r"(?!\.)[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d+)?([/?#]\S*)?")


class TargetKind(StrEnum):
    """How a target is captured."""

    LINK = "link"
    FILE = "file"
    TEXT = "text"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to capture: an address, a path, or the words themselves, or a whole page's HTML.

    ``url`` is the address of the page that words were copied from, ``html`` their form there.
    """

    kind: TargetKind
    value: str
    url: str | None = None
    html: str = ""

    @property
    def label(self) -> str:
        """The target in a few words, for the status bar."""
        if self.kind in (TargetKind.LINK, TargetKind.PAGE):
            return urlsplit(self.url or self.value).netloc or self.value[:80]
        return Path(self.value).name if self.kind is TargetKind.FILE else "text"


def targets_in(mime: QMimeData) -> tuple[Target, ...]:
    """What a drop or the clipboard holds. Links and files win over words; other schemes are left out."""
    if mime.hasFormat(ITEM_TYPE):
        return ()
    if mime.hasUrls():
        return tuple(target for url in mime.urls() if (target := _of_url(url)))
    html = mime.html() if mime.hasHtml() else ""
    if is_whole_page(html):
        return (Target(TargetKind.PAGE, html, address_in_html(html)),)
    return tuple(_with_source(target, mime, html) for target in targets_of(mime.text())) if mime.hasText() else ()


def targets_of(text: str) -> tuple[Target, ...]:
    """What a typed or pasted text asks for: links and files when it holds nothing else, else the words themselves."""
    text = text.strip()
    if not text:
        return ()
    whole = _of_word(text)
    if whole:
        return (whole,)
    several = [_of_word(word) for word in _words(text)]
    named = tuple(target for target in several if target)
    return named if named and len(named) == len(several) else (Target(TargetKind.TEXT, text),)


def _with_source(target: Target, mime: QMimeData, html: str) -> Target:
    """Words with the address of the page that they were copied from, where the clipboard carries it."""
    if target.kind is not TargetKind.TEXT:
        return target
    url = clipboard_address(mime.formats(), lambda name: bytes(mime.data(name).data()), html)
    return Target(target.kind, target.value, url, html) if url else target


def _of_url(url: QUrl) -> Target | None:
    if url.isLocalFile():
        return Target(TargetKind.FILE, url.toLocalFile())
    address = as_meant(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
    is_web = address.lower().startswith(("http://", "https://")) and bool(urlsplit(address).netloc)
    return Target(TargetKind.LINK, address) if is_web else None


def _of_word(word: str) -> Target | None:
    """The link or the file that ``word`` names."""
    word = as_meant(word)
    if word.lower().startswith("file:"):
        return Target(TargetKind.FILE, QUrl(word).toLocalFile())
    if re.match(r"https?://\S+$", word, re.IGNORECASE):
        return Target(TargetKind.LINK, word)
    if _is_file(word):
        return Target(TargetKind.FILE, str(Path(word).expanduser()))
    return Target(TargetKind.LINK, f"https://{word}") if _BARE_ADDRESS.fullmatch(word) else None


def _is_file(word: str) -> bool:
    """Whether ``word`` is the path of a file or folder that exists, or plainly means one; a name alone is no path."""
    if "\n" in word or len(word) > 4096 or not word.startswith(("/", "~", "./", "../")):
        return False
    if _MEANT_PATH.fullmatch(word):
        return True
    try:
        return Path(word).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


def _words(text: str) -> Iterator[str]:
    """The lines of a text of several lines, else its words as a shell splits them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        yield from lines
        return
    try:
        yield from shlex.split(text)
    except ValueError:
        yield text
