"""How large a hand-over is, and where a form must not grow beyond."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.render.forms.email import LARGEST

KILOBYTE = 1024
LIMITS: Mapping[str, tuple[int, str]] = {
    "email": (LARGEST, "Gmail cuts a mail off beyond 102 KB"),
}
"""Bytes that the main file of a profile may have, and what happens beyond."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of the text, of the pictures beside it (and how many they are), and of everything."""

    profile: str
    main: int
    pictures: int
    count: int
    total: int

    @property
    def excess(self) -> str:
        """Why it is too large; empty when it is not."""
        limit, told = LIMITS.get(self.profile, (None, ""))
        return f"too large: {told}" if limit is not None and self.main > limit else ""

    @property
    def told(self) -> str:
        """``23.4 KB text  ·  2 pictures, 310 KB  ·  334 KB in all``; a single file is only as large as it is."""
        limit, _ = LIMITS.get(self.profile, (None, ""))
        of, text = f" of {told_bytes(limit)}" if limit else "", " text" if self.total != self.main else ""
        parts = [f"{told_bytes(self.main)}{of}{text}"]
        if self.count:
            parts.append(f"{self.count} picture{'' if self.count == 1 else 's'}, {told_bytes(self.pictures)}")
        if self.total != self.main:
            parts.append(f"{told_bytes(self.total)} in all")
        return "  ·  ".join(parts)


def sizes_of(profile: str, main: str, files: Mapping[str, bytes]) -> Sizes:
    """The sizes of a rendering's files."""
    pictures = [len(data) for name, data in files.items() if name != main and name.lower().endswith(PICTURES)]
    total = sum(len(data) for data in files.values())
    return Sizes(profile, len(files[main]), sum(pictures), len(pictures), total)


def told_bytes(count: int) -> str:
    """``812 bytes``, ``23.4 KB``, ``310 KB``, ``5.2 MB``."""
    if count < KILOBYTE:
        return f"{count} bytes"
    unit, size = ("KB", KILOBYTE) if count < KILOBYTE**2 else ("MB", KILOBYTE**2)
    value = count / size
    return f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"
