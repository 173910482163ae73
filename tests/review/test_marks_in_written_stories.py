"""In whole stories every quotation mark that is taken away or mistyped is told, once, and what is certain is mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Fix, Place, Problem
from workstation.domain.story import Story
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.quotation_marks import quotation_marks

from .written_stories import STORIES, written

BACKGROUND = Background(language="en-US")
CURLY = "“”"


def told(story: Story) -> list[Problem]:
    return [problem for problem in quotation_marks(manuscript_of(story, {}, BACKGROUND)) if problem.about != "mixed"]


def curly_pairs(story: Story) -> Iterator[tuple[Place, int, int]]:
    """Where the marks of each curly quotation stand in the bodies."""
    for passage in manuscript_of(story, {}, BACKGROUND).passages:
        for pair in passage.quoting.curly if passage.body else ():
            if passage.text[pair.opening] + passage.text[pair.closing] == CURLY:
                yield passage.place, pair.opening, pair.closing


def with_mark(story: Story, place: Place, at: int, mark: str, new: str) -> Story:
    return mended(story, place, Fix("Mistype", mark, new, at))


def is_mended(story: Story, as_it_was: Story) -> bool:
    (problem,) = told(story)
    return problem.fix is not None and mended(story, problem.place, problem.fix) == as_it_was


@pytest.mark.parametrize("name", STORIES)
def test_a_clean_story_is_told_nothing_of_its_marks(name: str) -> None:
    assert list(quotation_marks(manuscript_of(written(name).story(), {}, BACKGROUND))) == []


@pytest.mark.parametrize("name", STORIES)
def test_every_mark_that_is_taken_away_is_told_once(name: str) -> None:
    story = written(name).story()
    pairs = list(curly_pairs(story))
    assert pairs
    for place, opening, closing in pairs:
        assert len(told(with_mark(story, place, opening, "“", ""))) == 1
        assert len(told(with_mark(story, place, closing, "”", ""))) == 1


@pytest.mark.parametrize("name", STORIES)
def test_every_mark_that_is_mistyped_is_mended(name: str) -> None:
    story = written(name).story()
    for place, opening, closing in curly_pairs(story):
        assert is_mended(with_mark(story, place, opening, "“", '"'), story)
        assert is_mended(with_mark(story, place, opening, "“", "”"), story)
        assert is_mended(with_mark(story, place, closing, "”", '"'), story)
        assert is_mended(with_mark(story, place, closing, "”", "“"), story)
