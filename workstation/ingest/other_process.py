"""A module of ours as a process of its own, over pipes: what it works on may crash it, and it may be killed at any time."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def started(module: str) -> subprocess.Popen[bytes]:
    """A new process that runs ``module`` by our own interpreter; its standard input and output are pipes."""
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1", **_ONE_THREAD},
    )


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Kill a process, whatever it does, and let go of its pipes; None is no matter."""
    if process is None:
        return
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError, AttributeError):
            pipe.close()  # type: ignore[union-attr]
    process.wait()
