"""Hosts of the editor's own network that may be fetched from: asked for each, remembered on this machine, taken back here."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from workstation.domain.hosts import OWN_NETWORK, THIS_MACHINE, OwnHost
from workstation.export import write_files
from workstation.ingest.fetch import Fetched, Limits, OwnNetworkError
from workstation.settings import own_hosts_file

log = logging.getLogger(__name__)

MOST_BYTES = 1_000_000
_MOST_ASKED = 3
"""Times that one fetch may ask: a host may lead from one of its ports to another."""
_PLACES = (THIS_MACHINE, OWN_NETWORK)


class Consent(Enum):
    """What the editor answers."""

    NO = "no"
    ONCE = "once"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Question:
    """A host of the editor's own network that a fetch would go to, and where it lies now."""

    host: OwnHost
    address: str

    @property
    def text(self) -> str:
        """The question in a sentence."""
        if self.address in self.host.name:
            return f"{self.host.name} is an address of {self.host.where}. Fetch from it?"
        return f"{self.host.name} resolves to {self.address}, an address of {self.host.where}. Fetch from it?"


Ask = Callable[[Question, Callable[[], bool]], Consent]
"""Puts a question to the editor, from a thread that may wait; the second says whether nobody waits for the answer any more."""


class Consents:
    """What was allowed. May be used from several threads.

    ``file`` remembers what is always allowed; it is read when something is fetched first.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or own_hosts_file()
        self._for_now: frozenset[OwnHost] = frozenset()
        self._lock = threading.Lock()
        self._always: frozenset[OwnHost] | None = None
        self.ask: Ask | None = None
        """Set by the window; without it nobody is asked."""

    @property
    def hosts(self) -> frozenset[OwnHost]:
        """Every host that is allowed now."""
        return self._for_now | self.remembered

    @property
    def remembered(self) -> frozenset[OwnHost]:
        """The hosts that are always allowed."""
        with self._lock:
            if self._always is None:
                self._always = _read(self._file)
            return self._always

    def allow_for_now(self, names: Iterable[str]) -> None:
        """Allow these hosts as long as the program runs."""
        self._for_now |= frozenset(OwnHost(named(name), where) for name in names for where in _PLACES)

    def allow(self, host: OwnHost) -> None:
        """Allow ``host`` from now on.

        Raises:
            ExportError: it could not be written down.
        """
        self._keep(self.remembered | {host})

    def forget(self, name: str) -> bool:
        """Allow the host of this name no longer; False where it was not allowed.

        Raises:
            ExportError: it could not be written down.
        """
        known = self.remembered
        left = frozenset(host for host in known if host.name != named(name))
        if left != known:
            self._keep(left)
        return left != known

    def _keep(self, hosts: frozenset[OwnHost]) -> None:
        listed = [host._asdict() for host in sorted(hosts)]
        text = json.dumps({"hosts": listed}, ensure_ascii=False, indent=1) + "\n"
        write_files(self._file.parent, {self._file.name: text.encode()})
        with self._lock:
            self._always = hosts

    def fetched(
        self, fetch: Callable[[Limits], Fetched], limits: Limits, cancelled: Callable[[], bool], *, may_ask: bool
    ) -> Fetched:
        """What ``fetch`` brings with what is allowed; where it leads into the editor's own network, the editor is asked.

        Raises:
            OwnNetworkError: the editor said no, or nobody may be asked.
        """
        own = self.hosts
        for _ in range(_MOST_ASKED):
            try:
                return fetch(replace(limits, own=own))
            except OwnNetworkError as error:
                if not may_ask or self.ask is None or error.host in own:
                    raise
                answer = self.ask(Question(error.host, error.address), cancelled)
                if answer is Consent.NO:
                    raise
                if answer is Consent.ALWAYS:
                    self.allow(error.host)
                own |= {error.host}
        return fetch(replace(limits, own=own))


def named(host: str) -> str:
    """The name of a host as addresses bear it: in small letters, without a usual port."""
    name = host.strip().lower().rstrip(".")
    if not name.isascii():
        with suppress(UnicodeError):
            name = name.encode("idna").decode("ascii")
    for usual in (":80", ":443"):
        name = name.removesuffix(usual) if name.count(":") == 1 or "]" in name else name
    return name


def _read(file: Path) -> frozenset[OwnHost]:
    """What the file remembers; one that is missing or damaged remembers nothing."""
    try:
        listed = json.loads(file.read_bytes()[:MOST_BYTES])["hosts"]
        return frozenset(OwnHost(str(one["name"]), str(one["where"])) for one in listed if one["where"] in _PLACES)
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("%s cannot be read, so that no host is allowed: %s", file, error)
        return frozenset()
