"""What a review tells as being in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.house_style import HouseStyle, StyleRule, StyleSheet
from workstation.domain.publication import Limits
from workstation.domain.story import Story
from workstation.review import check
from workstation.review.background import Background

Make = Callable[..., Any]


@pytest.fixture
def sound(story: Make, card: Make, item: Make) -> tuple[Story, dict[str, Any]]:
    """A story in order, with its items."""
    dam = replace(item("one", "Grey dam, they said.", "Harbour Post"), published="2026-03-01T08:00:00+00:00")
    rain = replace(item("two", "Late rain.", "The Valley Courier"), published="2026-03-02")
    one = card("<p>“Grey dam,” the Harbour Post reported.</p>", dam, headline="One")
    two = card("<p>The rain is late, The Valley Courier reported.</p>", rain, headline="Two")
    return story(one, two), {"one": dam, "two": rain}


def titles(story: Story, items: dict[str, Any], background: Background | None = None) -> dict[str, str]:
    passes = check(story, items, background or Background()).passes
    return {passed.rule: f"{passed.title} | {passed.detail}" for passed in passes}


def test_a_sound_story_is_told_what_is_in_order(sound: tuple[Story, dict[str, Any]]) -> None:
    background = Background(today=date(2026, 3, 3), limits=Limits(cards=8), exported_slug="river")
    assert titles(*sound, background) == {
        "quotations": "Every quotation matches its source | 1 quotation compared with the captured copies, offline",
        "sources": "Every card names a source and links it | 2 outlets, 2 links",
        "links": "Every link is well formed, public and free of trackers | 2 links read, none opened",
        "lead-image": "The lead image is described and credited | Credit: Ada Brook",
        "lengths": "Nothing is longer than the publication wants | 24 words, 2 cards",
        "furniture": "Slug, region and datelines are in order | river (as it was handed over), The valleys",
        "source-age": "The oldest source is 2 days old | Harbour Post; 2 of 2 sources with a date",
        "attribution": "Every card says in its words who reports | 2 cards",
    }


def test_what_is_not_in_order_is_not_told(sound: tuple[Story, dict[str, Any]]) -> None:
    story, items = sound
    image = replace(story.lead_image, credit="") if story.lead_image else None
    source = replace(story.signals[0].sources[0], url="http://localhost/a")
    flawed = replace(story, region=None, lead_image=image, signals=(replace(story.signals[0], sources=(source,)),))
    told = titles(flawed, items, Background(limits=Limits(cards=0)))
    assert set(told) == {"quotations", "sources", "attribution"}


def test_some_true_quotations_are_counted_among_all(sound: tuple[Story, dict[str, Any]], card: Make) -> None:
    story, items = sound
    more = card("<p>“Grey dam,” it said, and “nobody was asked about it”.</p>", items["one"], headline="Three")
    told = titles(replace(story, signals=(*story.signals, more)), items)
    assert told["quotations"].startswith("2 of 3 quotations match their sources")


def test_an_untrue_quotation_of_the_news_is_one_of_them(sound: tuple[Story, dict[str, Any]]) -> None:
    story, items = sound
    news = read_html("<p>“Grey dams would never have come,” they said.</p>").body
    assert titles(replace(story, news=news), items)["quotations"].startswith("1 of 2 quotations match their sources")


def test_an_empty_story_has_nothing_in_order_but_its_furniture() -> None:
    assert set(titles(Story(slug="river", headline="River", region="Norr"), {})) == {"furniture"}


def test_an_undated_source_has_no_age(sound: tuple[Story, dict[str, Any]]) -> None:
    story, items = sound
    items = {key: replace(item, published="in spring") for key, item in items.items()}
    assert "source-age" not in titles(story, items, Background(today=date(2026, 3, 3)))


def test_a_kept_house_style_is_told_with_its_rules(sound: tuple[Story, dict[str, Any]]) -> None:
    rule = StyleRule(id="per-cent", message="Write “percent”.", category="spelling", phrases=(("per cent", "percent"),))
    style = HouseStyle("house", "Of the house", (StyleSheet("house", "Of the house", (rule,)),))
    story, items = sound
    assert titles(story, items, Background(styles=(style,)))["style"] == "The house style is kept | Of the house, 1 rule"
    broken = replace(story, headline="Rain falls by ten per cent")
    assert "style" not in titles(broken, items, Background(styles=(style,)))
