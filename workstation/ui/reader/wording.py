"""The words above an article: where it is from, when, and where each of these was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workstation.domain.item import Item, ItemSummary
from workstation.ui.wording import country_name, language_name, web_address

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ORIGINS = {
    "json-ld": "the page's JSON-LD",
    "meta": "the page's meta elements",
    "text": "the text",
    "url": "the address",
    "file": "the file's name",
    "editor": "the editor",
    "outlet table": "the table of outlets",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of a line above the article; ``tip`` says where it was found, ``field`` is its name in the item."""

    text: str
    tip: str = ""
    link: str = ""
    strong: bool = False


def meta_line(item: Item, summary: ItemSummary, now: datetime) -> list[Told]:
    """Outlet, country, language, when it was captured, and how long it is. The editor's word on the outlet wins."""
    captured = item.captured.astimezone(now.tzinfo)
    today = captured.date() == now.date()
    clock = f"{captured:%H:%M}" if today else f"{_day(captured.date(), now)} {captured:%H:%M}"
    edited = "Said by the editor."
    pieces = [
        Told(summary.outlet, _outlet_from(item) if summary.outlet == item.outlet else edited, strong=True),
        Told(country_name(summary.country), _from(item, "country") if summary.country == item.country else edited),
        Told(language_name(item.language), _from(item, "language")),
        Told(f"captured {clock}", f"Captured {captured:%Y-%m-%d %H:%M}; SHA-256 of the original {item.sha256}"),
        Told("1 word" if item.words == 1 else f"{item.words:,} words".replace(",", "\u202f"), "Counted in the text below."),
    ]
    return [piece for piece in pieces if piece.text]


def by_line(item: Item, now: datetime) -> list[Told]:
    """Author, date of publication and address, each when it is known."""
    address = web_address(item.url)
    pieces = [
        Told(item.author or "", _from(item, "author")),
        Told(_published(item.published, now), _from(item, "published", item.published)),
        Told(address.host() if address else "", f"Opens {item.url} in the browser.", item.url or ""),
    ]
    return [piece for piece in pieces if piece.text]


def headline(item: Item) -> Told:
    """The headline, or what stands for it."""
    return Told(" ".join(item.title.split()) or item.url or "Without a headline", _from(item, "title"))


def _outlet_from(item: Item) -> str:
    said = item.origins.get("outlet_said")
    return f"{_from(item, 'outlet')} The page says {said}." if said else _from(item, "outlet")


def _from(item: Item, field: str, value: str | None = None) -> str:
    origin = item.origins.get(field)
    if not origin:
        return ""
    told = f"Where from: {_ORIGINS.get(origin, origin)}"
    return f"{told} ({value})." if value else f"{told}."


def _published(published: str | None, now: datetime) -> str:
    """An ISO date or time as a date in words; anything else as it came."""
    try:
        return _day(date.fromisoformat((published or "")[:10]), now, always_year=True)
    except ValueError:
        return published or ""


def _day(day: date, now: datetime, *, always_year: bool = False) -> str:
    told = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{told} {day.year}" if always_year or day.year != now.year else told
