"""A source is of the days that the story is about, or the card says when it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.figures.ages import SourceAge, ages
from workstation.review.figures.dates import month_names
from workstation.review.grounds.carried import own_language
from workstation.review.manuscript import Manuscript

OLD = 30
"""Days."""
_AHEAD = 1
"""Days that a source may be younger than the story's last change: clocks and zones differ."""
_SAID = """
last year, last month, last week, last summer, last winter, last spring, last autumn, last fall, earlier this year, year ago,
years ago, month ago, months ago, weeks ago, decade ago, decades ago, at the time, previously, back in, vor einem jahr, jahren,
monaten, letztes jahr, letzten, vergangenen, im vorjahr, il y a, l’an dernier, le mois dernier, hace, el año pasado,
el mes pasado, anno scorso, mesi fa, ano passado, meses atrás
"""
"""What tells a reader that it is not of today."""


def old_sources(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a source of long ago whose card does not say so, and of one that is younger than the story."""
    for age in sorted(ages(manuscript), key=lambda age: (age.card, age.entry)):
        if age.days > OLD and not _is_told(manuscript, age):
            message = (
                f"{age.name}’s report is {age.told} old: it is of {_printed(age.day)}. Say so in the card, or find a newer one."
            )
            yield _problem("old-source", age, message)
        elif age.days < -_AHEAD and manuscript.story.updated:
            message = f"{age.name}’s report is of {_printed(age.day)}, after the story’s last change. Mend the dateline."
            yield _problem("young-source", age, message)


def _problem(rule: str, age: SourceAge, message: str) -> Problem:
    place = Place("sources", age.card, entry=age.entry)
    return Problem(rule, Severity.WARNING, place, message, age.name, about=age.day.isoformat())


def _printed(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _is_told(manuscript: Manuscript, age: SourceAge) -> bool:
    """Whether the card names the year or the month of the report, or says how long ago it was."""
    passage = manuscript.passage("body", age.card)
    text = passage.text if passage else ""
    language = own_language(manuscript)
    months = "|".join(map(re.escape, month_names(age.day.month, language)))
    told = rf"(?<!\w)(?:{age.day.year}|{months})(?!\w)" if months else rf"(?<!\w){age.day.year}(?!\w)"
    return bool(re.search(told, text) or _said().search(text))


@cache
def _said() -> re.Pattern[str]:
    every = "|".join(re.escape(words.strip()) for words in _SAID.split(","))
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)
