"""The reader of web pages, saved or fetched."""

from __future__ import annotations

from workstation.errors import ReadError
from workstation.ingest import icons
from workstation.ingest.arrival import Arrival, Reading
from workstation.ingest.article import article_text
from workstation.ingest.decoding import decode
from workstation.ingest.facts import Facts, facts_of
from workstation.ingest.locked import locked
from workstation.ingest.markup import bounded, parse
from workstation.ingest.names import after_by
from workstation.ingest.own_address import own_address
from workstation.ingest.saved_pages import not_later, saved_page
from workstation.ingest.voting import letters
from workstation.ingest.written_dates import spelled_day

MEDIA_TYPE = "text/html"
_HEAD_LINES = 6
_LONGEST_FIELD = 120
_DATE_LINE = 45


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
    described = facts.description.value if facts.description else None
    article = article_text(tree, lean, decoded, facts.url.value if facts.url else None, facts.body, described)
    text, origin = (_without_head(article.text, facts), article.origin) if article.text else _described(facts)
    if facts.title is None and not any(map(str.isalnum, text)):
        raise ReadError(
            "There is nothing to read in this page", "No article and no title was found in it. Paste its text instead."
        )
    return Reading(
        text=text,
        text_origin=origin + locked(tree, decoded, text),
        title=facts.title,
        outlet=facts.outlet,
        author=facts.author,
        published=facts.published,
        language=facts.language,
        country=facts.country,
        url=facts.url if arrival.url is None else own_address(tree, arrival.url),
        icon=icons.embedded(arrival.data),
        saved=saved.at,
        picture=facts.picture,
    )


def _without_head(text: str, facts: Facts) -> str:
    """The text of an article without its own headline, byline and date around it: they are the item's other fields."""
    lines = text.split("\n")
    names = {letters(name) for name in (facts.author.value if facts.author else "").split(", ")} - {""}
    title = letters(facts.title.value) if facts.title else ""
    kept = [
        line
        for number, line in enumerate(lines)
        if not ((number < _HEAD_LINES or number >= len(lines) - 2) and _is_field(line, title, names))
    ]
    return "\n".join(kept) if kept else text


def _is_field(line: str, title: str, names: set[str]) -> bool:
    """Whether a line is nothing but the headline, the byline, or a date."""
    if len(line) > _LONGEST_FIELD and letters(line) != title:
        return False
    people = after_by(line) or line
    return letters(line) == title or letters(people) in names or (len(line) < _DATE_LINE and spelled_day(line) is not None)


def _described(facts: Facts) -> tuple[str, str]:
    """A page whose article only its scripts could show still has its description."""
    return (facts.description.value, "meta") if facts.description else ("", "page")
