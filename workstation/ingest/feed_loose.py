"""Feeds that no strict parser takes, read by feedparser: slower, and it recovers what can be recovered."""

from __future__ import annotations

import io
from typing import Any

from workstation.ingest.feed_addresses import absolute
from workstation.ingest.feed_entry import MOST_ENTRIES, NO_WORDS, Entry, RawFeed, Words


def read_loosely(data: bytes, url: str | None, charset: str | None) -> RawFeed | None:
    """The feed that can be made out in ``data``, or None. Only bytes are handed on: a text could be an address."""
    import feedparser  # noqa: PLC0415 - a tenth of a second, for odd feeds alone

    headers = {
        "content-location": url or "",
        "content-type": f"application/xml; charset={charset}" if charset else "application/xml",
    }
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # some podcasts make it raise TypeError, and nothing tells what hostile ones do
        return None
    feed, entries = found.get("feed", {}), found.get("entries", [])
    if not found.get("version") and not entries:
        return None
    inherited = str(feed.get("author", "")) if str(found.get("version", "")).startswith("atom") else ""
    return RawFeed(
        format=str(found.get("version") or "rss"),
        title=_words(feed.get("title_detail")),
        home=absolute(feed.get("link"), url),
        language=feed.get("language") or None,
        icon=absolute(feed.get("icon") or feed.get("logo") or (feed.get("image") or {}).get("href"), url),
        minutes=int(feed["ttl"][:6]) if str(feed.get("ttl", "")).isdigit() else None,
        itself=next((absolute(link.get("href"), url) for link in feed.get("links", []) if link.get("rel") == "self"), None),
        author=str(feed.get("author", "")),
        entries=[_entry(entry, url, inherited) for entry in entries[:MOST_ENTRIES]],
    )


def _entry(entry: Any, url: str | None, inherited: str) -> Entry:
    contents = [_words(content) for content in entry.get("content", [])]
    return Entry(
        id=str(entry.get("id", "")),
        url=absolute(entry.get("feedburner_origlink"), None)
        or absolute(entry.get("link"), url)
        or absolute(entry.get("id"), None),
        title=_words(entry.get("title_detail")),
        author=_author(entry) or inherited,
        published=str(entry.get("published") or entry.get("created") or ""),
        updated=str(dict.get(entry, "updated") or ""),
        language=(entry.get("title_detail") or {}).get("language"),
        content=next((words for words in contents if words.value.strip()), NO_WORDS),
        summary=_words(entry.get("summary_detail")),
        image=next((absolute(picture.get("url"), url) for picture in entry.get("media_thumbnail", [])), None),
        enclosures=[
            {"url": address, "type": str(one.get("type", "")), "length": str(one.get("length", ""))}
            for one in entry.get("enclosures", [])
            if (address := absolute(one.get("href"), url))
        ],
        categories=[str(tag.get("term"))[:100] for tag in entry.get("tags", []) if tag.get("term")],
    )


def _author(entry: Any) -> str:
    names = [str(author.get("name", "")) for author in entry.get("authors", []) if isinstance(author, dict)]
    several = list(dict.fromkeys(filter(None, names)))
    return ", ".join(several) if len(several) > 1 else str(entry.get("author", ""))


def _words(detail: Any) -> Words:
    if not detail or not detail.get("value"):
        return NO_WORDS
    value, kind = str(detail["value"]), str(detail.get("type", ""))
    return Words(value, "html" in kind or not kind)
