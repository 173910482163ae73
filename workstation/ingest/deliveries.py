"""A whole file through the worker, some parts at a time: a part that hangs or breaks the reading costs only itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from workstation.ingest.delivery import Delivery, Link
from workstation.ingest.kinds import kind_of
from workstation.ingest.unpacking import UNPACKERS
from workstation.ingest.worker import ReadingWorker, StoppedError, capture_of

MOST = 4_000
"""Parts asked for at once."""
PATIENCE = 3
"""After so many parts that had to be killed the rest of a file is given up."""


def deliveries(worker: ReadingWorker, data: bytes, *, captured: datetime, name: str) -> Iterator[Delivery]:
    """What ``data`` brings, in batches; the reading of each batch is stopped when it takes too much time or memory.

    Raises:
        ReadError: there is nothing to read in it. When something came before, a note says so instead.
    """
    start: int | None = 0
    most, given_up, came = MOST, 0, False
    while start is not None:
        try:
            delivery = _asked(worker, data, {"captured": captured.isoformat(), "name": name, "start": start, "most": most})
        except StoppedError as error:
            if kind_of(data, name) not in UNPACKERS:
                raise
            if most > 1:  # the culprit is among these: go on in smaller steps until it is alone
                most = max(1, min(most, 256) // 16)
                continue
            given_up += 1
            if given_up == PATIENCE and not came:
                raise
            last = " The rest of the file was given up." if given_up == PATIENCE else ""
            yield Delivery(notes=(f"Part {start + 1} of {name} could not be read. {error.detail}{last}",))
            start, most = (None if last else start + 1), MOST
        else:
            came = came or bool(delivery.captures or delivery.links)
            yield delivery
            start, most = delivery.after, min(MOST, most * 16)


def _asked(worker: ReadingWorker, data: bytes, known: Mapping[str, Any]) -> Delivery:
    answer, blob = worker.ask("items", data, known)
    moment = datetime.fromisoformat(known["captured"])
    captures, place = [], 0
    for entry in answer["captures"]:
        length = entry.pop("length")
        original = data if length is None else blob[place : place + length]
        place += length or 0
        captures.append(capture_of(entry, original, moment))
    return Delivery(
        captures=tuple(captures),
        links=tuple(Link(str(url), str(title)) for url, title in answer["links"]),
        notes=tuple(map(str, answer["notes"])),
        after=answer["after"],
    )
