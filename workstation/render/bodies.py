"""The rich text of a story as markup of a page or a fragment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from workstation.domain.body import Block, Body, Run, canonical, write_html
from workstation.render.addresses import address
from workstation.render.characters import clean
from workstation.render.direction import isolated


def page_body(body: Body) -> Markup:
    """``body`` for a page: each outermost block takes its direction from its own words."""
    html = write_html(_printable(body), quote_marks=False)
    for tag in ("p", "ul", "ol", "blockquote"):  # the text is escaped, so only markup can match
        html = html.replace(f"<{tag}>", f'<{tag} dir="auto">')
    return Markup(html)  # noqa: S704 - escaped by write_html


def fragment_body(body: Body) -> Markup:
    """``body`` for a fragment: right-to-left words isolated by characters, and no bare address alone on a line."""
    blocks = [replace(block, runs=tuple(_linked(isolated(block.runs)))) for block in _printable(body).blocks]
    return Markup(write_html(Body(tuple(blocks)), quote_marks=False))  # noqa: S704 - escaped by write_html


def _printable(body: Body) -> Body:
    """The body without links that a reader may not be sent to and without code points that HTML forbids."""
    return canonical(replace(block, runs=tuple(_printable_run(run) for run in block.runs)) for block in body.blocks)


def _printable_run(run: Run) -> Run:
    return Run(clean(run.text), replace(run.marks, link=address(run.marks.link)))


def _linked(runs: tuple[Run, ...]) -> Iterator[Run]:
    """A CMS embeds what it finds at an address that stands alone on a line; a link it leaves alone."""
    for run in runs:
        bare = "" if run.marks.link else run.text.strip()
        alone = bare.startswith(("http://", "https://")) and not any(c.isspace() for c in bare)
        yield replace(run, marks=replace(run.marks, link=address(bare))) if alone else run


def summary(block: Block, length: int) -> str:
    """The words of ``block``, cut at a word to at most ``length`` characters."""
    words = " ".join(clean(block.text).split())
    if len(words) <= length:
        return words
    return words[:length].rpartition(" ")[0].rstrip(" ,;:–—-") + "…" if " " in words[:length] else words[: length - 1] + "…"
