"""The main job, whole: pages come in over a real connection, and a page goes out that a browser shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.checkers import chromium
from workstation.domain.body import body_from_text
from workstation.domain.item import ItemState
from workstation.errors import BlockedError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

from .conftest import ARTICLES, Site

HEADLINES = ("The towns count the nights", "Millers have their road back", "المدينة السفلى تخشى الليل")
QUOTES = (
    "A road of water is still a road",
    "We waited for two harvests, and the grain did not",
    "السكان يرحبون بالتجارة لكنهم يخشون الازدحام والضجيج في الليل",
)
ORDER = [
    "Orrin lock opens, and two river towns argue",
    "Insights from",
    "The News",
    "The lock at Orrin opened on Thursday.",
    HEADLINES[2],
    f"“{QUOTES[2]}”",
    HEADLINES[0],
    f"“{QUOTES[0]}”",
    HEADLINES[1],
    f"“{QUOTES[1]}”",
]
"""What a reader meets on the page, in this order: the third card was moved to the top."""


def quote(desk: Desk, story: int, words: str, headline: str) -> None:
    """Find the words in the inbox as an editor does, and put them into a new card with a headline."""
    item = next(entry.id for entry in desk.gathering.items() if words in desk.gathering.item(entry.id).text)
    start = desk.gathering.item(item).text.index(words)
    key = desk.quoting.quote_in_card(item, start, start + len(words), story, None).card
    card = replace(desk.writing.card(story, key), headline=headline)
    changed = desk.writing.story(story).with_changed_card(card)
    desk.writing.edit(story, changed, label="Headline", spot=Spot("headline", key))


def write_the_story(desk: Desk) -> int:
    number = desk.writing.new("Orrin lock opens, and two river towns argue")
    desk.writing.remove_card(number, desk.writing.story(number).signals[0].key)
    story = replace(desk.writing.story(number), news=body_from_text("The lock at Orrin opened on Thursday."))
    desk.writing.edit(number, story, label="News", spot=Spot("news"))
    for words, headline in zip(QUOTES, HEADLINES, strict=True):
        quote(desk, number, words, headline)
    desk.writing.move_card(number, desk.writing.story(number).signals[2].key, 0)
    return number


def capture_all(desk: Desk, site: Site) -> None:
    for article in ARTICLES:
        assert desk.gathering.capture(site.url(article)).tone == "good"


def appear_in_order(text: str, parts: list[str]) -> None:
    words, at = " ".join(text.split()), 0
    for part in parts:
        found = words.find(part, at)
        assert found >= 0, f"{part!r} is not on the page after {words[max(0, at - 60) : at]!r}"
        at = found + len(part)


@pytest.fixture
def page(desk: Desk, site: Site, tmp_path: Path) -> Path:
    """Five pages captured, three of them quoted on three cards, the cards put in order, the story exported."""
    capture_all(desk, site)
    number = write_the_story(desk)
    return desk.publishing.export(number, "page", tmp_path / "out").main


def test_five_pages_become_a_page_with_its_cards_in_their_order(desk: Desk, page: Path) -> None:
    items = {entry.outlet: desk.gathering.item(entry.id) for entry in desk.gathering.items()}
    assert {outlet: item.text for outlet, item in items.items()} == {
        article.outlet: "\n".join(article.paragraphs) for article in ARTICLES
    }
    assert items["المنارة اليوم"].language == "ar"
    assert desk.gathering.counts()[ItemState.USED] == 3

    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    assert soup.html is not None
    for unseen in soup.select("script, style, head"):
        unseen.decompose()
    appear_in_order(soup.get_text(" "), ORDER)
    links = [link["href"] for link in soup.select("a[href]")]
    for article in ARTICLES[:3]:
        assert any(str(link).endswith(article.path) for link in links)
    assert "Subscribe" not in soup.get_text()


def test_the_quotations_of_the_journey_are_true_and_an_altered_one_stops_it(desk: Desk, page: Path, tmp_path: Path) -> None:
    number = desk.writing.entries()[0].id
    assert [check.grade for check in desk.reviewing.review(number).quotations] == ["exact"] * 3
    before = page.read_bytes()
    story = desk.writing.story(number)
    card = next(card for card in story.signals if card.headline == HEADLINES[1])
    block = card.body.blocks[0]
    runs = tuple(replace(run, text=run.text.replace("two harvests", "three harvests")) for run in block.runs)
    changed = replace(card, body=replace(card.body, blocks=(replace(block, runs=runs),)))
    desk.writing.edit(number, story.with_changed_card(changed), label="Words", spot=Spot("body", card.key))
    with pytest.raises(BlockedError):
        desk.publishing.export(number, "page", tmp_path / "out")
    assert page.read_bytes() == before
    (blocker,) = desk.reviewing.review(number).blockers
    desk.reviewing.mend(number, blocker)
    assert desk.publishing.export(number, "page", tmp_path / "out").main.read_bytes() == before


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_shows_the_page_in_its_order_and_never_wider_than_its_window(page: Path, width: int) -> None:
    with chromium() as browser:
        shown = browser.new_page(viewport={"width": width, "height": 800})
        asked: list[str] = []
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(page.as_uri())
        text = shown.evaluate("document.body.innerText")
        tops = shown.evaluate(
            """(headlines) => headlines.map((words) => [...document.querySelectorAll('h2, h3')]
                .find((heading) => heading.innerText.trim() === words).getBoundingClientRect().top)""",
            [HEADLINES[2], HEADLINES[0], HEADLINES[1]],
        )
        overflow = shown.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    appear_in_order(text, ORDER)
    assert tops == sorted(tops)
    assert overflow <= 0
    assert all(url.startswith("file:") for url in asked)
