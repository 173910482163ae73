"""The words above an article: where it is from, when, and where each of these was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workstation.domain.item import Item, ItemSummary
from workstation.domain.shown_host import shown_address, shown_host
from workstation.ui.wording import country_name, language_name, web_address

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ORIGINS = {
    "json-ld": "the page’s JSON-LD",
    "open graph": "the page’s Open Graph elements",
    "twitter card": "the page’s Twitter card",
    "meta": "the page’s meta elements",
    "heading": "the page’s heading",
    "title": "the page’s title",
    "byline": "the byline that the page prints",
    "page": "what the page prints",
    "page, widely read": "what the page prints, widely read",
    "page, every paragraph": "every paragraph of the page",
    "script data": "the data of the page’s scripts",
    "canonical": "the page’s canonical address",
    "address": "the address",
    "url": "the address",
    "outlet table": "the table of outlets",
    "text": "the text",
    "front matter": "the head of the file",
    "file": "the file’s name",
    "file name": "the file’s name",
    "editor": "the editor",
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
        Told(
            f"{'captured' if summary.outlet else 'Captured'} {clock}",
            f"Captured {captured:%Y-%m-%d %H:%M}; SHA-256 of the original {item.sha256}",
        ),
        Told("1 word" if item.words == 1 else f"{item.words:,} words".replace(",", "\u202f"), "Counted in the text below."),
    ]
    return [piece for piece in pieces if piece.text]


def by_line(item: Item, now: datetime) -> list[Told]:
    """Author, date of publication and address, each when it is known."""
    address = web_address(item.url)
    pieces = [
        Told(item.author or "", _from(item, "author")),
        Told(_published(item.published, now), _from(item, "published", item.published)),
        Told(
            shown_host(address.host()) if address else "",
            f"Opens {shown_address(item.url or '')} in the browser.",
            item.url or "",
        ),
    ]
    return [piece for piece in pieces if piece.text]


def headline(item: Item) -> Told:
    """The headline, or what stands for it."""
    return Told(" ".join(item.title.split()) or shown_address(item.url or "") or "Without a headline", _from(item, "title"))


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of an item as it is told about: its name, its value, and where that was found."""

    name: str
    value: str
    origin: str


def facts_about(item: Item, summary: ItemSummary) -> list[Fact]:
    """What is known of a source, field by field, and where each was found; a field that nothing told says so."""
    said = "the editor"
    told = (
        ("Headline", item.title, origin_told(item, "title")),
        ("Outlet", summary.outlet, origin_told(item, "outlet") if summary.outlet == item.outlet else said),
        ("Author", item.author or "", origin_told(item, "author")),
        ("Published", item.published or "", origin_told(item, "published")),
        ("Language", language_name(item.language), origin_told(item, "language")),
        ("Country", country_name(summary.country), origin_told(item, "country") if summary.country == item.country else said),
        ("Address", shown_address(item.url or ""), origin_told(item, "url")),
        ("Text", f"{item.words:,} words".replace(",", "\u202f"), origin_told(item, "text")),
    )
    return [Fact(name, value or "not told", origin if value else "") for name, value, origin in told]


def origin_told(item: Item, field: str) -> str:
    """Where a field of an item was found, in words; "" when that is not known."""
    origin = item.origins.get(field, "")
    return _ORIGINS.get(origin, origin)


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
