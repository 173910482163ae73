"""Asking feeds: what each answers, as new items and as what is known of the feed from now on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from workstation.domain.feed import Feed, next_due
from workstation.domain.item import FEED_ENTRY, Capture, Item
from workstation.domain.story_archive import ArchivedItem
from workstation.errors import Cancelled, FetchError, ReadError, WorkstationError
from workstation.ingest.feed_readings import FeedItem, FeedReading, PageReading, reading_of
from workstation.ingest.fetch import BusyError, Fetched, GoneError, Limits, OfflineError, Seen, fetch
from workstation.ingest.politeness import Politeness
from workstation.ingest.worker import ReadingWorker
from workstation.workflow.consents import Consents

OFFLINE_AGAIN = timedelta(minutes=15)

IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking a feed came to: the feed as it is known now, and the entries that hold something new."""

    feed: Feed
    entries: tuple[FeedItem, ...] = ()


class Asking:
    """Fetches feeds and has the worker read them. Every method may be called from several threads."""

    def __init__(self, worker: ReadingWorker, limits: Limits, consents: Consents, *, offline: bool) -> None:
        self._worker = worker
        self._limits = limits
        self._consents = consents
        self._offline = offline
        self._politeness = Politeness()

    def fetched(self, url: str, cancelled: IsCancelled, seen: Seen | None = None, *, may_ask: bool = False) -> Fetched:
        """What is at ``url``; see :func:`workstation.ingest.fetch.fetch`. ``may_ask`` is False unless the editor waits for it."""
        if self._offline:
            raise OfflineError("The feed was not asked", "The network is switched off (--offline).")
        with self._politeness.asking(url):
            return self._consents.fetched(
                lambda limits: fetch(url, cancelled=cancelled, limits=limits, seen=seen or Seen()),
                self._limits,
                cancelled,
                may_ask=may_ask,
            )

    def read(self, page: Fetched) -> FeedReading | PageReading:
        """What the worker makes of it.

        Raises:
            ReadError: it is neither a feed nor a page.
        """
        return self.read_bytes(page.data, page.url, page.charset)

    def read_bytes(self, data: bytes, url: str | None = None, charset: str | None = None) -> FeedReading | PageReading:
        """A feed from a file; see :meth:`read`."""
        known = {"url": url, "charset": charset, "captured": moment().isoformat()}
        answer, _ = self._worker.ask("feed", data, known)
        try:
            return reading_of(answer)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ReadError("This feed could not be read", "Its reading gave no answer that makes sense.") from error

    def ask(self, feed: Feed, prints: Callable[[int], dict[str, str]], cancelled: IsCancelled) -> Answer:
        """Ask ``feed`` for something new; ``prints`` gives what it brought already. Only Cancelled is raised."""
        try:
            page = self.fetched(feed.url, cancelled, Seen(feed.etag, feed.modified))
            reading = self.read(page) if page.is_new else None
        except (FetchError, ReadError) as error:
            if cancelled():  # the worker is closed when the program is: that is no failure of the feed
                raise Cancelled from error
            return Answer(_failed(feed, error))
        if isinstance(reading, PageReading):
            return Answer(_failed(feed, _page_instead(reading)))
        return answered(feed, page, reading, prints(feed.id))


def answered(feed: Feed, page: Fetched, reading: FeedReading | None, prints: dict[str, str]) -> Answer:
    """What is known after a feed was read, or after the server said that nothing is new (``reading`` None)."""
    now = moment()
    wait = timedelta(seconds=page.fresh) if page.fresh else None
    etag, modified = page.seen.etag, page.seen.modified
    known = replace(feed, url=page.moved or feed.url, asked=now, failures=0, error="")
    if reading is None:
        known = replace(known, etag=etag or feed.etag, modified=modified or feed.modified)
        return Answer(replace(known, due=next_due(known, now, wait=wait)))
    entries = tuple(one for one in reading.items if prints.get(one.key) != one.print)
    known = replace(
        known,
        title=reading.title or feed.title,
        home=reading.home or feed.home,
        language=reading.language or feed.language,
        icon=reading.icon or feed.icon,
        least=reading.minutes,
        etag=etag,
        modified=modified,
        changed=now if entries else feed.changed,
    )
    return Answer(replace(known, due=next_due(known, now, wait=wait)), entries)


def _failed(feed: Feed, error: WorkstationError) -> Feed:
    """The feed after it could not be asked or read: later each time, and never again where it is gone."""
    now, told = moment(), error.detail or error.title
    if isinstance(error, GoneError):
        return replace(feed, asked=now, paused=True, failures=feed.failures + 1, error=f"{told} It is paused.")
    if isinstance(error, OfflineError):
        return replace(feed, error=told, due=now + OFFLINE_AGAIN)
    wait = timedelta(seconds=min(error.wait, 10**7)) if isinstance(error, BusyError) and error.wait else None
    failed = replace(feed, asked=now, failures=feed.failures + 1, error=told)
    return replace(failed, due=next_due(failed, now, wait=wait))


def _page_instead(page: PageReading) -> ReadError:
    if page.offers:
        named = ", ".join(offer.url for offer in page.offers[:3])
        return ReadError("This is no feed", f"A page came instead of a feed. It names: {named}")
    return ReadError("This is no feed", "A page came instead of a feed, and it names none. Check the address.")


def capture_of(one: FeedItem, captured: datetime) -> Capture:
    """An entry as an item; its original is the entry as it arrived."""
    item = Item(
        id=one.item,
        url=one.url,
        title=one.title,
        outlet=one.outlet,
        author=one.author,
        published=one.published,
        language=one.language,
        country=one.country,
        text=one.text,
        words=one.words,
        captured=captured,
        media_type=FEED_ENTRY,
        sha256=one.sha256,
        origins=MappingProxyType(one.origins),
    )
    return Capture(item=item, original=one.original.encode())


def kept_entry(worker: ReadingWorker, entry: ArchivedItem) -> Capture:
    """An entry that was kept on another desk, read again from its original; what only its feed told is taken from its item.

    Raises:
        ReadError: the original is damaged, or it took too much time or memory.
    """
    item = entry.item
    told = {name: getattr(item, name) for name in ("title", "text", "outlet", "language", "country")}
    answer, _ = worker.ask("entry", entry.original, {**told, "url": entry.feed, "captured": item.captured.isoformat()})
    capture = capture_of(FeedItem(**answer["item"]), item.captured)
    asked = replace(capture.item, language=item.language, country=item.country)
    return replace(capture, item=asked)


def moment() -> datetime:
    """The present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
