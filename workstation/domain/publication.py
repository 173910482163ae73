"""The house a story is printed in: its names, labels, editions and colours. Read from a TOML file (DESIGN 5.2 keys)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from workstation.domain.picture import Picture


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the publication, as the masthead lists it."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words that the page puts around a story. ``{...}`` is filled in; an empty label is left out.

    The labels of icons (``logo``, ``icon``, ``arrow``, ``title_icon``, ``source_icon``) are read by screen readers only.
    """

    news: str = "The News"
    signals: str = "SIGNALS"
    source: str = "Source:"
    sources: str = "Sources:"
    insights: str = "Insights from {sources}"
    updated: str = "Updated {time}"
    correction: str = "Correction, {time}:"
    whole_story: str = "Read the whole story on the web"
    shortened: str = "The story goes on; this message has room for its beginning only."
    byline: str = ""
    contributors: str = "Contributors"
    sponsor: str = "Sponsored by"
    file_photo: str = "File photo"
    advertisement: str = "AD"
    logo: str = "{name} Logo"
    icon: str = "icon"
    arrow: str = "Arrow Down"
    title_icon: str = "Title icon"
    source_icon: str = "Source icon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long the parts of a story may be; None for as long as they like. They are shown to the editor, never enforced."""

    headline_characters: int | None = None
    news_words: int | None = None
    cards: int | None = None
    card_headline_characters: int | None = None
    card_words: int | None = None


class CreditPlace(StrEnum):
    """Where the credit of a picture stands: below it, at the end of its alternative text, inside of its file."""

    CAPTION = "caption"
    ALT = "alt"
    IPTC = "iptc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The house a story is printed in.

    ``dateline_format`` is a CLDR date-time pattern, ``time_zone`` an IANA name, ``language`` a BCP 47 tag.
    ``address`` is where its stories stand on the web, like ``https://house.example/{year}/{slug}``.
    ``colours`` and ``fonts`` are names to CSS values. ``files`` holds the logo and icon by file name. ``image_ratios`` are the
    forms of its lead images, width to height like ``16:9``, the usual one first. ``picture_credit`` says where the credit of a
    picture stands, see :class:`CreditPlace`. ``css`` is the house's own style sheet,
    checked and whole: it fetches nothing. ``house_style`` names the style that its stories are held to (None: as their language
    is written; ``none``: to no style), ``house_style_off`` the rules of it that are off. ``templates`` are the texts of the
    house's own templates by file name, ``layouts`` says which of them a profile begins with; a profile that is not named there
    uses the shipped one.
    """

    name: str
    rubric: str = ""
    tagline: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    dateline_format: str = "MMM d, y, h:mma z"
    address: str = ""
    share: tuple[str, ...] = ()
    advertisements: bool = False
    image_ratios: tuple[str, ...] = ("16:9", "3:2", "1:1")
    picture_credit: tuple[CreditPlace, ...] = (CreditPlace.CAPTION,)
    house_style: str | None = None
    house_style_off: tuple[str, ...] = ()
    labels: Labels = field(default_factory=Labels)
    limits: Limits = field(default_factory=Limits)
    editions: tuple[Edition, ...] = ()
    colours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fonts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    logo: str | None = None
    icon: str | None = None
    files: Mapping[str, Picture] = field(default_factory=lambda: MappingProxyType({}))
    css: str = ""
    templates: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    layouts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
