"""The files in a folder that a reader knows, in their order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from workstation.ingest.kinds import SUFFIXES, UNKNOWN, plain_kind, suffix_of

_LOOKED_AT = 4_096
_PAGES = (".html", ".htm", ".xhtml")
_BESIDE = ("_files", ".files", "_archivos", "_fichiers", "-Dateien", "_Dateien", "_bestanden")
"""What browsers call the folder with the pictures of a saved page."""
_MAYBE = (".plist", ".json", ".xml", ".rss", ".atom", ".opml")
FILES = 100_000


def readable_files(folder: Path) -> list[Path]:
    """The readable files in ``folder`` and below, the nearer first; not hidden ones, pictures of saved pages, links elsewhere."""
    return [path for _, path in zip(range(FILES), _files(folder), strict=False)]


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        pages = {Path(name).stem for name in names if name.lower().endswith(_PAGES)}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_beside_a_page(name, pages))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and path.is_file() and not _leads_out(path, folder) and _is_known(path):
                yield path


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether it is a link to a file elsewhere, which nobody who put it into the folder need have meant to be captured."""
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


def _is_beside_a_page(name: str, pages: set[str]) -> bool:
    return any(name.endswith(end) and name.removesuffix(end) in pages for end in _BESIDE)


def _is_known(path: Path) -> bool:
    """By the ending; a file without one (a browser's ``Bookmarks``) by its look."""
    suffix = suffix_of(path.name)
    if suffix:
        return suffix in SUFFIXES or (suffix in _MAYBE and _looks_known(path))
    return _looks_known(path)


def _looks_known(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return plain_kind(file.read(_LOOKED_AT)) not in {None, UNKNOWN, "zip"}
    except OSError:
        return False
