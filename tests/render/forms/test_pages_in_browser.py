"""The page, and the page in one file, of the odd stories: as a browser shows them, and as checkers judge them.

Each story is looked at in all widths and both schemes; the accessibility checker, which takes its time, sees a page in one
of four ways in turn, so that every way has many stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checkers import axe_violations, nu_messages
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from workstation import resources
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.domain.story_document import read_json
from workstation.export import write_files
from workstation.render.house.publication_file import read_publication
from workstation.render.pictures.placing import picture_from
from workstation.render.profiles import render

WIDTHS = (320, 390, 768, 1280, 1920)
WAYS = (("light", 390), ("dark", 1280), ("dark", 320), ("light", 1280))
PAGES = [*(("page", name) for name in NAMES), *(("single", name) for name in ("arabic", "forty-cards", "long-words", "sources"))]
LIMIT = 60 * 1024
"""Bytes of a page without its pictures."""

SPILT = """
() => {
  const width = document.documentElement.clientWidth;
  const isHidden = (e) => e.closest(".unseen, .half, svg") || getComputedStyle(e).clipPath !== "none";
  const isSpilt = (e) => {
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const isOut = box.width > 0 && (box.left < -0.5 || box.right > width + 0.5);
    const isOver = style.display !== "inline" && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1;
    return isOut || isOver;
  };
  return [...document.querySelectorAll("body *")]
    .filter((e) => !isHidden(e) && !e.querySelector(".overline") && isSpilt(e))
    .map((e) => e.outerHTML.slice(0, 120));
}
"""
"""What stands out of the window, or out of the element that holds it; the overline is wider on purpose, and clipped."""


@pytest.fixture(scope="module")
def meridian() -> Publication:
    folder = resources.path("publications/meridian")
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    return replace(read_publication(files["publication.toml"], files.get), advertisements=True)


@pytest.fixture(scope="module")
def sample() -> tuple[Story, Mapping[str, Picture]]:
    folder = resources.path("sample")
    told = read_json((folder / "story.json").read_bytes()).story
    found = {file: picture_from((folder / file).read_bytes()) for file in told.files}
    return told, {file: picture for file, picture in found.items() if picture}


def written(profile: str, name: str, house: Publication, folder: Path) -> Path:
    rendering = render(profile, odd_story(name), house, odd_pictures(name))
    write_files(folder, rendering.files)
    return folder / rendering.main


@pytest.mark.browser
@pytest.mark.parametrize(("profile", "name"), PAGES)
def test_nothing_scrolls_sideways_or_is_cut_and_nothing_is_fetched(
    profile: str, name: str, browser: Any, meridian: Publication, tmp_path: Path
) -> None:
    shown = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(written(profile, name, meridian, tmp_path).as_uri())
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 900})
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.evaluate(SPILT) == []
    shown.close()
    beside = [address for address in asked[1:] if not address.startswith("data:")]
    assert all(address.startswith(tmp_path.as_uri()) for address in beside)
    assert profile == "page" or beside == []


@pytest.mark.browser
@pytest.mark.parametrize(("profile", "name"), PAGES)
def test_axe_finds_no_violation_in_an_odd_story(
    profile: str, name: str, browser: Any, meridian: Publication, tmp_path: Path
) -> None:
    scheme, width = WAYS[(NAMES.index(name) + (profile == "single")) % len(WAYS)]
    shown = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    shown.goto(written(profile, name, meridian, tmp_path).as_uri())
    assert axe_violations(shown) == []
    shown.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["arabic", "corrections", "sources"])
def test_on_paper_it_is_black_on_white_and_tells_where_links_lead(
    name: str, browser: Any, meridian: Publication, tmp_path: Path
) -> None:
    shown = browser.new_page(color_scheme="dark")
    shown.emulate_media(media="print", color_scheme="dark")
    shown.goto(written("page", name, meridian, tmp_path).as_uri())
    ink, paper = shown.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    assert not any(element.is_visible() for element in shown.locator(".site nav, .half, .share, .arrow, .advertisement").all())
    links = shown.locator(".names a").all()
    assert links
    for link in links:
        told = link.evaluate("link => getComputedStyle(link, '::after').content")
        assert link.get_attribute("href") in told
    assert shown.evaluate("getComputedStyle(document.querySelector('.card')).breakInside") == "avoid"
    shown.close()


@pytest.mark.browser
def test_a_story_from_right_to_left_is_the_mirror_of_one_from_left_to_right(
    browser: Any, meridian: Publication, tmp_path: Path
) -> None:
    story = replace(odd_story("arabic"), language="ar")
    lefts = []
    for language in ("ar", "en"):
        rendering = render("page", replace(story, language=language), meridian, odd_pictures("arabic"))
        write_files(tmp_path / language, rendering.files)
        shown = browser.new_page(viewport={"width": 1280, "height": 900})
        shown.goto((tmp_path / language / rendering.main).as_uri())
        boxes = "e => { const b = e.getBoundingClientRect(); return [b.left, b.right]; }"
        lefts.append(
            [
                shown.locator(part).first.evaluate(boxes)
                for part in (".rubric svg, .rubric img", ".arrow", ".title svg", ".sources .label")
            ]
        )
        shown.close()
    for (left, right), (mirrored, _) in zip(*lefts, strict=True):
        assert abs(left - (1280 - mirrored - (right - left))) < 12


@pytest.mark.checker
def test_the_nu_checker_finds_nothing_in_any_odd_story(meridian: Publication, tmp_path: Path) -> None:
    pages = [written(profile, name, meridian, tmp_path) for name in NAMES for profile in ("page", "single")]
    own = "starts with a composing character."  # so does what the story says there, and no word of it is changed
    told = nu_messages(pages)
    assert [entry for entry in told if not ("marks-and-isolates" in entry[0] and entry[2].endswith(own))] == []


def test_the_sample_page_is_light(sample: tuple[Story, Mapping[str, Picture]], meridian: Publication) -> None:
    page = render("page", sample[0], meridian, sample[1])
    assert len(page.files[page.main]) < LIMIT


def test_forty_cards_are_light_too(meridian: Publication) -> None:
    page = render("page", odd_story("forty-cards"), meridian, odd_pictures("forty-cards"))
    assert len(page.files[page.main]) < LIMIT
