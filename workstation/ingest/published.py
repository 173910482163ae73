"""When a page was published: what its signals agree on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from htmldate import find_date

from workstation.ingest.arrival import Finding
from workstation.ingest.bylines import lines_after_heading
from workstation.ingest.dates import iso_date, written_date
from workstation.ingest.json_ld import text_of
from workstation.ingest.page import Page
from workstation.ingest.titles import title_pieces
from workstation.ingest.voting import Vote, elected

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "publish-date", "publish_date", "pubdate", "article.published", "published_time", "parsely-pub-date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "citation_publication_date", "citation_online_date",
    "article:published", "publication_date", "og:pubdate", "published-date", "rnews:datepublished",
)  # fmt: skip
_VAGUE_META = (
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "article_date_original", "originalpublicationdate", "date", "citation_date", "article:create_at", "created",
    "mediator_published_time",
)  # fmt: skip
_IN_ADDRESS = re.compile(r"/(199\d|20\d\d)([/-]?)([01]\d)\2([0-3]\d)(?=[/_.-]|$)")
_ENOUGH = 1.0
_DAY_LENGTH = 30


def published_of(page: Page) -> Finding | None:
    """The day that weighs heaviest, as the most exact of those that name it; an ISO 8601 time or day."""
    told = list(_told(page))
    if sum(vote.weight for vote in told) < _ENOUGH:
        told.extend(_searched(page))
    best = elected(told, _same_day)
    if best is None:
        return None
    exact = next((vote for vote in told if len(vote.value) > 10 and vote.value[:10] == best.value[:10]), None)
    return best if len(best.value) > 10 or exact is None else Finding(exact.value, exact.origin)


def _told(page: Page) -> Iterator[Vote]:
    article = page.article
    yield from _first(page, "json-ld", 1.1, [text_of(article.get("datePublished"))])
    yield from _first(page, "json-ld", 0.5, [text_of(article.get("dateCreated")), text_of(article.get("uploadDate"))])
    yield from _first(page, "meta", 1.0, (value for name in _PUBLISHED_META for value in page.meta.get(name, ())))
    yield from _first(page, "meta", 0.6, (value for name in _VAGUE_META for value in page.meta.get(name, ())))
    marked = page.marked("datePublished")
    yield from _first(page, "page", 0.8, (mark.get("content") or mark.get("datetime") or mark.text_content() for mark in marked))
    found = _IN_ADDRESS.search(page.url.value if page.url else "")
    yield from _first(page, "address", 0.7, ["-".join(found.group(1, 3, 4))] if found else [])
    yield from _first(page, "page", 0.5, page.tree.xpath("//article//time/@datetime")[:1])
    yield from _titled(page)


def _titled(page: Page) -> Iterator[Vote]:
    """A day that is a piece of the title of its own ("A lock opens | The Gazette | 28.04.2026")."""
    for piece in title_pieces(page.title_element)[1:]:
        date = written_date(piece, captured=page.captured) if len(piece) <= _DAY_LENGTH else None
        if date:
            yield Vote(date, "title", 1.0)
            return


def _searched(page: Page) -> Iterator[Vote]:
    """What is printed: only looked for where the page does not tell machines."""
    yield from _first(page, "page", 0.4, page.tree.xpath("//time[@pubdate or @itemprop]/@datetime | //time/@datetime")[:1])
    printed = [
        date for line in islice(lines_after_heading(page.tree), 40) if (date := written_date(line, captured=page.captured))
    ]
    if printed:
        yield Vote(printed[0], "page", 0.6)
    found = _found(page)
    if found:
        yield Vote(found, "page", 0.5)


def _found(page: Page) -> str | None:
    day = page.captured.date().isoformat()
    url = page.url.value if page.url else None
    try:
        found: Any = find_date(page.tree, extensive_search=False, original_date=True, url=url, max_date=day)
    except Exception:
        return None
    return str(found) if found else None


def _first(page: Page, origin: str, weight: float, values: Any) -> Iterator[Vote]:
    date = next((date for value in values if value and (date := iso_date(value, captured=page.captured))), None)
    if date:
        yield Vote(date, origin, weight)


def _same_day(one: str, other: str) -> float:
    return 1.0 if one[:10] == other[:10] else 0.0
