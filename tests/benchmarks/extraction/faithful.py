"""Whether the text of every page is the page's own: nothing invented, no word dropped inside a paragraph.

    python tests/benchmarks/extraction/faithful.py PAGES [--missed]

PAGES is a folder of .html files. Every paragraph of a page's text must stand there in one piece, letter for letter but for white
space: in what its elements print one after the other, or, where the text came from the page's data (JSON-LD, scripts, its
description), in that data. The page is taken apart by Python's own parser and not by that of the reading, so that no fault of
the one is repeated by the other. ``--missed`` prints the paragraphs that stand nowhere.
"""

from __future__ import annotations

import argparse
import html
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from workstation.ingest.arrival import Arrival
from workstation.ingest.decoding import decode
from workstation.ingest.html import read

CAPTURED = datetime.now(UTC)
_LIST_MARK = re.compile(r"^- ")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")
_UNSEEN = frozenset(["script", "style", "template", "textarea", "iframe", "svg", "head"])
_UNHEARD = frozenset(["noscript", "button", "rt", "rp", "option"])
_VOID = frozenset(["br", "img", "input", "hr", "meta", "link", "source", "wbr"])
_DATA = ("json-ld", "script data", "meta")


class _Printed(HTMLParser):
    """What the elements of a page print: all of it, and all of it but what is mostly not seen (``noscript``, buttons, rubies)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.all: list[str] = []
        self.seen: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNSEEN | _UNHEARD:
            self._unseen.append(tag)
        elif tag == "body":
            self._unseen.clear()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if _UNSEEN.isdisjoint(self._unseen):
            self.all.append(data)
            if not self._unseen:
                self.seen.append(data)


def letters(text: str) -> str:
    """``text`` without white space, invisible signs and the forms of one letter."""
    kept = (
        sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) not in ("Cc", "Cf", "Zs", "Zl", "Zp")
    )
    return "".join("".join(kept).split())


def strangers(data: bytes, url: str | None) -> tuple[list[str], int, str]:
    """The paragraphs of the text of a page that stand nowhere in it, how many it has, and where the text came from."""
    reading = read(Arrival(data=data, captured=CAPTURED, url=url))
    decoded = decode(data, None).text
    printed = _Printed()
    printed.feed(decoded)
    places = [letters("".join(printed.all)), letters("".join(printed.seen))]
    if reading.text_origin in _DATA:
        plain = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), decoded).replace('\\"', '"').replace("\\/", "/")
        plain = plain.replace("\\n", "\n").replace("\\r", "")
        places += [letters(html.unescape(plain)), letters(_MARKUP.sub("", html.unescape(html.unescape(plain))))]
    lines = [line for line in reading.text.split("\n") if line]
    return [line for line in lines if not any(map(_stands_in(line), places))], len(lines), reading.text_origin


def _stands_in(line: str) -> Callable[[str], bool]:
    plain = _LIST_MARK.sub("", line)
    cells = [letters(cell) for cell in plain.split(" | ")]  # of a table's row
    return lambda place: letters(line) in place or letters(plain) in place or all(cell in place for cell in cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--missed", action="store_true")
    arguments = parser.parse_args()
    pages = whole = paragraphs = strange = 0
    for path in sorted(arguments.pages.glob("*.html")):
        missed, count, origin = strangers(path.read_bytes(), None)
        pages, whole = pages + 1, whole + (not missed)
        paragraphs, strange = paragraphs + count, strange + len(missed)
        if arguments.missed and missed:
            print(f"{path.name} ({origin}, {len(missed)} of {count})", *(f"    {line[:300]}" for line in missed[:6]), sep="\n")
    print(f"{paragraphs - strange} of {paragraphs} paragraphs ({100 * (1 - strange / paragraphs):.2f} %) stand in their pages,")
    print(f"all paragraphs of {whole} of {pages} pages ({100 * whole / pages:.1f} %)")


if __name__ == "__main__":
    main()
