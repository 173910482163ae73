"""Whole stories: a clean one is told nothing, or only that nothing of it is archived; a mistake is told by its rule."""

from __future__ import annotations

import json

import pytest

from workstation.domain.problem import Severity

from .written_stories import FOLDER, STORIES, written

MISTAKES = json.loads((FOLDER / "mistakes.json").read_text("utf-8"))


@pytest.mark.parametrize("name", STORIES)
def test_a_clean_story_is_told_nothing(name: str) -> None:
    kept = written(name)
    review = kept.review(kept.story())
    told = [f"{problem.rule} {problem.place}: {problem.message} “{problem.excerpt}”" for problem in review.problems]
    if not kept.items:
        (unarchived,) = told
        assert unarchived.startswith("quotation-unarchived")
        return
    assert told == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake['story']}: {mistake['new'][:40]}")
def test_a_mistake_is_told_by_its_rule_and_nothing_else_is_told_beside_it(mistake: dict[str, str]) -> None:
    kept = written(mistake["story"])
    review = kept.review(kept.story(mistake["place"], mistake["old"], mistake["new"]))
    told = {problem.rule for problem in review.problems} - (set() if kept.items else {"quotation-unarchived"})
    assert mistake["rule"] in told, f"{mistake['why']}: told {sorted(told) or 'nothing'}"
    assert told <= {mistake["rule"], *mistake.get("also", [])}, [problem.message for problem in review.problems]
    if mistake.get("severity"):
        assert {p.severity for p in review.problems if p.rule == mistake["rule"]} == {Severity(mistake["severity"])}
