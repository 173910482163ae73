"""What a browser or an extension wrote into a page that it saved: where the page was, and when it was saved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from workstation.ingest.places import web_address

_SAVED_FROM = re.compile(r"<!--\s*saved from url=(?:\(\d{1,6}\))?\s*(\S{1,2000})\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\b(.{0,6000}?)-->", re.DOTALL)
_URL = re.compile(r"^\s*url:\s*(\S{1,2000})", re.MULTILINE)
_DATE = re.compile(r"^\s*saved date:\s*(.{6,100})$", re.MULTILINE)
_SCRIPT_DATE = re.compile(r"(?:\w{3} )?(\w{3}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d{4})")
_HEAD = 12_000


@dataclass(frozen=True, slots=True)
class Saved:
    """The page's own address and the ISO 8601 time of its saving; None where the file does not tell."""

    url: str | None = None
    at: str | None = None


def saved_page(decoded: str) -> Saved:
    """What the head of a saved page tells; browsers, SingleFile and its relatives are known."""
    head = decoded[:_HEAD]
    comment = _SINGLE_FILE.search(head)
    if comment:
        url, date = _URL.search(comment.group(1)), _DATE.search(comment.group(1))
        return Saved(web_address(url.group(1)) if url else None, moment_of(date.group(1)) if date else None)
    found = _SAVED_FROM.search(head)
    return Saved(web_address(found.group(1)) if found else None)


def moment_of(text: str) -> str | None:
    """The ISO 8601 time of a date as scripts and mails write it ("Thu Mar 05 2026 10:00:00 GMT+0100 (CET)")."""
    line = " ".join(text.split())
    script = _SCRIPT_DATE.match(line)
    if script:
        month, day, year, clock, offset = script.groups()
        line = f"{day} {month} {year} {clock} {offset}"
    try:
        moment = parsedate_to_datetime(line)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat(timespec="seconds") if moment.year > 1990 else None


def not_later(captured: datetime, saved: str | None) -> datetime:
    """The moment that nothing on the page can be later than: that of its saving, where it is known."""
    moment = datetime.fromisoformat(saved) if saved else captured
    aware = moment if moment.tzinfo else moment.replace(tzinfo=captured.tzinfo)
    return min(captured, aware)
