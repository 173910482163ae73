"""The profile ``email``: a message that mail programs show whole, by day and by night, and its file to open and send.

Programs that know little of HTML set the pace: one column in tables, every look in ``style`` attributes, the colours of the
night in a style sheet of their own. A message above 102 KB is cut by some at any place; a story that is longer ends at a card
(or within The News, where those alone are longer), with a sentence that says so, which links to all of it where that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.flat.blocks import FlatBlock, Tongues, flat_html, flat_line
from workstation.render.flat.story import FlatStory, flat_story
from workstation.render.house.palette import palette_of
from workstation.render.machines.canonical import canonical_address
from workstation.render.mail.inlining import inlined, sheet
from workstation.render.mail.message import Enclosed, mail_message
from workstation.render.pictures.placing import PlacedPicture, Placement, place
from workstation.render.rendering import Profile, Rendering, Terms
from workstation.render.templates import fill
from workstation.render.words.characters import one_line
from workstation.render.words.description import description
from workstation.render.words.language import direction_of, language_of
from workstation.render.words.plain import whole_text
from workstation.render.words.running_order import RunningOrder, running_order

LARGEST = 102 * 1024
"""Bytes of HTML above which Gmail cuts a message."""
_WIDTH = 560
"""Pixels that a picture may be wide."""
_LOGO = (240, 40)
"""Pixels that a logo may be wide and high."""

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Message:
    """A message that is printed up to some part of it: The News' blocks and then the cards are its parts."""

    flat: FlatStory
    values: Mapping[str, Any]
    css: str

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.flat.news) + len(self.flat.cards)

    def cards(self, parts: int) -> int:
        """How many cards are among the first ``parts``."""
        return max(0, parts - len(self.flat.news))

    def html(self, parts: int, address: str | None = None) -> str:
        """The message with so many parts; where they are not all, it says so, with a link to the ``address`` of the story."""
        shown = {"news": self.flat.news[:parts], "cards": self.flat.cards[: self.cards(parts)]}
        ending = {"is_cut": parts < self.parts, "whole": address}
        return inlined(fill("email.html", {**self.values, **shown, **ending}), self.css)


def render_email(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.email.html``, ``<slug>.email.txt`` and ``<slug>.eml``, its pictures in ``<slug>-files/``."""
    placement = _without_icons(place(story, pictures, publication), story, publication)
    order = running_order(story, publication)
    message = _message(story, publication, placement, order)
    html, remarks = _fitting(message, canonical_address(story, publication, terms))
    words, main = whole_text(order), f"{story.slug}.email.html"
    shown = (*placement.story.values(), *placement.publication.values())
    enclosed = {placed.address: Enclosed(placed.file.rpartition("/")[2], placed.picture) for placed in shown}
    files = {
        **placement.files(),
        f"{story.slug}.email.txt": words.encode(),
        f"{story.slug}.eml": mail_message(order.headline or story.slug, words, html, enclosed),
        main: html.encode(),
    }
    return Rendering(
        profile="email",
        main=main,
        files=files,
        missing=placement.missing,
        pictures=placement.notes(story),
        remarks=remarks,
    )


def _fitting(message: _Message, address: str | None) -> tuple[str, tuple[str, ...]]:
    """The message with as many parts as fit, and what the editor has to know of it."""
    html = message.html(message.parts)
    if len(html.encode()) <= LARGEST:
        return html, ()
    parts = _most(message, address)
    return message.html(parts, address), (_told(message, parts, address),)


def _most(message: _Message, address: str | None) -> int:
    """The most parts that fit above the last sentence."""
    low, high = 0, message.parts - 1
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(message.html(middle, address).encode()) <= LARGEST
        low, high = (middle, high) if fits else (low, middle - 1)
    return max(0, low)


def _told(message: _Message, parts: int, address: str | None) -> str:
    every = len(message.flat.cards)
    is_within_news = parts < len(message.flat.news)
    held = "only the beginning of The News" if is_within_news else f"{message.cards(parts)} of {every} signals"
    ending = "a link to the whole story" if address else "a sentence that says so"
    mend = (
        "" if address else " Tell its publication where its stories stand on the web (“address”), and it ends with a link to all."
    )
    return f"The e-mail holds {held} and ends with {ending}: a mail above 102 KB is cut.{mend}"


def _without_icons(placement: Placement, story: Story, publication: Publication) -> Placement:
    """Only what a message shows: where a program holds pictures back, each of them is an empty box."""
    lead = story.lead_image.file if story.lead_image else ""
    return Placement(
        folder=placement.folder,
        story={name: placed for name, placed in placement.story.items() if name == lead},
        publication={name: placed for name, placed in placement.publication.items() if name == publication.logo},
        missing=tuple(name for name in placement.missing if name in (lead, publication.logo)),
    )


def _message(story: Story, publication: Publication, placement: Placement, order: RunningOrder) -> _Message:
    palette, language = palette_of(publication), language_of(story, publication)
    flat = flat_story(story, publication, placement, featured=False)
    logo = placement.publication.get(publication.logo or "")
    values = {
        "language": language,
        "direction": direction_of(language),
        "title": order.headline or story.slug,
        "description": description(story, publication),
        "night": sheet("email-night.css", palette, colour="", ground=""),
        "marked_night": sheet("email-night.css", palette, colour="[data-ogsc] ", ground="[data-ogsb] "),
        "house": one_line(publication.name),
        "logo": logo,
        "logo_size": _within(logo, _LOGO) if logo else None,
        "lead_size": _within(flat.lead.placed, (_WIDTH, 4 * _WIDTH)) if flat.lead else None,
        "flat": flat,
        "body": flat_html,
        **_house_lines(publication, order, Tongues(language)),
    }
    return _Message(flat, values, sheet("email.css", palette))


def _house_lines(publication: Publication, order: RunningOrder, tongues: Tongues) -> dict[str, FlatBlock | None]:
    house = tongues._replace(house=publication.language)
    return {
        "name": flat_line("p", one_line(publication.name), house),
        "whole_label": flat_line("p", one_line(publication.labels.whole_story), house),
        "shortened": flat_line("p", one_line(publication.labels.shortened), house),
        "rubric": flat_line("p", one_line(publication.rubric), house),
        "headline": flat_line("h1", order.headline, tongues),
        "byline": flat_line("p", order.byline, house),
        "dateline": flat_line("p", order.dateline.text if order.dateline else "", house),
        "signals": flat_line("h2", one_line(publication.labels.signals), house),
    }


def _within(placed: PlacedPicture, most: Size) -> Size:
    """The size of a picture shown as large as it may be, never larger than it is."""
    share = min(1, most[0] / placed.width, most[1] / placed.height)
    return max(1, round(placed.width * share)), max(1, round(placed.height * share))


EMAIL = Profile(
    name="email",
    label="E-mail",
    description="A message for mail programs, light and dark, with its plain text, and as a file that opens as a draft.",
    render=render_email,
)
