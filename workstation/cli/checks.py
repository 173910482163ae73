"""The verbs of a review: problems, fixes, waivers, what sentences rest on, whose voices a story has."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from workstation.cli.fields import claim_fields, pass_fields, problem_fields, quotation_fields
from workstation.cli.telling import DONE, NO, harmless, say, tell
from workstation.domain.problem import Passed, QuotationCheck
from workstation.domain.wording import counted
from workstation.errors import NotFoundError
from workstation.workflow.desk import Desk
from workstation.workflow.meaning_worker import MeaningError
from workstation.workflow.perspective_words import perspective_fields, perspective_lines
from workstation.workflow.reviewing import Reviewed


def review(desk: Desk, call: argparse.Namespace) -> int:
    """Tell what stands between a story and its export, or what its words rest on; no while a blocker stands."""
    number = desk.writing.id_of(call.slug)
    if call.fix is not None:
        _apply_fixes(desk, number, call.fix)
    reviewed = desk.reviewing.review(number)
    if call.claims:
        return _claims(reviewed, call)
    if call.quotations:
        return _quotations(reviewed, call)
    for problem in reviewed.problems:
        tell(call, problem_fields(problem), f"{problem.severity.value}: {problem.place}: {problem.message}")
    for problem, waiver in reviewed.waived:
        line = f"waived: {problem.place}: {problem.message} ({waiver.reason})"
        if call.all:
            tell(call, problem_fields(problem) | {"waived": waiver.reason}, line)
        else:
            say(line)
    _tell_passes(call, reviewed.passes)
    if not reviewed.problems:
        say("Nothing stands between the story and its export.")
    return NO if reviewed.blockers else DONE


def _tell_passes(call: argparse.Namespace, passes: Iterable[Passed]) -> None:
    """What is in order: for people always, on standard error; as lines of JSON only when asked for."""
    for passed in passes:
        told = f"{passed.title} ({passed.detail})" if passed.detail else passed.title
        if not call.json:
            say(f"in order: {told}")
        elif call.all:
            tell(call, pass_fields(passed), told)


def _claims(reviewed: Reviewed, call: argparse.Namespace) -> int:
    for check in reviewed.claims:
        tell(call, claim_fields(check), f"{check.state.value}: {check.place}: {check.words}")
    say(f"{sum(check.rests for check in reviewed.claims)} of {len(reviewed.claims)} sentences rest on a passage.")
    return DONE


def _quotations(reviewed: Reviewed, call: argparse.Namespace) -> int:
    for check in reviewed.quotations:
        tell(call, quotation_fields(check), f"{check.grade.value}: {check.place}: {check.printed}{_difference(check)}")
    true = sum(check.grade.is_true for check in reviewed.quotations)
    say(f"{true} of {counted(len(reviewed.quotations), 'quotation')} match their sources.")
    return DONE


def _difference(check: QuotationCheck) -> str:
    """What was folded to find a quotation, or which of its words differ: from the source, or from the kept translation."""
    told = [*check.folded, *(_told(printed, kept) for printed, kept in check.differing)]
    return f" ({', '.join(told)})" if told else ""


def _told(printed: str, kept: str) -> str:
    if not kept:
        return f"“{printed}” is not there"
    return f"“{printed}” is “{kept}” there" if printed else f"“{kept}” is left out"


def _apply_fixes(desk: Desk, number: int, rule: str) -> None:
    """Apply every fix, or those of one rule, as one step that the window can take back."""
    every = [problem for problem in desk.reviewing.review(number).problems if problem.fix is not None]
    fixable = [problem for problem in every if rule in ("", problem.rule)]
    if fixable:
        desk.reviewing.mend_all(number, fixable)
        desk.writing.save(number)
    told = f" of the rule “{rule}”" if rule else ""
    others = ", ".join(sorted({problem.rule for problem in every})) if not fixable else ""
    say(f"{counted(len(fixable), 'problem')}{told} had a fix.{f' Rules that have one: {others}.' if others else ''}")


def waive(desk: Desk, call: argparse.Namespace) -> int:
    """Waive a problem, or with --withdraw let it stand again; its fingerprint is told by the review."""
    number = desk.writing.id_of(call.slug)
    reviewed = desk.reviewing.review(number)
    known = {problem.fingerprint: problem for problem in (*reviewed.problems, *(waived for waived, _ in reviewed.waived))}
    problem = known.get(call.fingerprint)
    if problem is None:
        mend = f"“workstation review {call.slug} --json” tells the fingerprints."
        raise NotFoundError("There is no such problem", f"None of “{call.slug}” is {call.fingerprint}. {mend}")
    if call.reason is None:
        desk.reviewing.withdraw_waiver(number, problem.fingerprint)
        tell(call, problem_fields(problem), f"stands again: {problem.place}: {problem.message}")
    else:
        desk.reviewing.waive(number, problem, call.reason)
        tell(call, problem_fields(problem) | {"waived": call.reason.strip()}, f"waived: {problem.place}: {problem.message}")
    return DONE


def perspective(desk: Desk, call: argparse.Namespace) -> int:
    """Counts of a story, and unread items that could widen it; meanings of items that nobody has read yet are read first."""
    number = desk.writing.id_of(call.slug)
    perspectives = desk.perspectives
    waiting = perspectives.meanings.waiting()
    if waiting and not desk.is_read_only:
        say(f"Reading what {waiting} items are about (once; what is read stays read).")
        try:
            perspectives.meanings.read_all()
        except MeaningError as error:
            say(f"{error} Items are compared by their words alone.")
    perspective, related = perspectives.of(number), perspectives.related(number)
    if call.json:
        tell(call, perspective_fields(perspective, related), "")
        return DONE
    for line in perspective_lines(perspective, related):
        print(harmless(line))
    return DONE
