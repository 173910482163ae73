"""A module of ours as a process of its own, over pipes: what it works on may crash it, and it may be killed at any time."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_NEEDED = frozenset(
    {
        *("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONMALLOC"),
        *("SYSTEMROOT", "WINDIR", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "COMSPEC", "PATHEXT"),
    }
)
"""What of the environment another process is told. A secret that was handed to the program in it is not for who reads pages."""


def started(module: str) -> subprocess.Popen[bytes]:
    """A new process that runs ``module`` by our own interpreter; its standard input and output are pipes."""
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**_environment(), "PYTHONPATH": path, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1", **_ONE_THREAD},
    )


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.upper() in _NEEDED or name.startswith(("LC_", "XDG_DATA_"))}


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Kill a process, whatever it does, and let go of its pipes; None is no matter."""
    if process is None:
        return
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError, AttributeError):
            pipe.close()  # type: ignore[union-attr]
    process.wait()
