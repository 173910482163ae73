"""What the worker's process may not do, whatever a library is made to do: reach the network, start programs, write files."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Any

try:
    import resource

    _HAS_LIMITS = True
except ImportError:  # not on every system
    _HAS_LIMITS = False

OPEN_FILES = 128
MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of addresses that a job may be given which needs more than pages do."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.",
    "subprocess.",
    "shutil.",
    "tempfile.",
    "urllib.",
    "http.client.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "os.kill",
    "pty.spawn",
)
"""The beginnings of the audit events that no reading has."""


class ConfinedError(PermissionError):
    """A library tried what no reading needs."""


def confine(memory: int) -> None:
    """Confine this process for good: at most ``memory`` bytes of addresses, no file longer than nothing, no new process.

    Where the system has no such limits, only what Python itself is asked for is refused.
    """
    _limit(memory)
    tempfile.tempdir = os.devnull  # a library asks at its import where that is, which would try by writing
    tempfile.TemporaryFile = _in_memory  # type: ignore[assignment]  # the model of languages is unpacked into one
    sys.addaudithook(_look)


@contextmanager
def more_memory() -> Iterator[None]:
    """Let what is done inside take up to a gibibyte: a photograph of 40 million pixels is unpacked to several times its size.

    Outside of the worker's process nothing changes.
    """
    if not _HAS_LIMITS:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    _set(resource.RLIMIT_AS, hard, hard)
    try:
        yield
    finally:
        _set(resource.RLIMIT_AS, soft, hard)


def _in_memory(*_: object, **__: object) -> BytesIO:
    return BytesIO()


def _limit(memory: int) -> None:
    if not _HAS_LIMITS:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
    _set(resource.RLIMIT_AS, min(memory, most), most)
    limits = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    )
    for limit, most in limits:
        hard = resource.getrlimit(limit)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        _set(limit, least, least)


def _set(limit: int, soft: int, hard: int) -> None:
    with suppress(ValueError, OSError):  # macOS knows some of the limits and refuses to set them
        resource.setrlimit(limit, (soft, hard))


def _look(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        _look_at_open(*arguments[:3])
    elif event.startswith(_REFUSED):
        raise ConfinedError(f"{event} is not for a reading")


def _look_at_open(path: object, mode: object, flags: object) -> None:
    writes = any(sign in mode for sign in "wax+") if isinstance(mode, str) else bool(int(flags or 0) & _WRITING)  # type: ignore[call-overload]
    if writes and path != os.devnull:
        raise ConfinedError(f"{path!r:.200} is not to be written by a reading")
