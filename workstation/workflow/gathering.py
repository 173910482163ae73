"""Gathering: what arrives becomes items in the inbox, and the editor sorts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from workstation.domain.changes import NOTHING, Changes, items_changed
from workstation.domain.inbox_page import InboxQuestion, ItemPage, ItemPlace
from workstation.domain.item import FEED_ENTRY, Capture, Item, ItemState, ItemSummary, Waiting
from workstation.domain.text_fragment import fragments_of, split_fragment
from workstation.domain.web_address import as_meant
from workstation.errors import Cancelled, InputError, NotFoundError, WorkstationError
from workstation.ingest.fetch import PAGE_LIMITS, Fetched, Limits, OfflineError, PassingError, fetch
from workstation.ingest.kinds import SUFFIXES
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.workflow.consents import Consents
from workstation.workflow.folders import readable_files
from workstation.workflow.linked_passages import LinkedPassages
from workstation.workflow.outlet_icons import with_allowed
from workstation.workflow.outlets import Outlets
from workstation.workflow.triaging import Triaging
from workstation.workflow.viewing import Viewing

if TYPE_CHECKING:
    from workstation.workflow.following import Followed, Following

IsCancelled = Callable[[], bool]
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Captured:
    """What a capture came to: the items it made or met again, and a word for the editor with its tone."""

    changes: Changes
    items: tuple[str, ...]
    message: str
    tone: str = "good"
    notes: tuple[str, ...] = ()
    """What of it could not be read, in sentences that ``message`` holds too."""
    passage: tuple[int, int] | None = None
    """Code points of the only item's text that its link named."""


def never() -> bool:
    """Nobody cancels."""
    return False


def ignore(_done: int, _total: int | None) -> None:
    """Nobody looks how far it is."""


def _fetched(url: str, cancelled: IsCancelled, progress: Progress, limits: Limits) -> Fetched:
    return fetch(url, cancelled=cancelled, progress=progress, limits=limits)


def now() -> datetime:
    """The present moment with its offset, to the second."""
    return datetime.now(UTC).astimezone().replace(microsecond=0)


