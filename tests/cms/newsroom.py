"""What every test of a content system has in hand: stories with a lead image of their own, and a destination to send them to."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from PIL import Image

from workstation.domain.body import Body, read_html
from workstation.domain.destination import CmsKind, Destination
from workstation.domain.picture import Picture
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

REASON = "a test"
"""Why the blockers of invented stories may pass."""


def body(html: str) -> Body:
    return read_html(html).body


def picture(colour: str) -> Picture:
    """A picture that no other story has."""
    data = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(data, "PNG")
    return Picture(data.getvalue(), "image/png", 640, 400)


def story(name: str) -> Story:
    """A story with everything that a system may stumble over: brackets, quotation marks, links, a list, Arabic, a lead image."""
    return Story(
        slug=name,
        headline=f'Ferry pilots of {name} strike, & the "quiet" port [again] waits',
        verticals=("Harbours", "Work & Pay"),
        region="Lower Orrin",
        bylines=("Ilse Marrow",),
        lead_image=LeadImage(
            file="quay.png", alt='A quay, "empty" & wide', caption="The quay on Monday.", credit="Kestrel Wire/Pia Lund"
        ),
        news=body(
            '<p>The pilots stopped at dawn, <a href="https://orrin.example/notice?a=1&amp;b=2">a notice said</a>.</p>'
            "<ul><li>No ferry before noon.</li><li>Tickets stay <strong>valid</strong>.</li></ul><p>https://orrin.example/live</p>"
        ),
        signals=(
            SignalCard(
                headline="The union speaks of [rest]",
                sources=(Source(name="The Harbour Ledger", url="https://ledger.example/strike"), Source(name="Ruben Vey")),
                body=body("<p>It called the night shifts “a road without a bend”. 5 &lt; 6 &amp; so on; don't ask.</p>"),
            ),
            SignalCard(
                headline="المدينة السفلى تنتظر",
                sources=(Source(name="المنارة اليوم", url="https://manara.example/ferry"),),
                body=body("<p>وقالت الصحيفة إن الميناء هادئ.</p><blockquote><p>النهر طريق من جديد.</p></blockquote>"),
            ),
        ),
    )


def begin(desk: Desk, name: str, colour: str = "#47636b") -> int:
    """The story of this name on a desk, with a picture of this colour."""
    number = desk.writing.begin(story(name), {"quay.png": picture(colour)})
    desk.writing.rename(number, name)
    return number


def reworded(desk: Desk, number: int, headline: str) -> None:
    """Give a story another headline and more News."""
    changed(desk, number, headline=headline, news=body(f"<p>{headline}, the council said.</p>"))


def changed(desk: Desk, number: int, **fields: Any) -> None:
    """Change fields of a story as the editor would."""
    desk.writing.edit(number, replace(desk.writing.story(number), **fields), label="Change", spot=Spot("headline"))


def destination(url: str, user: str = "editor", name: str = "House") -> Destination:
    return Destination(name=name, kind=CmsKind.WORDPRESS, url=url, user=user)
