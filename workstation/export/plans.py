"""What an export is about to move, so that one which is killed between two of its files can be finished."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

STAGE = ".workstation-export-"
"""How the hidden folder begins in which an export keeps its files until they go into place."""
_PLAN = "plan.json"


def new_file(stage: Path, number: int) -> Path:
    """Where a file waits that an export is about to move."""
    return stage / f"new-{number}"


class Plan:
    """The names of the files that are moved, on the disk before the first of them is, and held while the export lives."""

    def __init__(self, stage: Path, names: list[str]) -> None:
        self._path = stage / _PLAN
        self._file: BinaryIO = self._path.open("xb")
        try:
            _take(self._file)
            self._file.write(json.dumps(names).encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except BaseException:
            self._file.close()
            raise

    def drop(self) -> None:
        """Nothing is left to be finished."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._file.close()


def killed_in(folder: Path) -> list[tuple[Path, list[str]]]:
    """The exports into ``folder`` that were killed while their files went into place: their stages, and the files' names."""
    found = []
    for stage in folder.glob(f"{STAGE}*"):
        with suppress(OSError, ValueError), (stage / _PLAN).open("rb") as file:
            _take(file)
            names = json.loads(file.read())
            if isinstance(names, list) and all(isinstance(name, str) for name in names):
                found.append((stage, names))
    return found


def carry_out(folder: Path, stage: Path, names: list[str]) -> set[Path]:
    """Move what still waits to its place; answers with the folders that changed."""
    changed = set()
    for number, name in enumerate(names):
        target = folder / name
        if os.path.lexists(new_file(stage, number)):
            target.parent.mkdir(parents=True, exist_ok=True)
            new_file(stage, number).replace(target)
            changed.add(target.parent)
    return changed


def clear(stage: Path) -> None:
    """Take away the stage of an export; its plan goes first, since half a stage is no longer to be carried out."""
    with suppress(OSError):
        (stage / _PLAN).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)


def _take(file: BinaryIO) -> None:
    """Hold a plan, which the system lets go when the process ends, however it ends.

    Raises:
        OSError: the export that made it goes on.
    """
    if sys.platform != "win32":
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
