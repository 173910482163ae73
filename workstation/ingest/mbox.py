"""Mailboxes (.mbox): every mail in them is an item of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.ingest.arrival import Arrival
from workstation.ingest.delivery import Part

_BETWEEN = re.compile(rb"(?:\A|(?<=\n))From [^\r\n]{3,400}\d\d[^\r\n]{0,40}\r?\n(?=>?[A-Za-z][A-Za-z-]{1,60}:)")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def unpack(arrival: Arrival) -> Iterator[Part]:
    """The mails, in their order, without the lines that the mailbox put between them."""
    starts = [(found.start(), found.end()) for found in _BETWEEN.finditer(arrival.data)]
    ends = [start for start, _ in starts[1:]] + [len(arrival.data)]
    if not starts:
        yield Arrival(data=arrival.data, captured=arrival.captured, name=arrival.name, media_type="message/rfc822")
        return
    for number, ((_, first), end) in enumerate(zip(starts, ends, strict=True), start=1):
        data = _QUOTED.sub(rb"\1", arrival.data[first:end])
        yield Arrival(
            data=data,
            captured=arrival.captured,
            name=f"mail {number} of {arrival.name or 'a mailbox'}",
            media_type="message/rfc822",
        )
