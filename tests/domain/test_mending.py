"""A fix changes the very words, link or source that it names, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.body import read_html, write_html
from workstation.domain.mending import mended
from workstation.domain.problem import Fix, Place
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.errors import InputError

CARD = SignalCard(
    headline="Dam talks stal",
    sources=(Source(name="Harbour Post", url="https://a.example/?utm_source=x"), Source(name="The Valley Courier")),
    body=read_html('<p>The the dam, <a href="https://a.example/1">he said</a>.</p><p>The the <strong>rain</strong>.</p>').body,
)
STORY = Story(
    slug="river",
    headline="Two valleys",
    insights="Insights from B and A",
    lead_image=LeadImage(file="a.jpg", caption="The dam. Ada Brook", credit="Ada Brook"),
    news=read_html("<p>On Monday.</p>").body,
    signals=(CARD,),
)


def test_a_fix_with_its_start_mends_that_place_and_no_other() -> None:
    whole = mended(STORY, Place("body", 0), Fix("Once", "The the", "The", CARD.body.text.rindex("The the")))
    assert whole.signals[0].body.text == "The the dam, he said.\nThe rain."
    assert "<strong>rain</strong>" in write_html(whole.signals[0].body)


def test_a_whole_line_is_replaced_and_a_part_of_the_lead_image_is_mended() -> None:
    line = mended(STORY, Place("insights"), Fix("Name them", STORY.insights, "Insights from A and B"))
    assert line.insights == "Insights from A and B"
    image = mended(STORY, Place("lead_image", part="caption"), Fix("Take it out", " Ada Brook", "")).lead_image
    assert image == replace(STORY.lead_image or LeadImage(file=""), caption="The dam.")


def test_links_and_addresses_of_sources_lead_elsewhere() -> None:
    link = mended(STORY, Place("body", 0, part="href"), Fix("Clean", "https://a.example/1", "https://a.example/2"))
    assert link.signals[0].body.links == ("https://a.example/2",)
    source = mended(STORY, Place("sources", 0, entry=0, part="url"), Fix("Clean", "?utm_source=x", ""))
    assert source.signals[0].sources[0].url == "https://a.example/"


def test_a_slug_is_replaced_whole_while_it_is_the_one_that_was_judged() -> None:
    assert mended(STORY, Place("slug"), Fix("Put it back", "river", "river-treaty")).slug == "river-treaty"
    with pytest.raises(InputError):
        mended(STORY, Place("slug"), Fix("Put it back", "riv", "river-treaty"))


def test_sources_are_added_and_taken_out() -> None:
    added = mended(STORY, Place("sources", 0), Fix("Add", "", "Saltpan Wire"))
    assert [source.name for source in added.signals[0].sources] == ["Harbour Post", "The Valley Courier", "Saltpan Wire"]
    fewer = mended(STORY, Place("sources", 0, entry=1), Fix("Take it out", "The Valley Courier", ""))
    assert [source.name for source in fewer.signals[0].sources] == ["Harbour Post"]


@pytest.mark.parametrize(
    ("place", "fix"),
    [
        (Place("body", 0), Fix("", "no such words", "x")),
        (Place("body", 7), Fix("", "The", "x")),
        (Place("sources", 0, entry=1), Fix("", "Another", "")),
        (Place("body", 0, part="href"), Fix("", "https://gone.example", "https://a.example")),
        (Place("body", 0, part="href"), Fix("", "https://a.example/1", "javascript:alert(1)")),
    ],
)
def test_what_is_gone_or_has_to_be_done_by_hand_is_told(place: Place, fix: Fix) -> None:
    with pytest.raises(InputError):
        mended(STORY, place, fix)
