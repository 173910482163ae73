"""Hostile inputs by name: what foreign servers, pages and files can do to whoever reads them. All words are invented."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

WORDS = (
    "The lock at Orrin opened on Thursday after nine years of repairs, and a queue of 61 barges began to move before sunrise, "
    "while the river council counted the towns that would pay no tolls before September."
)
MB = 1024 * 1024


@dataclass(frozen=True)
class Bytes:
    """Bytes for the worker, with what is told about them from outside."""

    data: Callable[[], bytes]
    name: str = "page.html"
    media_type: str | None = "text/html"
    charset: str | None = None
    holds: str | None = None
    """Words that the item's text or title must hold; None where a clear refusal is right as well."""


def page(body: str = f"<article><p>{WORDS}</p></article>", head: str = "<title>A lock opens</title>") -> bytes:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'.encode("utf-8", "surrogatepass")


def bomb(layers: int, size: int = 200 * MB) -> bytes:
    """Zeros, packed and packed again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = b"".join(packer.compress(bytes(MB)) for _ in range(size // MB)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data)
    return data


def png(side: int) -> bytes:
    """A picture of one colour, as wide and high as its maker wants."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side // 8 + 1)) for _ in range(side)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def laughs(levels: int = 12) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "laugh">{entities}]>'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A lock opens</title></head>'
        f"<body><article><p>&l{levels - 1};</p><p>{WORDS}</p></article></body></html>"
    ).encode()


def json_ld(value: str) -> bytes:
    return page(head=f'<title>A lock opens</title><script type="application/ld+json">{value}</script>')


