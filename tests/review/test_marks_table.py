"""The labelled cases of quotation marks: what must be found, what must be told where, and what the fixes make of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.mending import mended
from workstation.domain.problem import Problem
from workstation.domain.story import SignalCard, Story
from workstation.review.background import Background
from workstation.review.manuscript import Manuscript, manuscript_of
from workstation.review.rules.quotation_marks import quotation_marks

Make = Callable[..., Any]
FILES = sorted((Path(__file__).parents[1] / "data" / "marks").glob("*.json"))
AT_MOST = 5
"""Fixes that one case can need."""


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in FILES:
        table = json.loads(file.read_text(encoding="utf-8"))
        for case in table["cases"]:
            yield table["language"], case


def judged(whole: Story, language: str) -> tuple[Manuscript, list[Problem]]:
    manuscript = manuscript_of(whole, {}, Background(language=language))
    return manuscript, [problem for problem in quotation_marks(manuscript) if problem.about != "mixed"]


def after_the_fixes(whole: Story, language: str) -> str:
    for _ in range(AT_MOST):
        fixable = [problem for problem in judged(whole, language)[1] if problem.fix]
        if not fixable:
            break
        whole = mended(whole, fixable[0].place, fixable[0].fix)  # type: ignore[arg-type]
    return text_of(whole)


def text_of(whole: Story) -> str:
    return whole.signals[0].body.text


def wrong(language: str, case: dict[str, Any], story: Make) -> str | None:
    """What is wrong with the answer to a case; None where it is right."""
    html = case.get("html") or f"<p>{case['text']}</p>"
    whole = story(SignalCard(headline="Dam", body=read_html(html).body), language=language)
    manuscript, problems = judged(whole, language)
    quoted = [compared.printed for compared in manuscript.quotations if compared.place.field == "body"]
    spans = [[problem.place.at, problem.place.until] for problem in problems]
    answers = {"quotations": quoted, "problems": spans, "mended": after_the_fixes(whole, language)}
    differing = [f"{key}: {answers[key]!r} instead of {case[key]!r}" for key in answers if answers[key] != case[key]]
    return f"{language} {text_of(whole)!r}: " + "; ".join(differing) if differing else None


def test_every_case_of_the_table_is_answered_as_labelled(story: Make) -> None:
    failed = [told for language, case in cases() if (told := wrong(language, case, story))]
    assert not failed, "\n".join(failed)


def test_the_table_has_cases_of_many_languages_with_and_without_problems() -> None:
    every = list(cases())
    assert len(every) >= 150
    assert len({language.partition("-")[0] for language, _ in every}) >= 12
    assert min(sum(bool(case["problems"]) for _, case in every), sum(not case["problems"] for _, case in every)) >= 60


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_table_tells_nothing_twice(file: Path) -> None:
    texts = [case.get("html") or case["text"] for case in json.loads(file.read_text(encoding="utf-8"))["cases"]]
    assert len(texts) == len(set(texts))
