"""A link on the words that credit a source leads to that source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.mending import mended
from workstation.domain.outlet import KnownOutlet, Outlet
from workstation.domain.problem import Problem
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import Background, check

Make = Callable[..., Any]
KNOWN = Background(outlets=(KnownOutlet(outlet=Outlet(name="Lantern", domains=("lantern.example",))),))
POST, RADIO = "https://harbour.example/1", "https://delta.example/1"


def problems(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}, KNOWN).problems if problem.rule == "credited-link"]


def linking(story: Make, words: str, link: str) -> Story:
    sources = Source(name="Harbour Post", url=POST), Source(name="Delta Radio", url=RADIO)
    body = read_html(f'<p>It rains, <a href="{link}">{words}</a>.</p>').body
    whole: Story = story(SignalCard(headline="One", sources=sources, body=body))
    return whole


@pytest.mark.parametrize("link", [RADIO, "https://lantern.example/x"])
def test_a_credit_that_leads_to_another_source_is_warned_of_and_mended(story: Make, link: str) -> None:
    whole = linking(story, "the Harbour Post reported", link)
    (problem,) = problems(whole)
    assert problem.excerpt == "the Harbour Post reported"
    assert (problem.place.at, problem.place.until) == (10, 35)
    assert problem.fix
    fixed = mended(whole, problem.place, problem.fix)
    assert fixed.signals[0].body.links == (POST,)
    assert problems(fixed) == []


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("the Harbour Post reported", POST),
        ("the Harbour Post reported", POST + "?utm_source=x"),
        ("the Harbour Post reported earlier", "https://harbour.example/2"),
        ("the Harbour Post reported", "https://archive.example/copy"),
        ("a study found", RADIO),
        ("the Harbour Post and Delta Radio reported", RADIO),
    ],
)
def test_other_links_are_fine(story: Make, words: str, link: str) -> None:
    assert problems(linking(story, words, link)) == []