def fifty_megabytes() -> bytes:
    return page(f"<article><p>{WORDS}</p></article>" + f"<p>{WORDS}</p>" * (50 * MB // (len(WORDS) + 7)))


PAGES: Mapping[str, Bytes] = MappingProxyType(
    {
        "a wrong charset declared": Bytes(
            lambda: page(f"<p>{WORDS} Señora Álvarez.</p>"), charset="shift_jis", holds="Señora Álvarez"
        ),
        "a charset that nobody knows": Bytes(lambda: page(), charset="x-klingon-13", holds=WORDS),
        "UTF-16 without a mark": Bytes(lambda: page().decode().encode("utf-16-le"), charset="utf-8", holds=WORDS),
        "UTF-16 declared, Windows-1252 sent": Bytes(
            lambda: page(f'<meta charset="utf-16"><p>{WORDS} café</p>').decode().encode("cp1252"), charset="utf-16", holds="café"
        ),
        "UTF-7 scripts": Bytes(
            lambda: page(f"<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4- {WORDS}</p>"), charset="utf-7", holds=WORDS
        ),
        "gzip bytes as a page": Bytes(lambda: gzip.compress(page())),
        "gzip in gzip as a page": Bytes(lambda: bomb(2)),
        "fifty megabytes of paragraphs": Bytes(fifty_megabytes),
        "a hundred thousand nested elements": Bytes(
            lambda: page("<div>" * 100_000 + f"<p>{WORDS}</p>"), holds="The lock at Orrin"
        ),
        "nests of every kind": Bytes(lambda: page("<b><p><table><tr><td><ul><li><a href=x>" * 4_000 + f"<p>{WORDS}</p>")),
        "a list of a hundred thousand entries": Bytes(lambda: page("<ul>" + "<li>entry <a href=x>y</a>" * 100_000)),
        "a table of fifty thousand cells": Bytes(
            lambda: page(f"<article><p>{WORDS}</p></article><table>" + ("<tr>" + "<td>7" * 100) * 500)
        ),
        "tables in tables": Bytes(lambda: page("<table><tr><td>" * 3_000 + WORDS + "</table>" * 3_000)),
        "an attribute of twenty megabytes": Bytes(
            lambda: page(f'<div class="{"x" * 20 * MB}"><p>{WORDS}</p></div>'),
        ),
        "a hundred thousand attributes": Bytes(
            lambda: page("<div " + " ".join(f"a{n}=1" for n in range(100_000)) + f"><p>{WORDS}</p></div>")
        ),
        "a picture of twenty megabytes in its address": Bytes(
            lambda: page(f'<img src="data:image/png;base64,{"QUJD" * 5 * MB}"><article><p>{WORDS}</p></article>'), holds=WORDS
        ),
        "an icon that unpacks to a gigabyte": Bytes(
            lambda: page(
                head="<title>A lock opens</title><link rel=icon href='data:image/png;base64," + _base64(png(60_000)) + "'>"
            ),
            holds=WORDS,
        ),
        "JSON-LD of ten megabytes": Bytes(
            lambda: json_ld(
                json.dumps({"@type": "NewsArticle", "headline": "A lock", "articleBody": WORDS * (10 * MB // len(WORDS))})
            ),
            holds=WORDS,
        ),
        "JSON-LD of a hundred thousand levels": Bytes(
            lambda: json_ld('{"@type":"NewsArticle","a":' * 30_000 + "1" + "}" * 30_000), holds=WORDS
        ),
        "JSON-LD with numbers beyond all": Bytes(
            lambda: json_ld('{"@type":"NewsArticle","headline":' + "9" * 500_000 + ',"datePublished":1e999}'), holds=WORDS
        ),
        "a million laughs": Bytes(laughs, media_type="application/xhtml+xml", name="page.xhtml"),
        "a foreign file as an entity": Bytes(
            lambda: (
                b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
                b"<html><head><title>A lock opens</title></head><body><p>&x; " + WORDS.encode() + b"</p></body></html>"
            ),
            media_type="application/xhtml+xml",
            holds=WORDS,
        ),
        "NUL bytes in every word": Bytes(lambda: page(f"<p>{WORDS}</p>".replace("o", "o\0"))),
        "NUL bytes here and there": Bytes(lambda: page(f"<p>{WORDS}</p>".replace("lock", "lo\0ck")), holds="lock at Orrin"),
        "nothing but NUL bytes": Bytes(lambda: bytes(MB)),
        "an empty body": Bytes(lambda: b""),
        "nothing but white space": Bytes(lambda: b" \r\n\t" * 100_000),
        "lone surrogates": Bytes(lambda: page(f"<p>\ud800 {WORDS} \udfff&#xd800;&#x110000;</p>"), holds="The lock at Orrin"),
        "a title of a megabyte": Bytes(lambda: page(head=f"<title>{'Lock ' * (MB // 5)}</title>"), holds=WORDS),
        "a title that turns its words around": Bytes(
            lambda: page(head="<title>A \u202egnp.kcol\u202c opens\u2066\x1b[31m</title>"), holds="A gnp.kcol"
        ),
        "a page that only its scripts can show": Bytes(
            lambda: page('<div id="root"></div><script>' + "render();" * 200_000 + "</script>"), holds="A lock opens"
        ),
        "a script that never ends": Bytes(lambda: page(f"<p>{WORDS}</p><script>" + "<!--<script>" * 100_000), holds=WORDS),
        "a comment that never ends": Bytes(lambda: page(f"<p>{WORDS}</p><!--" + "-<" * MB)),
        "a tag that never ends": Bytes(lambda: page(f"<p>{WORDS}</p>") + b"<a " * MB),
        "a million unclosed angles": Bytes(lambda: page(f"<p>{WORDS}</p>" + "<" * MB)),
        "a million ampersands": Bytes(lambda: page(f"<p>{WORDS}</p>" + "&" * MB + "&#" * MB)),
        "a moved page without words": Bytes(
            lambda: page("", head='<meta http-equiv="refresh" content="0;url=https://harbourgazette.example/elsewhere">')
        ),
        "a picture that calls itself a page": Bytes(lambda: png(64)),
        "a page that calls itself a PDF": Bytes(lambda: page(), name="page.pdf", media_type="application/pdf"),
        "a word without end": Bytes(lambda: page("<p>" + "w" * 5 * MB + "</p>")),
        "a hundred thousand boxes with authors": Bytes(
            lambda: page(
                "".join(f'<div class="author">By Ana Ruiz{n}</div>' for n in range(100_000))
                + f"<article><p>{WORDS}</p></article>"
            ),
            holds="lock at Orrin",
        ),
        "ten thousand boxes with authors": Bytes(
            lambda: page(
                "".join(f'<div class="author">By Ana Ruiz{n}</div>' for n in range(10_000)) + f"<article><p>{WORDS}</p></article>"
            ),
            holds="lock at Orrin",
        ),
        "twenty thousand authors told": Bytes(
            lambda: page(
                head="<title>A lock opens</title>"
                + "".join(f'<meta property="article:author" content="Ana Ruiz{n}">' for n in range(20_000))
            ),
            holds=WORDS,
        ),
        "twenty thousand authors in JSON-LD": Bytes(
            lambda: json_ld(
                json.dumps(
                    {
                        "@type": "NewsArticle",
                        "headline": "A lock opens",
                        "author": [{"name": f"Ana Ruiz{n}"} for n in range(20_000)],
                    }
                )
            ),
            holds=WORDS,
        ),
        "a hundred thousand links of a paragraph each": Bytes(
            lambda: page("<article>" + "".join(f'<p><a href="/{n}">The lock opens {n}</a></p>' for n in range(100_000)))
        ),
        "a hundred thousand equal paragraphs": Bytes(
            lambda: page("<article>" + "<p>The lock at Orrin opened on Thursday, and barges moved.</p>" * 100_000),
            holds="lock at Orrin",
        ),
        "a hundred thousand paragraphs that begin alike": Bytes(
            lambda: page("<article>" + "".join(f"<p>The lock at Orrin opened on Thursday, {n}.</p>" for n in range(100_000))),
            holds="lock at Orrin",
        ),
        "a hundred thousand dates": Bytes(
            lambda: page(f"<article><p>{WORDS}</p>" + '<p class="date published">Published 1 January 2026</p>' * 100_000),
            holds=WORDS,
        ),
        "thirty thousand lists in lists": Bytes(lambda: page("<ul><li>x" * 120 + "<ul><li>a b c</ul>" * 30_000)),
        "a text that repeats itself for ten megabytes": Bytes(
            lambda: (" a" * 5 * MB).encode(), name="a.txt", media_type="text/plain"
        ),
        "a date of a thousand digits": Bytes(
            lambda: page(
                head=f'<title>A lock opens</title><meta property="article:published_time" content="{"9" * 1000}-01-01">'
            ),
            holds=WORDS,
        ),
        "an address of a megabyte": Bytes(
            lambda: page(head=f'<title>A lock opens</title><link rel=canonical href="https://a.example/{"a" * MB}">'), holds=WORDS
        ),
        "accents without end": Bytes(lambda: page(f"<p>{WORDS} a{'́' * MB}</p>")),
        "Markdown of fifty thousand quotes": Bytes(
            lambda: (">" * 50_000 + WORDS).encode(), name="a.md", media_type="text/markdown"
        ),
        "Markdown of thirty thousand brackets": Bytes(
            lambda: ("[" * 30_000 + WORDS + "](" * 30_000).encode(), name="a.md", media_type="text/markdown"
        ),
    }
)


def _base64(data: bytes) -> str:
    import base64

    return base64.b64encode(data).decode()