class Gathering:
    """The verbs of the inbox. Captures are slow: call them beside the window's thread."""

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
        self.consents = consents or Consents()
        """Which hosts of the editor's own network may be fetched from."""
        self._worker = worker
        self._offline = offline
        self._limits = limits
        self.triaging = Triaging(store)
        self.viewing = Viewing(store)
        self._passages = LinkedPassages(store)
        self.outlet_desk = Outlets(store, worker, self._fetch_for_outlet)
        """The verbs of the outlets; their icons are fetched as the captures are."""

    @property
    def is_offline(self) -> bool:
        """Whether the network is forbidden (``--offline``)."""
        return self._offline

    @cached_property
    def following(self) -> Following:
        """The verbs of the feeds."""
        from workstation.workflow.following import Following  # noqa: PLC0415 - of no use before the first paint

        return Following(self._store, self._worker, offline=self._offline, limits=self._limits, consents=self.consents)

    # --- capturing -------------------------------------------------------------------------------------------------

    def capture(self, target: str, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Captured:
        """Capture an address, a file or every readable file of a folder, whichever ``target`` names.

        Raises:
            InputError: it names none of them.
        """
        address = _address(target)
        if address:
            return self.capture_url(address, cancelled=cancelled, progress=progress)
        path = _existing(target)
        if path is not None and path.is_dir():
            return self.capture_files(readable_files(path), cancelled=cancelled, progress=progress)
        if path is not None and path.is_file():
            return self.capture_file(path, cancelled=cancelled, progress=progress)
        raise InputError("Nothing was captured", f"“{target[:200]}” is neither an address nor a file that exists.")

    def capture_url(
        self, url: str, *, cancelled: IsCancelled = never, progress: Progress = ignore, may_ask: bool = True
    ) -> Captured:
        """Fetch a page and capture it; where that cannot be done now, the address is kept to be fetched later.

        Where it leads into the editor's own network, the editor is asked, if that may be (``may_ask``).

        Raises:
            FetchError: the address is refused, or what is there can never be captured; later would be no better.
            ReadError: the page holds nothing to read.
        """
        try:
            page = self._fetch(url, cancelled, progress, may_ask=may_ask)
        except PassingError as error:
            return self._keep_for_later(url, error)
        if self.following.recognises(page.data):
            return self._followed(self.following.follow_fetched(page, url), url)
        captured = _told_way(self._passages.led(self._keep(self._read(page)), split_fragment(url)[1]), url, page)
        self._store.items.drop_waiting(url)  # not before the item is kept: a failure in between must not lose the address
        return replace(captured, changes=captured.changes | Changes(waiting=True))

    def fetched(self, url: str, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Capture:
        """What a page says now, read but not kept yet.

        Raises:
            PassingError: it cannot be fetched now.
            FetchError, ReadError: as for :meth:`capture_url`.
        """
        return self._read(self._fetch(url, cancelled, progress))

    def _read(self, page: Fetched) -> Capture:
        return self._worker.read(
            page.data, captured=now(), name=_last_part(page.url), media_type=page.media_type, charset=page.charset, url=page.url
        )

    def capture_file(
        self, path: Path, *, cancelled: IsCancelled = never, progress: Progress = ignore, may_ask: bool = True
    ) -> Captured:
        """Capture everything that a file brings: an item, several, or addresses; a file that only names one address leads there.

        Raises:
            InputError: the file cannot be read.
            ReadError: nothing that a reader knows is in it.
        """
        if self.following.takes(path):
            return self._followed(self.following.import_file(path))
        from workstation.workflow.filing import file_in  # noqa: PLC0415 - keeps it off the start

        filed = file_in(self._store, self._worker, path, captured=now(), cancelled=cancelled, progress=progress)
        if filed.only_link:
            return self.capture_url(filed.only_link, cancelled=cancelled, progress=progress, may_ask=may_ask)
        return Captured(filed.changes, tuple(filed.items), filed.message, filed.tone, tuple(filed.notes))

    def capture_files(self, paths: Sequence[Path], *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Captured:
        """Capture several files; one that cannot be read does not keep the others out.

        Raises:
            InputError: none of them could be captured.
            Cancelled: the editor cancelled it before the first was captured; later ones stay.
        """
        changes = NOTHING
        items: list[str] = []
        failures: list[str] = []
        links = -len(self.waiting())
        for number, path in enumerate(paths, start=1):
            if cancelled():
                break
            try:
                captured, failure = self._tried(path, cancelled)
            except Cancelled:
                break
            changes |= captured.changes
            items.extend(item for item in captured.items if item not in items)
            failures.extend(filter(None, [failure]))
            progress(number, len(paths))
        if not items and cancelled():
            raise Cancelled
        from workstation.workflow.filing import told_several  # noqa: PLC0415 - keeps it off the start

        links += len(self.waiting())
        if not items and links <= 0:
            raise InputError("Nothing was captured", " ".join(failures[:3]) or "There was no file that a reader knows.")
        if len(paths) == 1 and not failures:
            return captured
        return Captured(changes, tuple(items), told_several(len(items), links, failures), "warn" if failures else "good")

    def _tried(self, path: Path, cancelled: IsCancelled) -> tuple[Captured, str]:
        """What a file came to, and what to tell where it did not go well."""
        try:
            captured = self.capture_file(path, cancelled=cancelled)
        except Cancelled:
            raise
        except WorkstationError as error:
            return Captured(NOTHING, (), ""), f"{error.title}. {error.detail}"
        return captured, " ".join(captured.notes[:1])

    def capture_text(self, text: str, *, url: str | None = None, html: str = "") -> Captured:
        """Capture pasted text; its first line is the title. ``url`` and ``html`` are those that the clipboard carried with it.

        Raises:
            ReadError: it holds no words.
        """
        from workstation.ingest.passage import copied  # noqa: PLC0415 - keeps it off the start
        from workstation.ingest.reading import pasted  # noqa: PLC0415 - keeps it off the start

        if url is None:
            return self._keep(pasted(text, captured=now()))
        address, fragments = split_fragment(url)
        return self._passages.led(self._keep(copied(self._worker, text, html=html, url=address, captured=now())), fragments)

    def capture_page(self, html: str, url: str, *, words: str = "") -> Captured:
        """Capture a page as a browser shows it to the editor, logged in or not; ``words`` were selected there.

        Raises:
            ReadError: the page holds nothing to read.
        """
        address, fragments = split_fragment(url)
        data = html.encode("utf-8", "replace")
        capture = self._worker.read(data, captured=now(), media_type="text/html", charset="utf-8", url=address)
        return self._passages.led(self._keep(capture), (*fragments_of(words), *fragments))

    def linked_passage(self, item_id: str) -> tuple[int, int] | None:
        """The passage of an item that its link named, or that was selected in the browser."""
        return self._passages.of(item_id)

    def fetch_waiting(self, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Captured:
        """Fetch every address that waits; those that fail again go on waiting."""
        waiting = self.waiting()
        changes, last = Changes(waiting=True), ""
        items: list[str] = []
        for number, entry in enumerate(waiting, start=1):
            if cancelled():
                break
            try:
                captured = self.capture_url(entry.url, cancelled=cancelled)
            except Cancelled:
                break
            except WorkstationError as error:
                last = f"{error.title}. {error.detail}"
                self._store.items.keep_waiting(replace(entry, reason=last))
            else:
                changes |= captured.changes
                items.extend(captured.items)
                last = captured.message if captured.tone != "good" else last
            progress(number, len(waiting))
        told = f"Fetched {len(items)} of {len(waiting)} waiting links."
        return Captured(changes, tuple(items), f"{told} {last}".strip(), "good" if len(items) == len(waiting) else "warn")

    def _fetch(self, url: str, cancelled: IsCancelled, progress: Progress, *, may_ask: bool = False) -> Fetched:
        self._check_online()
        work = partial(_fetched, url, cancelled, progress)
        return self.consents.fetched(work, self._limits, cancelled, may_ask=may_ask)

    def _fetch_for_outlet(self, url: str, limits: Limits, cancelled: IsCancelled) -> Fetched:
        """What an icon needs. A page names its address, so that nothing which was allowed to the editor counts."""
        self._check_online()
        return fetch(url, cancelled=cancelled, limits=with_allowed(limits, self._limits))

    def _check_online(self) -> None:
        if self._offline:
            raise OfflineError("The page was not fetched", "The network is switched off (--offline).")

    def _followed(self, followed: Followed, url: str | None = None) -> Captured:
        """A feed that was captured is followed."""
        if url:
            self._store.items.drop_waiting(url)
        changes = followed.changes | Changes(waiting=url is not None)
        return Captured(changes, followed.items, followed.message, followed.tone)

    def _keep(self, capture: Capture) -> Captured:
        from workstation.workflow.filing import remark, told_capture  # noqa: PLC0415 - keeps it off the start

        kept = self._store.items.keep_all([capture])[0]
        item = capture.item
        changes = items_changed(kept.id, *([kept.former] if kept.former else []))
        noted = remark(item)
        tone = "" if not kept.is_new else "warn" if noted else "good"
        told = f"{self._told_version(item, kept.former)} {noted}" if kept.former else told_capture(item, new=kept.is_new)
        return Captured(changes, (kept.id,), told.strip(), tone)

    def _told_version(self, item: Item, former: str) -> str:
        title = f"“{item.title}”" if item.title else "The text"
        if self._store.items.get(former).media_type == FEED_ENTRY != item.media_type:
            return f"Captured the page of {title}; what the feed told of it is kept as a version."
        return f"{title} has changed since it was captured: the new version is kept beside the old one."

    def _keep_for_later(self, url: str, error: PassingError) -> Captured:
        self._store.items.keep_waiting(Waiting(url=url, since=now(), reason=error.detail or error.title))
        told = f"The link waits in the inbox: {error.detail or error.title}"
        return Captured(Changes(waiting=True), (), told, "warn")

    # --- the inbox -------------------------------------------------------------------------------------------------

    def items(self, *, query: str = "", state: ItemState | None = None, limit: int = 500) -> list[ItemSummary]:
        """Items that match, newest first; ``state`` None means all but the archived and the spiked."""
        return self._store.items.summaries(query=query, state=state, limit=limit)

    def page(
        self, question: InboxQuestion, after: ItemPlace | None = None, limit: int = 100, stop: IsCancelled = never
    ) -> ItemPage:
        """A page of the inbox; Cancelled as soon as ``stop`` says that nobody waits for it any more."""
        return self._store.items.page(question, after, limit, stop)

    def among(self, question: InboxQuestion, ids: Sequence[str]) -> list[ItemSummary]:
        """Those of the items ``ids`` that the inbox lists when it is asked ``question``, newest first."""
        return self._store.items.among(question, ids)

    def item(self, item_id: str) -> Item:
        """An item with its text."""
        return self._store.items.get(item_id)

    def summary(self, item_id: str) -> ItemSummary:
        """An item as the inbox lists it."""
        return self._store.items.summary(item_id)

    def resolve(self, prefix: str) -> str:
        """The id that begins with ``prefix``, when there is exactly one."""
        return self._store.items.resolve(prefix)

    def original(self, item_id: str) -> tuple[bytes, str]:
        """The bytes that arrived, and their media type."""
        return self._store.items.original(item_id)

    def counts(self) -> dict[ItemState, int]:
        """How many items there are in each state."""
        return self._store.items.counts()

    def icon(self, sha256: str) -> bytes | None:
        """The bytes of an outlet's icon."""
        try:
            return self._store.pictures.get(sha256).data
        except NotFoundError:
            return None

    def waiting(self) -> list[Waiting]:
        """The addresses that wait for the network."""
        return self._store.items.waiting()

    def wait_for(self, urls: Sequence[str]) -> Changes:
        """Keep addresses that the program had no time to fetch before it was closed."""
        with self._store.together():
            for url in urls:
                self._store.items.keep_waiting(
                    Waiting(url=url, since=now(), reason="The program was closed before it was fetched.")
                )
        return Changes(waiting=bool(urls))

    def drop_waiting(self, url: str) -> Changes:
        """Wait no longer for an address."""
        self._store.items.drop_waiting(url)
        return Changes(waiting=True)


def _address(target: str) -> str | None:
    """``target`` as an address to fetch: with a web scheme, or a bare ``outlet.example/path`` that is no file."""
    text = as_meant(target)
    if text.lower().startswith(("http://", "https://")):
        return text
    host = text.split("/", 1)[0]
    looks_like_host = "." in host.strip(".") and not host.startswith(("/", "~", "file:")) and " " not in text
    if looks_like_host and Path(host).suffix.lower() not in SUFFIXES and not _existing(text):
        return f"https://{text}"
    return None


def _existing(target: str) -> Path | None:
    """The file or folder that ``target`` names, as a path or as a ``file:`` address; None where there is none."""
    text = target.strip()
    try:
        path = Path(unquote(urlsplit(text).path) if text.lower().startswith("file:") else text).expanduser()
        return path if text and path.exists() else None
    except (OSError, RuntimeError, ValueError):  # too long for a name, nobody's home folder, no address
        return None


def _told_way(captured: Captured, url: str, page: Fetched) -> Captured:
    """A capture that was asked for over https and was led to plain http: whoever stands between may have changed its words."""
    if not (url.lower().startswith("https:") and page.url.startswith("http:")):
        return captured
    note = "It was led to plain http, where others on the way can change what is read: compare it before you quote it."
    return replace(captured, message=f"{captured.message} {note}", tone="warn")


def _last_part(url: str) -> str:
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1])
