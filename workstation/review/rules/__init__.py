"""The rules of a review, each a module of its own. A new rule is a new file here and one line in ``RULES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workstation.domain.problem import Problem
from workstation.review.manuscript import Manuscript
from workstation.review.rules.balance import balance
from workstation.review.rules.card_headlines import card_headlines
from workstation.review.rules.card_sources import card_sources
from workstation.review.rules.changed_sources import changed_sources
from workstation.review.rules.elisions import elisions
from workstation.review.rules.empty_texts import empty_texts
from workstation.review.rules.headline import headline
from workstation.review.rules.house_style import house_style
from workstation.review.rules.insights_line import insights_line
from workstation.review.rules.kept_quotes import kept_quotes
from workstation.review.rules.lead_image import lead_image
from workstation.review.rules.lonely_marks import lonely_marks
from workstation.review.rules.quotation_length import quotation_length
from workstation.review.rules.quoted_words import quoted_words
from workstation.review.rules.source_links import source_links

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
    house_style,
)
