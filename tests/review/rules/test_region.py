from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.problem import Severity
from workstation.review import check

Make = Callable[..., Any]


@pytest.mark.parametrize("region", [None, "", " "])
def test_a_story_without_a_region_is_a_warning(story: Make, region: str | None) -> None:
    problems = [problem for problem in check(story(region=region), {}).problems if problem.rule == "region"]
    assert [(problem.severity, str(problem.place)) for problem in problems] == [(Severity.WARNING, "region")]


def test_a_story_with_a_region_is_fine(story: Make) -> None:
    assert "region" not in [problem.rule for problem in check(story(region="Norr"), {}).problems]
