"""What a review knows beside the story and its items: the desk's other knowledge, handed in so that a review stays pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from workstation.domain.house_style import HouseStyle
from workstation.domain.outlet import KnownOutlet, Outlet
from workstation.domain.publication import Limits
from workstation.domain.quote import Quote

Versions = Mapping[str, tuple[str, ...]]
"""For an item whose page has several versions the ids of all of them, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What a rule may lean on; whatever is missing keeps the rules silent that need it.

    ``quotes`` are by id. ``versions`` says which items are one page. ``outlets`` are those that the desk knows by name,
    ``item_outlets`` what the desk knows of the outlet of each item, the editor's word first,
    ``today`` is the day of the review in the story's time zone, ``language`` the BCP 47 tag of the story's language,
    ``limits`` the lengths that the publication wants, ``exported_slug`` the slug that the story was first exported under,
    ``corrected`` how many corrections of it were handed over,
    ``insights`` the house's label of the insights line. ``styles`` are the house styles that the story may be held to: the
    one that it breaks least is meant.
    """

    quotes: Mapping[str, Quote] = field(default_factory=lambda: MappingProxyType({}))
    versions: Versions = field(default_factory=lambda: MappingProxyType({}))
    outlets: tuple[KnownOutlet, ...] = ()
    item_outlets: Mapping[str, Outlet] = field(default_factory=lambda: MappingProxyType({}))
    today: date | None = None
    language: str = "en"
    limits: Limits = field(default_factory=Limits)
    styles: tuple[HouseStyle, ...] = ()
    exported_slug: str | None = None
    corrected: int = 0
    insights: str = "Insights from {sources}"


NOTHING_MORE = Background()
