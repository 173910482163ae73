"""Fetching one page from the public web, with limits that hold against a hostile server."""

from __future__ import annotations

import contextlib
import errno
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from workstation.domain.hosts import OwnHost, is_public, own_place
from workstation.errors import Cancelled, FetchError

if TYPE_CHECKING:
    import requests

    from workstation.pinned import Watch

FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
)
PAGES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "text/x-markdown",
    "application/octet-stream",
    *FEEDS,
)
DOCUMENTS = (
    "application/pdf",
    "application/x-pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/rtf",
    "text/rtf",
    "multipart/related",
    "application/x-mimearchive",
    "application/x-webarchive",
    "message/rfc822",
)
PICTURES = ("image/", "application/octet-stream", "binary/octet-stream")

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOVED_FOR_GOOD = frozenset({301, 308})
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_CHUNK = 65_536
_AGENT = "Mozilla/5.0 (compatible; SignalsWorkstation/0.1; an editor's reading desk)"
_HEADERS = {
    "User-Agent": _AGENT,
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "*",
    "Connection": "close",
}
_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_NOT_NOW = frozenset({408, 425, 429})
_BUSY = frozenset({429, 503})
_HEADER_LENGTH = 1_000
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


class PassingError(FetchError):
    """The page could not be fetched now, but the same address may well be fetched later."""


class MissingError(FetchError):
    """The server says that there is no such page, or no more."""


class OfflineError(PassingError):
    """There is no way to the network now."""


class BusyError(PassingError):
    """The server asks to be left alone for ``wait`` seconds, where it says how long."""

    def __init__(self, title: str, detail: str, wait: float | None) -> None:
        super().__init__(title, detail)
        self.wait = wait


class GoneError(MissingError):
    """The server says that what was here will never be here again."""


class OwnNetworkError(FetchError):
    """``host`` lies on this machine or in the editor's own network, at ``address``: the editor has to allow it first."""

    def __init__(self, host: OwnHost, address: str) -> None:
        super().__init__(
            "This address is not fetched",
            f"{host.name} is an address of this machine or of a private network ({address}); only public pages are fetched "
            f"unasked. If it is yours, capture it in the window, which asks you, or give --allow-host {host.name}.",
        )
        self.host = host
        self.address = address


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost and reach.

    ``length`` counts bytes after decompression (``document_length`` those of what is declared to be a document), ``seconds``
    everything from the name's resolution to the last byte.
    ``types`` are the media types taken (``"image/"`` takes every one that begins so); a missing one is always taken.
    ``allow`` is for tests alone: ``"ADDRESS:PORT"`` pairs such as ``"127.0.0.1:8123"`` that may be reached although they
    are not public. Nothing in the program sets it. ``own`` are the hosts of their own network that the editor allowed:
    they may be asked for, but no page elsewhere can redirect to one.
    """

    length: int = 8 * 1024 * 1024
    document_length: int = 48 * 1024 * 1024
    seconds: float = 20.0
    redirects: int = 5
    ports: tuple[int, ...] = (80, 443)
    types: tuple[str, ...] = (*PAGES, *DOCUMENTS)
    allow: tuple[str, ...] = ()
    own: frozenset[OwnHost] = frozenset()


PAGE_LIMITS = Limits()
FEED_LIMITS = Limits(length=16 * 1024 * 1024, types=(*FEEDS, "application/xhtml+xml", "application/octet-stream", "text/"))
ICON_LIMITS = Limits(length=1024 * 1024, seconds=8.0, redirects=3, types=PICTURES)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server called the bytes that came last time: asked with it, it says shortly that nothing is new."""

    etag: str | None = None
    modified: str | None = None


