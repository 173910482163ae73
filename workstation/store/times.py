"""Times as the store writes them."""

from __future__ import annotations

from datetime import UTC, datetime

from workstation.errors import InputError
from workstation.store.meant import meant_time


def write_time(moment: datetime) -> str:
    """``moment`` as text; with its offset, for a time without one means nothing to a reader elsewhere."""
    if moment.tzinfo is None:
        raise InputError("This time cannot be kept", f"{moment.isoformat()} does not say its offset from UTC.")
    return moment.isoformat()


def read_time(text: str) -> datetime:
    """The time that :func:`write_time` wrote; a text that is none raises :class:`StoreDamagedError`."""
    return meant_time(text)


def now() -> str:
    """This moment as text, in UTC; such texts sort as the times do."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
