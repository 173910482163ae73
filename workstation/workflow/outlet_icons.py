"""The icons of outlets: looked for once an outlet, beside the captures, and at most monthly after that."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from workstation.domain.changes import NOTHING, Changes, items_changed
from workstation.domain.picture import Picture
from workstation.errors import Cancelled, FetchError, NotFoundError, ReadError, StoreError
from workstation.ingest.fetch import ICON_LIMITS, Fetched, Limits, OfflineError, PassingError
from workstation.ingest.icon_jobs import declared_of
from workstation.ingest.icon_places import MANIFEST_LENGTH, SIZE, Declared, ranked, usual
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.store.outlet_shelf import IconErrand

log = logging.getLogger(__name__)

AT_ONCE = 400
"""How many outlets one run looks after; the next run takes the next ones."""
ATTEMPTS = 6
"""How many addresses of one outlet are fetched at most, beside its page and its manifest."""
SECONDS = 3.0
"""How long the worker may take over one picture."""
FOUND_AGAIN = timedelta(days=30)
NOT_FOUND_AGAIN = timedelta(days=30)
UNREACHED_AGAIN = timedelta(days=1)
OFFLINE_AGAIN = timedelta(hours=1)
NO_NETWORK = 2
"""So many outlets in a row whose hosts are not found mean that there is no network; one may only be gone."""
SQUARE = 0.8
"""How much of its longer side the shorter one of an icon must have to be a square one."""
TELLING = 0.45
"""Below this a wordmark is too flat to be told apart in a list: the monogram is better."""
HOME_LIMITS = Limits(length=2 * 1024 * 1024, seconds=10.0, types=("text/html", "application/xhtml+xml"))
MANIFEST_LIMITS = Limits(
    length=MANIFEST_LENGTH, seconds=6.0, redirects=3, types=("application/", "text/", "binary/octet-stream")
)  # manifests are served as anything

Fetch = Callable[[str, Limits, Callable[[], bool]], Fetched]


class OutletIcons:
    """Finds the icons of the outlets that have none. One run at a time; it is slow: call it beside the window's thread."""

    def __init__(self, store: Store, worker: ReadingWorker, fetch: Fetch) -> None:
        self._store = store
        self._worker = worker
        self._fetch = fetch
        self._running = threading.Lock()

    def look(
        self, *, cancelled: Callable[[], bool] = lambda: False, found: Callable[[Changes], object] = lambda _: None
    ) -> Changes:
        """Look for the icons that are due; every answer, also that there is none, is remembered. Failing never raises.

        ``found`` is told of each icon at once. While another run goes on this one does nothing.
        """
        if not self._running.acquire(blocking=False):
            return NOTHING
        try:
            return self._look(cancelled, found)
        finally:
            self._running.release()

    def _look(self, cancelled: Callable[[], bool], found: Callable[[Changes], object]) -> Changes:
        changes, unreached = NOTHING, 0
        for errand in self._store.outlets.without_icon(datetime.now(UTC), AT_ONCE):
            if cancelled():
                break
            try:
                touched = items_changed(*self._run(errand, cancelled))
                unreached = 0
            except OfflineError as error:
                log.info("icon of %s: %s", errand.url, error.detail)
                self._store.outlets.keep_icon(errand.outlet, None, datetime.now(UTC) + OFFLINE_AGAIN)
                unreached += 1
                if unreached == NO_NETWORK:
                    break
                continue
            except (Cancelled, StoreError) as error:
                log.info("icons: stopped, %s", error)
                break
            if touched:
                changes |= touched
                found(touched)
        return changes

    def _run(self, errand: IconErrand, cancelled: Callable[[], bool]) -> list[str]:
        """Look after one outlet; the ids of the items whose icon changed."""
        try:
            icon = self._found(errand, cancelled)
        except OfflineError:
            raise
        except PassingError as error:
            log.info("icon of %s: %s", errand.url, error.detail)
            return self._store.outlets.keep_icon(errand.outlet, None, datetime.now(UTC) + UNREACHED_AGAIN)
        if cancelled():  # then nothing was found because the worker is closed already
            raise Cancelled
        again = datetime.now(UTC) + (FOUND_AGAIN if icon else NOT_FOUND_AGAIN)
        return self._store.outlets.keep_icon(errand.outlet, icon, again)

    def _found(self, errand: IconErrand, cancelled: Callable[[], bool]) -> Picture | None:
        """The best icon of an outlet: the first that is square and large enough, else the best of those that were tried.

        Raises:
            PassingError: nothing was found, and some of the addresses did not answer now.
        """
        best, unreached = None, None
        for address in self._addresses(errand, cancelled):
            try:
                icon = self._picture(address, cancelled)
            except PassingError as error:
                unreached = error
                continue
            if icon and (best is None or _merit(icon) > _merit(best)):
                best = icon
            if best and _merit(best) >= 1:
                return best
        if best is None and unreached is not None:
            raise unreached
        return best

    def _picture(self, address: str, cancelled: Callable[[], bool]) -> Picture | None:
        """The picture at ``address`` when it is one that may be an icon."""
        try:
            data = self._fetch(address, ICON_LIMITS, cancelled).data
            answer, png = self._worker.ask("icon", data, timeout=SECONDS)
        except PassingError:
            raise
        except (FetchError, ReadError) as error:
            log.info("icon %s: %s", address, error.detail)
            return None
        icon = Picture(png, answer["media_type"], answer["width"], answer["height"])
        return icon if min(icon.width, icon.height) >= TELLING * max(icon.width, icon.height) else None

    # --- where icons may be ----------------------------------------------------------------------------------------

    def _addresses(self, errand: IconErrand, cancelled: Callable[[], bool]) -> Iterator[str]:
        """Where this outlet's icons may be, the best first; the usual places count as long as fewer others were tried."""
        icons, manifest = self._declared(errand, cancelled)
        if manifest and not any(icon.rank == 0 for icon in icons):
            icons += self._in_manifest(manifest, cancelled)
        yield from ranked([*icons, *usual(errand.url)])[:ATTEMPTS]

    def _declared(self, errand: IconErrand, cancelled: Callable[[], bool]) -> tuple[list[Declared], str | None]:
        """What the outlet's newest page declares, if it was fetched from there; else its first page is asked."""
        page = self._fetched_page(errand)
        if page is not None:
            return self._places(page, errand.url)
        home = urljoin(errand.url, "/")
        try:
            first = self._fetch(home, HOME_LIMITS, cancelled)
        except OfflineError:
            raise
        except FetchError as error:
            log.info("icons of %s: %s", home, error.detail)
            return [], None
        return self._places(first.data, first.url)

    def _fetched_page(self, errand: IconErrand) -> bytes | None:
        """The outlet's newest page when it was fetched from its address; a saved one may claim any, a damaged one is none."""
        try:
            data, media_type = self._store.items.original(errand.item)
            origins = self._store.items.get(errand.item).origins
        except (StoreError, NotFoundError) as error:
            log.info("icons of %s: %s", errand.url, error.detail)
            return None
        return data if media_type == "text/html" and origins.get("url") == "address" else None

    def _places(self, data: bytes, url: str) -> tuple[list[Declared], str | None]:
        try:
            answer, _ = self._worker.ask("icon_places", data, {"url": url}, timeout=SECONDS)
        except ReadError:
            return [], None
        return declared_of(answer), answer["manifest"]

    def _in_manifest(self, address: str, cancelled: Callable[[], bool]) -> list[Declared]:
        try:
            manifest = self._fetch(address, MANIFEST_LIMITS, cancelled)
            answer, _ = self._worker.ask("icon_places", manifest.data, {"url": manifest.url, "manifest": True}, timeout=SECONDS)
        except (FetchError, ReadError) as error:
            log.info("manifest %s: %s", address, error.detail)
            return []
        return declared_of(answer)


def _merit(icon: Picture) -> float:
    """1 for a square icon that is large enough, less for a small one, and less again for one that is no square."""
    longer, shorter = max(icon.width, icon.height), min(icon.width, icon.height)
    is_square = shorter >= SQUARE * longer
    return longer / SIZE if is_square else longer / SIZE * 0.4


def with_allowed(limits: Limits, own: Limits) -> Limits:
    """``limits`` with the addresses that the desk's own limits allow."""
    return replace(limits, allow=own.allow)
