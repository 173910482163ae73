"""A quotation that the source has reworded since it was captured is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workstation.domain.problem import Severity
from workstation.review import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.changed_sources import changed_sources

Make = Callable[..., Any]
WORDS = "“Nobody will pay tolls before September”"


def test_words_that_the_newest_version_has_no_more_are_told(story: Make, card: Make, item: Make) -> None:
    items = {"new": item("new", "Nobody will pay tolls before October."), "old": item("old", f"{WORDS}, he said.")}
    background = Background(versions={"old": ("new", "old"), "new": ("new", "old")})
    whole = story(card(f"<p>{WORDS}</p>", items["old"]))
    (problem,) = changed_sources(manuscript_of(whole, items, background))
    assert problem.severity is Severity.WARNING
    assert problem.excerpt == WORDS.strip("“”")


def test_words_that_every_version_has_are_silent(story: Make, card: Make, item: Make) -> None:
    items = {"new": item("new", f"{WORDS}, he said on Monday."), "old": item("old", f"{WORDS}, he said.")}
    background = Background(versions={"old": ("new", "old"), "new": ("new", "old")})
    whole = story(card(f"<p>{WORDS}</p>", items["old"]))
    assert list(changed_sources(manuscript_of(whole, items, background))) == []
