"""The reader of Markdown files, with a few simple keys above the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.dates import iso_date
from workstation.ingest.decoding import decode
from workstation.ingest.names import names
from workstation.ingest.places import country_code, web_address
from workstation.ingest.plain import one_line, paragraphs, without_markup
from workstation.ingest.text import bounded_text, first_line

MEDIA_TYPE = "text/markdown"
KEYS = frozenset({"title", "author", "date", "outlet", "lang", "url", "country"})
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,8000}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^([A-Za-z]+)[ \t]*:[ \t]*(.*)$")
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable("table")


def read(arrival: Arrival) -> Reading:
    """The words of a Markdown file without its marks. Front matter of ``key: value`` lines gives title, author and so on.

    Raises:
        ReadError: there is no word in it.
    """
    decoded = bounded_text(decode(arrival.data, arrival.charset).text)
    front = _FRONT.match(decoded)
    keys = _keys(front.group(1)) if front else {}
    tokens = _PARSER.parse(decoded[front.end() :] if front else decoded)
    heading, lines = _words(tokens)
    text = paragraphs("\n".join(lines))
    if not any(map(str.isalnum, text or heading)):
        raise ReadError(
            "There is nothing to read in this file", "It holds no words. Check that it is the right file, or paste the text."
        )
    if not text:
        text = heading
    title = Finding(heading, "heading") if heading else Finding(first_line(text), "text")
    return Reading(
        text=text,
        text_origin="text",
        title=_front(keys.get("title")) or title,
        outlet=_front(keys.get("outlet")),
        author=_front(names([keys.get("author", "")])),
        published=_front(iso_date(keys.get("date", ""), captured=arrival.captured)),
        language=_front(keys.get("lang")),
        country=_front(country_code(keys.get("country"))),
        url=_front(web_address(keys.get("url"))),
    )


def _keys(front: str) -> dict[str, str]:
    found = (_LINE.match(line) for line in front.splitlines())
    pairs = ((match.group(1).lower(), match.group(2).strip().strip("\"'")) for match in found if match)
    return {key: without_markup(value) for key, value in pairs if key in KEYS and value}


def _front(value: str | None) -> Finding | None:
    return Finding(value, "front matter") if value else None


def _words(tokens: Sequence[Token]) -> tuple[str, list[str]]:
    """The first heading of the first level, where the text opens with it, and the words of every other block."""
    heading = ""
    lines: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        words = _plain(token)
        if before is not None and before.type == "heading_open" and before.tag == "h1" and not heading and not lines:
            heading = one_line(words)
        elif words.strip():
            lines.append(words)
    return heading, lines


def _plain(token: Token) -> str:
    if token.type == "inline":
        return one_line("".join(_inline(token.children or ())))
    if token.type in {"fence", "code_block"}:
        return token.content
    if token.type == "html_block":
        return without_markup(token.content)
    return ""


def _inline(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in {"text", "code_inline"}:
            yield child.content
        elif child.type == "hardbreak" or child.type == "softbreak":
            yield " "
