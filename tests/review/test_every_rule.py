"""What holds of every rule, whatever it finds: the promises that a problem and its fix give to the window and the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.domain.body import Body
from workstation.domain.item import Item
from workstation.domain.mending import HREF, mended
from workstation.domain.problem import Place, Problem
from workstation.domain.story import Story
from workstation.review import RULES, Background
from workstation.review import rules as package
from workstation.review.manuscript import manuscript_of

from .odd_stories import ITEMS, backgrounds, stories
from .written_stories import FOLDER, STORIES, written

MODULES = {path.stem for path in Path(package.__file__).parent.glob("*.py")} - {"__init__"}
MISTAKES = json.loads((FOLDER / "mistakes.json").read_text("utf-8"))
LONGEST_MESSAGE = 300
_LINES = ("slug", "headline", "insights", "region", "time_zone")
_MOMENTS = ("first_published", "updated", "embargo", "corrections")


def problems_of(story: Story, items: Mapping[str, Item], background: Background) -> list[Problem]:
    manuscript = manuscript_of(story, items, background)
    return [problem for rule in RULES for problem in rule(manuscript)]


def text_at(story: Story, place: Place) -> str | None:
    """The plain text at a place, None for a place that is no text; fails where the story has no such place."""
    if place.card is not None:
        card = story.signals[place.card]
        assert place.field in ("headline", "sources", "body")
        if place.field == "sources":
            source: Any = None if place.entry is None else card.sources[place.entry]
            return None if source is None or place.part is None else getattr(source, place.part) or ""
        return _plain(getattr(card, place.field))
    if place.field == "lead_image":
        return None if place.part is None else str(getattr(story.lead_image, place.part))
    assert place.field in (*_LINES, *_MOMENTS, "lead_image", "news", "signals")
    return None if place.field in (*_MOMENTS, "signals") else _plain(getattr(story, place.field))


def _plain(text: Body | str | None) -> str:
    return text.text if isinstance(text, Body) else text or ""


def quoted_letters(story: Story, items: Mapping[str, Item], background: Background) -> list[str]:
    """The letters and digits of each quotation that the story prints."""
    quotations = manuscript_of(story, items, background).quotations
    return ["".join(filter(str.isalnum, compared.printed)) for compared in quotations]


def hold_to_promises(story: Story, items: Mapping[str, Item], background: Background) -> None:
    found = problems_of(story, items, background)
    assert found == problems_of(story, items, background)
    for problem in found:
        hash(problem)
        assert problem.fingerprint
        stands_in_the_story(story, problem)
        speaks_plainly(problem)
        if problem.fix:
            mends(story, problem, found, items, background)


def stands_in_the_story(story: Story, problem: Problem) -> None:
    place, text = problem.place, text_at(story, problem.place)
    assert (place.at is None) == (place.until is None), problem
    if place.at is None or place.until is None:
        return
    assert text is not None, problem
    assert 0 <= place.at < place.until <= len(text), problem
    if place.part != HREF and len(problem.excerpt) == place.until - place.at:
        assert text[place.at : place.until] == problem.excerpt, problem


def speaks_plainly(problem: Problem) -> None:
    message = problem.message
    assert message.rstrip("”)").endswith((".", "?", "!")), message
    assert len(message) - len(problem.excerpt) - len(problem.about) <= LONGEST_MESSAGE, message
    assert problem.rule not in message or "-" not in problem.rule, message
    assert problem.rule == problem.rule.lower()
    assert problem.rule.replace("-", "").replace("/", "").isalnum(), problem.rule


def mends(story: Story, problem: Problem, found: list[Problem], items: Mapping[str, Item], background: Background) -> None:
    fix = problem.fix
    assert fix is not None
    assert fix.label, problem
    after = mended(story, problem.place, fix)
    assert after != story, problem
    still = problems_of(after, items, background)
    left = [one for one in still if one.fingerprint == problem.fingerprint]
    alike = [one for one in found if one.fingerprint == problem.fingerprint]
    is_gone = len(left) < len(alike) or problem.place not in [one.place for one in left]
    assert is_gone or len(still) < len(found), problem  # of a word that stands nine times in a row, one goes
    if problem.place.field in ("headline", "news", "body") and not problem.rule.startswith("quotation"):
        assert quoted_letters(after, items, background) == quoted_letters(story, items, background), problem


def test_every_module_of_rules_is_in_the_list_and_has_a_test() -> None:
    assert {rule.__module__.rpartition(".")[2] for rule in RULES} == MODULES
    assert len(set(RULES)) == len(RULES)
    assert {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "rules").glob("test_*.py")} >= MODULES


def test_an_empty_story_is_told_what_is_missing_and_nothing_else() -> None:
    found = problems_of(Story(slug="river-talks", headline="River talks"), {}, Background())
    assert {problem.rule for problem in found} == {"balance", "empty-text", "region"}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake['story']}: {mistake['new'][:40]}")
def test_what_is_told_of_a_written_mistake_keeps_its_promises(mistake: dict[str, str]) -> None:
    kept = written(mistake["story"])
    hold_to_promises(kept.story(mistake["place"], mistake["old"], mistake["new"]), kept.items, kept.background())


@settings(deadline=None, max_examples=60)
@given(stories, backgrounds)
def test_what_is_told_of_any_story_keeps_its_promises(story: Story, background: Background) -> None:
    hold_to_promises(story, ITEMS, background)


@settings(deadline=None, max_examples=20)
@given(stories, st.sampled_from(STORIES))
def test_texts_of_one_story_over_the_sources_of_another_keep_the_promises(story: Story, name: str) -> None:
    kept = written(name)
    hold_to_promises(story, kept.items, kept.background())
