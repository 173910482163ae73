"""The page as a browser, an accessibility checker and the Nu HTML checker see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checkers import axe_violations, nu_messages
from workstation.domain.body import Block, BlockKind, Run, canonical
from workstation.domain.picture import Picture
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.export import write_files
from workstation.render.profiles import render

WIDTHS = (320, 390, 768, 1280)

SEEN = """
(() => {
    const clips = [];
    for (let e = document.activeElement; e; e = e.parentElement) clips.push(getComputedStyle(e).clipPath);
    const { width, height } = document.activeElement.getBoundingClientRect();
    return { width, height, clips };
})()
"""
"""The size of the focused element, and how it and each element around it is clipped."""


def variants(story: Story, publication: Publication) -> dict[str, tuple[Story, Publication]]:
    """The rich story, a bare one, one that runs from right to left, and one with words that do not break."""
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    unbroken = Story(
        slug="unbroken",
        headline=long,
        region=long,
        sponsor=long,
        bylines=(long,),
        lead_image=LeadImage(file="none.png", caption=long, credit=long),
        news=canonical([Block((Run(f"https://{long}.example/{long}"),)), Block((Run(long),), BlockKind.BULLET, quoted=True)]),
        signals=(SignalCard(headline=long, sources=(Source(name=long, url="https://a.example"), Source(name=long))),),
    )
    arabic = replace(story, slug="arabic", headline="القفل يفتح أبوابه من جديد", verticals=("تجارة",), region="النهر")
    wide = replace(publication, name=long, editions=(*publication.editions, replace(publication.editions[0], name=long)))
    return {
        "rich": (story, publication),
        "bare": (Story(slug="bare", headline="Alone"), replace(publication, editions=(), share=(), labels=Labels(arrow=""))),
        "rtl": (arabic, replace(publication, language="ar", tagline="حدث واحد")),
        "unbroken": (unbroken, wide),
    }


VARIANTS = ("rich", "bare", "rtl", "unbroken")


@pytest.fixture
def written(
    request: pytest.FixtureRequest, story: Story, publication: Publication, pictures: Mapping[str, Picture], tmp_path: Path
) -> Path:
    rendering = render("page", *variants(story, publication)[request.param], pictures)
    write_files(tmp_path, rendering.files)
    return tmp_path / rendering.main


@pytest.mark.browser
@pytest.mark.parametrize("written", VARIANTS, indirect=True)
def test_no_width_scrolls_sideways(browser: Any, written: Path) -> None:
    for width in WIDTHS:
        shown = browser.new_page(viewport={"width": width, "height": 900})
        shown.goto(written.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        shown.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("written", VARIANTS, indirect=True)
def test_axe_finds_no_violation(browser: Any, written: Path, width: int, scheme: str) -> None:
    shown = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    shown.goto(written.as_uri())
    assert axe_violations(shown) == []
    shown.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("written", ["rich"], indirect=True)
def test_the_copied_text_has_every_line_in_order(browser: Any, written: Path, width: int, lines: list[str]) -> None:
    shown = browser.new_page(viewport={"width": width, "height": 900})
    shown.goto(written.as_uri())
    text = shown.evaluate("document.body.innerText")
    shown.close()
    assert [line.strip() for line in text.splitlines() if line.strip()] == lines


@pytest.mark.browser
@pytest.mark.parametrize("written", ["rich"], indirect=True)
def test_every_link_can_be_seen_when_the_keyboard_reaches_it(browser: Any, written: Path) -> None:
    for width in (390, 1280):
        shown = browser.new_page(viewport={"width": width, "height": 900})
        shown.goto(written.as_uri())
        for _ in range(shown.locator("a").count()):
            shown.keyboard.press("Tab")
            seen = shown.evaluate(SEEN)
            assert min(seen["width"], seen["height"]) > 10
            assert set(seen["clips"]) == {"none"}
        shown.close()


@pytest.mark.checker
def test_the_nu_checker_finds_no_error(
    story: Story, publication: Publication, pictures: Mapping[str, Picture], tmp_path: Path
) -> None:
    pages = []
    for one, house in variants(story, publication).values():
        rendering = render("page", one, house, pictures)
        write_files(tmp_path, rendering.files)
        pages.append(tmp_path / rendering.main)
    assert nu_messages(pages) == []
