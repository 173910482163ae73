"""A page without its deepest nests: Qt takes twice as long for each table inside of another, and hangs at twenty of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

TABLES = 3
"""Tables inside of each other that keep their cells; the words of deeper ones follow one another."""
DEPTH = 200
"""Elements inside of each other that keep their marks."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_OF_TABLES = frozenset({"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"})
_UNNESTED = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_INSTEAD = {"/td": " ", "/th": " ", "/tr": "<br>", "/table": "<br>", "/caption": "<br>"}


def shallow(html: str) -> str:
    """``html`` with every word, and without the tags of tables and other elements that stand too deep for Qt."""
    return "".join(_kept(html))


def _kept(html: str) -> Iterator[str]:
    at = depth = tables = 0
    for tag in _TAG.finditer(html):
        yield html[at : tag.start()]
        at, closes, name = tag.end(), bool(tag.group(1)), tag.group(2).lower()
        step = 0 if name in _UNNESTED else -1 if closes else 1
        deepest = max(depth, depth + step)
        most = max(tables, tables + step) if name == "table" else tables
        depth = max(0, depth + step)
        tables = max(0, tables + step) if name == "table" else tables
        if name in _OF_TABLES and most > TABLES:
            yield _INSTEAD.get(f"{tag.group(1)}{name}", "")
        elif deepest <= DEPTH:
            yield tag.group()
    yield html[at:]
