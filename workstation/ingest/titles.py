"""The headline of a page: what its signals agree on, without the name of the outlet and the section around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.ingest.arrival import Finding
from workstation.ingest.json_ld import text_of
from workstation.ingest.page import Page
from workstation.ingest.plain import without_markup
from workstation.ingest.voting import Vote, elected, letters

_TITLE_META = ("citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline", "cxenseparse:title")
_SEPARATED = re.compile(
    r"\s+(?:[–—·•»«:*]|-{1,2}|::)\s+|\s*[|ㅣ｜│]\s*|(?<=\S)\s+›\s+|(?<=[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef])_+(?=\S)"
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = re.compile(r"^[\s|ㅣ｜│–—·•»«:*‹›-]")


def title_of(page: Page, outlet: str) -> Finding | None:
    """The headline that most signals share; a front page is called what its outlet calls it."""
    if page.is_front:
        front = (Vote(without_markup(value), origin, weight) for value, origin, weight in _of_front(page) if value)
        return elected((vote for vote in front if vote.value), _agreement)
    sections = {letters(name) for name in page.sections()}
    votes = [
        Vote(line, vote.origin, vote.weight)
        for vote in _votes(page)
        if (line := without_outlet(without_markup(vote.value), outlet, page.domain, sections))
    ]
    return elected(votes, _agreement)


def without_outlet(title: str, outlet: str, domain: str | None, sections: set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """``title`` without the outlet's name before or behind it ("Headline | The Outlet"); "" when it is nothing else.

    A section's name (``sections``, folded) goes only with the outlet's or from the very end.
    """
    known = {letters(name) for name in (outlet, domain or "", (domain or "").partition(".")[0])} - {""}
    cuts = list(_SEPARATED.finditer(title))
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(title)]
    pieces = [letters(title[start:end]) for start, end in zip(starts, ends, strict=True)]
    first, last = 0, len(pieces)
    named = next((number for number, piece in enumerate(pieces) if piece in known), None)
    if named == 0:
        first = 1
    elif named is not None:
        last = named
    while named is not None and last - first > 1 and pieces[last - 1] in sections:
        last -= 1
    return title[starts[first] : ends[last - 1]].strip() if first < last else ""


def title_pieces(title: str) -> list[str]:
    """A title element's pieces between its separators."""
    return _SEPARATED.split(title)


def _votes(page: Page) -> Iterator[Vote]:
    """What was measured: an article's own headline and Open Graph are right most often, then the only heading.

    The card and the title elements mostly repeat Open Graph and say little of their own.
    """
    article = page.article
    told = (
        (page.first(("og:title",)), "open graph", 0.95),
        (text_of(article.get("headline")), "json-ld", 1.2),
        (None if article.get("headline") else text_of(article.get("name")), "json-ld", 0.8),
        *_headings(page),
        (page.first(_TITLE_META), "meta", 1.1),
        (_marked_headline(page), "page", 0.6),
        (page.first(("twitter:title",)), "twitter card", 0.4),
        (page.title_element, "title", 0.5),
        (page.first(("title",)), "meta", 0.2),
    )
    for value, origin, weight in told:
        if value and value.strip():
            yield Vote(value, origin, weight)


def _of_front(page: Page) -> Iterator[tuple[str | None, str, float]]:
    """What names a front page; its headings and marks are those of the articles on it."""
    yield page.first(("og:title",)), "open graph", 0.95
    yield page.first(("twitter:title",)), "twitter card", 0.6
    yield page.title_element, "title", 0.8


def _headings(page: Page) -> Iterator[tuple[str | None, str, float]]:
    """The page's only first heading; of several, the first one in an article or else the first of all."""
    headings = [heading for heading in page.tree.iter("h1") if heading.text_content().strip()]
    if len(headings) == 1:
        words = _words(headings[0])
        yield words, "heading", 1.1 if _shares(words, page.title_element) else 0.4
    elif headings:
        within = [heading for heading in headings if next(heading.iterancestors("article", "main"), None) is not None]
        yield _words((within or headings)[0]), "heading", 0.7 if within else 0.4


def _shares(heading: str, title: str) -> bool:
    """Whether a heading has a word of the page's title and is not just its tail.

    A heading that has none is mostly the name of the outlet or of a section.
    """
    pieces = [letters(piece) for piece in title_pieces(title)]
    own, whole = letters(heading), letters(title)
    if len(pieces) > 1 and own == pieces[-1] and len(own) < len(pieces[0]):
        return False
    size = 2 if _UNSPACED.search(heading) else 4
    return not whole or any(own[at : at + size] in whole for at in range(max(1, len(own) - size + 1)))


def _marked_headline(page: Page) -> str | None:
    marked = page.marked("headline")
    return (marked[0].get("content") or _words(marked[0])) if marked else None


def _words(element: object) -> str:
    return " ".join("".join(element.itertext()).split())  # type: ignore[attr-defined]


def _agreement(one: str, other: str) -> float:
    """How much ``other`` speaks for ``one``: the same letters wholly, a longer one that only adds a tail behind a mark mostly."""
    a, b = letters(one), letters(other)
    if a == b:
        return 1.0
    if not a or not b or not (a in b or b in a):
        return 0.0
    longer, shorter = (other, one) if len(b) > len(a) else (one, other)
    if len(letters(shorter)) * 4 < len(letters(longer)):
        return 0.0
    tailed = longer.startswith(shorter) and bool(_ENDS.match(longer[len(shorter) :]))
    if not tailed:
        return 0.4
    return 0.7 if one is shorter else 0.3
