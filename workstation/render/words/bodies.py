"""The rich text of a story as markup of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup

from workstation.domain.body import Block, BlockKind, Body, Run, canonical, write_html
from workstation.domain.script_language import foreign_language
from workstation.render.memory import remembered
from workstation.render.words.addresses import address
from workstation.render.words.characters import clean
from workstation.render.words.direction import html_direction, runs_right_to_left
from workstation.render.words.language import direction_of

_BLOCK = re.compile("(<(?:p|li))>")


def page_body(body: Body, language: str) -> Markup:
    """``body`` for a page in ``language``: each block takes its direction from its own words, a list or block quote its first's.

    A block says its language where its letters tell that it is another one than the page's.
    """
    parts = [part for kind, blocks in groupby(body.blocks, key=_container) for part in _page_parts(kind, blocks, language)]
    return Markup("\n".join(filter(None, parts)))  # noqa: S704 - escaped by write_html


def _container(block: Block) -> tuple[bool, BlockKind | None]:
    """What holds ``block`` at the top level: a block quote, a list of its kind, or nothing."""
    return (True, None) if block.quoted else (False, block.kind)


def _page_parts(kind: tuple[bool, BlockKind | None], blocks: Iterator[Block], language: str) -> Iterator[str]:
    """The markup of neighbours in one container: a paragraph each, or the whole list or block quote."""
    if kind == (False, BlockKind.PARAGRAPH):
        yield from (_paragraph(block, language) for block in blocks)
    else:
        yield _contained(printable(Body(tuple(blocks))), language)


@remembered
def _paragraph(block: Block, language: str) -> str:
    """A paragraph as the page has it, empty when nothing of it can be printed; typing changes one of many."""
    return _told(printable(Body((block,))), language)


def _contained(body: Body, language: str) -> str:
    if not body:
        return ""
    is_right_to_left = runs_right_to_left(body.blocks[0].text, otherwise=direction_of(language) == "rtl")
    direction = "rtl" if is_right_to_left else "ltr"
    return _told(body, language).replace(">", f' dir="{direction}">', 1)


def _told(body: Body, language: str) -> str:
    """The markup of ``body``, in which each paragraph and item of a list says its direction, and its language if foreign."""
    pieces = _BLOCK.split(write_html(body, quote_marks=False))  # the text is escaped, so only markup can match
    marks = [_mark(block.text, language) for block in body.blocks]
    return pieces[0] + "".join(
        f"{start}{mark}{rest}" for start, mark, rest in zip(pieces[1::2], marks, pieces[2::2], strict=True)
    )


def _mark(text: str, language: str) -> str:
    told = foreign_language(text, language)
    direction = html_direction(text, direction_of(language))
    return f' dir="{direction}" lang="{told}">' if told else f' dir="{direction}">'


def printable(body: Body) -> Body:
    """The body without links that a reader may not be sent to and without code points that HTML forbids."""
    return canonical(replace(block, runs=tuple(_printable_run(run) for run in block.runs)) for block in body.blocks)


def _printable_run(run: Run) -> Run:
    return Run(clean(run.text), replace(run.marks, link=address(run.marks.link)))


def summary(block: Block, length: int) -> str:
    """The words of ``block``, cut at a word to at most ``length`` characters."""
    words = " ".join(clean(block.text).split())
    if len(words) <= length:
        return words
    return words[:length].rpartition(" ")[0].rstrip(" ,;:–—-") + "…" if " " in words[:length] else words[: length - 1] + "…"
