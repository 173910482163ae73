"""A module of ours in a process of its own that answers lines of JSON: it may crash, hang or hold Python, and we go on."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping
from typing import Any

from workstation.ingest.other_process import end, started


class LineProcess:
    """Asks ``module``, which answers each line with one line. Calls from several threads wait for one another.

    A process that takes longer than ``timeout`` seconds is killed, a dead one is started again, and one that nobody has asked
    for ``idle`` seconds is let go (None: never).
    """

    def __init__(self, module: str, timeout: float, idle: float | None = None) -> None:
        self._module, self._timeout, self._idle = module, timeout, idle
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None
        self._is_closed = False

    @property
    def is_running(self) -> bool:
        """Whether the other process is there."""
        return self._process is not None

    @property
    def is_closed(self) -> bool:
        """Whether nothing may be asked any longer."""
        return self._is_closed

    def ask(self, question: Mapping[str, Any]) -> object:
        """The answer to a question; None where there is none: it took too long, it broke, or the program is closing."""
        with self._lock:
            if self._is_closed:
                return None
            answer = self._answer(json.dumps(question))
            self._rest_later()
            return answer

    def close(self) -> None:
        """Kill the process, whatever it does; later questions have no answer."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def _answer(self, line: str) -> object:
        try:
            process = self._running()
        except OSError:  # the system starts no more of them
            return None
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
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = started(self._module)
        return self._process

    def _rest_later(self) -> None:
        if self._idle is None:
            return
        if self._rest is not None:
            self._rest.cancel()
        self._rest = threading.Timer(self._idle, self._let_go)
        self._rest.daemon = True
        self._rest.start()

    def _let_go(self) -> None:
        if self._lock.acquire(blocking=False):  # who asks now begins the wait anew
            try:
                self._end()
            finally:
                self._lock.release()

    def _end(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        process, self._process = self._process, None
        end(process)
