"""The one question of this package: what stands between this story and its export?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from workstation.domain.claim import ClaimCheck
from workstation.domain.item import Item
from workstation.domain.problem import Passed, Problem, QuotationCheck, Severity, story_order
from workstation.domain.story import Story
from workstation.review.background import NOTHING_MORE, Background
from workstation.review.grounds.claims import claims_of
from workstation.review.manuscript import ComparedQuotation, manuscript_of
from workstation.review.passes import PASSES
from workstation.review.rules import RULES


@dataclass(frozen=True, slots=True)
class Review:
    """What a review found.

    ``problems`` are in the order of the story, as are ``quotations``, each compared; ``passes`` tell what is in order,
    ``claims`` what each sentence rests on.
    """

    problems: tuple[Problem, ...] = ()
    quotations: tuple[QuotationCheck, ...] = ()
    passes: tuple[Passed, ...] = ()
    claims: tuple[ClaimCheck, ...] = ()

    @property
    def blockers(self) -> tuple[Problem, ...]:
        """The problems that stop the export."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.BLOCKER)


def check(story: Story, items: Mapping[str, Item], background: Background = NOTHING_MORE) -> Review:
    """What stands between ``story`` and its export.

    ``items`` are by id: those that the story's sources and tied words name, and any others that may hold the words of a
    quotation that none of the card's sources has.
    """
    manuscript = manuscript_of(story, items, background)
    problems = [problem for rule in RULES for problem in rule(manuscript)]
    problems.sort(key=_place_in_story)
    checks = (_checked(compared) for compared in manuscript.quotations)
    passes = (passed for in_order in PASSES for passed in in_order(manuscript, problems))
    return Review(tuple(problems), tuple(checks), tuple(passes), claims_of(manuscript))


def _place_in_story(problem: Problem) -> tuple[tuple[int, int, int, int], bool]:
    """Blockers before warnings at one place; the rules' own order decides the rest."""
    return story_order(problem.place), problem.severity is Severity.WARNING


@lru_cache(maxsize=4096)
def _checked(compared: ComparedQuotation) -> QuotationCheck:
    attribution = compared.attribution
    finding, item = attribution.finding, attribution.item
    words = item.text[finding.start : finding.end] if item and finding.start is not None else None
    return QuotationCheck(
        place=compared.place,
        printed=compared.printed,
        grade=attribution.grade,
        item=item.id if item else None,
        start=finding.start,
        end=finding.end,
        differing=finding.differing,
        source_words=words,
        standing=tuple((item.id, count) for item, count in attribution.standing),
        folded=finding.folded,
        left_out=tuple(gap.words for gap in finding.left_out if gap.words),
    )
