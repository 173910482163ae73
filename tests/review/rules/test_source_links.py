from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.problem import Severity
from workstation.domain.story import SignalCard, Source
from workstation.review import check

Make = Callable[..., Any]


@pytest.mark.parametrize("url", [None, "", "  "])
def test_a_source_without_a_link_is_a_warning_at_its_own_place(story: Make, url: str | None) -> None:
    linked = Source(name="Harbour Post", url="https://harbourpost.example/a")
    whole = story(SignalCard(headline="One", sources=(linked, Source(name="Delta Radio", url=url))))
    (problem,) = [problem for problem in check(whole, {}).problems if "link" in problem.rule]
    assert (problem.rule, problem.severity, str(problem.place)) == ("source-link", Severity.WARNING, "signals[0].sources[1].url")
    assert "Delta Radio on card 1" in problem.message


def test_a_linked_source_is_fine(story: Make) -> None:
    linked = Source(name="Harbour Post", url="https://harbourpost.example/a")
    assert not [p for p in check(story(SignalCard(headline="One", sources=(linked,))), {}).problems if "link" in p.rule]
