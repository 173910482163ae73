"""The libraries that are measured, each in one function from a page's bytes and its address to what it found."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import newspaper
import trafilatura
from lxml import html
from py3langid import classify
from readability import Document
from scoring import Found

from workstation.ingest.arrival import Arrival
from workstation.ingest.decoding import decode
from workstation.ingest.html import read
from workstation.ingest.reading import put_together

CAPTURED = datetime.now(UTC)
for name in ("trafilatura", "htmldate", "newspaper", "readability"):
    logging.getLogger(name).setLevel(logging.CRITICAL)


def ours(data: bytes, url: str | None) -> Found:
    """The whole reading as an item, with the outlet table; ``said`` is the outlet as the page tells it."""
    arrival = Arrival(data=data, captured=CAPTURED, url=url)
    reading = read(arrival)
    item = put_together(arrival, reading, "text/html").item
    return Found(
        text=item.text,
        title=item.title,
        authors=tuple(filter(None, [item.author])),
        date=item.published,
        site=item.outlet,
        lang=item.language,
        image=reading.picture.value if reading.picture else None,
        said=reading.outlet.value if reading.outlet else None,
    )


def trafilatura_precision(data: bytes, url: str | None) -> Found:
    return _trafilatura(data, url, precise=True)


def trafilatura_default(data: bytes, url: str | None) -> Found:
    return _trafilatura(data, url, precise=False)


def _trafilatura(data: bytes, url: str | None, *, precise: bool) -> Found:
    found = trafilatura.bare_extraction(data, url=url, favor_precision=precise, include_comments=False, with_metadata=True)
    if found is None:
        return Found()
    return Found(
        text=found.text or "",
        title=found.title,
        authors=tuple((found.author or "").split("; ")),
        date=found.date,
        site=found.sitename,
        lang=classify(found.text)[0] if found.text else None,
        image=found.image,
    )


def newspaper4k(data: bytes, url: str | None) -> Found:
    article = newspaper.Article(url or "", fetch_images=False)
    article.download(input_html=decode(data, None).text)
    article.parse()
    return Found(
        text=article.text,
        title=article.title,
        authors=tuple(article.authors),
        date=article.publish_date.isoformat() if article.publish_date else None,
        site=article.meta_site_name,
        lang=article.meta_lang,
        image=article.top_image,
    )


def readability_lxml(data: bytes, url: str | None) -> Found:
    document = Document(decode(data, None).text, url=url)
    summary = html.fromstring(document.summary())
    return Found(
        text="\n".join(summary.itertext()), title=document.short_title(), authors=tuple(filter(None, [document.author()]))
    )


LIBRARIES: Mapping[str, Callable[[bytes, str | None], Found]] = {
    "ours": ours,
    "trafilatura, precision": trafilatura_precision,
    "trafilatura, default": trafilatura_default,
    "newspaper4k": newspaper4k,
    "readability-lxml": readability_lxml,
}
