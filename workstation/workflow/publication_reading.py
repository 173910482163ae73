"""A publication from its file on the disk, with all that lies beside it, and what it was read from."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from workstation.domain.publication import Publication
from workstation.errors import InputError, WorkstationError
from workstation.render.house.publication_file import read_publication

LARGEST_FILE = 32 * 2**20

_TITLE = "The publication cannot be used"


@dataclass(frozen=True, slots=True)
class House:
    """A publication file as it was read last.

    ``publication`` is the last one that was good, None while there never was one; ``fault`` is what is wrong with the file
    now. ``seen`` are the files that it was read from, by path, each with the hash of its bytes; None for one that was missing.
    """

    file: Path
    publication: Publication | None
    fault: WorkstationError | None = None
    seen: Mapping[Path, str | None] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def name(self) -> str | None:
        """The name of the house, as far as it is known."""
        return self.publication.name if self.publication else None

    def is_current(self) -> bool:
        """Whether the files still hold what they held when this was read."""
        folder = self.file.parent
        return all(_hash(_bytes(path, None if path == self.file else folder)) == known for path, known in self.seen.items())


def read_house(file: Path) -> House:
    """The house in a publication file; what is wrong with it is in ``fault``."""
    seen: dict[Path, str | None] = {}
    try:
        return House(file, _read(file, seen), None, seen)
    except WorkstationError as error:
        return House(file, None, _named(error, file, seen), seen)


def load_publication(file: Path) -> Publication:
    """The publication in a TOML file, with what it names from beside it; own templates have printed a trial story.

    Raises:
        InputError: the file cannot be read or used; the message names the key, or file and line, and the mend.
    """
    house = read_house(file)
    if house.publication is None:
        raise house.fault or InputError(_TITLE)
    return house.publication


def _read(file: Path, seen: dict[Path, str | None]) -> Publication:
    try:
        data = file.read_bytes() if file.stat().st_size <= LARGEST_FILE else b""
    except OSError as error:
        seen[file] = None
        raise InputError(_TITLE, f"{file} cannot be read: {error.strerror or error}.") from error
    seen[file] = _hash(data)

    def beside(name: str) -> bytes | None:
        path = file.parent / name
        found = _bytes(path, file.parent)
        seen[path] = _hash(found)
        return found

    publication = read_publication(data, beside)
    if publication.layouts:
        from workstation.render.trial import try_out  # noqa: PLC0415 - most houses have no templates of their own

        try_out(publication)
    return publication


def _bytes(path: Path, folder: Path | None = None) -> bytes | None:
    """The bytes of an ordinary file, not over 32 MiB; one that a link leads to outside ``folder`` is not there."""
    try:
        real = path.resolve(strict=True)
        about = real.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST_FILE:
            return None
        if folder is not None and not real.is_relative_to(folder.resolve()):
            return None
        return real.read_bytes()
    except (OSError, ValueError, RuntimeError):  # a loop of links, a name that no file can bear
        return None


def _hash(data: bytes | None) -> str | None:
    return None if data is None else sha256(data).hexdigest()


def _named(error: WorkstationError, file: Path, seen: Mapping[Path, str | None]) -> WorkstationError:
    """The error with the file that it is about, where it does not say so itself."""
    if str(file) in error.detail or not isinstance(error, InputError):
        return error
    beside = {str(path.relative_to(file.parent)) for path in seen if path != file}
    own = any(error.detail.startswith(f"{name}, line") for name in beside)
    named = InputError(error.title, f"{file.parent.name}/{'' if own else f'{file.name}: '}{error.detail}")
    named.__cause__ = error
    return named
