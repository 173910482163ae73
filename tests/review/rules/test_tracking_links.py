from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import check

Make = Callable[..., Any]
PAGE = "https://harbourpost.example/news/dam-talks"


def found(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule.startswith("link-")]


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        ("?utm_source=newsletter&utm_medium=email", "(utm_source, utm_medium)"),
        ("?fbclid=IwAR0", "(fbclid)"),
        ("?gclid=1", "(gclid)"),
        ("?mc_cid=1&mc_eid=2", "(mc_cid, mc_eid)"),
        ("?igshid=1", "(igshid)"),
        ("?ref_src=twsrc", "(ref_src)"),
        ("#Echobox=17", "(Echobox)"),
        ("?utm_a=1&utm_b=2&utm_c=3&utm_d=4&utm_e=5", "(utm_a, utm_b, utm_c, utm_d …)"),
    ],
)
def test_a_source_link_that_follows_readers_is_a_warning_that_cleans_it(story: Make, tail: str, names: str) -> None:
    whole = story(SignalCard(headline="One", sources=(Source(name="A", url=PAGE), Source(name="B", url=PAGE + tail))))
    (problem,) = found(whole)
    assert (problem.rule, problem.severity, str(problem.place)) == (
        "link-tracking",
        Severity.WARNING,
        "signals[0].sources[1].url",
    )
    assert names in problem.message
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.signals[0].sources[1].url == PAGE
    assert found(better) == []


def test_a_link_in_a_card_is_cleaned_where_it_stands_and_keeps_the_rest_of_its_address(story: Make) -> None:
    html = f'<p>A <a href="{PAGE}?id=7&amp;utm_source=x#dam">map</a> and <a href="{PAGE}">more of it</a>.</p>'
    whole = story(SignalCard(headline="One", body=read_html(html).body))
    (problem,) = found(whole)
    assert problem.excerpt == f"{PAGE}?id=7&utm_source=x#dam"
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.signals[0].body.links == (f"{PAGE}?id=7#dam", PAGE)
    assert found(better) == []


@pytest.mark.parametrize("tail", ["", "?id=7", "?page=2&q=utm_source", "#:~:text=dam", "?source=ministry", "#part-2"])
def test_parameters_that_name_the_page_are_fine(story: Make, tail: str) -> None:
    assert found(story(SignalCard(headline="One", sources=(Source(name="A", url=PAGE + tail),)))) == []
