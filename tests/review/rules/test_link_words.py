from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.body import Block, Body, Marks, Run
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import Story
from workstation.review import check

Make = Callable[..., Any]


def found(story: Make, words: str) -> list[Problem]:
    link = Marks(link="https://harbourpost.example/dam")
    whole: Story = replace(story(), news=Body((Block((Run("The dam"), Run(words, link), Run("is grey."))),)))
    return [problem for problem in check(whole, {}).problems if problem.rule == "link-text"]


@pytest.mark.parametrize("words", ["click here", "Here", "this link", "Read more →", "here.", "Click on this link"])
def test_a_link_that_does_not_say_where_it_leads_is_a_warning(story: Make, words: str) -> None:
    (problem,) = found(story, words)
    assert (problem.severity, problem.excerpt, problem.place.at) == (Severity.WARNING, words, 7)


@pytest.mark.parametrize("words", [" ", ", ", "\u00a0"])
def test_a_link_that_stands_on_no_word_is_a_warning(story: Make, words: str) -> None:
    (problem,) = found(story, words)
    assert "stands on no word" in problem.message


@pytest.mark.parametrize("words", ["reported", "this", "said", "the links between the valleys", "here in the valley", "水", "7"])
def test_any_other_words_are_fine(story: Make, words: str) -> None:
    assert found(story, words) == []
