"""The guard in front of every parser of foreign pages: bounded markup becomes a bounded tree.

Measured without it: a list of 100,000 entries or 50 MB of markup kept the extractor busy for more than a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

Tree = Any
"""An ``lxml.html.HtmlElement``; the library carries no types."""

MARKUP_LENGTH = 5_000_000
NODES = 40_000
DEPTH = 256
ATTRIBUTE_LENGTH = 8_192
ATTRIBUTES = 100
JSON_LD_LENGTH = 1_000_000
TAG_LENGTH = 32_768
"""Letters of one tag; a parser looks at each attribute of a longer one once for every other."""

_DATA_ADDRESS = re.compile(r"""data:[a-z]+/[a-z0-9.+-]+(?:;[a-z0-9=-]+)*,[^"'()<>\s]*""", re.IGNORECASE)
_UNSEEN = re.compile(r"<(/?)(script|style|svg|iframe|canvas)\b[^<>]{0,4000}>", re.IGNORECASE)
_GIANT_TAG = re.compile(rf"<([A-Za-z][A-Za-z0-9:-]{{0,40}})(?=[\s/])[^<>]{{{TAG_LENGTH},}}>")
_SCRIPT = re.compile(r"<script\b[^<>]{0,4000}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z]")
_WHOLE_TAG = re.compile(r"<[^<>]*>")
_NOT_MARKUP = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def bounded(markup: str) -> str:
    """``markup`` without what nobody reads (scripts but JSON-LD, styles, drawings, embedded files), cut where it is too long."""
    light = _GIANT_TAG.sub(r"<\1>", _DATA_ADDRESS.sub("", "".join(_without_giant_data(markup))))
    lean = "".join(_seen(_NOT_MARKUP.sub("", light)))[:MARKUP_LENGTH]
    for count, tag in enumerate(_TAG.finditer(lean)):
        if count >= NODES:
            return lean[: tag.start()] + _WHOLE_TAG.sub(" ", lean[tag.start() :])  # words behind the last element are words too
    return lean


def parse(lean: str) -> Tree | None:
    """The tree of bounded markup, or None where there is none; at most ``DEPTH`` deep, no giant attributes."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(lean.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return _flattened(tree) if _deepest(tree) > DEPTH else tree


def _without_giant_data(markup: str) -> Iterator[str]:
    """The pieces of ``markup`` without JSON-LD that is longer than any article: it would take the place of the page's words."""
    start = 0
    for opening in _SCRIPT.finditer(markup):
        is_data = opening.start() >= start and "ld+json" in opening.group().lower()
        closing = _SCRIPT_END.search(markup, opening.end()) if is_data else None
        if closing is not None and closing.start() - opening.end() > JSON_LD_LENGTH:
            yield markup[start : opening.end()]
            start = closing.start()
    yield markup[start:]


def _seen(markup: str) -> Iterator[str]:
    """The pieces of ``markup`` outside elements that hold no words; one pass, whatever the markup."""
    start = 0
    hidden = ""
    for tag in _UNSEEN.finditer(markup):
        name = tag.group(2).lower()
        if not hidden and _hides(tag):
            hidden = name
            yield markup[start : tag.start()]
            start = tag.start()
        elif hidden and tag.group(1) and name == hidden:
            hidden = ""
            start = tag.end()
    if hidden in ("", "svg", "canvas"):
        yield markup[start:]


def _hides(tag: re.Match[str]) -> bool:
    closing, name, whole = tag.group(1), tag.group(2).lower(), tag.group(0).lower()
    if closing or (name == "svg" and whole.endswith("/>")):
        return False
    return name != "script" or "ld+json" not in whole


def _deepest(tree: Tree) -> int:
    """How deep a page is nested; on the way giant attributes, and too many of them, go."""
    depth = deepest = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        deepest = max(deepest, depth)
        attributes = element.attrib
        if len(attributes) > ATTRIBUTES or any(len(value) > ATTRIBUTE_LENGTH for value in attributes.values()):
            _trim(attributes)
    return deepest


def _trim(attributes: Any) -> None:
    for number, (name, value) in enumerate(attributes.items()):
        if number >= ATTRIBUTES or len(value) > ATTRIBUTE_LENGTH:
            del attributes[name]


def _flattened(tree: Tree) -> Tree:
    """A page nested deeper than any real one keeps its head, and its words as paragraphs."""
    flat = html.document_fromstring("<html><head></head><body><article></article></body></html>")
    head = tree.find("head")
    if head is not None:
        flat.replace(flat.find("head"), head)
    article = flat.find("body/article")
    for words in tree.itertext():
        if words.strip():
            etree.SubElement(article, "p").text = words.strip()
    return flat
