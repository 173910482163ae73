"""From the bytes of a feed to the items that its entries become. It runs in the worker, as the job "feed"."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import product
from typing import Any

from workstation.domain.body import count_words
from workstation.domain.item import item_id
from workstation.domain.unseen import without_tricks
from workstation.errors import ReadError
from workstation.ingest import feed_text
from workstation.ingest.feed_dates import feed_date
from workstation.ingest.feed_discovery import offers_in
from workstation.ingest.feed_entry import Entry, RawFeed, Words
from workstation.ingest.feed_json import read_json
from workstation.ingest.feed_language import FeedLanguages
from workstation.ingest.feed_look import decoded, is_json, is_opml, is_page
from workstation.ingest.feed_loose import read_loosely
from workstation.ingest.feed_outlet import outlet_named
from workstation.ingest.feed_readings import FeedItem, FeedReading, PageReading, answer_of
from workstation.ingest.feed_repair import repaired, undeclared
from workstation.ingest.feed_xml import read_xml
from workstation.ingest.language import language_code
from workstation.ingest.names import names
from workstation.ingest.places import country_of_domain, country_of_language, domain_of
from workstation.ingest.text import first_line

_as_json = json.JSONEncoder(ensure_ascii=False).encode


def feed(data: bytes, known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The job: ``known`` holds ``url``, ``charset`` and ``captured`` (ISO 8601); answers with ``feed`` or with ``page``."""
    captured = datetime.fromisoformat(known["captured"])
    reading = read(data, captured=captured, url=known.get("url"), charset=known.get("charset"))
    return answer_of(reading), b""


