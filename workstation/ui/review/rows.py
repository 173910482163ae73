"""What the list of the checks shows, as values: heads of groups, problems that stand, waived ones, and what is in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from workstation.domain import wording
from workstation.domain.problem import Passed, Problem, QuotationCheck, Severity, Waiver

T = TypeVar("T")
Passage = tuple[str, int, int]
"""Where a source has the words of a quotation: the item and its code points."""


class Group(StrEnum):
    """The groups of the list, in their order."""

    BLOCKERS = "blockers"
    WARNINGS = "warnings"
    TO_WRITE = "to write"
    WAIVED = "waived"
    PASSED = "passed"


@dataclass(frozen=True)
class Row:
    """One row. ``key`` stays the same from one review to the next while the row is about the same thing.

    A head has neither ``problem`` nor ``passed``. ``passage`` is where a source has the quoted words. ``alike`` counts the
    problems of the same rule when every one of them has a fix and this is the first of them.
    """

    key: tuple[str, ...]
    group: Group
    title: str
    detail: str = ""
    problem: Problem | None = None
    waiver: Waiver | None = None
    passed: Passed | None = None
    passage: Passage | None = None
    alike: int = 0
    folded: bool = False

    @property
    def is_head(self) -> bool:
        """Whether the row stands over a group."""
        return self.problem is None and self.passed is None

    @property
    def stands(self) -> bool:
        """Whether the row is a problem that nobody waived."""
        return self.problem is not None and self.waiver is None

    @property
    def place(self) -> str:
        """Where the problem stands, in an editor's words."""
        return self.problem.place.full_label if self.problem else ""

    @property
    def fix(self) -> str:
        """What the button of the fix says; nothing where there is none."""
        return self.problem.fix.label if self.stands and self.problem and self.problem.fix else ""

    @cached_property
    def look(self) -> tuple[object, ...]:
        """All that is seen of the row: while the editor types, only the code points behind it change."""
        kind = (self.group, self.is_head, self.folded, self.alike, self.passage is None, self.waiver is None)
        return (self.title, self.detail, self.place, self.fix, kind)

    @property
    def spoken(self) -> str:
        """The row in words, for those who hear it."""
        if self.is_head:
            return f"{self.title}, {'folded' if self.folded else 'open'}"
        place = f"{self.place}. " if self.place else ""
        kind = {
            Group.BLOCKERS: "Blocker. ",
            Group.WARNINGS: "Warning. ",
            Group.TO_WRITE: "Still to write. ",
            Group.WAIVED: "Waived. ",
        }.get(self.group, "In order. ")
        fix = f" Fix: {self.fix}." if self.fix else ""
        return f"{kind}{place}{self.title} {self.detail}{fix}".strip()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rows are made of: problems that stand, those that were waived, what is in order, the quotations compared.

    ``to_write`` is what a story lacks that was not begun yet.
    """

    problems: tuple[Problem, ...] = ()
    waived: tuple[tuple[Problem, Waiver], ...] = ()
    passed: tuple[Passed, ...] = ()
    quotations: tuple[QuotationCheck, ...] = ()
    to_write: tuple[Problem, ...] = ()


def rows_of(checked: Checked, folded: Collection[Group]) -> list[Row]:
    """The rows of a review, without those of the groups that are ``folded``."""
    groups: dict[Group, list[Row]] = {
        Group.BLOCKERS: list(_standing(Group.BLOCKERS, Severity.BLOCKER, checked)),
        Group.WARNINGS: list(_standing(Group.WARNINGS, Severity.WARNING, checked)),
        Group.TO_WRITE: [
            _to_write(key, problem) for key, (problem, _) in _keyed((problem, None) for problem in checked.to_write)
        ],
        Group.WAIVED: [_waived(key, problem, waiver) for key, (problem, waiver) in _keyed(checked.waived)],
        Group.PASSED: [_passed(one) for one in checked.passed],
    }
    rows: list[Row] = []
    for group, members in groups.items():
        if members:
            rows.append(Row(("head", group), group, head_of(group, len(members)), folded=group in folded))
            rows += members if group not in folded else []
    return rows


def head_of(group: Group, number: int) -> str:
    """What stands over a group of ``number`` rows."""
    one = {Group.BLOCKERS: "blocker", Group.WARNINGS: "warning"}.get(group)
    if one:
        return wording.counted(number, one)
    return f"{number} {_TOLD[group]}"


_TOLD = {Group.TO_WRITE: "still to write", Group.WAIVED: "waived", Group.PASSED: "in order"}


def counted(blockers: int, warnings: int, to_write: int = 0) -> str:
    """How many problems stand, in words; nothing where none does."""
    counts = ((Group.BLOCKERS, blockers), (Group.WARNINGS, warnings), (Group.TO_WRITE, to_write))
    return "  ·  ".join(head_of(group, number) for group, number in counts if number)


def alike(problem: Problem, problems: Iterable[Problem]) -> list[Problem]:
    """The problems of the same rule when each of them has a fix; none where one has to be mended by hand."""
    same = [other for other in problems if other.rule == problem.rule]
    return same if all(other.fix is not None for other in same) else []


def told_time(moment: datetime) -> str:
    """When a reason was given, on the clock of this machine."""
    local = moment.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"


def _standing(group: Group, severity: Severity, checked: Checked) -> Iterator[Row]:
    told: set[str] = set()
    fixable = _fixable(checked.problems)
    passages = _passages(checked.quotations)
    for key, (problem, _) in _keyed((problem, None) for problem in checked.problems):
        first = problem.rule not in told
        told.add(problem.rule)
        if problem.severity is severity:
            number = fixable.get(problem.rule, 0)
            passage = passages.get((problem.place.card, problem.excerpt)) if problem.rule.startswith("quot") else None
            alike = number if first and number > 1 else 0
            yield Row(key, group, problem.message, excerpt_of(problem), problem, passage=passage, alike=alike)


def _passages(quotations: Iterable[QuotationCheck]) -> dict[tuple[int | None, str], Passage]:
    """Where sources have the quotations, by the index of the card and the printed words."""
    found: dict[tuple[int | None, str], Passage] = {}
    for check in quotations:
        if check.item is not None and check.start is not None and check.end is not None:
            found.setdefault((check.place.card, check.printed), (check.item, check.start, check.end))
    return found


def _to_write(key: tuple[str, ...], problem: Problem) -> Row:
    return Row(("to write", *key), Group.TO_WRITE, problem.message, problem=problem)


def _passed(passed: Passed) -> Row:
    return Row(("passed", passed.rule, passed.title), Group.PASSED, passed.title, passed.detail, passed=passed)


def _fixable(problems: Iterable[Problem]) -> Counter[str]:
    """How many problems each rule has, for the rules that can mend every one of theirs."""
    by_hand = {problem.rule for problem in problems if problem.fix is None}
    return Counter(problem.rule for problem in problems if problem.rule not in by_hand)


def _waived(key: tuple[str, ...], problem: Problem, waiver: Waiver) -> Row:
    when = f"  ·  {told_time(waiver.given)}" if waiver.given else ""
    return Row(("waived", *key), Group.WAIVED, problem.message, f"Waived: {waiver.reason}{when}", problem, waiver)


def excerpt_of(problem: Problem) -> str:
    """The very words that a problem is about, in marks that are no part of them."""
    words = " ".join(problem.excerpt.split())
    return f"“{words}”" if words else ""


def _keyed(found: Iterable[tuple[Problem, T]]) -> Iterator[tuple[tuple[str, ...], tuple[Problem, T]]]:
    """Each problem under its fingerprint, with a number where several have the same."""
    seen: Counter[str] = Counter()
    for problem, other in found:
        fingerprint = problem.fingerprint
        yield (fingerprint, str(seen[fingerprint])), (problem, other)
        seen[fingerprint] += 1
