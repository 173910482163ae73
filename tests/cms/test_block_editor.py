"""The block editor of WordPress reads what is written for it: every block is valid, and it would save the same text."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.render.any_story import stories
from tests.render.conftest import png
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.test_golden import GOLDEN
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.profiles import render
from workstation.render.rendering import LeadPlace, Terms

from .block_editor import EDITORS, Texts, all_blocks, judged

HOUSE = Publication(name="The Lantern")
IN_TEXT = Terms(lead=LeadPlace.BODY)
NATIVE = {f"core/{name}" for name in ("heading", "image", "list", "list-item", "paragraph", "quote")}
_OWN_CLASS = re.compile(r'(?<=[{,])"className":"wp-block-[a-z]+",?')


def problems(editor: str, texts: Texts) -> list[str]:
    """What the editor finds fault with, and what it would save otherwise than it was written."""
    told = []
    for name, judgement in judged(editor, texts).items():
        found = all_blocks(judgement["blocks"])
        wrong = (block for block in found if not block["valid"] or block["name"] not in NATIVE)
        told += [f"{name}: {block['name']}: {block['issues']}" for block in wrong]
        if _text(judgement["saved"]) != _text(texts[name]["markup"]):
            told.append(f"{name}: it would save {judgement['saved']}")
    return told


def _text(markup: str) -> str:
    """The text without references and without what an older editor notes of classes that newer ones write by themselves."""
    return unescape(_OWN_CLASS.sub("", markup).replace(",}", "}").replace(" {}", "")).strip()


@pytest.mark.parametrize("editor", EDITORS)
def test_it_finds_every_block_of_every_odd_story_valid(editor: str) -> None:
    texts = {name: render("wordpress", odd_story(name), HOUSE, odd_pictures(name), IN_TEXT).text for name in NAMES}
    arabic = replace(HOUSE, language="ar")
    texts["in an Arabic house"] = render("wordpress", odd_story("hebrew-with-english"), arabic, {}, IN_TEXT).text
    texts["rich"] = (GOLDEN / "orrin-lock.wordpress.html").read_text(encoding="utf-8")
    assert problems(editor, {name: {"markup": text} for name, text in texts.items()}) == []


@pytest.mark.parametrize("editor", EDITORS)
@settings(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(many=st.lists(stories, min_size=60, max_size=60))
def test_it_finds_every_block_of_stories_made_by_chance_valid(editor: str, many: list[Story]) -> None:
    lead = {"lock gate.png": png(12, 8, "#47636b")}
    texts = {str(number): {"markup": render("wordpress", story, HOUSE, lead, IN_TEXT).text} for number, story in enumerate(many)}
    assert problems(editor, texts) == []


@pytest.mark.parametrize("editor", EDITORS)
def test_it_turns_a_pasted_fragment_into_its_own_blocks(editor: str) -> None:
    kept = [name for name in NAMES if name not in ("bare-addresses", "brackets")]  # WordPress embeds and runs what it finds there
    texts = {name: {"pasted": render("fragment", odd_story(name), HOUSE, odd_pictures(name)).text} for name in kept}
    for judgement in judged(editor, texts).values():
        assert {block["name"] for block in all_blocks(judgement["blocks"])} <= NATIVE


@pytest.mark.parametrize("editor", EDITORS)
def test_what_is_wrong_is_found(editor: str) -> None:
    wrong = {
        "not the level": '<!-- wp:heading -->\n<h3 class="wp-block-heading">One</h3>\n<!-- /wp:heading -->',
        "an attribute too many": '<!-- wp:paragraph -->\n<p lang="ar">Two</p>\n<!-- /wp:paragraph -->',
        "no block at all": "<p>Three</p>",
    }
    found = problems(editor, {name: {"markup": markup} for name, markup in wrong.items()})
    assert {name for name in wrong if any(told.startswith(name) for told in found)} == set(wrong)
