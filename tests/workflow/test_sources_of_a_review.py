"""What a review compares with: the captured pages behind the chips, and for words that none of them has the whole inbox."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.body import read_html
from workstation.domain.story import SignalCard, Source, Story
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

from .conftest import page

PAGE = "https://harbourgazette.example/lock"
TRUE = "Nobody will pay tolls before September"


def story_with(desk: Desk, html: str, *sources: Source) -> int:
    number = desk.writing.new("A treaty for the river")
    card = SignalCard(headline="Tolls", sources=sources, body=read_html(html).body)
    story: Story = replace(desk.writing.story(number), news=read_html("<p>The lock opened.</p>").body, signals=(card,))
    desk.writing.edit(number, story, label="Set-up", spot=Spot("signals"))
    return number


@pytest.mark.parametrize(
    ("html", "source"),
    [
        (
            f"<p>“{TRUE},” the Harbour Gazette quoted the clerk.</p>",
            Source(name="Harbour Gazette", url=f"{PAGE}?utm_source=feed"),
        ),
        (
            f'<p>“{TRUE},” the <a href="{PAGE}">Harbour Gazette</a> quoted the clerk.</p>',
            Source(name="Harbour Gazette"),
        ),
    ],
)
def test_a_chip_without_an_item_is_compared_with_the_page_it_links_to(desk: Desk, item: str, html: str, source: Source) -> None:
    number = story_with(desk, html, source)
    (check,) = desk.reviewing.review(number).quotations
    assert (check.grade.is_true, check.item) == (True, item)
    assert desk.writing.story(number).signals[0].sources == (source,)  # a review changes nothing


def test_a_chip_of_a_story_from_elsewhere_is_compared_with_the_page_that_was_captured_here(desk: Desk, item: str) -> None:
    source = Source(name="Harbour Gazette", url=PAGE, item="an-item-of-another-desk")
    number = story_with(desk, f"<p>“{TRUE},” the clerk told the Harbour Gazette.</p>", source)
    reviewed = desk.reviewing.review(number)
    assert [(check.grade.is_true, check.item) for check in reviewed.quotations] == [(True, item)]
    assert desk.writing.story(number).signals[0].sources == (source,)


def test_a_link_to_another_outlets_page_is_not_taken_for_the_source(desk: Desk, item: str) -> None:
    number = story_with(desk, f'<p>“{TRUE}”, a <a href="{PAGE}">report</a> says.</p>', Source(name="The Valley Courier"))
    (check,) = desk.reviewing.review(number).quotations
    assert not check.grade.is_true


def test_words_that_only_another_item_of_the_inbox_has_are_told_with_its_name(desk: Desk, item: str, tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_bytes(page("Snow", outlet="The Valley Courier").replace(TRUE.encode(), b"It is cold here"))
    courier = desk.gathering.capture_file(other).items[0]
    number = story_with(desk, f"<p>“{TRUE},” The Valley Courier wrote.</p>", Source(name="The Valley Courier", item=courier))
    reviewed = desk.reviewing.review(number)
    (check,) = reviewed.quotations
    assert (check.grade.is_true, check.item) == (False, item)
    assert any("Harbour Gazette" in problem.message for problem in reviewed.problems)


def test_a_witness_that_arrives_later_is_found(desk: Desk, tmp_path: Path) -> None:
    number = story_with(desk, f"<p>“{TRUE},” The Valley Courier wrote.</p>", Source(name="The Valley Courier"))
    assert desk.reviewing.review(number).quotations[0].item is None
    file = tmp_path / "late.html"
    file.write_bytes(page(head=f'<link rel="canonical" href="{PAGE}">'))
    late = desk.gathering.capture_file(file).items[0]
    assert desk.reviewing.review(number).quotations[0].item == late
