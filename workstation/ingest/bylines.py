"""Bylines as pages print them: the elements that are marked as such, and lines that begin like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.ingest.markup import Tree
from workstation.ingest.names import after_by

_NAMED = (
    "//*[@class[contains(., 'uthor') or contains(., 'yline')] or @id[contains(., 'uthor') or contains(., 'yline')]"
    " or contains(@data-testid, 'yline')]"
)
_TAGS = frozenset(("a", "span", "div", "p", "address", "li", "strong", "em", "h3", "h4"))
_NOT_HERE = re.compile(
    r"comment|related|recommend|sidebar|footer|teaser|widget|promo|most-?read|newsletter|reply|user-?comment", re.IGNORECASE
)
_LEFT_OUT = re.compile(
    r"bio|avatar|image|photo|social|follow|share|title|date|time|desc|box|about|count|role|job|caption|credit|wrapper-all",
    re.IGNORECASE,
)
_HEAD_LINES = 12
_LINE = 120
_NAME_LIKE = re.compile(r"[^\d:!?…“”\"]{3,80}")
_SENTENCE = re.compile(r"[.!?。]\s*$")


def named_bylines(tree: Tree) -> list[str]:
    """The words of the first elements whose class calls them an author or a byline, short and outside lists of other articles."""
    found: list[str] = []
    for element in tree.xpath(_NAMED)[:40]:
        if element.tag not in _TAGS:
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _LEFT_OUT.search(marks) or any(_elsewhere(parent) for parent in element.iterancestors()):
            continue
        line = " ".join(element.text_content().split())
        if 2 < len(line) <= _LINE and _NAME_LIKE.fullmatch(line):
            found.append(line)
        if len(found) >= 3:
            break
    return found


def printed_bylines(text_blocks: Iterator[str]) -> list[str]:
    """What stands behind "By", "Von:", "بقلم" and the like at the beginning of a short line near the headline."""
    found = []
    for number, line in enumerate(text_blocks):
        if number >= _HEAD_LINES:
            break
        name = after_by(line) if len(line) <= _LINE else None
        if name and _is_name_like(name):
            found.append(name)
    return found


def signatures(tree: Tree) -> list[str]:
    """The short line set to the right behind the last paragraph, as newspapers of many countries sign."""
    signed = tree.xpath("//p[contains(translate(@style, ' ', ''), 'text-align:right') or contains(@class, 'signature')]")[-1:]
    lines = [" ".join(element.text_content().split()) for element in signed if _follows_paragraph(element)]
    return [line for line in lines if 1 < len(line) <= 40 and _is_name_like(line) and len(line.split()) <= 5]


def _follows_paragraph(element: Tree) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == "p" and len(before.text_content()) > _LINE


def _is_name_like(line: str) -> bool:
    first = line[0]
    return bool(_NAME_LIKE.fullmatch(line)) and not _SENTENCE.search(line) and len(line.split()) <= 8 and not first.islower()


def lines_after_heading(tree: Tree) -> Iterator[str]:
    """The short pieces of text that follow the first heading, in the page's order."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return
    for number, element in enumerate(heading.itersiblings()):
        if number > 4:
            break
        yield from _short_lines(element)
    for parent in heading.iterancestors():
        if parent.tag in ("body", "html"):
            break
        for element in list(parent.itersiblings())[:4]:
            yield from _short_lines(element)


def _short_lines(element: Tree) -> Iterator[str]:
    for block in element.iter("p", "div", "span", "address", "a", "li"):
        line = " ".join(block.text_content().split())
        if 3 < len(line) <= _LINE:
            yield line


def _elsewhere(element: Tree) -> bool:
    return element.tag in ("aside", "footer", "nav") or bool(
        _NOT_HERE.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    )