def kept(data: bytes, known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The job: an entry that was kept earlier, read again from its original; answers with ``item``.

    ``known`` holds ``captured`` (ISO 8601), what only the whole feed told (``outlet``, ``language``, ``country``, ``url`` for an
    entry without an address), and the ``title`` and ``text`` that were read at first: the original does not tell whether its
    words were markup, they do.

    Raises:
        ReadError: it is no such original.
    """
    making = _Making(
        datetime.fromisoformat(known["captured"]), known["url"], known["outlet"], known["language"], known["country"]
    )
    try:
        readings = [making.item(_entry(json.loads(data), *ways)) for ways in product((True, False), repeat=2)]
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError("This entry of a feed could not be read", f"Its original is damaged: {error}.") from error
    items = [one for one in readings if one is not None and one.original.encode() == data]
    if not items:
        raise ReadError("This entry of a feed could not be read", "Its original is not as this program keeps one.")
    found = next((one for one in items if (one.title, one.text) == (known["title"], known["text"])), items[0])
    return {"item": asdict(found)}, b""


def _entry(values: Mapping[str, Any], title_is_markup: bool, words_are_markup: bool) -> Entry:
    """What :func:`_original` wrote, its title and its words taken as markup or not."""
    words = {name: Words(values.get(name, ""), words_are_markup) for name in ("content", "summary")}
    return Entry(**{**values, **words, "title": Words(values.get("title", ""), title_is_markup)})


def read(data: bytes, *, captured: datetime, url: str | None = None, charset: str | None = None) -> FeedReading | PageReading:
    """The feed in ``data``, read in this process; foreign bytes are better read by the worker.

    Raises:
        ReadError: it is neither a feed nor a page.
    """
    if not data.strip():
        raise ReadError("This feed could not be read", "What arrived is empty. Try again later, or check the address.")
    text = decoded(data, charset)
    if is_page(text):
        title, offers = offers_in(text, url)
        return PageReading(title, offers)
    raw = raw_feed(data, text, url, charset)
    if raw is None:
        raise _no_feed(text)
    return _reading(raw, url, captured)


def raw_feed(data: bytes, text: str, url: str | None, charset: str | None = None) -> RawFeed | None:
    """The feed as it stands: by the strict readers where it is well-formed or can be mended, else by feedparser."""
    if is_json(text):
        return read_json(text, url)
    if is_opml(text):
        return None
    bare = undeclared(text)
    strict = bare and (read_xml(bare, url) or read_xml(repaired(bare), url))
    return strict or read_loosely(data, url, charset)


def _no_feed(text: str) -> ReadError:
    if is_opml(text):
        return ReadError("This is no feed", "It is a list of feeds (OPML). Import it in the list of feeds.")
    if is_json(text):
        return ReadError("This is no feed", "It is JSON, but not a JSON Feed: it has no list of items. Check the address.")
    return ReadError(
        "This is no feed", "It is neither RSS, Atom, RDF nor JSON Feed, or it is too broken to be read. Check the address."
    )


# --- putting together ----------------------------------------------------------------------------------------------


def _reading(raw: RawFeed, url: str | None, captured: datetime) -> FeedReading:
    title = feed_text.title(raw.title)
    home = raw.home
    outlet = outlet_named(title, domain_of(home) or domain_of(url))
    making = _Making(captured, url, outlet, raw.language, country_of_language(raw.language))
    return FeedReading(
        format=raw.format,
        title=title or outlet,
        home=home,
        language=language_code(raw.language),
        icon=raw.icon,
        minutes=raw.minutes,
        itself=raw.itself,
        items=tuple(_distinct(making.item(entry) for entry in raw.entries)),
    )


def _distinct(items: Iterator[FeedItem | None]) -> Iterator[FeedItem]:
    """Each entry once: of several that bear one key the first, which is the newest, counts."""
    seen: set[str] = set()
    for one in items:
        if one is not None and one.key not in seen:
            seen.add(one.key)
            yield one


@dataclass(frozen=True, slots=True)
class _Making:
    """What all entries of a feed share."""

    captured: datetime
    url: str | None
    outlet: str
    language: str | None
    region: str | None
    languages: FeedLanguages = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "languages", FeedLanguages(self.language))

    def item(self, entry: Entry) -> FeedItem | None:
        """The entry made plain; None when it holds neither words nor an address."""
        text, text_origin = _text(entry)
        title = feed_text.title(entry.title)
        if not (title or text or entry.url):
            return None
        original = _original(entry)
        arrived = original.encode()
        digest = sha256(arrived).hexdigest()
        author = _byline(entry.author, self.outlet) if entry.author else None
        published = feed_date(entry.published, self.captured) or feed_date(entry.updated, self.captured)
        language = self.languages.of(f"{title}\n{text}", entry.language)
        by_domain = country_of_domain(domain_of(entry.url))
        told_title = title or (first_line(text) if text else entry.url or "")
        found = {"url": entry.url, "title": title, "outlet": self.outlet, "author": author, "published": published}
        return FeedItem(
            key=_digest(entry.id or entry.url or f"{title}\n{entry.published}"),
            print=_digest("\n".join((told_title, entry.url or "", author or "", text))),
            title=without_tricks(told_title),
            url=entry.url,
            author=author and without_tricks(author),
            published=published,
            updated=feed_date(entry.updated, self.captured),
            text=text,
            language=language or language_code(entry.language or self.language),
            outlet=self.outlet,
            country=by_domain or self.region,
            words=count_words(text),
            item=item_id(arrived, entry.url or self.url),
            sha256=digest,
            original=original,
            origins={
                **{name: "feed" for name, value in found.items() if value},
                **({"text": text_origin} if text else {}),
                **({"language": "text" if language else "feed"} if language or self.language else {}),
                **({"country": "address" if by_domain else "feed"} if by_domain or self.region else {}),
            },
        )


@lru_cache(maxsize=1024)
def _byline(author: str, outlet: str) -> str | None:
    return names([feed_text.name(author)], outlet=outlet)


def _text(entry: Entry) -> tuple[str, str]:
    """The words of an entry and where in it they stood; the summary where there is nothing else."""
    text = feed_text.plain(entry.content) if entry.content else ""
    if any(map(str.isalnum, text)):
        return text, "feed"
    return (feed_text.plain(entry.summary) if entry.summary else ""), "feed summary"


def _original(entry: Entry) -> str:
    """The entry as it arrived, as JSON: the same entry in two feeds, or read in two ways, is the same text."""
    values = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title.value,
        "author": entry.author,
        "published": entry.published,
        "updated": entry.updated,
        "language": entry.language,
        "content": entry.content.value,
        "summary": entry.summary.value,
        "image": entry.image,
        "enclosures": entry.enclosures,
        "categories": entry.categories,
    }
    kept = {name: value for name, value in values.items() if value}
    return _as_json(kept).encode("utf-8", "replace").decode()


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
