"""Which machine this is: names of hosts repeat, in containers above all, so a second mark stands beside the name."""

from __future__ import annotations

import socket
import sys
import uuid
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

_MARKS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine by its name and by a mark of its own; the mark is empty where only the name was written down."""

    host: str
    mark: str = ""

    def is_another_than(self, other: Machine) -> bool:
        """Whether the two cannot be one machine, as far as both tell."""
        return self.host != other.host or bool(self.mark and other.mark and self.mark != other.mark)


@cache
def this_machine() -> Machine:
    """The machine that this program runs on."""
    return Machine(socket.gethostname(), sha256(_mark().encode()).hexdigest()[:12])


def _mark() -> str:
    if sys.platform == "linux":
        for file in _MARKS:
            try:
                mark = file.read_text(encoding="ascii", errors="replace").strip()
            except OSError:
                continue
            if mark:
                return mark
    return f"{uuid.getnode():x}"
