"""JSON Feed, versions 1.0 and 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from workstation.ingest.feed_addresses import absolute
from workstation.ingest.feed_entry import MOST_ENTRIES, NO_WORDS, Entry, RawFeed, Words


def read_json(text: str, url: str | None) -> RawFeed | None:
    """The feed in ``text``; None when it is no JSON Feed."""
    try:
        found = json.loads(text.lstrip("\ufeff").replace("\x00", ""), strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return None
    if "jsonfeed.org" not in _word(found.get("version")) and not _word(found.get("title")):
        return None
    base = absolute(_word(found.get("home_page_url")), url) or url
    return RawFeed(
        format="json",
        title=Words(_word(found.get("title")), False),
        home=absolute(_word(found.get("home_page_url")), url),
        language=_word(found.get("language")) or None,
        icon=absolute(_word(found.get("icon")), base) or absolute(_word(found.get("favicon")), base),
        itself=absolute(_word(found.get("feed_url")), url),
        author=_authors(found),
        entries=[_entry(item, base, _authors(found)) for item in found["items"][:MOST_ENTRIES] if isinstance(item, dict)],
    )


def _entry(item: dict[str, Any], base: str | None, author: str) -> Entry:
    html, text = _word(item.get("content_html")), _word(item.get("content_text"))
    own = absolute(_word(item.get("url")), base)
    return Entry(
        id=_word(item.get("id")),
        url=own or absolute(_word(item.get("external_url")), base) or absolute(_word(item.get("id")), None),
        title=Words(_word(item.get("title")), False),
        author=_authors(item) or author,
        published=_word(item.get("date_published")),
        updated=_word(item.get("date_modified")),
        language=_word(item.get("language")) or None,
        content=Words(html, True) if html.strip() else Words(text, False) if text.strip() else NO_WORDS,
        summary=Words(_word(item.get("summary")), False),
        image=absolute(_word(item.get("image")), base) or absolute(_word(item.get("banner_image")), base),
        enclosures=list(_attachments(item.get("attachments"), base)),
        categories=[_word(tag)[:100] for tag in _list(item.get("tags")) if _word(tag)],
    )


def _authors(of: dict[str, Any]) -> str:
    people = [*_list(of.get("authors")), of.get("author")]
    names = [_word(person.get("name")) if isinstance(person, dict) else _word(person) for person in people]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _attachments(found: Any, base: str | None) -> Iterator[dict[str, str]]:
    for part in _list(found):
        address = absolute(_word(part.get("url")), base) if isinstance(part, dict) else None
        if address:
            facts = {"url": address, "type": _word(part.get("mime_type")), "length": _word(part.get("size_in_bytes"))}
            yield {name: value for name, value in facts.items() if value}


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _word(value: Any) -> str:
    """A text, or a number that stands for one; anything else is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip() if not isinstance(value, float) or value == value else ""
