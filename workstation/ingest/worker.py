"""Reading in a process of its own, which can be killed: foreign pages may neither hang nor exhaust the desk.

The worker answers in JSON, never in pickles: whatever a page does to it, it cannot make the desk run code.
Frames on both pipes: two lengths (of a JSON object and of the raw bytes behind it), then both.
"""

from __future__ import annotations

import base64
import json
import os
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from types import MappingProxyType
from typing import Any, BinaryIO

from workstation.collecting import collect_rarely
from workstation.domain.item import Capture, Item
from workstation.domain.picture import Picture
from workstation.errors import ReadError
from workstation.ingest.confined import confine
from workstation.ingest.other_process import end, started

TIMEOUT = 20.0
MEMORY = 560 * 1024 * 1024
LENGTH = 64 * 1024 * 1024

NOTHING_KNOWN: Mapping[str, Any] = MappingProxyType({})

_LENGTHS = struct.Struct("!QQ")
_JSON_LENGTH = 128 * 1024 * 1024
_SENT = tuple(field.name for field in fields(Item) if field.name not in {"captured", "origins"})


class StoppedError(ReadError):
    """The reading was stopped from outside: it took too much time or memory, or broke down."""


class ReadingWorker:
    """A reader in another process. Calls from several threads wait for one another; a killed process is started again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def start(self) -> None:
        """Start the process now, so that the first reading need not wait for it."""
        with self._lock:
            self._running()

    def read(
        self,
        data: bytes,
        *,
        captured: datetime,
        name: str = "",
        media_type: str | None = None,
        charset: str | None = None,
        url: str | None = None,
        timeout: float = TIMEOUT,
    ) -> Capture:
        """The item in ``data``; see :func:`workstation.ingest.reading.read`. ``timeout`` is in seconds.

        Raises:
            ReadError: there is nothing to read in it, or it took too much time or memory.
        """
        known = {"name": name, "media_type": media_type, "charset": charset, "url": url}
        answer, _ = self.ask("item", data, {"captured": captured.isoformat(), **known}, timeout=timeout)
        try:
            return capture_of(answer, data, captured)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _nonsense() from error

    def ask(
        self, job: str, data: bytes, known: Mapping[str, Any] = NOTHING_KNOWN, *, timeout: float = TIMEOUT
    ) -> tuple[dict[str, Any], bytes]:
        """What the ``job`` of that name in :mod:`workstation.ingest.jobs` makes of ``data``: a JSON object, and bytes beside it.

        ``known`` is what is known from outside, as JSON; ``timeout`` is in seconds.

        Raises:
            ReadError: the job refused the data, or it took too much time or memory.
        """
        if len(data) > LENGTH:
            raise ReadError(
                "This file is too large to read",
                f"It has {len(data) >> 20} MB; at most {LENGTH >> 20} MB are read. Paste its text.",
            )
        with self._lock:
            answer, blob = self._asked({"job": job, "seconds": timeout, "known": dict(known)}, data, timeout)
        if "refused" in answer:
            kind = StoppedError if answer.get("ends") else ReadError
            raise kind(str(answer["refused"]), str(answer.get("detail", "")))
        if not isinstance(answer.get("answer"), dict):
            raise _nonsense()
        return answer["answer"], blob

    def close(self) -> None:
        """Kill the process; later readings are refused."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def __enter__(self) -> ReadingWorker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _asked(self, request: Mapping[str, Any], data: bytes, timeout: float) -> tuple[dict[str, Any], bytes]:
        process = self._running()
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(timeout, kill)
        timer.daemon = True
        timer.start()
        try:
            _write(_pipe(process.stdin), request, data)
            answer, blob = _read(_pipe(process.stdout))
        except (OSError, EOFError, ValueError, struct.error) as error:
            self._end()
            raise self._broken(late.is_set(), timeout) from error
        finally:
            timer.cancel()
        if answer.get("ends"):
            self._end()
        return answer, blob

    def _broken(self, late: bool, timeout: float) -> ReadError:
        if self._closed:
            return ReadError("Nothing was read", "The program is closing.")
        if late:
            return StoppedError(
                "This page could not be read",
                f"It was not done within {timeout:g} seconds, so the reading was stopped. Paste its text.",
            )
        return StoppedError(
            "This page could not be read", "Its reading used too much memory or broke down, so it was stopped. Paste its text."
        )

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise ReadError("Nothing was read", "The program is closing.")
        if self._process is None or self._process.poll() is not None:
            self._end()
            try:
                self._process = started(__name__)
            except OSError as error:
                told = f"The system starts no other process ({error.strerror}). Close other programs and try again."
                raise ReadError("Nothing was read", told) from error
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        end(process)


