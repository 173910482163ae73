from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.outlet import KnownOutlet, Outlet
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import check
from workstation.review.background import Background

Make = Callable[..., Any]
KNOWN = Background(outlets=tuple(KnownOutlet(outlet=Outlet(name=name)) for name in ("Harbour Post", "NORRX", "Deltas")))


def found(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}, KNOWN).problems if problem.rule == "source-name"]


def named(story: Make, name: str) -> Story:
    source = Source(name=name, url="https://x.example/a")
    whole: Story = story(SignalCard(headline="One", sources=(Source(name="Ada", url="https://y.example"), source)))
    return whole


@pytest.mark.parametrize("name", ["", " ", "https://harbourpost.example", "www.harbourpost.example", "VALLEY COURIER DAILY"])
def test_a_source_without_a_name_of_its_own_is_a_warning(story: Make, name: str) -> None:
    (problem,) = found(named(story, name))
    assert (problem.severity, str(problem.place), problem.fix) == (Severity.WARNING, "signals[0].sources[1].name", None)


@pytest.mark.parametrize(("name", "written"), [("HARBOUR POST", "Harbour Post"), ("DELTAS", "Deltas")])
def test_a_shouted_name_is_written_as_the_desk_knows_it(story: Make, name: str, written: str) -> None:
    whole = named(story, name)
    (problem,) = found(whole)
    assert problem.fix
    changed = mended(whole, problem.place, problem.fix)
    assert changed.signals[0].sources[1].name == written
    assert found(changed) == []


@pytest.mark.parametrize(
    "name", ["Harbour Post", "DBC", "NORRX", "VRT NEWS", "UNKNOWN", "潮路新報", "الصارية", "dbc.example News"]
)
def test_a_name_as_its_bearer_writes_it_is_fine(story: Make, name: str) -> None:
    assert found(named(story, name)) == []
