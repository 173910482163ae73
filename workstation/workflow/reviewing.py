"""Reviewing: a story is held against its sources and the house's rules before it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workstation.domain.body import Body, Run, canonical
from workstation.domain.changes import Changes, stories_changed
from workstation.domain.item import Item
from workstation.domain.problem import Problem, QuotationCheck, Severity, Waiver
from workstation.errors import BlockedError, InputError
from workstation.review import check
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review found: problems that stand, problems that were waived with their reasons, every quotation compared."""

    problems: tuple[Problem, ...]
    waived: tuple[tuple[Problem, Waiver], ...]
    quotations: tuple[QuotationCheck, ...]

    @property
    def blockers(self) -> tuple[Problem, ...]:
        """The problems that stop the export."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.BLOCKER)


class Reviewing:
    """The verbs of the checks."""

    def __init__(self, store: Store, writing: Writing) -> None:
        self._store = store
        self._writing = writing

    def review(self, number: int) -> Reviewed:
        """Check a story as it stands on the screen."""
        story = self._writing.story(number)
        found = check(story, self._items(story.item_ids), quotes=self._store.quotes.all_of(story.quote_ids))
        waivers = {waiver.fingerprint: waiver for waiver in self._store.stories.waivers(number)}
        standing = tuple(problem for problem in found.problems if problem.fingerprint not in waivers)
        waived = tuple((p, waivers[p.fingerprint]) for p in found.problems if p.fingerprint in waivers)
        return Reviewed(standing, waived, found.quotations)

    def require_clear(self, number: int) -> Reviewed:
        """The review of a story that may be exported.

        Raises:
            BlockedError: a blocker stands.
        """
        reviewed = self.review(number)
        if reviewed.blockers:
            told = " ".join(f"{problem.place.label}: {problem.message}" for problem in reviewed.blockers)
            count = len(reviewed.blockers)
            title = "A blocker stands" if count == 1 else f"{count} blockers stand"
            raise BlockedError(title, f"{told} Mend it, or waive it with a reason.")
        return reviewed

    def waive(self, number: int, problem: Problem, reason: str) -> Changes:
        """Let a blocker pass, with a reason that is kept.

        Raises:
            InputError: no reason was given.
        """
        if not reason.strip():
            raise InputError("Not waived", "A blocker is waived only with a reason.")
        self._store.stories.waive(number, Waiver(problem.fingerprint, reason.strip()))
        return stories_changed(number)

    def withdraw_waiver(self, number: int, fingerprint: str) -> Changes:
        """Let a waived blocker stand again."""
        self._store.stories.withdraw_waiver(number, fingerprint)
        return stories_changed(number)

    def mend(self, number: int, problem: Problem) -> Changes:
        """Apply the fix of a problem, as a step that can be undone.

        Raises:
            InputError: the problem has no fix, or the words it is about are gone.
        """
        story = self._writing.story(number)
        card = problem.place.card
        if problem.fix is None or card is None or card >= len(story.signals) or problem.place.field != "body":
            raise InputError("Nothing was changed", "This has to be mended by hand.")
        signal = story.signals[card]
        body = _with_replaced_words(signal.body, problem.fix.old, problem.fix.new)
        spot = Spot("body", signal.key)
        return self._writing.edit(number, story.with_changed_card(replace(signal, body=body)), label=problem.fix.label, spot=spot)

    def _items(self, ids: Iterable[str]) -> dict[str, Item]:
        """The items of these ids that the store has; a story from elsewhere may name others."""
        return {item: self._store.items.get(item) for item in ids if self._store.items.has(item)}


def _with_replaced_words(body: Body, old: str, new: str) -> Body:
    """The body with the first ``old`` replaced; the new words take the marks of the first old one.

    Raises:
        InputError: ``old`` does not stand in the body.
    """
    for index, block in enumerate(body.blocks):
        at = block.text.find(old)
        if at >= 0:
            runs = _spliced(block.runs, at, at + len(old), new)
            return canonical((*body.blocks[:index], replace(block, runs=runs), *body.blocks[index + 1 :]))
    raise InputError("Nothing was changed", "The words have changed meanwhile.")


def _spliced(runs: tuple[Run, ...], start: int, end: int, new: str) -> tuple[Run, ...]:
    spliced: list[Run] = []
    position = 0
    for run in runs:
        before = run.text[: max(0, start - position)]
        after = run.text[max(0, end - position) :]
        begins_here = position <= start < position + len(run.text)
        spliced.append(replace(run, text=before + (new if begins_here else "") + after))
        position += len(run.text)
    return tuple(run for run in spliced if run.text)
