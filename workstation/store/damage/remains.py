"""What was in a damaged store and could not be brought back as it was: plain files in a folder, for the editor to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from workstation.store.damage.pages import Value

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONG = ("document", "text")
REPORT = "report.txt"


class Remains:
    """A folder that is made when there is something to put into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts: Counter[str] = Counter()

    def keep(self, kind: str, row: Mapping[str, Value]) -> None:
        """Keep a row of the table ``kind``: its words in one file of that name, a document or the text of a source in its own."""
        self.counts[kind] += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [f"{name}: {_shown(value)}" for name, value in row.items() if name not in (*_LONG, "seal")]
        with (self.folder / f"{kind}.txt").open("a", encoding="utf-8", errors="surrogateescape") as file:
            file.write("\n".join(lines) + "\n\n")
        for name in _LONG:
            words = row.get(name)
            if isinstance(words, str) and words:
                self._put(f"{kind}-{self._name(row)}.{'json' if name == 'document' else 'txt'}", words)

    def tell(self, lines: list[str]) -> None:
        """Write the report."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._put(REPORT, "\n".join(lines) + "\n")

    def _put(self, name: str, words: str) -> None:
        (self.folder / name).write_bytes(words.encode("utf-8", "surrogateescape"))

    def _name(self, row: Mapping[str, Value]) -> str:
        told = next((str(row[name]) for name in ("slug", "item", "id", "story") if row.get(name) is not None), "")
        return _UNSAFE.sub("-", told)[:60] or str(sum(self.counts.values()))


def _shown(value: Value) -> str:
    return f"({len(value)} bytes)" if isinstance(value, bytes) else str(value)
