"""Names, numbers and days in stories that are not written in English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from workstation.domain.problem import Problem
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.dates_in_calendar import dates_in_calendar
from workstation.review.rules.figures_of_sources import figures_of_sources
from workstation.review.rules.figures_of_story import figures_of_story
from workstation.review.rules.hyphenated_names import hyphenated_names
from workstation.review.rules.name_spellings import name_spellings
from workstation.review.rules.old_sources import old_sources
from workstation.review.rules.relative_days import relative_days
from workstation.review.rules.weekdays_of_sources import weekdays_of_sources

Make = Callable[..., Any]
ALL = (
    name_spellings, hyphenated_names, figures_of_sources, figures_of_story, dates_in_calendar, weekdays_of_sources, relative_days,
    old_sources,
)  # fmt: skip

_FOLDER = Path(__file__).parents[2] / "data" / "clean-texts"
TEXTS = {file.stem: file.read_text("utf-8").strip() for file in sorted(_FOLDER.glob("*.txt"))}
"""Invented paragraphs by the language they are in, with names and numbers that are hard to tell apart and all right."""


def story_in(story: Make, card: Make, item: Make, language: str, text: str, source_text: str) -> tuple[Any, dict[str, Any]]:
    source = replace(item("one", source_text), language=language, published="2024-01-24")
    whole = story(card(f"<p>{text}</p>", source), language=language, updated=datetime(2024, 1, 25, 12, tzinfo=UTC))
    return whole, {"one": source}


def told(whole: Any, items: dict[str, Any]) -> list[Problem]:
    manuscript = manuscript_of(whole, items, Background(today=date(2024, 1, 25)))
    return [problem for rule in ALL for problem in rule(manuscript)]


@pytest.mark.parametrize("language", TEXTS)
def test_a_clean_text_has_no_alarm_with_its_source_and_without(story: Make, card: Make, item: Make, language: str) -> None:
    text = TEXTS[language]
    for source_text in (text, "x", " ".join(reversed(text.split(". ")))):
        assert told(*story_in(story, card, item, language, text, source_text)) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "rule"),
    [
        ("de", "61 Schiffe", "16 Schiffe", "figure-source"),
        ("de", "3,5 Prozent", "5,3 Prozent", "figure-source"),
        ("de", "am Mittwoch", "am Freitag", "weekday-source"),
        ("de", "Annelie Voss", "Annelie Vos", "name-spelling"),
        ("de", "18. Januar", "31. Februar", "date"),
        ("fr", "212 délégués", "221 délégués", "figure-source"),
        ("fr", "quatre-vingt-dix", "quatre-vingt-dix-sept", ""),
        ("fr", "Étienne Morel", "Etienne Morel", "name-spelling"),
        ("fr", "reçu mercredi", "reçu jeudi", "weekday-source"),
        ("es", "212 alcaldes", "122 alcaldes", "figure-source"),
        ("es", "Joaquín Peña", "Joaquín Pena", "name-spelling"),
        ("es", "1.204 barcos", "1.240 barcos", "figure-source"),
        ("pt", "João Martins", "Joao Martins", "name-spelling"),
        ("pt", "quarta-feira", "sexta-feira", "weekday-source"),
        ("it", "212 sindaci", "221 sindaci", "figure-source"),
        ("it", "Niccolò Marinelli", "Nicolò Marinelli", "name-spelling"),
        ("ru", "Левон Саргсян приехал", "Левон Сарксян приехал", "name-spelling"),
        ("tr", "Özgür Öztürk", "Özgur Öztürk", "name-spelling"),
    ],
)
def test_a_mistake_is_told_by_its_rule(story: Make, card: Make, item: Make, language: str, old: str, new: str, rule: str) -> None:
    text = TEXTS[language]
    assert text.count(old) == 1
    rules = {problem.rule for problem in told(*story_in(story, card, item, language, text.replace(old, new), text))}
    assert rules == ({rule} if rule else set())
