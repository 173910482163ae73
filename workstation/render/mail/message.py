"""A mail as a file (RFC 5322) that a mail program opens as a draft: words alone, or HTML with its pictures inside.

It has no sender, no receiver, no date and no number: whoever sends it gives it those. Everything is in base64, so that no line
is too long and no boundary can stand in a text.
"""

from __future__ import annotations

import re
from base64 import encodebytes
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header
from html import escape
from urllib.parse import quote

from workstation.domain.picture import Picture

_SOURCE = re.compile(r'(<img(?: [\w-]+="[^"]*")*? src=")([^"]*)(")')
_LONGEST_WORD = 60
_WORDS_OR_HTML, _HTML_AND_PICTURES = "=_words-or-html", "=_html-and-pictures"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A picture that the HTML shows: its file's name and its bytes with their media type."""

    name: str
    picture: Picture

    @property
    def number(self) -> str:
        """What the HTML calls it by (``cid:``), made of its bytes."""
        return f"{self.picture.sha256[:32]}@pictures"


def mail_message(subject: str, words: str, html: str, pictures: Mapping[str, Enclosed]) -> bytes:
    """The mail. ``pictures`` are by the addresses that ``html`` shows them at; one that it does not show is left out."""
    shown = {escape(address): enclosed for address, enclosed in pictures.items()}
    used = dict.fromkeys(shown[address] for _, address, _ in _SOURCE.findall(html) if address in shown)
    enclosed_html = _SOURCE.sub(lambda found: _enclosed(found, shown), html)
    pages = [_part("text/html; charset=utf-8", enclosed_html.encode()), *(_picture_part(one) for one in used)]
    related = _multipart('related; type="text/html"', _HTML_AND_PICTURES, pages)
    parts = [_part("text/plain; charset=utf-8", words.encode()), related]
    head = ["MIME-Version: 1.0", f"Subject: {_encoded(subject)}", "X-Unsent: 1"]
    lines = [*head, _multipart("alternative", _WORDS_OR_HTML, parts)]
    return "\r\n".join(lines).encode("ascii")


def _enclosed(found: re.Match[str], shown: Mapping[str, Enclosed]) -> str:
    before, address, after = found.groups()
    return f"{before}cid:{shown[address].number}{after}" if address in shown else found.group()


def _encoded(subject: str) -> str:
    """A header's text as RFC 2047 has it, folded; a word as long as a line can only be folded when it is encoded."""
    is_plain = subject.isascii() and "=?" not in subject and all(len(word) < _LONGEST_WORD for word in subject.split(" "))
    return Header(subject, None if is_plain else "utf-8", header_name="Subject").encode(linesep="\r\n")


def _multipart(kind: str, boundary: str, parts: list[str]) -> str:
    lines = [f"Content-Type: multipart/{kind};", f' boundary="{boundary}"', ""]
    for part in parts:
        lines += [f"--{boundary}", part]
    return "\r\n".join([*lines, f"--{boundary}--", ""])


def _picture_part(enclosed: Enclosed) -> str:
    name = quote(enclosed.name, safe="")
    about = (f"Content-ID: <{enclosed.number}>", f"Content-Disposition: inline; filename*=utf-8''{name}")
    return _part(enclosed.picture.media_type, enclosed.picture.data, *about)


def _part(media_type: str, data: bytes, *about: str) -> str:
    head = [f"Content-Type: {media_type}", "Content-Transfer-Encoding: base64", *about, ""]
    return "\r\n".join([*head, encodebytes(data).decode("ascii").rstrip("\n").replace("\n", "\r\n")])
