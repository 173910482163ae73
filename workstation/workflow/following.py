"""Following: feeds are found, kept in folders, asked on a schedule, and what they bring becomes items."""

from __future__ import annotations

import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from workstation.domain.changes import NOTHING, Changes
from workstation.domain.feed import CHOICES, Feed
from workstation.domain.item import Capture
from workstation.domain.wording import counted
from workstation.errors import Cancelled, FetchError, InputError, NotFoundError, ReadError, WorkstationError
from workstation.ingest.feed_addresses import usual_addresses
from workstation.ingest.feed_look import looks_like_feed
from workstation.ingest.feed_readings import FeedItem, FeedReading, Offer, PageReading
from workstation.ingest.fetch import FEED_LIMITS, PAGE_LIMITS, Fetched, Limits, OfflineError
from workstation.ingest.kinds import plain_kind
from workstation.ingest.outlines import Outline
from workstation.ingest.places import web_address
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.workflow.consents import Consents
from workstation.workflow.feed_asking import Answer, Asking, IsCancelled, answered, capture_of, moment
from workstation.workflow.feed_files import FEED_SUFFIXES, outlines_in, write_outlines
from workstation.workflow.file_bytes import bytes_of, head_of

THREADS = 8
BATCH = 1500
"""Items that are kept in one transaction: enough to be fast, few enough that the editor's own saving never waits long."""
FIRST_BATCH = 400
"""The same of the first one, so that keeping begins while most feeds are still to be read; each further one has twice as many."""
WAITING = 40
"""Feeds that were read and wait to be kept: about what is read while a batch is kept."""

_MILLISECOND = timedelta(milliseconds=1)
_FAILURES_TOLD = 3

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Followed:
    """What a wish to follow came to. With ``offers`` nothing was followed yet: the editor chooses among them."""

    changes: Changes = NOTHING
    feeds: tuple[int, ...] = ()
    items: tuple[str, ...] = ()
    message: str = ""
    tone: str = "good"
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What asking several feeds came to; ``failures`` are the feeds' names and what went wrong with each."""

    changes: Changes
    asked: int
    items: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]

    @property
    def message(self) -> str:
        """One word for the editor."""
        asked = counted(self.asked, "feed")
        new = {0: "Nothing new", 1: "1 new source"}.get(len(self.items), f"{len(self.items):,} new sources")
        told = [f"{new} from {asked}."]
        if self.failures:
            told.append("1 failed:" if len(self.failures) == 1 else f"{len(self.failures)} failed:")
            told.extend(f"{name}: {cause}" for name, cause in self.failures[:_FAILURES_TOLD])
        return " ".join(told)

    @property
    def tone(self) -> str:
        """How it went."""
        return "warn" if self.failures else "good" if self.items else ""


def never() -> bool:
    """Nobody cancels."""
    return False


def ignore(_done: int, _total: int | None) -> None:
    """Nobody looks how far it is."""


