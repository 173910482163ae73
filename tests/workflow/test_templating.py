"""New stories from templates: the furniture comes along, what belongs to one event stays behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from workstation.domain.body import read_html
from workstation.domain.story import LeadImage, SignalCard, Source, SourceKind, Story
from workstation.domain.story_document import write_json
from workstation.errors import InputError, NotFoundError
from workstation.workflow.desk import Desk
from workstation.workflow.templating import Template

from .conftest import png

MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def number(desk: Desk, item: str) -> int:
    """A story with everything on it."""
    number = desk.writing.new("Low water")
    card = desk.writing.story(number).signals[0].key
    desk.writing.add_source(number, card, item)
    desk.writing.set_lead_image(number, png(), "dam.png")
    story = desk.writing.story(number)
    body = read_html('<p>The council <a href="https://x.example/a">said</a> <strong>“no”</strong>.</p>').body
    person = Source(name="I. Vale", kind=SourceKind.PERSON, of="The Mill", url="https://x.example/b")
    first = replace(story.signals[0], headline="Upstream", body=body)
    first = replace(first, sources=(*first.sources, person))
    whole = replace(
        story,
        verticals=("water", "trade"),
        region="North",
        time_zone="Asia/Tokyo",
        language="pt-BR",
        publication="Meridian",
        bylines=("A. Weir",),
        contributors=("B. Lock",),
        sponsor="The Sluice Fund",
        news=read_html("<p>The water is low.</p>").body,
        signals=(first, SignalCard(headline="Downstream")),
        parked=(SignalCard(headline="Parked"),),
        first_published=MOMENT,
        updated=MOMENT,
        embargo=MOMENT,
        notes="Secret",
        insights="Insights worded for this event",
    )
    desk.writing.edit(number, whole, label="All", spot=None)  # type: ignore[arg-type]
    return number


def named(desk: Desk, name: str) -> Template:
    return next(template for template in desk.templating.templates() if template.name == name)


def test_a_story_from_a_saved_template_has_the_furniture_and_cards_and_nothing_of_the_event(desk: Desk, number: int) -> None:
    desk.templating.save_as(number, "  Morning   round ")
    made = desk.templating.new_from(named(desk, "Morning round"))
    story, old = desk.writing.story(made), desk.writing.story(number)
    for field in ("verticals", "region", "time_zone", "language", "publication", "bylines", "contributors", "sponsor"):
        assert getattr(story, field) == getattr(old, field), field
    assert [card.headline for card in story.signals] == ["Upstream", "Downstream"]
    assert story.signals[0].body.text == "The council said “no”."
    assert [(s.name, s.kind, s.of) for s in story.signals[0].sources] == [(s.name, s.kind, s.of) for s in old.signals[0].sources]
    assert {(s.url, s.item) for s in story.signals[0].sources} == {(None, None)}
    assert (story.slug, story.headline, story.insights, story.lead_image) == ("untitled", "", "auto", None)
    assert (story.first_published, story.updated, story.embargo, story.notes, story.parked) == (None, None, None, "", ())
    assert story.quote_ids == ()
    assert "href" not in write_json(story)
    assert desk.store.stories.entry(made).status == "draft"
    assert {card.key for card in story.signals}.isdisjoint(card.key for card in old.signals)


def test_the_icons_of_chosen_sources_come_along(desk: Desk, number: int) -> None:
    story = desk.writing.story(number)
    card = story.signals[0]
    shown = replace(card, sources=(replace(card.sources[0], icon="icons/gazette.png"), *card.sources[1:]))
    desk.writing._put_file(number, "icons/gazette.png", desk.writing.files(number)["dam.png"])
    desk.writing.edit(number, story.with_changed_card(shown), label="Icon", spot=None)  # type: ignore[arg-type]
    template = desk.templating.save_as(number, "With icons")
    made = desk.templating.new_from(template)
    assert set(desk.writing.files(made)) == {"icons/gazette.png"}
    assert desk.writing.story(made).signals[0].sources[0].icon == "icons/gazette.png"


def test_the_words_can_be_left_behind(desk: Desk, number: int) -> None:
    made = desk.templating.new_from(desk.templating.save_as(number, "Bare", words=False))
    story = desk.writing.story(made)
    assert (story.news.text, [card.body.text for card in story.signals]) == ("", ["", ""])
    assert [card.headline for card in story.signals] == ["Upstream", "Downstream"]


def test_what_comes_with_the_program_makes_sound_drafts(desk: Desk) -> None:
    names = [template.name for template in desk.templating.templates()]
    assert names[:3] == ["Blank", "Three angles", "Region by region"]
    slugs = set()
    for template in desk.templating.templates():
        number = desk.templating.new_from(template)
        story = desk.writing.story(number)
        slugs.add(story.slug)
        assert story.headline == ""
        assert story.signals
        with pytest.raises(InputError):
            desk.templating.remove(template)
        with pytest.raises(InputError):
            desk.templating.rename(template, "Mine")
    assert len(slugs) == len(names)
    three = desk.writing.story(desk.templating.new_from(named(desk, "Three angles")))
    assert len(three.signals) == 3
    assert all(card.headline and card.body for card in three.signals)
    blank = desk.writing.story(desk.templating.new_from(named(desk, "Blank")))
    assert replace(blank, slug="x") == Story(slug="x", headline="", signals=(SignalCard(),))


def test_templates_are_replaced_by_name_renamed_and_removed(desk: Desk, number: int) -> None:
    desk.templating.save_as(number, "Morning")
    desk.templating.save_as(number, "morning")
    own = [template for template in desk.templating.templates() if template.number is not None]
    assert [template.name for template in own] == ["morning"]
    desk.templating.rename(own[0], "Evening")
    desk.templating.remove(named(desk, "Evening"))
    with pytest.raises(NotFoundError):
        desk.templating.new_from(own[0])


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "Three ANGLES"])
def test_a_template_needs_a_name_of_its_own(desk: Desk, number: int, name: str) -> None:
    with pytest.raises(InputError):
        desk.templating.save_as(number, name)


def test_a_lead_image_is_not_kept_with_a_template(desk: Desk, number: int) -> None:
    assert desk.writing.story(number).lead_image == LeadImage(file="dam.png")
    template = desk.templating.save_as(number, "No picture")
    assert template.number is not None
    _, files = desk.store.templates.get(template.number)
    assert "dam.png" not in files
