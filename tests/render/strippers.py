"""What happens to a story on its way to its readers: each function takes away what some system does not let through.

``without_classes``, ``without_images``, ``without_icons`` and ``aggregator`` take HTML, a whole page or a fragment, and give
HTML; ``text_only`` and ``reader_mode`` give the words that are left, a line for each block. ``misread`` tells what of a story
no longer stands there, or no longer in its order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from lxml import html as markup

from workstation.domain.body import Body
from workstation.domain.publication import Publication
from workstation.domain.story import SignalCard, Story

LARGEST_ICON = 64
"""Pixels across or down of a picture that is an icon."""
_INVISIBLE = dict.fromkeys([*range(0x2066, 0x206A), 0x200E, 0x200F, 0x00AD, 0x200B])
_SPACE = re.compile(r"\s+")
_BLOCK_NAMES = (
    "address article aside blockquote body caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li"
    " main nav ol p pre section table tbody td tfoot th thead title tr ul"
)
_UNREAD_NAMES = "script style template noscript head title svg"
_KEPT_NAMES = "a b blockquote body br em figcaption figure h1 h2 h3 h4 h5 h6 html i img li ol p strong ul"
_FURNITURE_NAMES = "aside footer form header iframe nav object"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNREAD = frozenset(_UNREAD_NAMES.split())
_KEPT = frozenset(_KEPT_NAMES.split())
"""What a reader of feeds lets through; of anything else it keeps the words."""
_DROPPED = _UNREAD | frozenset(_FURNITURE_NAMES.split())
"""What an aggregator throws away with all that is in it: furniture of a site. An opening that has the headline is no such."""


def text_only(html: str) -> str:
    """The words alone, a line for each block, as a terminal or a mail in plain text has them; what only a style hides is read."""
    tree = _tree(html)
    _drop(tree, lambda element: element.tag in _UNREAD)
    lines = "".join(_words(tree)).split("\n")
    return "\n".join(line for line in map(_folded, lines) if line)


def without_classes(html: str) -> str:
    """Without ``class``, ``id`` and ``style``, ``data-…`` and ``aria-…``, nor style sheets: what a CMS takes away."""
    tree = _tree(html)
    _drop(tree, lambda element: element.tag in ("style", "link"))
    for element in _elements(tree):
        for name in list(element.attrib):
            if name in ("class", "id", "style", "role") or name.startswith(("data-", "aria-")):
                del element.attrib[name]
    return _text(tree)


def without_images(html: str) -> str:
    """Without any picture, drawn or loaded, nor its alternative text; a caption stays."""
    tree = _tree(html)
    _drop(tree, lambda element: element.tag in ("img", "picture", "svg", "source"))
    return _text(tree)


def without_icons(html: str) -> str:
    """Without small pictures, drawings and what is hidden from screen readers; a lead image stays."""
    tree = _tree(html)
    _drop(tree, lambda element: element.tag == "svg" or element.get("aria-hidden") == "true" or _is_icon(element))
    return _text(tree)


def aggregator(html: str) -> str:
    """As a reader of feeds or a news app takes it in: a few elements, no attributes but addresses, no furniture of a site."""
    tree = _tree(html)
    for header in tree.iter("header"):
        if header.find(".//h1") is not None:
            header.tag = "div"
    _drop(tree, lambda element: element.tag in _DROPPED or element.get("aria-hidden") == "true")
    for element in _elements(tree):
        for name in list(element.attrib):
            if name not in ("href", "src", "alt"):
                del element.attrib[name]
        if element.tag not in _KEPT:
            element.tag = "p" if _is_paragraph(element) else "div" if element.tag in _BLOCKS else "span"
    return _text(tree)


def reader_mode(html: str) -> str:
    """The words that a program finds which looks for the article in a page that it does not know."""
    trafilatura = pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    found = trafilatura.extract(html, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False)
    return str(found or "")


MARKUP: tuple[Callable[[str], str], ...] = (without_classes, without_images, without_icons, aggregator)
"""What takes HTML and gives HTML."""


def misread(text: str, phrases: Iterable[str]) -> list[str]:
    """The phrases that do not stand in ``text`` in their order; white space and the marks of direction do not count."""
    folded, at, missing = _folded(text), 0, []
    for phrase in map(_folded, phrases):
        found = folded.find(phrase, at)
        if found < 0:
            missing.append(phrase)
        else:
            at = found + len(phrase)
    return missing


def attributed(story: Story, publication: Publication) -> list[str]:
    """What has to be read of a story in this order: its news, and of each card headline, “Source: …” and body."""
    return [*_lines(story.news), *(phrase for card in story.signals for phrase in _card(card, publication))]


def _card(card: SignalCard, publication: Publication) -> Iterator[str]:
    labels, names = publication.labels, [source.printed for source in card.sources if source.name.strip()]
    if card.headline.strip():
        yield card.headline
    if names:
        yield f"{labels.source if len(names) == 1 else labels.sources} {', '.join(names)}"
    yield from _lines(card.body)


def _lines(body: Body) -> Iterator[str]:
    yield from (line for block in body.blocks for line in block.text.split("\n") if line.strip())


# --- trees ---------------------------------------------------------------------------------------------------------


def _tree(html: str) -> Any:
    whole = html if "<html" in html.lower() else f"<!DOCTYPE html><html><head></head><body>{html}</body></html>"
    return markup.document_fromstring(whole.encode(), parser=markup.HTMLParser(encoding="utf-8"))


def _text(tree: Any) -> str:
    return str(markup.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))


def _elements(tree: Any) -> list[Any]:
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def _drop(tree: Any, is_dropped: Callable[[Any], bool]) -> None:
    """Takes elements out with all that is in them; the words that follow stay."""
    for element in _elements(tree):
        if is_dropped(element) and element.getparent() is not None:
            element.drop_tree()
    for comment in [node for node in tree.iter() if not isinstance(node.tag, str)]:
        comment.drop_tree()


def _is_icon(element: Any) -> bool:
    if element.tag != "img":
        return False
    sides = [side for side in (element.get("width"), element.get("height")) if side and side.isdigit()]
    return bool(sides) and max(map(int, sides)) <= LARGEST_ICON


def _is_paragraph(element: Any) -> bool:
    return element.tag in _BLOCKS and bool((element.text or "").strip()) and not any(c.tag in _BLOCKS for c in element)


def _words(element: Any) -> Iterator[str]:
    """The words of an element; a block begins and ends a line."""
    edge = "\n" if element.tag in _BLOCKS or element.tag == "br" else ""
    yield edge
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        yield from _words(child)
        yield _SPACE.sub(" ", child.tail or "")
    yield edge


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()
