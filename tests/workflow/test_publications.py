"""Publications: chosen per story, read again when a file changes, and never replaced by another one without a word."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import BlockedError, InputError
from workstation.workflow.desk import Desk
from workstation.workflow.publication_reading import load_publication

from .conftest import MakeDesk, png

LANTERN = """
name = "The Lantern"
time_zone = "Europe/Lisbon"
css = "house.css"
[labels]
news = "What is known"
insights = "As told by {sources}"
[colours]
accent = "#7a2e1d"
[templates]
page = "page.html"
"""
PAGE = '{% extends "shipped/page.html" %}{% block foot %}<p class="imprint">Printed by {{ name }}</p>\n{% endblock %}'


@pytest.fixture
def lantern(tmp_path: Path) -> Path:
    folder = tmp_path / "publications" / "lantern"
    folder.mkdir(parents=True)
    (folder / "house.css").write_text("h1 { letter-spacing: 0.1em }")
    (folder / "page.html").write_text(PAGE)
    file = folder / "publication.toml"
    file.write_text(LANTERN)
    return file


def add(desk: Desk, slug: str = "low-water", publication: str | None = None) -> int:
    card = SignalCard(headline="The river", sources=(Source(name="Dawn Ledger"),))
    return desk.store.stories.add(Story(slug=slug, headline="Low water", publication=publication, signals=(card,)))


def save_by_rename(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(text)
    beside.replace(file)


# --- per story -----------------------------------------------------------------------------------------------------


def test_two_stories_in_two_houses_are_printed_otherwise_and_the_choice_is_one_step_of_undo(desk: Desk, lantern: Path) -> None:
    one, other = add(desk, "one"), add(desk, "other")
    assert desk.publications.choose(one, lantern).stories == {one}
    text, plain = desk.publishing.page(one).text, desk.publishing.page(other).text
    for mark in ("What is known", "As told by Dawn Ledger", "#7a2e1d", "letter-spacing: 0.1em", "Printed by The Lantern"):
        assert mark in text
        assert mark not in plain
    assert desk.publishing.insights(desk.writing.story(one)) == "As told by Dawn Ledger"
    assert desk.publishing.insights(desk.writing.story(other)) == "Insights from Dawn Ledger"
    assert desk.publishing.publication(desk.writing.story(one)).time_zone == "Europe/Lisbon"
    assert desk.writing.undo_label(one) == "Change of publication"
    stepped = desk.writing.undo(one)
    assert stepped is not None
    assert desk.writing.story(one).publication is None
    assert "What is known" not in desk.publishing.page(one).text
    desk.writing.redo(one)
    assert "What is known" in desk.publishing.page(one).text


def test_the_choice_goes_with_the_document_and_holds_after_a_restart(
    desk: Desk, lantern: Path, make_desk: MakeDesk, tmp_path: Path
) -> None:
    number = add(desk)
    desk.publications.choose(number, lantern)
    assert '"publication": "The Lantern"' in desk.documents.document(desk.writing.story(number))
    desk.writing.save_all()
    desk.store.close()
    desk = make_desk()
    assert "What is known" in desk.publishing.page(number).text
    exported = desk.publishing.export(number, "page", tmp_path / "out", waive="A test")
    assert "What is known" in exported.main.read_text(encoding="utf-8")
    assert desk.publishing.ledger(number)[0].publication == "The Lantern"


def test_a_story_that_names_no_house_goes_with_the_one_for_new_stories(desk: Desk, lantern: Path) -> None:
    named, plain = add(desk, "named", "Meridian"), add(desk, "plain")
    desk.publications.set_default(lantern)
    assert "What is known" in desk.publishing.page(plain).text
    assert "What is known" not in desk.publishing.page(named).text
    desk.publications.choose(named, None)
    assert desk.writing.story(named).publication is None
    assert "What is known" in desk.publishing.page(named).text


def test_a_house_from_elsewhere_is_found_again_by_its_name(desk: Desk, make_desk: MakeDesk, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / "gauge.toml"
    file.parent.mkdir()
    file.write_text('name = "The Gauge"\n[labels]\nnews = "Measured"')
    number = add(desk)
    desk.publications.choose(number, file)
    desk.writing.save_all()
    desk.store.close()
    desk = make_desk()
    assert "Measured" in desk.publishing.page(number).text
    assert desk.publications.names()[file] == "The Gauge"


def test_a_house_that_is_not_here_is_told_and_nothing_is_exported_in_another_name(
    desk: Desk, tmp_path: Path, lantern: Path
) -> None:
    number = add(desk, publication="The Gauge")
    printed = desk.publications.printed(desk.writing.story(number))
    assert printed.publication.name == "Meridian"
    assert "“The Gauge”" in str(printed.fault)
    warnings = [problem for problem in desk.reviewing.review(number).problems if problem.rule == "publication"]
    assert [(str(w.place), w.severity.value) for w in warnings] == [("publication", "warning")]
    assert "“The Gauge”" in warnings[0].message
    for out in (
        lambda: desk.publishing.export(number, "page", tmp_path / "out", waive="No"),
        lambda: desk.publishing.write_preview(number, tmp_path / "out" / "look.html"),
    ):
        with pytest.raises(BlockedError, match="The Gauge"):
            out()
    assert not (tmp_path / "out").exists()
    exported = desk.publishing.export(number, "page", tmp_path / "out", publication=load_publication(lantern), waive="A test")
    assert "What is known" in exported.main.read_text(encoding="utf-8")
    desk.publications.choose(number, lantern)
    assert not [problem for problem in desk.reviewing.review(number).problems if problem.rule == "publication"]


def test_a_broken_file_is_no_choice(desk: Desk, lantern: Path) -> None:
    number = add(desk)
    (lantern.parent / "page.html").write_text("<p>\n{{ hedline }}</p>")
    with pytest.raises(InputError, match=r"page\.html, line 2: 'hedline' is undefined"):
        desk.publications.choose(number, lantern)
    assert desk.writing.story(number).publication is None
    assert desk.writing.undo_label(number) is None


# --- reading again -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "broken", "told"),
    [
        ("publication.toml", "name = ", "not valid TOML"),
        ("publication.toml", LANTERN.replace("Europe/Lisbon", "Mars/Base"), "Mars/Base"),
        ("house.css", "@import '//evil.example';", "house.css, line 1"),
        ("page.html", "<p>{% if %}", "page.html, line 1"),
        ("page.html", "<p>{{ gone }}", "page.html, line 1"),
    ],
)
def test_a_file_that_breaks_is_told_once_the_last_good_one_stays_and_the_mend_is_told(
    desk: Desk, lantern: Path, tmp_path: Path, name: str, broken: str, told: str
) -> None:
    number, other = add(desk), add(desk, "other")
    desk.publications.choose(number, lantern)
    good, page = (lantern.parent / name).read_text(), desk.publishing.page(number).text
    save_by_rename(lantern.parent / name, broken)
    reloaded = desk.publications.reload()
    assert told in str(reloaded.faults[0])
    assert "lantern" in str(reloaded.faults[0])
    assert desk.publishing.page(number).text == page
    assert desk.publications.reload().faults == ()
    assert any(told in problem.message for problem in desk.reviewing.review(number).problems)
    exported = desk.publishing.export(number, "page", tmp_path / "out", waive="A test")
    assert exported.main.read_text(encoding="utf-8").rstrip() == page.rstrip()
    (lantern.parent / name).write_text(good.replace("Printed by", "Set by"))
    reloaded = desk.publications.reload()
    assert reloaded.mended == ("The Lantern",)
    assert reloaded.changes.stories == {number}
    assert other not in reloaded.changes.stories


def test_a_change_reaches_the_stories_of_that_house_only(desk: Desk, lantern: Path) -> None:
    number, other = add(desk), add(desk, "other")
    desk.publications.choose(number, lantern)
    assert desk.publications.reload().changes.stories == frozenset()
    (lantern.parent / "house.css").write_text("h1 { color: teal }")
    reloaded = desk.publications.reload()
    assert (reloaded.renewed, reloaded.changes.stories) == (("The Lantern",), {number})
    assert "color: teal" in desk.publishing.page(number).text
    assert "color: teal" not in desk.publishing.page(other).text


def test_a_picture_that_a_file_waits_for_mends_it_when_it_comes(desk: Desk, lantern: Path) -> None:
    number = add(desk)
    desk.publications.choose(number, lantern)
    lantern.write_text('logo = "logo.png"\n' + LANTERN)
    assert "“logo.png” is not beside it" in str(desk.publications.reload().faults[0])
    (lantern.parent / "logo.png").write_bytes(png())
    assert desk.publications.reload().mended == ("The Lantern",)


def test_a_house_that_is_renamed_leaves_its_stories_with_a_word(desk: Desk, lantern: Path) -> None:
    number = add(desk)
    desk.publications.choose(number, lantern)
    lantern.write_text(LANTERN.replace("The Lantern", "The Lamp"))
    assert desk.publications.reload().changes.stories == {number}
    assert "“The Lantern”" in str(desk.publications.printed(desk.writing.story(number)).fault)


def test_what_comes_into_the_folder_is_known_and_what_goes_is_forgotten_unless_a_story_needs_it(
    desk: Desk, lantern: Path
) -> None:
    number = add(desk, publication="The Gauge")
    desk.publications.names()
    gauge = desk.publications.folder / "gauge.toml"
    gauge.write_text('name = "The Gauge"')
    reloaded = desk.publications.reload()
    assert (reloaded.renewed, reloaded.changes.stories) == (("The Gauge",), {number})
    lantern.unlink()
    assert desk.publications.reload().faults == ()
    assert lantern not in desk.publications.names()
    gauge.unlink()
    assert "cannot be read" in str(desk.publications.reload().faults[0])
    assert desk.publishing.page(number).text.count("The Gauge") > 0


# --- from the disk -------------------------------------------------------------------------------------------------


def test_no_file_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("<p>secret</p>")
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "page.html").symlink_to(tmp_path / "secret.html")
    (folder / "publication.toml").write_text('name = "L"\n[templates]\npage = "page.html"')
    with pytest.raises(InputError, match=r"“page\.html” is not beside"):
        load_publication(folder / "publication.toml")
    os.mkfifo(folder / "pipe.css")
    (folder / "publication.toml").write_text('name = "L"\ncss = "pipe.css"')
    with pytest.raises(InputError, match=r"“pipe\.css” is not beside"):
        load_publication(folder / "publication.toml")


def test_the_sample_is_copied_under_a_name_of_its_own_and_can_be_chosen(desk: Desk) -> None:
    number = add(desk)
    file = desk.publications.copy_sample('  Harbour "Light" ')
    assert desk.publications.names()[file] == 'Harbour "Light"'
    assert (file.parent / "shipped" / "page.html").is_file()
    desk.publications.choose(number, file)
    meridian = replace(desk.publishing.publication(), name='Harbour "Light"')
    assert desk.publishing.publication(desk.writing.story(number)) == meridian
    for name in ('Harbour "Light"', "Harbour light", "", "Meridian"):
        with pytest.raises(InputError):
            desk.publications.copy_sample(name)
