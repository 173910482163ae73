"""A trial of a publication: a small invented story is printed in it, so that a fault is told when its file is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from workstation.domain.body import read_html
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, SignalCard, Source, SourceKind, Story
from workstation.render.profiles import render


def try_out(publication: Publication) -> None:
    """Print a full story and an empty one in every form that the house has an own template for.

    Raises:
        InputError: a template fails; the detail names file, line and cause.
    """
    for profile in publication.layouts:
        for story in (_full(), Story(slug="empty", headline="")):
            render(profile, story, publication, {})


def _full() -> Story:
    moment = datetime(2031, 7, 3, 8, 5, tzinfo=UTC)
    body = read_html("<p>The first <strong>barge</strong> “went through” at noon.</p><ul><li>One</li></ul>").body
    outlet = Source(name="The Harbour Ledger", url="https://ledger.example/lock")
    person = Source(name="Ruben Vey", kind=SourceKind.PERSON, of="Kestrel Wire")
    card = SignalCard(headline="Upstream, the talk is of grain", sources=(outlet, person), body=body)
    return Story(
        slug="trial",
        headline="A lock opens & two towns argue",
        verticals=("Trade",),
        region="Lower Orrin",
        first_published=moment,
        updated=moment,
        bylines=("Ilse Marrow",),
        contributors=("Nadia Quill",),
        sponsor="Orrin Savings",
        lead_image=LeadImage(file="lead.png", alt="A gate", caption="The gate", credit="Kestrel Wire", file_photo=True),
        news=body,
        signals=(card, replace(card, key="second", sources=(outlet,)), SignalCard()),
    )