def _nonsense() -> StoppedError:
    return StoppedError("This page could not be read", "Its reading gave no answer that makes sense. Paste its text.")


def _pipe(pipe: Any) -> BinaryIO:
    if pipe is None:
        raise EOFError
    return pipe  # type: ignore[no-any-return]


# --- frames --------------------------------------------------------------------------------------------------------


def _write(pipe: BinaryIO, head: Mapping[str, Any], data: bytes = b"") -> None:
    text = json.dumps(head).encode("ascii")
    pipe.write(_LENGTHS.pack(len(text), len(data)))
    pipe.write(text)
    pipe.write(data)
    pipe.flush()


def _read(pipe: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The next frame. Raises EOFError at the end of the pipe, ValueError for what is no frame."""
    head_length, length = _LENGTHS.unpack(_exactly(pipe, _LENGTHS.size))
    if head_length > _JSON_LENGTH or length > LENGTH:
        raise ValueError("not a frame")
    try:
        head = json.loads(_exactly(pipe, head_length))
    except RecursionError as error:
        raise ValueError("not a frame") from error
    if not isinstance(head, dict):
        raise ValueError("not a frame")
    return head, _exactly(pipe, length)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


def answer_of(capture: Capture) -> dict[str, Any]:
    """A capture as JSON, without its original bytes."""
    item, icon = capture.item, capture.icon
    values: dict[str, Any] = {name: getattr(item, name) for name in _SENT}
    picture = icon and {
        "data": base64.b64encode(icon.data).decode("ascii"),
        "media_type": icon.media_type,
        "width": icon.width,
        "height": icon.height,
    }
    return {"item": {**values, "origins": dict(item.origins)}, "icon": picture}


def capture_of(answer: Mapping[str, Any], data: bytes, captured: datetime) -> Capture:
    """The capture that :func:`answer_of` wrote, with its original bytes and the moment of capture."""
    values = dict(answer["item"])
    origins = MappingProxyType(dict(values.pop("origins")))
    icon = answer["icon"]
    picture = Picture(**{**icon, "data": base64.b64decode(icon["data"])}) if icon else None
    return Capture(item=Item(**values, captured=captured, origins=origins), original=data, icon=picture)


# --- the process ---------------------------------------------------------------------------------------------------


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the pipe ends."""
    while True:
        try:
            request, data = _read(requests)
        except (EOFError, ValueError):
            return
        _limit_time(float(request["seconds"]))
        answer, blob = _served(request, data)
        _write(answers, answer, blob)
        if answer.get("ends"):
            return


def _served(request: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from workstation.ingest.jobs import job_named  # noqa: PLC0415 - in the worker's process alone

    try:
        answer, blob = job_named(request["job"])(data, request["known"])
        return {"answer": answer}, blob
    except ReadError as error:
        return {"refused": error.title, "detail": error.detail}, b""
    except MemoryError:
        return {
            "refused": "This page could not be read",
            "detail": "It needs too much memory. Paste its text.",
            "ends": True,
        }, b""
    except Exception as error:
        told = f"The reader has a fault ({type(error).__name__}: {error}). Paste its text."
        return {"refused": "This page could not be read", "detail": told}, b""


def _make_ready() -> None:
    """Load the heavy libraries before the first page comes."""
    from workstation.ingest.language import language_of  # noqa: PLC0415 - in the worker's process alone
    from workstation.ingest.reading import READERS  # noqa: PLC0415

    READERS["html"].load()
    language_of("a sentence that only loads the model")


def _is_asked() -> bool:
    """Whether a request waits already: then only what it needs is loaded, which may be much less than everything."""
    if sys.platform == "win32":
        return False  # where only sockets can be asked
    return bool(select.select([sys.stdin.buffer], [], [], 0)[0])


def _limit_time(seconds: float) -> None:
    """The processor's time for the next page, should the desk be gone and nobody stop this process."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    """Serve on the standard pipes; whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    confine(MEMORY)
    if not _is_asked():
        _make_ready()
    collect_rarely()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
