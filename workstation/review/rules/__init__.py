"""The rules of a review, each a module of its own. A new rule is a new file here and one line in ``RULES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workstation.domain.problem import Problem
from workstation.review.manuscript import Manuscript
from workstation.review.rules.balance import balance
from workstation.review.rules.card_headlines import card_headlines
from workstation.review.rules.card_sources import card_sources
from workstation.review.rules.changed_sources import changed_sources
from workstation.review.rules.dates_in_calendar import dates_in_calendar
from workstation.review.rules.elisions import elisions
from workstation.review.rules.empty_texts import empty_texts
from workstation.review.rules.figures_of_sources import figures_of_sources
from workstation.review.rules.figures_of_story import figures_of_story
from workstation.review.rules.headline import headline
from workstation.review.rules.hyphenated_names import hyphenated_names
from workstation.review.rules.insights_line import insights_line
from workstation.review.rules.kept_quotes import kept_quotes
from workstation.review.rules.lead_image import lead_image
from workstation.review.rules.lonely_marks import lonely_marks
from workstation.review.rules.name_spellings import name_spellings
from workstation.review.rules.old_sources import old_sources
from workstation.review.rules.quotation_length import quotation_length
from workstation.review.rules.quoted_words import quoted_words
from workstation.review.rules.relative_days import relative_days
from workstation.review.rules.source_links import source_links
from workstation.review.rules.weekdays_of_sources import weekdays_of_sources

Rule = Callable[[Manuscript], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    headline,
    insights_line,
    lead_image,
    empty_texts,
    balance,
    card_headlines,
    card_sources,
    source_links,
    quoted_words,
    changed_sources,
    kept_quotes,
    elisions,
    quotation_length,
    lonely_marks,
    name_spellings,
    hyphenated_names,
    figures_of_sources,
    figures_of_story,
    dates_in_calendar,
    weekdays_of_sources,
    relative_days,
    old_sources,
)
