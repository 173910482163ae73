"""The reader of web pages, saved or fetched."""

from __future__ import annotations

import re

from workstation.errors import ReadError
from workstation.ingest import icons
from workstation.ingest.arrival import Arrival, Reading
from workstation.ingest.article import article_text
from workstation.ingest.decoding import decode
from workstation.ingest.facts import Facts, facts_of
from workstation.ingest.markup import bounded, parse
from workstation.ingest.own_address import own_address
from workstation.ingest.places import web_address

MEDIA_TYPE = "text/html"
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=(?:\(\d{1,6}\))?\s*(\S{1,2000})\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})"
)
_HEAD = 4_000


def read(arrival: Arrival) -> Reading:
    """The article in a page and what the page says about it.

    Raises:
        ReadError: there is neither a title nor a word in it.
    """
    decoded = decode(arrival.data, arrival.charset).text
    url = arrival.url or _saved_from(decoded)
    lean = bounded(decoded)
    tree = parse(lean)
    if tree is None:
        raise ReadError(
            "There is nothing to read in this page", "It holds no markup and no words. Save the page again, or paste its text."
        )
    facts = facts_of(tree, url, arrival.captured)
    article = article_text(tree, lean, decoded, facts.url.value if facts.url else None, facts.body)
    text, origin = (_without_title(article.text, facts), article.origin) if article.text else _described(facts)
    if facts.title is None and not any(map(str.isalnum, text)):
        raise ReadError(
            "There is nothing to read in this page", "No article and no title was found in it. Paste its text instead."
        )
    return Reading(
        text=text,
        text_origin=origin,
        title=facts.title,
        outlet=facts.outlet,
        author=facts.author,
        published=facts.published,
        language=facts.language,
        country=facts.country,
        url=facts.url if arrival.url is None else own_address(tree, arrival.url),
        icon=icons.embedded(arrival.data),
    )


def _without_title(text: str, facts: Facts) -> str:
    """The text of an article that begins with its own headline, without it."""
    first, _, rest = text.partition("\n")
    return rest if rest and facts.title and first.casefold() == facts.title.value.casefold() else text


def _described(facts: Facts) -> tuple[str, str]:
    """A page whose article only its scripts could show still has its description."""
    return (facts.description.value, "meta") if facts.description else ("", "page")


def _saved_from(decoded: str) -> str | None:
    found = _SAVED_FROM.search(decoded[:_HEAD])
    return web_address(found.group(1) or found.group(2)) if found else None
