"""The bytes of a file that is to be captured."""

from __future__ import annotations

from pathlib import Path

from workstation.errors import InputError

MAX_FILE_BYTES = 64 * 1024 * 1024
HEAD_BYTES = 64 * 1024


def bytes_of(path: Path, most: int = MAX_FILE_BYTES) -> bytes:
    """What the file holds.

    Raises:
        InputError: it cannot be read, or has more than ``most`` bytes.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would never end, and a device may do anything
            raise InputError(f"{path.name} was not captured", "It cannot be read: it is a folder, a pipe or a device.")
        with path.open("rb") as file:
            data = file.read(most + 1)  # whatever its size was: it may grow meanwhile
    except OSError as error:
        raise InputError(f"{path.name} was not captured", f"It cannot be read: {error.strerror or error}.") from error
    if len(data) > most:
        raise InputError(f"{path.name} was not captured", f"It is larger than {most >> 20} MB.")
    return data


def head_of(path: Path) -> bytes:
    """The first bytes of the file, at most 64 KiB; none where it cannot be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""
