"""One rich story of an invented event, the publication it is printed in, and their pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PIL import Image

from tests.checkers import chromium
from workstation.domain.body import Body, read_html
from workstation.domain.picture import Picture
from workstation.domain.publication import Edition, Labels, Publication
from workstation.domain.story import LeadImage, SignalCard, Source, SourceKind, Story


def png(width: int, height: int, colour: str) -> Picture:
    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "PNG")
    return Picture(data.getvalue(), "image/png", width, height)


def body(html: str) -> Body:
    reading = read_html(html)
    assert not reading.left_out
    return reading.body


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def pictures() -> Mapping[str, Picture]:
    return {"lock gate.png": png(1200, 800, "#47636b"), "icons/ledger.png": png(64, 64, "#8a3b2a")}


@pytest.fixture
def publication() -> Publication:
    icon = png(48, 48, "#0b5f6b")
    return Publication(
        name="The Lantern",
        rubric="Lantern Signals",
        tagline="One event, seen from many shores.",
        time_zone="Europe/Lisbon",
        dateline_format="MMM d, y, h:mma z",
        share=("Post", "Email", "Whatsapp"),
        advertisements=True,
        editions=tuple(
            Edition(name, f"https://lantern.example/{name.lower()}") for name in ("Quay", "Upland", "Strait", "Delta", "Isles")
        ),
        colours={"accent": "#7a2e1d", "accent-dark": "#f0a48f"},
        fonts={"headline": "'Source Serif 4', Georgia"},
        icon="mark.png",
        files={"mark.png": icon},
    )


@pytest.fixture
def story() -> Story:
    ledger = Source(name="The Harbour Ledger", url="https://ledger.example/lock?day=9&part=[b]", icon="icons/ledger.png")
    return Story(
        slug="orrin-lock",
        headline="Orrin lock opens again, and two river towns argue over who goes first",
        verticals=("Trade", "Climate"),
        region="Lower Orrin",
        first_published=datetime.fromisoformat("2031-07-03T08:05:00+01:00"),
        updated=datetime.fromisoformat("2031-07-03T12:19:00+01:00"),
        time_zone="America/New_York",
        bylines=("By Ilse Marrow", "Teodor Anselm"),
        contributors=("Nadia Quill",),
        sponsor="Orrin Savings & Loan",
        lead_image=LeadImage(
            file="lock gate.png",
            alt="Two barges wait below a closed lock gate",
            caption="Barges wait below the Orrin lock on the morning of its reopening.",
            credit="Kestrel Wire/Pia Lund",
            file_photo=True,
        ),
        news=body(
            "<p>The lock at <strong>Orrin</strong> opened on Thursday after nine years, "
            'with <a href="https://orrin.example/notice">a queue of 61 barges</a> on both sides.</p>'
            "<ul><li>Tolls start at 40 crowns.</li><li>Night passage is barred until <em>September</em>.</li></ul>"
            "<p>https://orrin.example/timetable</p>"
        ),
        signals=(
            SignalCard(
                headline="Upstream, the talk is of grain",
                sources=(ledger,),
                body=body(
                    "<p>Millers “waited for this [gate] for two harvests”, the mayor told the paper. "
                    "5 &lt; 6 &amp; nothing else.</p>"
                    "<blockquote><p>The river is a road again.</p><p>النهر طريق من جديد.</p></blockquote>"
                ),
            ),
            SignalCard(
                headline="المدينة السفلى تخشى الازدحام",
                sources=(
                    Source(name="المنارة اليوم", url="https://manara.example/اخبار"),
                    Source(name="Ruben Vey", kind=SourceKind.PERSON, of="Kestrel Wire"),
                    Source(name="Institute for Tidal Studies", kind=SourceKind.INSTITUTE, url="javascript:alert(1)"),
                ),
                body=body(
                    "<p>The paper wrote that “المدينة لا تنام، يا Orrin!” and left it there.</p>"
                    "<p>وقال رئيس البلدية إن القفل (lock) فُتح قبل أوانه.</p>"
                ),
            ),
            SignalCard(sources=(), body=body("<p>A card without a headline and without a source.</p><ol><li>One</li></ol>")),
        ),
    )


def shown_lines() -> list[str]:
    """The words of the story's page, line by line, as a reader would copy them."""
    return """Quay
Upland
Strait
Delta
Isles
Quay
Upland
Strait
The Lantern Logo
Delta
Isles
icon
Lantern Signals
Sponsored by
Orrin Savings & Loan
Orrin lock opens again, and two river towns argue over who goes first
Insights from The Harbour Ledger, المنارة اليوم, Kestrel Wire, and Institute for Tidal Studies
Arrow Down
By Ilse Marrow, Teodor Anselm
Updated Jul 3, 2031, 7:19am EDT
Trade
Climate
Lower Orrin
File photo
Barges wait below the Orrin lock on the morning of its reopening.
Kestrel Wire/Pia Lund
PostEmailWhatsapp
Title icon
The News
The lock at Orrin opened on Thursday after nine years, with a queue of 61 barges on both sides.
Tolls start at 40 crowns.
Night passage is barred until September.
https://orrin.example/timetable
AD
icon
SIGNALS
Lantern Signals: One event, seen from many shores.
Upstream, the talk is of grain
Source icon
Source:
The Harbour Ledger
Millers “waited for this [gate] for two harvests”, the mayor told the paper. 5 < 6 & nothing else.
The river is a road again.
النهر طريق من جديد.
المدينة السفلى تخشى الازدحام
Source icon
Sources:
المنارة اليوم, Ruben Vey (Kestrel Wire), Institute for Tidal Studies
The paper wrote that “المدينة لا تنام، يا Orrin!” and left it there.
وقال رئيس البلدية إن القفل (lock) فُتح قبل أوانه.
A card without a headline and without a source.
One
Contributors
Nadia Quill
AD""".splitlines()


@pytest.fixture
def lines() -> list[str]:
    return shown_lines()


@pytest.fixture
def plain(publication: Publication) -> Publication:
    """The same publication without what it adds around a story."""
    return replace(publication, editions=(), share=(), advertisements=False, icon=None, files={}, labels=Labels(arrow=""))
