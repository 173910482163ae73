"""The rules of a review, each a module of its own. A new rule is a new file here and one line in ``RULES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workstation.domain.problem import Problem
from workstation.review.manuscript import Manuscript
from workstation.review.rules.balance import balance
from workstation.review.rules.broken_links import broken_links
from workstation.review.rules.broken_ties import broken_ties
from workstation.review.rules.caption_credit import caption_credit
from workstation.review.rules.card_headlines import card_headlines
from workstation.review.rules.card_sources import card_sources
from workstation.review.rules.changed_sources import changed_sources
from workstation.review.rules.chip_names import chip_names
from workstation.review.rules.corrections import corrections
from workstation.review.rules.credited_links import credited_links
from workstation.review.rules.dates_in_calendar import dates_in_calendar
from workstation.review.rules.doubled_words import doubled_words
from workstation.review.rules.dropped_denials import dropped_denials
from workstation.review.rules.elisions import elisions
from workstation.review.rules.empty_texts import empty_texts
from workstation.review.rules.figures_of_sources import figures_of_sources
from workstation.review.rules.figures_of_story import figures_of_story
from workstation.review.rules.headline import headline
from workstation.review.rules.house_style import house_style
from workstation.review.rules.hyphenated_names import hyphenated_names
from workstation.review.rules.insights_line import insights_line
from workstation.review.rules.kept_quotes import kept_quotes
from workstation.review.rules.lead_image import lead_image
from workstation.review.rules.lengths import lengths
from workstation.review.rules.link_words import link_words
from workstation.review.rules.misleading_links import misleading_links
from workstation.review.rules.missing_sources import missing_sources
from workstation.review.rules.name_spellings import name_spellings
from workstation.review.rules.named_sources import named_sources
from workstation.review.rules.old_sources import old_sources
from workstation.review.rules.outlet_accents import outlet_accents
from workstation.review.rules.private_links import private_links
from workstation.review.rules.quotation_length import quotation_length
from workstation.review.rules.quotation_marks import quotation_marks
from workstation.review.rules.quoted_words import quoted_words
from workstation.review.rules.redirected_links import redirected_links
from workstation.review.rules.region import region
from workstation.review.rules.relative_days import relative_days
from workstation.review.rules.repeated_sources import repeated_sources
from workstation.review.rules.shared_sources import shared_sources
from workstation.review.rules.slug import slug
from workstation.review.rules.source_links import source_links
from workstation.review.rules.source_names import source_names
from workstation.review.rules.times import times
from workstation.review.rules.tracking_links import tracking_links
from workstation.review.rules.weekdays_of_sources import weekdays_of_sources

Rule = Callable[[Manuscript], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    slug,
    headline,
    insights_line,
    region,
    times,
    corrections,
    lead_image,
    caption_credit,
    empty_texts,
    balance,
    card_headlines,
    card_sources,
    source_names,
    named_sources,
    missing_sources,
    repeated_sources,
    shared_sources,
    chip_names,
    credited_links,
    broken_ties,
    source_links,
    broken_links,
    private_links,
    misleading_links,
    redirected_links,
    tracking_links,
    link_words,
    lengths,
    quoted_words,
    changed_sources,
    kept_quotes,
    elisions,
    dropped_denials,
    quotation_length,
    quotation_marks,
    doubled_words,
    name_spellings,
    outlet_accents,
    hyphenated_names,
    figures_of_sources,
    figures_of_story,
    dates_in_calendar,
    weekdays_of_sources,
    relative_days,
    old_sources,
    house_style,
)
