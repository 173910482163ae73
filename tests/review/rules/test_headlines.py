from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import SignalCard, Story
from workstation.review import check

Make = Callable[..., Any]


def found(story: Story, rule: str = "headline-form") -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule == rule]


MENDED = [
    ("Two valleys share a river.", "Two valleys share a river"),
    ("两个山谷分享一条河。", "两个山谷分享一条河"),
    ("Two valleys share a river (copy)", "Two valleys share a river"),
]


@pytest.mark.parametrize(("written", "better"), MENDED)
def test_a_full_stop_or_a_copys_mark_behind_a_headline_is_taken_away(story: Make, written: str, better: str) -> None:
    whole = story(headline=written)
    (problem,) = found(whole)
    assert (problem.severity, str(problem.place)) == (Severity.WARNING, "headline")
    assert problem.fix
    changed = mended(whole, problem.place, problem.fix)
    assert changed.headline == better
    assert found(changed) == []


@pytest.mark.parametrize(("written", "better"), MENDED)
def test_the_same_holds_for_the_headline_of_a_card(story: Make, card: Make, written: str, better: str) -> None:
    whole = replace(story(card("<p>Yes.</p>", headline=written)), headline="Another matter")
    (problem,) = found(whole)
    assert str(problem.place) == "signals[0].headline"
    assert problem.fix
    assert mended(whole, problem.place, problem.fix).signals[0].headline == better


@pytest.mark.parametrize("written", ["TWO VALLEYS SHARE A RIVER", "Headline", "TK", "Untitled", "ДВЕ ДОЛИНЫ ДЕЛЯТ РЕКУ"])
def test_a_shouted_headline_and_a_stand_in_are_warnings_without_a_fix(story: Make, written: str) -> None:
    (problem,) = found(story(headline=written))
    assert (problem.severity, problem.fix) == (Severity.WARNING, None)


@pytest.mark.parametrize(
    "written",
    [
        "Two valleys share a river",
        "Two valleys share a river in the U.S.",
        "Valleys sue Lock and Dam Inc.",
        "Tolls fall at 9 p.m.",
        "Two valleys share a river. A third has none.",
        "And then came the rain...",
        "And then came the rain…",
        "“No river is ours,” valley says",
        "Who owns the river?",
        "WHO and NATO meet in Norr",
        "NATO, WHO",
        "两个山谷分享一条河",
        "واديان يتقاسمان نهرا",
        "Copy that, says the valley (twice)",
    ],
)
def test_a_headline_set_like_one_is_fine(story: Make, written: str) -> None:
    assert found(story(headline=written)) == []


def test_a_card_with_the_storys_own_headline_is_a_warning(story: Make, card: Make) -> None:
    whole = story(card("<p>Yes.</p>", headline="Two valleys share a river"))
    (problem,) = found(whole, "card-headline")
    assert (problem.severity, str(problem.place)) == (Severity.WARNING, "signals[0].headline")
    assert "as the story" in problem.message


def test_a_story_without_headline_is_told_once_though_its_card_has_none_either(story: Make, card: Make) -> None:
    whole = story(card("<p>Yes.</p>", headline=""), headline="")
    assert [problem.severity for problem in found(whole, "headline")] == [Severity.BLOCKER]
    assert [problem.message[:22] for problem in found(whole, "card-headline")] == ["Card 1 has no headline"]


def test_a_blank_card_is_told_once(story: Make) -> None:
    whole = story(signals=(SignalCard(),))
    assert [p.rule for p in check(whole, {}).problems if p.place.card == 0] == ["empty-text"]


@pytest.mark.parametrize("begun", [{"headline": "Two valleys"}, {"body": read_html("<p>The river rises.</p>").body}])
def test_a_card_that_was_begun_is_told_what_it_lacks(story: Make, begun: dict[str, Any]) -> None:
    problems = check(story(signals=(SignalCard(**begun),)), {}).problems
    assert "card-sources" in [p.rule for p in problems if p.place.card == 0]
