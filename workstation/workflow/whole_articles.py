"""Fetching the whole of what a feed only told the beginning of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workstation.domain.changes import NOTHING
from workstation.errors import Cancelled, InputError, WorkstationError
from workstation.workflow.gathering import Captured, Gathering


def fetch_whole(
    gathering: Gathering, ids: Sequence[str], *, cancelled: Callable[[], bool], progress: Callable[[int, int | None], None]
) -> Captured:
    """Capture the pages that these items link to; one that fails does not keep the others out.

    Raises:
        InputError: none of them has a link.
        WorkstationError: the only one could not be captured.
    """
    links = dict.fromkeys(url for id in ids if (url := gathering.summary(id).url))
    if not links:
        raise InputError(
            "Nothing was fetched", "This source has no link to its article. Paste its address into the capture line."
        )
    if len(links) == 1:
        return gathering.capture_url(next(iter(links)), cancelled=cancelled, progress=progress)
    changes = NOTHING
    items: list[str] = []
    failures: list[str] = []
    for number, url in enumerate(links, start=1):
        try:
            captured = gathering.capture_url(url, cancelled=cancelled)
        except Cancelled:
            break
        except WorkstationError as error:
            failures.append(error.detail or error.title)
        else:
            changes |= captured.changes
            items.extend(captured.items)
        progress(number, len(links))
    told = " ".join([f"Fetched {len(items)} of {len(links)} whole articles.", *failures[:2]])
    return Captured(changes, tuple(items), told, "warn" if failures else "good")
