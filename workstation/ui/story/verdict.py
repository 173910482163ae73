"""What a quotation of a card looks like: as serious as the problem that the checks tell of it, and quiet once that is waived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.grade import Grade
from workstation.domain.problem import Problem, QuotationCheck, Severity
from workstation.workflow.reviewing import Reviewed

COMPARING = frozenset(
    ("quotation-altered", "quotation-denial", "quotation-elision", "quotation-missing", "quotation-source", "quote-moved")
)
"""The rules that hold a quotation against its source. Its length and its marks are another matter."""


class Tone(StrEnum):
    """How loudly a quotation is drawn; the values are the theme's colours."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    QUIET = "muted"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A quotation that was compared, its tone, and whether what the checks had against it was waived."""

    check: QuotationCheck
    tone: Tone
    is_waived: bool = False


def verdicts(reviewed: Reviewed, card: int) -> tuple[Verdict, ...]:
    """The quotations in the text of a card."""
    of_card = (check for check in reviewed.quotations if (check.place.field, check.place.card) == ("body", card))
    waived = [problem for problem, _ in reviewed.waived]
    return tuple(_judged(check, reviewed.problems, waived) for check in of_card)


def _judged(check: QuotationCheck, standing: Iterable[Problem], waived: Iterable[Problem]) -> Verdict:
    found = {problem.severity for problem in standing if _is_about(problem, check)}
    if found:
        return Verdict(check, Tone.BAD if Severity.BLOCKER in found else Tone.WARN)
    if any(_is_about(problem, check) for problem in waived):
        return Verdict(check, Tone.QUIET, is_waived=True)
    return Verdict(check, Tone.GOOD if check.grade.is_true else Tone.QUIET)


def _is_about(problem: Problem, check: QuotationCheck) -> bool:
    """One problem tells of all quotations of a card that nothing is archived for; any other one stands at its words."""
    if problem.rule == "quotation-unarchived":
        return check.grade is Grade.UNARCHIVED and check.printed in problem.about
    return problem.rule in COMPARING and problem.place == check.place
