"""An outlet keeps its accents between the chip and the text. All outlets are invented."""

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


def told(whole: Story) -> list[Problem]:
    return [problem for problem in check(whole, {}).problems if problem.rule == "name-spelling"]


def one_card(story: Make, words: str, name: str, kind: SourceKind = SourceKind.OUTLET) -> Story:
    body = read_html(f"<p>{words}</p>").body
    whole: Story = story(SignalCard(headline="One", sources=(Source(name=name, kind=kind),), body=body))
    return whole


@pytest.mark.parametrize(
    ("words", "name", "written"),
    [
        ("The dam is full, Kurier Rzeczny wrote; Kurier Wiślany did not.", "Kurier Wislany", "Kurier Wiślany"),
        ("The dam is full, Kurier Wislany wrote.", "Kurier Wiślany", "Kurier Wislany"),
        ("The dam is full, The Edo Lantern noted.", "The Ẹdó Lantern", "Edo Lantern"),
        ("The dam is full, L’Echo du Lac wrote.", "L’Écho du Lac", "L’Echo du Lac"),
    ],
)
def test_a_name_with_other_accents_than_its_chip_is_mended(story: Make, words: str, name: str, written: str) -> None:
    whole = one_card(story, words, name)
    (problem,) = told(whole)
    assert problem.excerpt == written
    assert problem.fix is not None
    assert told(mended(whole, problem.place, problem.fix)) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The dam is full, Kurier Wiślany wrote.", "Kurier Wiślany"),
        ("The dam is full, KURIER WIŚLANY wrote.", "Kurier Wiślany"),
        ("The dam is full, Kurier Wis\u0301lany wrote.", "Kurier Wiślany"),
        ("Nobody is named.", "Kurier Wiślany"),
        ("The resumes were read.", "Résumé"),
        ("“Kurier Wislany is late,” he told Kurier Wiślany.", "Kurier Wiślany"),
    ],
)
def test_the_same_accents_others_words_and_longer_words_are_passed_over(story: Make, words: str, name: str) -> None:
    assert told(one_card(story, words, name)) == []
