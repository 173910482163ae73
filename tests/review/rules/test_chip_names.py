"""A chip bears the name of the outlet whose report is behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.item import Item
from workstation.domain.mending import mended
from workstation.domain.outlet import KnownOutlet, Outlet, OutletKind
from workstation.domain.story import SignalCard, Source, SourceKind
from workstation.review import Background, check

Make = Callable[..., Any]
KNOWN = Background(
    outlets=(
        KnownOutlet(outlet=Outlet(name="Harbour Post", domains=("harbour.example",)), native="港口邮报", aliases=("HP",)),
        KnownOutlet(outlet=Outlet(name="Delta Radio", domains=("delta.example",))),
        KnownOutlet(outlet=Outlet(name="Delta Radio Persian", domains=("persian.delta.example",))),
        KnownOutlet(outlet=Outlet(name="Wadden Press", domains=("wadden.example",), kind=OutletKind.AGENCY)),
    )
)


def told(story: Make, source: Source, *items: Item) -> list[str]:
    found = check(story(SignalCard(headline="One", sources=(source,))), {item.id: item for item in items}, KNOWN).problems
    return [f"{problem.place}: {problem.message}" for problem in found if problem.rule == "chip-name"]


def test_a_chip_over_another_outlets_item_is_warned_of(story: Make, item: Make) -> None:
    (message,) = told(story, Source(name="Lantern", item="a"), item("a", "It rains.", "Harbour Post"))
    assert message == (
        "signals[0].sources[0]: The chip says Lantern, the report behind it is Harbour Post’s. "
        "Mend the name, or choose the right report."
    )


@pytest.mark.parametrize(
    "name", ["Harbour Post", "The Harbour Post", "HP", "港口邮报", "Harbour Post (Sunday)", "Sunday Harbour Post"]
)
def test_any_name_of_the_items_outlet_is_right(story: Make, item: Make, name: str) -> None:
    assert told(story, Source(name=name, item="a"), item("a", "It rains.", "Harbour Post")) == []


def test_a_name_is_right_that_the_items_address_bears(story: Make, item: Make) -> None:
    there = replace(item("a", "It rains.", "Tidal Media GmbH"), url="https://lantern.example/1")
    assert told(story, Source(name="Lantern", item="a"), there) == []


def test_an_outlet_that_prints_an_agencys_report_may_be_credited_as_the_agency(story: Make, item: Make) -> None:
    wire = item("a", "PORT HALMER (Wadden Press) - It rains.", "Harbour Post")
    assert told(story, Source(name="Wadden Press", item="a"), wire) == []
    assert told(story, Source(name="Wadden Press", url="https://harbour.example/1")) == []


def test_persons_and_institutes_answer_for_their_outlet_only(story: Make, item: Make) -> None:
    there = item("a", "It rains.", "Harbour Post")
    person = Source(name="Ada Brook", kind=SourceKind.PERSON, of="Harbour Post", item="a")
    assert told(story, person, there) == []
    assert told(story, replace(person, of=None), there) == []
    assert told(story, Source(name="Tidal Institute", kind=SourceKind.INSTITUTE, item="a"), there) == []
    assert len(told(story, replace(person, of="Lantern"), there)) == 1


def test_a_link_to_another_known_outlet_is_warned_of(story: Make) -> None:
    (message,) = told(story, Source(name="Harbour Post", url="https://www.delta.example/1"))
    assert "its link leads to Delta Radio (delta.example)" in message


@pytest.mark.parametrize(
    "source",
    [
        Source(name="Harbour Post", url="https://news.harbour.example/1"),
        Source(name="Harbour Post", url="https://unknown.example/1"),
        Source(name="Lantern", url="https://delta.example/1"),
        Source(name="Delta Radio", url="https://persian.delta.example/1"),
        Source(name="Harbour Post"),
    ],
)
def test_a_link_to_its_own_or_an_unknown_place_is_fine(story: Make, source: Source) -> None:
    assert told(story, source) == []


@pytest.mark.parametrize("name", ["Harbor Post", "Harbour Psot", "Harbour Pots"])
def test_a_slip_in_the_name_of_a_chip_is_mended_and_told_once(story: Make, item: Make, name: str) -> None:
    body = read_html("<p>It rains, the Harbour Post reported.</p>").body
    whole = story(SignalCard(headline="One", sources=(Source(name=name, item="a"),), body=body))
    items = {"a": item("a", "It rains.", "Harbour Post")}
    (problem,) = [p for p in check(whole, items, KNOWN).problems if p.rule in ("chip-name", "attribution", "missing-source")]
    assert (problem.rule, str(problem.place)) == ("chip-name", "signals[0].sources[0].name")
    assert problem.fix and problem.fix.label == "Write Harbour Post"
    after = mended(whole, problem.place, problem.fix)
    assert after.signals[0].sources[0].name == "Harbour Post"
    assert not [p for p in check(after, items, KNOWN).problems if p.rule == "chip-name"]
