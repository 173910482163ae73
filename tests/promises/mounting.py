"""Media that really cannot be written: a bind mount for reading, made by root; skipped visibly where nobody may mount."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def read_only_mount(of: Path, at: Path) -> Iterator[Path]:
    """``of`` seen at ``at``, where nothing can be written, not by root either."""
    at.mkdir(parents=True, exist_ok=True)
    for call in (["mount", "--bind", str(of), str(at)], ["mount", "-o", "remount,ro,bind", str(at)]):
        try:
            subprocess.run(call, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            subprocess.run(["umount", str(at)], check=False, capture_output=True)
            pytest.skip("nobody may mount here: a read-only medium cannot be tried")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=False, capture_output=True)
