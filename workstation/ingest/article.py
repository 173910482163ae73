"""The words of the article in a page."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import trafilatura
from bs4 import BeautifulSoup

from workstation.ingest.markup import Tree
from workstation.ingest.plain import paragraphs

# What the extractor cannot do is told by its result; its own log would only repeat it on the terminal.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

ENOUGH = 120
_FURNITURE = ["nav", "header", "footer", "aside", "form", "button", "select", "menu", "noscript", "script", "style"]
_PARAGRAPHS = ["p", "li", "blockquote", "h2", "h3", "pre", "dd", "td"]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """Readable text, one line a paragraph, and the way that found it."""

    text: str
    origin: str


def article_text(tree: Tree, lean: str, url: str | None) -> ArticleText:
    """The article in ``tree``: as precisely as may be, more generously where that finds little, and every paragraph at last."""
    best = ArticleText("", "page")
    for origin, recall in (("page", False), ("page, widely read", True)):
        found = _extracted(tree, url, recall=recall)
        if len(found) > 2 * len(best.text):
            best = ArticleText(found, origin)
        if len(best.text) >= ENOUGH:
            return best
    everything = _all_paragraphs(lean) if not best.text else ""
    return ArticleText(everything, "page, every paragraph") if everything else best


def _extracted(tree: Tree, url: str | None, *, recall: bool) -> str:
    try:
        found = trafilatura.bare_extraction(
            tree, url=url, favor_precision=not recall, favor_recall=recall, include_comments=False, include_tables=True
        )
    except Exception:
        return ""
    return paragraphs(str(getattr(found, "text", None) or ""))


def _all_paragraphs(lean: str) -> str:
    soup = BeautifulSoup(lean, "lxml")
    for furniture in soup(_FURNITURE):
        furniture.decompose()
    blocks = [block for block in soup(_PARAGRAPHS) if not block.find(_PARAGRAPHS)]
    lines = [" ".join(block.get_text(" ").split()) for block in blocks]
    text = paragraphs("\n".join(lines))
    return text or paragraphs(soup.body.get_text("\n") if soup.body else soup.get_text("\n"))
