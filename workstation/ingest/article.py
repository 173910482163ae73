"""The words of the article in a page."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import islice

import trafilatura
from bs4 import BeautifulSoup

from workstation.ingest.exact_text import in_own_words
from workstation.ingest.markup import Tree
from workstation.ingest.plain import paragraphs
from workstation.ingest.script_data import script_text

# What the extractor cannot do is told by its result; its own log would only repeat it on the terminal.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

ENOUGH = 120
WHOLE = 2_000
_COVERED = 0.5
_HUGE = 4_000
_BLOCKS = (
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "td",
    "th",
    "tr",
    "br",
    "blockquote",
    "dd",
    "dt",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
_FURNITURE = ["nav", "header", "footer", "aside", "form", "button", "select", "menu", "noscript", "script", "style"]
_PARAGRAPHS = ["p", "li", "blockquote", "h2", "h3", "pre", "dd", "td"]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """Readable text, one line a paragraph, and the way that found it."""

    text: str
    origin: str


def article_text(
    tree: Tree, lean: str, decoded: str, url: str | None, told: str | None, description: str | None = None
) -> ArticleText:
    """The article in a page: ``tree`` and ``lean`` as bounded, ``decoded`` as it came.

    ``told`` is the text in its JSON-LD, ``description`` what its head says of it.

    Read as precisely as may be. More generously where that leaves out much of the page's paragraphs; then from JSON-LD,
    from the data of the page's scripts, and at last every paragraph there is.
    """
    best = _read_by_extractor(tree, url, told)
    best = ArticleText(paragraphs(in_own_words(tree, best.text, description)), best.origin)
    if told and len(told) > 2 * len(best.text) and len(told) >= ENOUGH:
        best = ArticleText(told, "json-ld")
    if len(best.text) < ENOUGH:
        scripted = paragraphs(script_text(decoded))
        if len(scripted) > max(ENOUGH, 2 * len(best.text)):
            return ArticleText(scripted, "script data")
    return best if best.text else ArticleText(_all_paragraphs(lean), "page, every paragraph")


def _read_by_extractor(tree: Tree, url: str | None, told: str | None) -> ArticleText:
    precise = ArticleText(_extracted(tree, url, "precision"), "page")
    if _is_huge(tree) or len(precise.text) >= max(ENOUGH, _COVERED * max(_paragraph_length(tree), len(told or ""))):
        return precise
    wide = ArticleText(_extracted(tree, url, "balanced"), "page, widely read")
    if told and _nearer(wide.text, precise.text, told):
        return wide
    return wide if len(wide.text) > 2 * len(precise.text) and len(precise.text) < WHOLE else precise


def _is_huge(tree: Tree) -> bool:
    """Whether a page has more blocks than any article: the extractor's further ways compare each with every other."""
    return next(islice(tree.iter(*_BLOCKS), _HUGE, None), None) is not None


def _nearer(one: str, other: str, told: str) -> bool:
    """Whether the length of ``one`` is clearly nearer to what the page's JSON-LD tells."""
    return len(told) >= ENOUGH and abs(len(one) - len(told)) * 2 < abs(len(other) - len(told))


def _paragraph_length(tree: Tree) -> int:
    """The letters in the page's longer paragraphs, article or not: what an article could have at most."""
    return sum(length for paragraph in tree.iter("p") if (length := len(paragraph.text_content().strip())) > ENOUGH // 2)


def _extracted(tree: Tree, url: str | None, focus: str) -> str:
    try:
        found = trafilatura.bare_extraction(
            tree, url=url, favor_precision=focus == "precision", fast=_is_huge(tree), include_comments=False, include_tables=True
        )
    except Exception:
        return ""
    return paragraphs(str(getattr(found, "text", None) or ""))


def _all_paragraphs(lean: str) -> str:
    soup = BeautifulSoup(lean, "lxml")
    for furniture in soup(_FURNITURE):
        furniture.decompose()
    every = soup(_PARAGRAPHS)
    holding = {id(block.find_parent(_PARAGRAPHS)) for block in every}  # looking into each would take hours where they are nested
    blocks = [block for block in every if id(block) not in holding]
    lines = [" ".join(block.get_text(" ").split()) for block in blocks]
    text = paragraphs("\n".join(lines))
    return text or paragraphs(soup.body.get_text("\n") if soup.body else soup.get_text("\n"))