class Following:
    """The verbs of the feeds. All but those that only change a name or a place are slow: call them beside the window's thread."""

    def __init__(
        self,
        store: Store,
        worker: ReadingWorker,
        *,
        offline: bool = False,
        limits: Limits = PAGE_LIMITS,
        consents: Consents | None = None,
    ) -> None:
        self._store = store
        self._worker = worker
        self.is_offline = offline
        own = replace(FEED_LIMITS, allow=limits.allow, seconds=limits.seconds, ports=limits.ports)
        self._asking = Asking(worker, own, consents or Consents(), offline=offline)
        self._one_refresh = threading.Lock()
        self._last = moment()

    @staticmethod
    def recognises(data: bytes) -> bool:
        """Whether what came from an address looks like a feed."""
        return looks_like_feed(data)

    # --- looking ---------------------------------------------------------------------------------------------------

    def feeds(self) -> list[Feed]:
        """Every feed by folder and name, with its counts."""
        return self._store.feeds.all()

    def feed(self, id: int) -> Feed:
        """One feed, without its counts."""
        return self._store.feeds.get(id)

    def named(self, name: str) -> Feed:
        """The one feed with this address, number or name.

        Raises:
            NotFoundError: there is none, or several are called so.
        """
        feeds = self.feeds()
        for is_meant in (
            lambda feed: name in (feed.url, str(feed.id)),
            lambda feed: feed.label.casefold() == name.casefold(),
            lambda feed: name.casefold() in f"{feed.label} {feed.url}".casefold(),
        ):
            found = [feed for feed in feeds if is_meant(feed)]
            if len(found) == 1:
                return found[0]
            if found:
                raise NotFoundError("Several feeds are called so", f"“{name}” fits {len(found)} feeds. Give the address of one.")
        raise NotFoundError("There is no such feed", f"No feed is called “{name}”. “workstation feeds list” names them all.")

    def next_due(self) -> datetime | None:
        """When the next feed is to be asked; None when none ever is."""
        return self._store.feeds.next_due()

    # --- following -------------------------------------------------------------------------------------------------

    def follow(self, address: str, *, folder: str = "", cancelled: IsCancelled = never) -> Followed:
        """Follow the feed at ``address``, or the only one that the site there has; of several the editor chooses.

        Raises:
            FetchError: there is no way to it now.
            ReadError: there is no feed.
        """
        url = _address(address)
        known = self._store.feeds.find(url)
        if known:
            return Followed(feeds=(known.id,), message=f"“{known.label}” is followed already.", tone="")
        page = self._asking.fetched(url, cancelled, may_ask=True)
        reading = self._asking.read(page)
        if isinstance(reading, FeedReading):
            return self.follow_read(page, reading, url=page.moved or url, folder=folder)
        offers = reading.offers or self._usual(page.url, cancelled)
        if not offers:
            raise ReadError("No feed was found", f"{_host(page.url)} names none, and there is none at the usual places.")
        if len(offers) > 1:
            return Followed(message=f"{_host(page.url)} has {len(offers)} feeds.", tone="", offers=offers)
        return self._follow_offer(offers[0], folder, cancelled)

    def _follow_offer(self, offer: Offer, folder: str, cancelled: IsCancelled) -> Followed:
        known = self._store.feeds.find(offer.url)
        if known:
            return Followed(feeds=(known.id,), message=f"“{known.label}” is followed already.", tone="")
        page = self._asking.fetched(offer.url, cancelled)
        reading = self._asking.read(page)
        if isinstance(reading, PageReading):
            raise ReadError("No feed was found", f"The site names {offer.url} as its feed, but a page is there.")
        return self.follow_read(page, reading, url=page.moved or offer.url, folder=folder)

    def follow_fetched(self, page: Fetched, asked: str) -> Followed:
        """Follow a feed whose bytes came when ``asked`` was fetched.

        Raises:
            ReadError: it is no feed.
        """
        reading = self._asking.read(page)
        if isinstance(reading, PageReading):
            raise ReadError("This is no feed", "It is a page. Capture it as one.")
        return self.follow_read(page, reading, url=page.moved or asked)

    def follow_read(self, page: Fetched, reading: FeedReading, *, url: str, folder: str = "") -> Followed:
        """Follow a feed that was fetched and read already."""
        known = self._store.feeds.find(url)
        if known is None:
            now = moment()
            new = Feed(id=0, url=url, title=reading.title, folder=tidy_folder(folder), added=now, due=now)
            self._store.feeds.add_all([new])
            known = self._store.feeds.find(url) or new
        answer = answered(known, replace(page, moved=None), reading, self._store.feeds.prints(known.id))
        items = self._keep([answer])
        told = f"Following “{answer.feed.label}”: {counted(len(items), 'new source') if items else 'no new sources'}."
        return Followed(Changes(items=frozenset(items), feeds=True), (known.id,), items, told)

    def _usual(self, url: str, cancelled: IsCancelled) -> tuple[Offer, ...]:
        """The first feed at the usual places of a site that names none."""
        for address in usual_addresses(url):
            try:
                page = self._asking.fetched(address, cancelled)
                reading = self._asking.read(page)
            except OfflineError:
                raise
            except (FetchError, ReadError):
                continue
            if isinstance(reading, FeedReading):
                return (Offer(address, reading.title),)
        return ()

    # --- keeping the list ------------------------------------------------------------------------------------------

    def unfollow(self, id: int) -> Changes:
        """Follow a feed no longer. Its items stay."""
        self._store.feeds.remove(id)
        return Changes(feeds=True)

    def rename(self, id: int, name: str) -> Changes:
        """Call a feed something else; an empty name gives it back its own."""
        return self._change(id, name=" ".join(name.split())[:200])

    def move(self, id: int, folder: str) -> Changes:
        """Put a feed into a folder, ``""`` for none."""
        return self._change(id, folder=tidy_folder(folder))

    def pause(self, id: int, paused: bool = True) -> Changes:
        """Ask a feed no more, or ask it again from now on."""
        return self._change(id, paused=paused, **({} if paused else {"error": "", "failures": 0, "due": moment()}))

    def set_every(self, id: int, minutes: int | None) -> Changes:
        """Say how often a feed is asked; None leaves it to the program.

        Raises:
            InputError: it is not one of the choices.
        """
        if minutes is not None and minutes not in CHOICES:
            raise InputError("The feed was not changed", f"It can be asked every {', '.join(map(str, CHOICES))} minutes.")
        return self._change(id, every=minutes)

    def _change(self, id: int, **values: object) -> Changes:
        with self._store.together():
            self._store.feeds.put(replace(self._store.feeds.get(id), **values))  # type: ignore[arg-type]
        return Changes(feeds=True)

    # --- refreshing ------------------------------------------------------------------------------------------------

    def refresh_due(self, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Refreshed:
        """Ask every feed whose time has come."""
        return self._refresh(self._store.feeds.due(moment()), cancelled, progress)

    def refresh_all(self, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Refreshed:
        """Ask every feed but the paused ones, whether its time has come or not."""
        return self._refresh([feed for feed in self.feeds() if not feed.paused], cancelled, progress)

    def refresh(self, ids: Sequence[int], *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Refreshed:
        """Ask these feeds, even paused ones."""
        return self._refresh([self._store.feeds.get(id) for id in ids], cancelled, progress)

    def _refresh(self, feeds: Sequence[Feed], cancelled: IsCancelled, progress: Progress) -> Refreshed:
        if self.is_offline and feeds:
            raise OfflineError("The feeds were not refreshed", "The network is switched off (--offline).")
        items: list[str] = []
        failures: list[tuple[str, str]] = []
        done = 0
        with self._one_refresh, self._answers(feeds, cancelled) as answers:
            for batch in _batches(answers):
                items.extend(self._keep(batch))
                failures.extend((answer.feed.label, answer.feed.error) for answer in batch if answer.feed.error)
                done += len(batch)
                progress(done, len(feeds))
        return Refreshed(Changes(items=frozenset(items), feeds=bool(feeds)), done, tuple(items), tuple(failures))

    @contextmanager
    def _answers(self, feeds: Sequence[Feed], cancelled: IsCancelled) -> Iterator[Iterator[Answer]]:
        """What the feeds answer, as it comes; what was kept before the editor cancelled stays.

        Only so many answers wait to be kept: however long the list is, it never fills the memory.
        """
        stopped = threading.Event()
        come: queue.Queue[Answer | Exception | None] = queue.Queue(WAITING)

        def is_over() -> bool:
            return stopped.is_set() or cancelled()

        def ask(feed: Feed) -> None:
            answer: Answer | Exception | None = None
            try:
                answer = None if is_over() else self._asking.ask(feed, self._store.feeds.prints, is_over)
            except Cancelled:
                pass
            except Exception as error:  # raised where the answers are waited for
                answer = error
            while not stopped.is_set():
                with suppress(queue.Full):
                    come.put(answer, timeout=0.2)
                    return

        with ThreadPoolExecutor(min(THREADS, max(1, len(feeds))), thread_name_prefix="feeds") as threads:
            try:
                for feed in _interleaved(feeds):
                    threads.submit(ask, feed)
                yield _arriving(come, len(feeds))
            finally:
                stopped.set()
                threads.shutdown(wait=True, cancel_futures=True)

    # --- keeping what came -----------------------------------------------------------------------------------------

    def _keep(self, answers: Sequence[Answer]) -> tuple[str, ...]:
        """Keep what feeds brought and what is known of them; the ids of the items that are new. One bad feed spoils no other."""
        try:
            return self._keep_together(answers)
        except WorkstationError as error:
            if len(answers) > 1:
                return tuple(item for answer in answers for item in self._keep([answer]))
            if not answers or not answers[0].entries:
                raise
            feed = replace(answers[0].feed, error=error.detail or error.title, etag=None, modified=None)
            return self._keep_together([Answer(feed)])

    def _keep_together(self, answers: Sequence[Answer]) -> tuple[str, ...]:
        captures = self._captures([one for answer in answers for one in answer.entries])
        with self._store.together():
            kept = self._store.items.keep_all(captures) if captures else []
            stands = {capture.item.id: one.id for capture, one in zip(captures, kept, strict=True)}
            for answer in answers:
                self._keep_feed(answer, stands)
        return tuple(one.id for one in kept if one.is_new)

    def _keep_feed(self, answer: Answer, stands: Mapping[str, str]) -> None:
        """Write down what asking told; what the editor changed meanwhile stands, and a feed removed meanwhile stays removed.

        ``stands`` has, for the item of each entry, the one that stands for it: the page may have been captured before.
        """
        told, shelf = answer.feed, self._store.feeds
        try:
            now = shelf.get(told.id)
        except NotFoundError:
            return
        owner = shelf.find(told.url)
        url = told.url if owner is None or owner.id == told.id else now.url
        paused = told.paused or now.paused
        shelf.put(replace(told, url=url, name=now.name, folder=now.folder, every=now.every, paused=paused))
        if answer.entries:
            shelf.brought(told.id, [(one.key, one.print, stands.get(one.item, one.item)) for one in answer.entries])

    def _captures(self, entries: Sequence[FeedItem]) -> list[Capture]:
        """The entries as items that arrived one after the other, the newest last, so that the inbox lists them in order."""
        distinct = {one.item: one for one in reversed(entries)}
        order = sorted(distinct.values(), key=lambda one: one.published or "")
        start = max(self._last + _MILLISECOND, moment() - len(order) * _MILLISECOND)
        self._last = start + len(order) * _MILLISECOND
        return [capture_of(one, start + number * _MILLISECOND) for number, one in enumerate(order)]

    # --- files -----------------------------------------------------------------------------------------------------

    @staticmethod
    def takes(path: Path) -> bool:
        """Whether a file is a list of feeds or a feed, by its look; by its ending where the look tells nothing."""
        kind = plain_kind(head_of(path))
        return kind in ("feed", "opml") or (kind is None and path.suffix.lower() in FEED_SUFFIXES)

    def import_file(self, path: Path) -> Followed:
        """Follow the feeds of a list (OPML), or keep the entries of a feed that was saved as a file.

        Raises:
            InputError: the file cannot be read.
            ReadError: it is neither.
        """
        data = bytes_of(path)
        outlines = outlines_in(self._worker, data)
        if outlines is not None:
            return self._import(outlines.outlines, outlines.broken)
        reading = self._asking.read_bytes(data)
        if isinstance(reading, PageReading):
            raise ReadError(f"{path.name} is no feed", "It is a page. Give it the ending .html to capture it as one.")
        kept = self._store.items.keep_all(self._captures(reading.items))
        items = tuple(dict.fromkeys(one.id for one in kept))
        new = sum(one.is_new for one in kept)
        name = reading.title or path.name
        told = f"{counted(new, 'new source')} from the feed “{name}”." if new else f"Nothing new in the feed “{name}”."
        told = f"{told} {_to_follow(reading)}"
        return Followed(Changes(items=frozenset(items)), (), items, told, "good" if new else "")

    def _import(self, outlines: Sequence[Outline], broken: Sequence[str]) -> Followed:
        now = moment()
        feeds = [
            Feed(id=0, url=one.url, title=one.title, home=one.home, folder=tidy_folder(one.folder), added=now, due=now)
            for one in outlines
        ]
        new = self._store.feeds.add_all(feeds)
        told = [f"Following {counted(len(new), 'new feed') if new else 'no new feeds'}."]
        if len(feeds) > len(new):
            known = len(feeds) - len(new)
            told.append(f"{known} {'was' if known == 1 else 'were'} followed already.")
        if broken:
            told.append(f"{len(broken)} have no address that can be followed: {', '.join(broken[:3])}.")
        if not feeds and not broken:
            raise ReadError("Nothing was imported", "The list holds no feeds.")
        return Followed(Changes(feeds=True), tuple(new), (), " ".join(told), "warn" if broken else "good")

    def export(self, out: Path) -> int:
        """Write every feed to a list (OPML) that other readers take; answers with how many.

        Raises:
            ExportError: the file cannot be written; what was there stays.
        """
        feeds = self.feeds()
        write_outlines(feeds, out)
        return len(feeds)


def tidy_folder(folder: str) -> str:
    """A folder's path with single spaces; empty parts fall out."""
    parts = (" ".join(part.split()) for part in folder.split("/"))
    return " / ".join(part for part in parts if part)[:200]


def _interleaved(feeds: Sequence[Feed]) -> list[Feed]:
    """The feeds with those of one host far apart, so that no thread waits for its turn at one host."""
    hosts: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        hosts[_host(feed.url)].append(feed)
    longest = max(map(len, hosts.values()), default=0)
    return [own[turn] for turn in range(longest) for own in hosts.values() if turn < len(own)]


def _arriving(come: queue.Queue[Answer | Exception | None], count: int) -> Iterator[Answer]:
    for _ in range(count):
        answer = come.get()
        if isinstance(answer, Exception):
            raise answer
        if answer is not None:
            yield answer


def _batches(answers: Iterator[Answer]) -> Iterator[list[Answer]]:
    batch: list[Answer] = []
    size, enough = 0, FIRST_BATCH
    for answer in answers:
        batch.append(answer)
        size += len(answer.entries)
        if size >= enough or len(batch) >= BATCH // 10:
            yield batch
            batch, size, enough = [], 0, min(BATCH, enough * 2)
    if batch:
        yield batch


def _address(text: str) -> str:
    """What the editor typed as an address: ``feed:`` and a missing scheme are understood."""
    address = text.strip()
    lower = address.lower()
    if lower.startswith("feed:"):
        address = address[5:].removeprefix("//")
        lower = address.lower()
    return address if lower.startswith(("http://", "https://")) else f"https://{address}"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _to_follow(reading: FeedReading) -> str:
    """How a feed is followed that came as a file, which brings nothing new by itself."""
    address = web_address(reading.itself)
    return f"To follow it, capture its address: {address}" if address else "To follow it, capture its address."
