"""A card rests on a source once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.mending import mended
from workstation.domain.problem import Problem
from workstation.domain.story import SignalCard, Source, SourceKind, Story
from workstation.review import check

Make = Callable[..., Any]
PERSON = SourceKind.PERSON


def problems(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule == "repeated-source"]


def carded(story: Make, *sources: Source) -> Story:
    whole: Story = story(SignalCard(headline="One", sources=sources, body=read_html("<p>It rains.</p>").body))
    return whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Source(name="Harbour Post", item="a"), Source(name="Harbour Post Online", item="a")),
        (
            Source(name="Harbour Post", url="https://harbour.example/dam-is-full-now"),
            Source(name="The Post", url="http://www.harbour.example/dam-is-full-now/?utm_source=x"),
        ),
        (Source(name="Harbour Post", url="https://a.example/1"), Source(name="The Harbour Post", url="https://a.example/2")),
        (Source(name="Harbour Post", item="a"), Source(name="Ada Brook", kind=PERSON, of="Harbour Post", item="a")),
    ],
)
def test_one_report_on_two_chips_is_warned_of_and_the_fix_takes_the_second_out(story: Make, one: Source, other: Source) -> None:
    whole = carded(story, one, Source(name="Delta Radio", url="https://delta.example"), other)
    (problem,) = problems(whole)
    assert str(problem.place) == "signals[0].sources[2]"
    assert problem.fix
    fixed = mended(whole, problem.place, problem.fix)
    assert fixed.signals[0].sources == whole.signals[0].sources[:2]
    assert problems(fixed) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Source(name="Harbour Post", url="https://a.example/1"), Source(name="Delta Radio", url="https://b.example/1")),
        (Source(name="Harbour Post"), Source(name="Delta Radio")),
        (Source(name="Ada Brook", kind=PERSON, item="a"), Source(name="Idris Vale", kind=PERSON, item="a")),
        (Source(name=""), Source(name="")),
    ],
)
def test_two_voices_are_no_repetition(story: Make, one: Source, other: Source) -> None:
    assert problems(carded(story, one, other)) == []


def test_three_times_the_same_is_told_twice(story: Make) -> None:
    assert len(problems(carded(story, *[Source(name="Harbour Post", item="a")] * 3))) == 2
