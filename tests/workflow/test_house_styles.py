"""House styles on the desk: which one a story is held to, rules switched off and on, own files read again when they change."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.body import read_html
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import InputError, NotFoundError
from workstation.workflow.desk import Desk
from workstation.workflow.house_styles import NO_STYLE
from workstation.workflow.publication_reading import load_publication

from .conftest import MakeDesk

OWN = """
title = "The Lantern’s"
based_on = "british"
[[rule]]
id = "lamp"
category = "wordiness"
message = "Write “{new}”."
swap = { "oil lamp" = "lamp" }
wrong = [["An oil lamp burnt.", "A lamp burnt."]]
"""
GOOD = OWN.replace("A lamp burnt", "An lamp burnt")


def story(text: str, **changes: object) -> Story:
    card = SignalCard(headline="Low water", sources=(Source(name="Dawn Ledger"),), body=read_html(f"<p>{text}</p>").body)
    return replace(Story(slug="low-water", headline="Low water", signals=(card,)), **changes)


def told(desk: Desk, number: int) -> list[tuple[str, str]]:
    problems = desk.reviewing.review(number).problems
    return [(problem.rule, problem.excerpt) for problem in problems if problem.rule.startswith(("style/", "house-style"))]


def publication(tmp_path: Path, lines: str) -> None:
    (tmp_path / "publications").mkdir(exist_ok=True)
    (tmp_path / "publications" / "lantern.toml").write_text(f'name = "The Lantern"\n{lines}\n', encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "house-style" / "lantern.toml"
    file.parent.mkdir()
    file.write_text(GOOD, encoding="utf-8")
    return file


# --- which style ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("american", "british")),
        ("en-US", ("american",)),
        ("en-GB", ("british",)),
        ("en-Latn-AU", ("british",)),
        ("en-CA", ("american", "british")),
        ("de", ("american", "british")),
    ],
)
def test_a_story_is_held_to_the_style_of_its_language(desk: Desk, language: str, expected: tuple[str, ...]) -> None:
    assert desk.styles.held(story("", language=language)).names == expected


def test_a_publication_says_which_style_and_which_rules_it_keeps(desk: Desk, tmp_path: Path) -> None:
    publication(tmp_path, 'house_style = "american"\nhouse_style_off = ["spelling-our"]')
    number = desk.store.stories.add(story("The grey colour", publication="The Lantern"))
    assert told(desk, number) == [("style/spelling-of-single-words", "grey")]
    assert desk.styles.held(desk.writing.story(number)).house == "The Lantern"
    desk.styles.choose("british")
    assert desk.styles.held(desk.writing.story(number)).names == ("american",)


def test_a_publication_can_do_without_a_style(desk: Desk, tmp_path: Path) -> None:
    publication(tmp_path, 'house_style = "none"')
    number = desk.store.stories.add(story("In order to: grey", publication="The Lantern"))
    assert told(desk, number) == []


def test_a_style_that_is_not_here_is_told_and_the_review_goes_on(desk: Desk, tmp_path: Path) -> None:
    publication(tmp_path, 'house_style = "gazette"')
    number = desk.store.stories.add(story("Grey", publication="The Lantern"))
    (problem,) = (each for each in desk.reviewing.review(number).problems if each.rule == "house-style")
    assert "gazette" in problem.message
    assert "Mend house_style in The Lantern" in problem.message


def test_the_keys_of_a_publication_are_read(tmp_path: Path) -> None:
    publication(tmp_path, 'house_style = "british"\nhouse_style_off = ["per-cent", "x"]')
    house = load_publication(tmp_path / "publications" / "lantern.toml")
    assert (house.house_style, house.house_style_off) == ("british", ("per-cent", "x"))
    publication(tmp_path, "house_style = 3")
    with pytest.raises(InputError, match="house_style"):
        load_publication(tmp_path / "publications" / "lantern.toml")


def test_a_style_is_chosen_for_the_desk_and_kept(make_desk: MakeDesk) -> None:
    desk = make_desk()
    number = desk.store.stories.add(story("The grey dam"))
    assert desk.styles.choose("american").stories == {number}
    assert told(desk, number) == [("style/spelling-of-single-words", "grey")]
    assert make_desk("other.db").styles.chosen is None
    desk.store.close()
    again = make_desk()
    assert again.styles.chosen == "american"
    again.styles.choose(NO_STYLE)
    assert told(again, number) == []
    again.styles.choose(None)
    assert again.styles.chosen is None
    with pytest.raises(NotFoundError):
        again.styles.choose("gazette")


def test_a_pattern_that_is_lost_in_the_story_is_told_once_and_the_review_goes_on(desk: Desk, own: Path) -> None:
    slow = "[[rule]]\nid = 'slow'\nmessage = 'Slow.'\npattern = '(?:x+)+y'\nwrong = ['An xy burnt.']\n"
    own.write_text(GOOD + slow, encoding="utf-8")
    desk.styles.choose("lantern")
    lines = "</p><p>".join(f"{'x' * 5000} {number}" for number in range(8))
    number = desk.store.stories.add(story(f"An oil lamp burnt.</p><p>{lines}"))
    began = time.process_time()
    assert told(desk, number) == [("style/lamp", "oil lamp"), ("house-style", "slow")]
    assert told(desk, number) == [("style/lamp", "oil lamp"), ("house-style", "slow")]
    assert time.process_time() - began < 5
    desk.styles.switch("slow", on=False)
    assert told(desk, number) == [("style/lamp", "oil lamp")]


# --- rules off and on ------------------------------------------------------------------------------------------------


def test_a_rule_is_switched_off_and_on_again(desk: Desk) -> None:
    number = desk.store.stories.add(story("They met in order to talk."))
    ((rule, _),) = told(desk, number)
    assert rule == "style/in-order-to"
    assert desk.styles.switch(rule, on=False).stories == {number}
    assert told(desk, number) == []
    assert not desk.styles.switch("in-order-to", on=False)
    desk.styles.switch("in-order-to", on=True)
    assert told(desk, number) == [(rule, "in order to")]


def test_what_is_off_stays_off_when_the_desk_is_opened_again(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.styles.switch_all(["prior-to", "in-order-to"], on=False)
    desk.store.close()
    assert make_desk().styles.off == {"in-order-to", "prior-to"}


# --- own files -------------------------------------------------------------------------------------------------------


def test_an_own_file_stands_on_the_style_that_it_names(desk: Desk, own: Path) -> None:
    assert desk.styles.files.titles()["lantern"] == "The Lantern’s"
    desk.styles.choose("lantern")
    number = desk.store.stories.add(story("An oil lamp of gray color"))
    assert [excerpt for _, excerpt in told(desk, number)] == ["oil lamp", "gray", "color"]


def test_an_own_file_is_read_again_when_it_changes_and_a_broken_one_keeps_its_last_good_state(desk: Desk, own: Path) -> None:
    desk.styles.choose("lantern")
    number = desk.store.stories.add(story("An oil lamp and a candle stick"))
    assert told(desk, number) == [("style/lamp", "oil lamp")]
    assert not desk.styles.reload().changes

    own.write_text(GOOD.replace('"oil lamp" = "lamp"', '"oil lamp" = "lamp", "candle stick" = "candlestick"'), encoding="utf-8")
    reloaded = desk.styles.reload()
    assert (reloaded.changes.stories, reloaded.renewed) == ({number}, ("The Lantern’s",))
    assert [excerpt for _, excerpt in told(desk, number)] == ["oil lamp", "candle stick"]

    own.write_text("[[rule", encoding="utf-8")
    (fault,) = desk.styles.reload().faults
    assert "lantern.toml" in fault.detail
    assert len(told(desk, number)) == 2

    own.write_text(GOOD, encoding="utf-8")
    assert desk.styles.reload().mended == ("The Lantern’s",)
    own.unlink()
    assert desk.styles.reload().changes.stories == {number}
    assert told(desk, number)[0][0] == "house-style"


def test_an_own_file_whose_rule_does_not_do_what_its_example_says_is_refused(desk: Desk, own: Path) -> None:
    own.write_text(OWN, encoding="utf-8")
    (fault,) = desk.styles.files.faults()
    assert "rule “lamp”" in fault.detail
    assert "An lamp burnt." in fault.detail
    assert "lantern" not in desk.styles.files.titles()


@pytest.mark.parametrize("base", ["nowhere", "other", "lantern"])
def test_a_file_that_is_based_on_nothing_or_on_itself_is_refused(desk: Desk, own: Path, base: str) -> None:
    own.write_text(f'based_on = "{base}"', encoding="utf-8")
    own.with_name("other.toml").write_text('based_on = "lantern"', encoding="utf-8")
    assert desk.styles.files.faults()


def test_an_own_file_may_stand_on_another_own_one(desk: Desk, own: Path) -> None:
    own.with_name("evening.toml").write_text('based_on = "lantern"', encoding="utf-8")
    assert "lamp" in desk.styles.files.style("evening").rules
    assert not desk.styles.reload().changes


def test_an_own_file_may_stand_on_the_shipped_one_of_its_name(desk: Desk, own: Path) -> None:
    own.rename(own.with_name("british.toml"))
    style = desk.styles.files.style("british")
    assert {"lamp", "spelling-our", "in-order-to"} <= set(style.rules)
    assert style.title == "The Lantern’s"


def test_the_folder_is_made_with_a_good_sample_and_the_shipped_files(desk: Desk) -> None:
    folder = desk.styles.files.make_folder()
    assert {file.name for file in (folder / "shipped").iterdir()} == {"american.toml", "british.toml", "common.toml"}
    assert "My house" in desk.styles.files.titles().values()
    assert not desk.styles.files.faults()
    (folder / "my-house.toml").unlink()
    (folder / "other.toml").write_text('title = "Other"', encoding="utf-8")
    desk.styles.files.make_folder()
    assert not (folder / "my-house.toml").exists()