NEVER_SEEN = Seen()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the bytes, decompressed; media type and charset as declared; the address that the redirects led to.

    ``is_new`` is False, and there are no bytes, when the server says that what was seen is still what it has. ``moved`` is the
    address that is to be asked from now on; never one over http where https was asked for. ``fresh`` are the seconds for which
    the server says that nothing will be new.
    """

    data: bytes
    media_type: str | None
    charset: str | None
    url: str
    is_new: bool = True
    seen: Seen = NEVER_SEEN
    moved: str | None = None
    fresh: int | None = None


@dataclass(frozen=True, slots=True)
class _Target:
    """An address that may be asked: its checked network addresses, in the order to try them."""

    url: str
    host: str
    addresses: tuple[str, ...]


def _never() -> bool:
    return False


def _untold(received: int, total: int | None) -> None:
    """Progress that nobody wants to know."""


def fetch(
    url: str,
    *,
    cancelled: Callable[[], bool] = _never,
    progress: Callable[[int, int | None], None] = _untold,
    limits: Limits = PAGE_LIMITS,
    seen: Seen = NEVER_SEEN,
) -> Fetched:
    """The page at ``url``, a public http or https address.

    ``cancelled`` is asked often, from two threads. ``progress`` is told the bytes received and their total where it is known.
    Where something was ``seen`` before, only something new is asked for.

    Raises:
        OfflineError: there is no network, or the name cannot be resolved.
        BusyError: the server asks for fewer requests, or says that it cannot now.
        PassingError: the server does not answer, was too slow, broke off, or says that it cannot now.
        GoneError: the server says that it is gone for good.
        FetchError: the address is refused, the server answers no, or a limit was reached.
        Cancelled: ``cancelled()`` became true.
    """
    from workstation.pinned import RESPONSE_ERRORS, Watch, opened  # noqa: PLC0415 - loads requests, at the first fetch

    headers = {**_HEADERS, "Accept": _accept(limits), **_condition(seen)}
    moved: str | None = None
    for_good = True
    asked: str | None = None
    with Watch(time.monotonic() + limits.seconds, cancelled) as watch:
        for _ in range(limits.redirects + 1):
            target = _checked(url, limits, watch, asked)
            asked = asked or target.host
            try:
                with opened(target.url, target.addresses, headers, watch) as response:
                    _go_on(watch)
                    if response.status_code not in _REDIRECTS:
                        return replace(_received(response, target, limits, watch, progress), moved=moved)
                    url = _next(response, target)
                    is_opened_up = target.url.startswith("https:") and not url.startswith("https:")
                    for_good = for_good and response.status_code in _MOVED_FOR_GOOD and not is_opened_up
                    moved = url if for_good else moved
            except RESPONSE_ERRORS as error:
                _fail(error, target, limits, watch)
    raise FetchError(
        "The page could not be fetched", f"It redirects more than {limits.redirects} times. Open it in a browser, and save it."
    )


# --- the address ---------------------------------------------------------------------------------------------------


def _checked(url: str, limits: Limits, watch: Watch, asked: str | None = None) -> _Target:
    """Where ``url`` may be asked. ``asked`` is the host of the address that redirected here."""
    parts = _parts(url)
    host, port = _host(url, parts), parts.port or _default_port(parts.scheme)
    host_in_url = f"[{host}]" if ":" in host else host
    name = host_in_url if port in PAGE_LIMITS.ports else f"{host_in_url}:{port}"
    addresses = _resolved(host, port, watch)
    for address in addresses:
        if f"{address}:{port}" not in limits.allow:
            _check(url, name, address, port, limits, is_led=asked not in (None, host))
    named = host_in_url if port == _default_port(parts.scheme) else f"{host_in_url}:{port}"
    return _Target(urlunsplit((parts.scheme, named, parts.path or "/", parts.query, "")), host, addresses)


def _check(url: str, name: str, address: str, port: int, limits: Limits, *, is_led: bool) -> None:
    """Refuse one numeric address of the host ``name``, unless it is public or the editor's own and allowed.

    ``is_led`` tells that another host redirected here: then no allowance counts.
    """
    where = own_place(address)
    if where is not None and not is_led:
        own = OwnHost(name, where)
        if own not in limits.own:
            raise OwnNetworkError(own, address)
    elif not is_public(address):
        _refuse(url, f"{name} is an address of this machine or of a private network ({address}); only public pages are fetched.")
    elif port not in limits.ports:
        _refuse(url, f"Port {port} is not one that pages are served from.")


def _parts(url: str) -> SplitResult:
    """``url`` taken apart; refused unless it is a plain web address."""
    text = url.strip()
    if any(character.isspace() or ord(character) < 32 or character == "\\" for character in text):
        _refuse(url, "It holds spaces, backslashes or control characters.")
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname
    except ValueError:
        _refuse(url, "It is not written as an address should be.")
    if parts.scheme not in {"http", "https"}:
        _refuse(url, "Only http and https addresses are fetched.")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        _refuse(url, "It carries a user name.")
    if not host or port == 0:
        _refuse(url, "It names no host.")
    return parts


def _host(url: str, parts: SplitResult) -> str:
    """The host as the name service knows it: ASCII, lower case, one spelling."""
    host = parts.hostname or ""
    if host.isascii():
        return host.rstrip(".")
    import idna  # noqa: PLC0415 - its tables are large and few addresses need them

    try:
        return idna.encode(host.rstrip("."), uts46=True).decode("ascii")
    except idna.IDNAError:
        _refuse(url, "Its host's name is not a valid one.")


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _refuse(url: str, cause: str) -> NoReturn:
    raise FetchError("This address is not fetched", f"{cause} ({url[:200]})")


def _resolved(host: str, port: int, watch: Watch) -> tuple[str, ...]:
    """The numeric addresses of ``host``."""
    from workstation.pinned import resolved  # noqa: PLC0415 - loaded already, by the fetch that asks

    addresses = resolved(host, port, watch)
    if watch.was_cancelled:
        raise Cancelled
    if not addresses:
        raise OfflineError(
            "The page could not be fetched now",
            f"{host} was not found. There is no network, or the address has a typing mistake.",
        )
    return addresses


# --- the answer ----------------------------------------------------------------------------------------------------


def _accept(limits: Limits) -> str:
    """What is wanted. Who wants a page also takes a feed, but must not be sent one by a server that could send the page."""
    wants_pages = limits.types[0] not in FEEDS
    wanted = [kind + "*" if kind.endswith("/") else kind for kind in limits.types if not (wants_pages and kind in FEEDS)]
    return ", ".join([*wanted, "*/*;q=0.1"])


def _next(response: requests.Response, target: _Target) -> str:
    location = response.headers.get("Location", "")
    with contextlib.suppress(UnicodeError):  # a header is read as Latin-1, addresses are sent as UTF-8
        location = location.encode("latin-1").decode("utf-8")
    if not location:
        raise FetchError(
            "The page could not be fetched", f"{target.host} redirects to nowhere. Open it in a browser, and save it."
        )
    try:
        return urljoin(target.url, location)
    except ValueError:
        _refuse(location, "The page redirects to something that is no address.")


def _received(
    response: requests.Response, target: _Target, limits: Limits, watch: Watch, progress: Callable[[int, int | None], None]
) -> Fetched:
    seen = Seen(_header(response, "ETag"), _header(response, "Last-Modified"))
    fresh = _fresh(response.headers.get("Cache-Control", ""))
    if response.status_code == 304:
        return Fetched(b"", None, None, target.url, is_new=False, seen=seen, fresh=fresh)
    if response.status_code != 200:
        raise _refusal(response.status_code, target.host, response.headers.get("Retry-After"))
    declared = response.headers.get("Content-Type", "")
    media_type = declared.partition(";")[0].strip().lower() or None
    if media_type and not media_type.startswith(limits.types):
        raise FetchError(
            "The page could not be fetched",
            f"{target.host} sent {media_type[:60]}, which this program does not read. Is it the article's address?",
        )
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise FetchError(
            "The page could not be fetched", f"{target.host} packed it in an unusual way ({encoding[:60]}). Save it in a browser."
        )
    total = _total(response.headers.get("Content-Length"), encoding)
    most = limits.document_length if media_type in DOCUMENTS else limits.length
    if total is not None and total > most:
        raise _too_long(most)
    data = bytearray()
    for chunk in _chunks(response, watch):
        data += chunk
        if len(data) > most:
            raise _too_long(most)
        progress(len(data), total)
    charset = _CHARSET.search(declared)
    return Fetched(bytes(data), media_type, charset.group(1) if charset else None, target.url, seen=seen, fresh=fresh)


def _condition(seen: Seen) -> dict[str, str]:
    """The headers that ask only for something new; what a server sent that no header can hold is left out."""
    named = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    return {name: value for name, value in named.items() if value and value.isascii() and value.isprintable()}


def _header(response: requests.Response, name: str) -> str | None:
    value = response.headers.get(name, "").strip()
    return value if value and len(value) <= _HEADER_LENGTH else None


def _fresh(told: str) -> int | None:
    found = _MAX_AGE.search(told)
    return int(found.group(1)) if found else None


def _wait(told: str | None) -> float | None:
    """The seconds in ``Retry-After``, which is a number of them or a date."""
    text = (told or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:7])
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - of no use at the start

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())


def _chunks(response: requests.Response, watch: Watch) -> Iterator[bytes]:
    """The body as it comes, decompressed piece by piece; ends early only by an error."""
    while True:
        _go_on(watch)
        chunk = response.raw.read1(_CHUNK, decode_content=True)
        if not chunk:
            break
        yield chunk
    _go_on(watch)
    if _is_cut_off(response.raw):
        raise OSError(errno.EIO, "the packed body ends in its middle")


def _is_cut_off(raw: Any) -> bool:
    """Whether a packed body (gzip) ended before it was done, which urllib3 passes over: half an article would look whole."""
    decoder = getattr(raw, "_decoder", None)
    unpacker = getattr(decoder, "_obj", None)
    is_first = str(getattr(decoder, "_state", "")).endswith(("FIRST_MEMBER", "0"))
    return type(decoder).__name__ == "GzipDecoder" and is_first and getattr(unpacker, "eof", True) is False and raw.tell() > 0


def _go_on(watch: Watch) -> None:
    """A cut connection looks like one that ended well: so ask before believing what came."""
    if watch.stopped():
        raise OSError(errno.ECANCELED, "stopped")


def _total(declared: str | None, encoding: str) -> int | None:
    return int(declared) if declared and declared.isascii() and declared.isdigit() and encoding in {"", "identity"} else None


def _too_long(most: int) -> FetchError:
    return FetchError(
        "The page could not be fetched",
        f"It is longer than {most // 1024:,} KiB. Save the page in a browser and open the file.",
    )


def _refusal(status: int, host: str, retry_after: str | None) -> FetchError:
    if status in _BUSY:
        return BusyError("The page could not be fetched", _told_of(status, host), _wait(retry_after))
    if status == 404:
        return MissingError("The page could not be fetched", _told_of(status, host))
    if status == 410:
        return GoneError("The page is gone", f"{host} says that it is gone for good (410).")
    kind = PassingError if status in _NOT_NOW or status >= 500 else FetchError
    return kind("The page could not be fetched", _told_of(status, host))


def _told_of(status: int, host: str) -> str:
    if status in {404, 410}:
        return f"{host} says that there is no such page ({status}). Check the address."
    if status in {401, 402, 403, 407, 451}:
        return f"{host} does not show it to this program ({status}). Open it in a browser, save the page and open the file."
    if status == 429:
        return f"{host} asks for fewer requests ({status}). Try again in a few minutes."
    if status in _NOT_NOW:
        return f"{host} cannot answer now ({status}). Try again later."
    if status >= 500:
        return f"{host} has a fault of its own ({status}). Try again later."
    return f"{host} answered {status} instead of a page. Open it in a browser, save the page and open the file."


def _fail(error: Exception, target: _Target, limits: Limits, watch: Watch) -> NoReturn:
    """Tell in our words why the request failed."""
    from workstation.pinned import PASSING_ERRORS  # noqa: PLC0415 - loaded already, by the fetch that failed

    if watch.was_cancelled:
        raise Cancelled from error
    if watch.expired or watch.stopped():
        raise PassingError(
            "The page could not be fetched",
            f"{target.host} was not done within {limits.seconds:g} seconds. Try again later, or save it in a browser.",
        ) from error
    causes = list(_causes(error))
    if any(cause.errno in _NO_NETWORK for cause in causes if isinstance(cause, OSError)):
        raise OfflineError(
            "The page could not be fetched now",
            f"There is no way to {target.host}. Check the network.",
        ) from error
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        detail = f"{target.host} takes no connections. Check the address, or try again later."
    elif any("certificate" in str(cause).lower() for cause in causes):
        detail = f"{target.host} could not prove who it is (its certificate is not valid). Nothing was read."
    else:
        detail = f"The connection to {target.host} broke off or was not understood. Try again later."
    passing = any(isinstance(cause, PASSING_ERRORS) for cause in causes)
    raise (PassingError if passing else FetchError)("The page could not be fetched", detail) from error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
