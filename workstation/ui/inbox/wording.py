"""The words of the inbox: ages, meta lines, headlines."""

from __future__ import annotations

from datetime import datetime

from workstation.domain.item import ItemState, ItemSummary
from workstation.domain.shown_host import shown_address
from workstation.ui.wording import country_name, language_name

FIRST_STRONG_ISOLATE = "\u2068"
END_OF_ISOLATE = "\u2069"

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
DAYS_TOLD = 7

STATE_NAMES = {
    ItemState.UNREAD: "Unread",
    ItemState.READ: "Read",
    ItemState.SHORTLISTED: "Shortlist",
    ItemState.USED: "Used",
    ItemState.ARCHIVED: "Archive",
    ItemState.SPIKED: "Spiked",
}


def isolated(text: str) -> str:
    """``text`` between isolates, so that its direction does not stir the words around it."""
    return f"{FIRST_STRONG_ISOLATE}{text}{END_OF_ISOLATE}"


def age(captured: datetime, now: datetime) -> str:
    """How long ago, as the list shows it: ``now``, ``12 min``, ``2 h``, ``3 d``, else the day."""
    seconds = (now - captured).total_seconds()
    if seconds < MINUTE:
        return "now"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} min"
    if seconds < DAY:
        return f"{int(seconds // HOUR)} h"
    if seconds < DAYS_TOLD * DAY:
        return f"{int(seconds // DAY)} d"
    day = captured.astimezone(now.tzinfo)
    short = f"{day.day} {_MONTHS[day.month - 1]}"
    return short if day.year == now.year else f"{short} {day.year}"


def meta(summary: ItemSummary) -> str:
    """``Outlet · PK · EN``, with the outlet's name in its own direction."""
    name = summary.outlet or "No outlet"
    codes = " · ".join(code.upper() for code in (summary.country, summary.language) if code)
    return f"{isolated(name)}  ·  {codes}" if codes else isolated(name)


def title(summary: ItemSummary) -> str:
    """The headline in one line, or what stands for it."""
    return " ".join(summary.title.split()) or shown_address(summary.url or "") or "Without a headline"


def spoken(summary: ItemSummary, now: datetime) -> str:
    """The row in words, for a screen reader."""
    parts = [summary.outlet, country_name(summary.country), language_name(summary.language), STATE_NAMES[summary.state]]
    kept = [f"tagged {', '.join(summary.tags)}"] if summary.tags else []
    kept += ["with a note"] if summary.notes.strip() else []
    return f"{title(summary)}. {', '.join([*(part for part in parts if part), age(summary.captured, now), *kept])}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
