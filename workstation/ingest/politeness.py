"""Many requests at once, but few to one host."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

AT_ONCE = 2
"""Requests that one host gets at the same time."""


class Politeness:
    """Lets only so many threads ask one host at the same time."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._doors: defaultdict[str, threading.BoundedSemaphore] = defaultdict(lambda: threading.BoundedSemaphore(at_once))
        self._lock = threading.Lock()

    @contextmanager
    def asking(self, url: str) -> Iterator[None]:
        """Wait until the host of ``url`` may be asked."""
        with self._lock:
            door = self._doors[_host(url)]
        with door:
            yield


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
