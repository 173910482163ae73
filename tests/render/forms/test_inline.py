"""The profile inline: the body in the house's look, for systems that keep style attributes and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html as markup

from tests.checkers import axe_violations, chromium, nu_messages
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import MARKUP, attributed, misread, text_only
from workstation.domain.body import body_from_text
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.export import write_files
from workstation.render.profiles import render
from workstation.render.rendering import LeadPlace, Terms
from workstation.render.words.addresses import address

Pictures = Mapping[str, Picture]
STYLED = {"div", "p", "h2", "ul", "ol", "li", "a", "blockquote", "figure", "figcaption", "img"}
PAGE = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><main><h1>x</h1>{}</main></body>'


def elements(text: str) -> list[Any]:
    return [element for element in markup.fragment_fromstring(text).iter() if isinstance(element.tag, str)]


def test_every_element_has_its_look_in_itself(story: Story, publication: Publication, pictures: Pictures) -> None:
    text = render("inline", story, publication, pictures).text
    found = elements(text)
    assert {element.tag for element in found} - STYLED == {"strong", "em", "span"}
    assert all(element.get("style") for element in found if element.tag in STYLED)
    assert not [element for element in found if element.get("class") or element.get("id")]
    assert "<style" not in text
    assert "var(" not in text


def test_it_has_the_colours_and_the_letters_of_the_house(story: Story, publication: Publication, pictures: Pictures) -> None:
    text = render("inline", story, publication, pictures).text
    found = elements(text)
    assert all("color: #7a2e1d" in element.get("style") for element in found if element.tag == "a")
    assert "font-family: 'Source Serif 4', Georgia, serif" in text
    assert {"background-color: #fbf9f4", "color: #1f1c18"} <= set(re.split("; ?", found[0].get("style")))


def test_every_block_tells_its_direction_by_itself_or_by_its_list(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    for element in elements(render("inline", story, publication, pictures).text):
        if element.tag in ("p", "h2", "ul", "ol", "blockquote", "figcaption") and element.getparent().tag != "blockquote":
            assert element.get("dir") in ("ltr", "rtl")
            assert element.get("lang")


def test_words_that_look_like_a_class_or_a_shortcode_stay_words(publication: Publication) -> None:
    odd = '<p class="x">[gallery] & "y" class="z"'
    text = render("inline", Story(slug="a", headline="b", news=body_from_text(odd)), publication, {}).text
    assert odd in text_only(text)
    assert "[" not in text


def test_the_lead_image_is_in_the_text_or_featured_and_never_both(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    shown = render("inline", story, publication, pictures)
    featured = render("inline", story, publication, pictures, Terms(lead=LeadPlace.FEATURED))
    assert (shown.text.count("<img"), shown.featured) == (1, None)
    assert (featured.text.count("<figure"), featured.featured) == (0, "orrin-lock-files/lock gate.png")


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_is_read_whole_and_in_order(name: str, publication: Publication) -> None:
    story = odd_story(name)
    text = render("inline", story, publication, odd_pictures(name)).text
    assert text == unicodedata.normalize("NFC", text)
    told = [*attributed(story, publication), *(note.text for note in story.corrections), *story.contributors]
    assert misread(text_only(text), [unicodedata.normalize("NFC", phrase) for phrase in told]) == []
    urls = [link for body in (story.news, *(card.body for card in story.signals)) for link in body.links]
    urls += [source.url for card in story.signals for source in card.sources if source.url and source.name.strip()]
    assert {link for link in map(address, urls) if link} <= {element.get("href") for element in elements(text)}


def test_attribution_and_order_read_right_after_all_strippers(story: Story, publication: Publication, pictures: Pictures) -> None:
    stripped = render("inline", story, publication, pictures).text
    for strip in MARKUP:
        stripped = strip(stripped)
        assert misread(text_only(stripped), attributed(story, publication)) == []


@pytest.mark.browser
@pytest.mark.checker
def test_neither_axe_nor_the_nu_checker_finds_fault_with_it_on_a_page(
    story: Story, publication: Publication, pictures: Pictures, tmp_path: Path
) -> None:
    variants = [(story, publication, pictures)]
    variants += [(odd_story(name), replace(publication, language="ar"), odd_pictures(name)) for name in ("arabic", "lists")]
    pages = []
    for one, house, held in variants:
        rendering = render("inline", one, house, held)
        write_files(tmp_path, {**rendering.files, rendering.main: PAGE.format(rendering.text).encode()})
        pages.append(tmp_path / rendering.main)
    assert nu_messages(pages) == []
    with chromium() as browser:
        for page in pages:
            shown = browser.new_page(viewport={"width": 390, "height": 900})
            shown.goto(page.as_uri())
            assert axe_violations(shown) == []
            shown.close()
