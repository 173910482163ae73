from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import check

Make = Callable[..., Any]
PAGE = "https://harbourpost.example/news/dam-talks"


def found(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule.startswith("link-")]


def sourced(story: Make, address: str) -> Story:
    whole: Story = story(SignalCard(headline="One", sources=(Source(name="A", url=address),)))
    return whole


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.google.com/url?q={PAGE}&sa=D",
        f"https://www.google.com/url?q={PAGE}%3Futm_source%3Dx&sa=D",
        f"https://l.facebook.com/l.php?u={PAGE}&h=AT0",
        f"https://eur01.safelinks.protection.outlook.com/?url={PAGE}&data=05",
        "https://www.google.com/amp/s/harbourpost.example/news/dam-talks",
        "https://harbourpost-example.cdn.ampproject.org/c/s/harbourpost.example/news/dam-talks",
    ],
)
def test_a_link_that_passes_readers_on_is_a_warning_with_the_page_behind_it(story: Make, address: str) -> None:
    whole = sourced(story, address)
    (problem,) = found(whole)
    assert (problem.rule, problem.severity) == ("link-redirect", Severity.WARNING)
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.signals[0].sources[0].url == PAGE
    assert found(better) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://t.co/abc",
        "https://bit.ly/abc",
        "https://news.google.com/rss/articles/abc?oc=5",
        "https://amp.harbourpost.example/a",
        "https://harbourpost.example/news/dam/amp/",
        "https://harbourpost.example/amp/news/dam",
        "https://harbourpost.example/news/dam.amp.html",
    ],
)
def test_where_the_page_behind_it_is_unknown_nothing_is_mended_by_itself(story: Make, address: str) -> None:
    (problem,) = found(sourced(story, address))
    assert (problem.rule, problem.severity, problem.fix) == ("link-redirect", Severity.WARNING, None)


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "https://amplifier.example/a",
        "https://harbourpost.example/amp-is-here",
        "https://harbourpost.example/ampere/a",
        "https://m.harbourpost.example/a",
        "https://archive.example/web/2026/https://harbourpost.example/a",
        "https://www.google.com/search?q=dam",
    ],
)
def test_a_straight_link_is_fine(story: Make, address: str) -> None:
    assert found(sourced(story, address)) == []
