from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import Story
from workstation.review import check
from workstation.review.background import Background

Make = Callable[..., Any]


def found(story: Story, exported: str | None = None) -> list[Problem]:
    problems = check(story, {}, Background(exported_slug=exported)).problems
    return [problem for problem in problems if str(problem.place) == "slug"]


@pytest.mark.parametrize(
    ("slug", "better"),
    [
        ("untitled", "two-valleys-share-a-river"),
        ("untitled-2", "two-valleys-share-a-river"),
        ("story", "two-valleys-share-a-river"),
        ("copy", "two-valleys-share-a-river"),
        ("river-copy", "two-valleys-share-a-river"),
        ("River_Treaty", "river-treaty"),
        ("river--treaty", "river-treaty"),
        ("river.treaty", "river-treaty"),
        ("river-", "river"),
        ("river-" + "and-a-dam-" * 11 + "too", "river-and-a-dam-and-a-dam-and-a-dam-and-a-dam-and-a-dam-and"),
    ],
)
def test_a_slug_that_says_nothing_or_is_ill_formed_is_a_warning_with_a_better_one(story: Make, slug: str, better: str) -> None:
    whole = story(slug=slug)
    (problem,) = found(whole)
    assert (problem.rule, problem.severity) == ("slug", Severity.WARNING)
    assert problem.fix
    changed = mended(whole, problem.place, problem.fix)
    assert changed.slug == better
    assert found(changed) == []


@pytest.mark.parametrize(
    "slug", ["river", "river-treaty-2", "r2", "the-story-of-a-river", "a-draft-law", "copying-rivers", "story-2"]
)
def test_a_slug_that_names_the_story_is_fine(story: Make, slug: str) -> None:
    assert found(story(slug=slug)) == []


def test_the_slug_of_a_story_without_headline_waits_for_it(story: Make) -> None:
    assert found(story(slug="untitled", headline="")) == []


def test_a_headline_that_makes_no_slug_gives_no_fix(story: Make) -> None:
    (problem,) = found(story(slug="untitled", headline="水坝"))
    assert problem.fix is None


def test_another_slug_than_the_one_handed_over_blocks_and_is_put_back(story: Make) -> None:
    whole = story(slug="river-2")
    (problem,) = found(whole, exported="River_Treaty")
    assert (problem.rule, problem.severity) == ("slug-changed", Severity.BLOCKER)
    assert "“River_Treaty”" in problem.message
    assert problem.fix
    changed = mended(whole, problem.place, problem.fix)
    assert changed.slug == "River_Treaty"
    assert found(changed, exported="River_Treaty") == []


@pytest.mark.parametrize("slug", ["untitled", "River_Treaty"])
def test_nothing_is_said_of_a_slug_that_cannot_be_changed_any_more(story: Make, slug: str) -> None:
    assert found(story(slug=slug), exported=slug) == []
