"""The reader of web pages, saved or fetched."""

from __future__ import annotations

from workstation.errors import ReadError
from workstation.ingest import icons
from workstation.ingest.arrival import Arrival, Reading
from workstation.ingest.article import article_text
from workstation.ingest.decoding import decode
from workstation.ingest.facts import Facts, facts_of
from workstation.ingest.markup import bounded, parse
from workstation.ingest.own_address import own_address
from workstation.ingest.saved_pages import not_later, saved_page

MEDIA_TYPE = "text/html"


def read(arrival: Arrival) -> Reading:
    """The article in a page and what the page says about it.

    Raises:
        ReadError: there is neither a title nor a word in it.
    """
    decoded = decode(arrival.data, arrival.charset).text
    saved = saved_page(decoded)
    url = arrival.url or saved.url
    lean = bounded(decoded)
    tree = parse(lean)
    if tree is None:
        raise ReadError(
            "There is nothing to read in this page", "It holds no markup and no words. Save the page again, or paste its text."
        )
    facts = facts_of(tree, url, not_later(arrival.captured, saved.at or arrival.saved))
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
        saved=saved.at,
    )


def _without_title(text: str, facts: Facts) -> str:
    """The text of an article that begins with its own headline, without it."""
    first, _, rest = text.partition("\n")
    return rest if rest and facts.title and first.casefold() == facts.title.value.casefold() else text


def _described(facts: Facts) -> tuple[str, str]:
    """A page whose article only its scripts could show still has its description."""
    return (facts.description.value, "meta") if facts.description else ("", "page")
