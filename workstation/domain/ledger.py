"""The hand-over ledger: what was handed over when, to whom, with which hash, and what kind of change it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CLIPBOARD = "clipboard"


class ChangeKind(StrEnum):
    """What a hand-over is to the reader.

    ``FIRST`` is the first of a story. A ``CORRECTION`` prints a dated note, an ``UPDATE`` moves the time of the dateline, and a
    ``SILENT`` change (a typo) leaves it as it is.
    """

    FIRST = "first"
    CORRECTION = "correction"
    UPDATE = "update"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One hand-over. It is added and never changed.

    ``files`` maps each file's name to the SHA-256 of its bytes, ``sha256`` is of the main file, ``publication`` the name of the
    house it was printed for, ``folder`` where the files were written (empty when none were).

    ``destination`` names the content system that it was sent to (empty for a folder or the clipboard), ``post`` the id and
    ``address`` the web address that it has there. ``version`` counts the texts of the story that were handed over, from 1 (0 for
    an entry from before they were counted), ``document`` is the SHA-256 of the story's document. ``kept`` is the number of the
    version that keeps the text. ``note`` is the correction, or why it went out.
    """

    story: int
    slug: str
    profile: str
    publication: str
    exported: datetime
    folder: str
    files: Mapping[str, str]
    sha256: str
    destination: str = ""
    post: str = ""
    address: str = ""
    change: ChangeKind = ChangeKind.FIRST
    version: int = 0
    document: str = ""
    kept: int | None = None
    note: str = ""

    @property
    def place(self) -> str:
        """Where it went: the name of a content system, the folder, or the clipboard."""
        return self.destination or self.folder or CLIPBOARD
