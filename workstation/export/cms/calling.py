"""Calls to one content system: with a secret that leaves only to it, a deadline for each, and a cap on what comes back."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import SplitResult, urlsplit, urlunsplit

import requests

from workstation import __version__
from workstation.domain.hosts import is_public, may_be_secretive
from workstation.errors import Cancelled, SendError
from workstation.export.cms.delivery import Handling
from workstation.pinned import RESPONSE_ERRORS, Watch, opened, resolved

TITLE = "The story was not handed over"
AGAIN = "Send it again: nothing is doubled."
LONGEST_ANSWER = 8 * 2**20
SECONDS = 45.0
"""How long one call may take, from the name's resolution to the last byte of the answer."""
BYTES_A_SECOND = 50_000
"""What the slowest connection that we wait for sends: a picture gets that much more time."""

_CHUNK = 65_536
_ENCODINGS = frozenset({"", "identity", "gzip"})
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system answered; the names of ``headers`` are in small letters."""

    status: int
    headers: Mapping[str, str]
    data: bytes
    host: str

    @property
    def good(self) -> bool:
        """Whether the call did what it asked."""
        return 200 <= self.status < 300

    @property
    def tells_nothing(self) -> bool:
        """Whether it leaves open which system it is: it leads on, asks for patience, or the server has a fault."""
        return 300 <= self.status < 400 or self.status in (408, 425, 429) or self.status >= 500

    @property
    def value(self) -> Any:
        """The JSON of the answer, None where it is none."""
        try:
            return json.loads(self.data.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return None

    @property
    def object(self) -> Mapping[str, Any]:
        """The JSON object of the answer.

        Raises:
            SendError: it is something else: the page of a firewall, a login, a maintenance.
        """
        value = self.value
        if not isinstance(value, dict):
            raise self.not_understood()
        return value

    @property
    def objects(self) -> list[Mapping[str, Any]]:
        """The list of JSON objects in the answer.

        Raises:
            SendError: it is something else.
        """
        value = self.value
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.not_understood()
        return value

    def not_understood(self) -> SendError:
        """What an answer that is no data is told."""
        cause = "a page where data was expected" if self.data.lstrip()[:1] == b"<" else "something that is no data"
        return SendError(
            TITLE,
            f"{self.host} answered {cause} ({self.status}): a firewall, a login or a maintenance may stand before it. {AGAIN}",
        )

    def wait(self) -> str:
        """When to ask again, in words, as the server told it (``Retry-After``)."""
        told = self.headers.get("retry-after", "").strip()
        if told.isascii() and told.isdigit():
            return f"in {int(told[:7])} seconds"
        with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
            return f"after {parsedate_to_datetime(told):%H:%M:%S %Z}".strip()
        return "in a few minutes"


class Caller:
    """Calls one site. The secret goes to the scheme, host and port of ``site`` and nowhere else; no redirect is followed.

    ``authorization`` gives the header's value anew for each call; nothing of it is ever part of an error.
    """

    def __init__(self, site: str, authorization: Callable[[], str], handling: Handling, seconds: float = SECONDS) -> None:
        self._origin = _origin(site)
        self._authorization = authorization
        self._handling = handling
        self._seconds = seconds

    def call(
        self,
        method: str,
        url: str,
        *,
        fields: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        with_secret: bool = True,
    ) -> Answer:
        """One call; ``fields`` go as JSON, else ``body`` as it is. Any status is an answer.

        Raises:
            SendError: the address is another site's, the secret would go over a line that others read, the site does not answer
                in time, answers too much or is not understood. Whether the call was carried out is not known then.
            Cancelled: the editor wished so.
        """
        origin, parts = _origin(url), urlsplit(url)
        if origin != self._origin:
            raise SendError(TITLE, f"{self._host} names {parts.netloc} for its data, which is another site. Give that address.")
        sent = dict(headers or {})
        if fields is not None:
            body, sent["Content-Type"] = json.dumps(fields).encode(), "application/json"
        if with_secret:
            sent["Authorization"] = self._authorization()
        seconds = self._seconds + len(body or b"") / BYTES_A_SECOND
        with Watch(time.monotonic() + seconds, self._handling.cancelled) as watch:
            addresses = self._addresses(parts, watch)
            try:
                with opened(_without_user(parts), addresses, _HEADERS | sent, watch, method=method, body=body) as response:
                    return _answer(response, self._host, watch)
            except RESPONSE_ERRORS as error:
                self._fail(error, watch, seconds)

    @property
    def _host(self) -> str:
        return self._origin[1]

    def _addresses(self, parts: SplitResult, watch: Watch) -> tuple[str, ...]:
        """Where the host is, checked: over http only what lies on this machine or in a private network."""
        _, host, port = self._origin
        found = resolved(host, port, watch)
        if watch.was_cancelled:
            raise Cancelled
        if not found:
            raise SendError(TITLE, f"{host} was not found. Check the network and the address of the destination, then try again.")
        if any(map(may_be_secretive, found)):
            raise SendError(
                TITLE, f"{host} leads to {found[0]}, where no content system is. Check the address of the destination."
            )
        if parts.scheme == "http" and any(is_public(address) for address in found):
            raise SendError(
                TITLE,
                f"{host} is asked over http, where others can read the secret. Give its address with https; nothing was sent.",
            )
        return found

    def _fail(self, error: Exception, watch: Watch, seconds: float) -> NoReturn:
        if watch.was_cancelled:
            raise Cancelled from error
        if watch.expired or watch.stopped():
            raise SendError(TITLE, f"{self._host} was not done within {seconds:.0f} seconds. {AGAIN}") from error
        causes = list(_causes(error))
        if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
            detail = f"{self._host} takes no connections. Check the address of the destination, or try again later."
        elif any("certificate" in str(cause).lower() for cause in causes):
            detail = f"{self._host} could not prove who it is (its certificate is not valid). The secret was not sent."
        else:
            detail = f"The connection to {self._host} broke off. {AGAIN}"
        raise SendError(TITLE, detail) from error


_HEADERS = {
    "User-Agent": f"SignalsWorkstation/{__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


def refusal(answer: Answer, doing: str) -> SendError:
    """Why a system did not do what it was asked, in words that hold for every system; ``doing`` ends a sentence."""
    host, status = answer.host, answer.status
    if 300 <= status < 400:
        to = "".join(letter for letter in answer.headers.get("location", "")[:200] if letter.isprintable())
        return SendError(
            TITLE, f"{host} leads on to {to or 'nowhere'} when {doing}. Give that site's address; the secret did not follow it."
        )
    if status == 429:
        return SendError(TITLE, f"{host} asks for fewer calls ({status}). Send it again {answer.wait()}: nothing is doubled.")
    if status == 413:
        return SendError(TITLE, f"It is too large for {host} ({status}) when {doing}. Make it smaller, or ask who runs the site.")
    if status in (408, 425, 502, 503, 504):
        return SendError(TITLE, f"{host} cannot answer now ({status}). Send it again {answer.wait()}: nothing is doubled.")
    if status >= 500:
        return SendError(TITLE, f"{host} has a fault of its own ({status}) when {doing}. {AGAIN}")
    return SendError(TITLE, f"{host} answered {status} when {doing}.")


def _answer(response: requests.Response, host: str, watch: Watch) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise SendError(TITLE, f"{host} packed its answer in an unusual way ({encoding[:60]}). {AGAIN}")
    data = bytearray()
    for chunk in _chunks(response, watch):
        data += chunk
        if len(data) > LONGEST_ANSWER:
            raise SendError(TITLE, f"{host} answered more than {LONGEST_ANSWER // 2**20} MiB. Is it the address of the site?")
    return Answer(response.status_code, headers, bytes(data), host)


def _chunks(response: requests.Response, watch: Watch) -> Iterator[bytes]:
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        _go_on(watch)
        yield chunk
    _go_on(watch)
    left = response.raw.length_remaining
    if left:
        raise ConnectionError(f"{left} bytes of the answer are missing")


def _go_on(watch: Watch) -> None:
    """A cut connection looks like one that ended well: so ask before believing what came."""
    if watch.stopped():
        raise TimeoutError("stopped")


def _origin(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SendError(TITLE, f"{url[:100]} is no address.") from error
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        import idna  # noqa: PLC0415 - its tables are large and few addresses need them

        with contextlib.suppress(idna.IDNAError):
            host = idna.encode(host, uts46=True).decode("ascii")
    return parts.scheme, host.lower(), port or _PORTS.get(parts.scheme, 0)


def _without_user(parts: SplitResult) -> str:
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path or "/", parts.query, ""))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
