"""Reviewing: a story is held against its sources and the house's rules before it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.changes import Changes, stories_changed
from workstation.domain.mending import mended
from workstation.domain.problem import Passed, Problem, QuotationCheck, Severity, Waiver
from workstation.domain.story import Story
from workstation.errors import BlockedError, InputError
from workstation.store import Store
from workstation.workflow.archive import archive_of, with_items
from workstation.workflow.backgrounds import Backgrounds
from workstation.workflow.gathering import now
from workstation.workflow.history import Spot
from workstation.workflow.publications import Publications
from workstation.workflow.witnesses import Witnesses
from workstation.workflow.writing import Writing


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review found: problems that stand, those waived with their reasons, every quotation compared, what is in order."""

    problems: tuple[Problem, ...]
    waived: tuple[tuple[Problem, Waiver], ...]
    quotations: tuple[QuotationCheck, ...]
    passes: tuple[Passed, ...] = ()

    @property
    def blockers(self) -> tuple[Problem, ...]:
        """The problems that stop the export."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.BLOCKER)

    def require_clear(self) -> None:
        """Let a story out that nothing blocks.

        Raises:
            BlockedError: a blocker stands.
        """
        if self.blockers:
            told = " ".join(_told(problem) for problem in self.blockers)
            count = len(self.blockers)
            title = "A blocker stands" if count == 1 else f"{count} blockers stand"
            raise BlockedError(title, f"{told} Mend it, or waive it with a reason.")

    def waivers(self, reason: str) -> tuple[Waiver, ...]:
        """What lets every blocker that stands pass for this reason.

        Raises:
            InputError: no reason was given.
        """
        return tuple(_waiver(problem, reason) for problem in self.blockers)


class Reviewing:
    """The verbs of the checks."""

    def __init__(self, store: Store, writing: Writing, houses: Publications) -> None:
        self._store = store
        self._writing = writing
        self._houses = houses
        self._backgrounds = Backgrounds(store, houses)
        self._witnesses = Witnesses(store)

    def review(self, number: int, story: Story | None = None) -> Reviewed:
        """Check ``story``, by default as it stands on the screen, under the waivers given for the story ``number``."""
        from workstation.review import check  # noqa: PLC0415 - the window is painted before a story is checked
        from workstation.review.embargo import embargo  # noqa: PLC0415 - the same

        story = self._writing.story(number) if story is None else story
        story = with_items(self._store, story)
        kept = archive_of(self._store, story.item_ids)
        background = self._backgrounds.of(story, kept, number)
        found = check(story, kept.items, background)
        witnesses = self._witnesses.of(one.printed for one in found.quotations if one.is_nowhere)
        if witnesses:
            found = check(story, {**witnesses, **kept.items}, background)
        problems = (*embargo(story, now()), *found.problems, *self._houses.problems(story))
        waivers = {waiver.fingerprint: waiver for waiver in self._store.stories.waivers(number)}
        standing = sorted(
            (problem for problem in problems if problem.fingerprint not in waivers),
            key=lambda problem: problem.severity is not Severity.BLOCKER,  # blockers first, else in the order of the story
        )
        waived = tuple((p, waivers[p.fingerprint]) for p in problems if p.fingerprint in waivers)
        return Reviewed(tuple(standing), waived, found.quotations, found.passes)

    def require_clear(self, number: int) -> Reviewed:
        """The review of a story that may be exported.

        Raises:
            BlockedError: a blocker stands.
        """
        reviewed = self.review(number)
        reviewed.require_clear()
        return reviewed

    def waive(self, number: int, problem: Problem, reason: str) -> Changes:
        """Let a blocker pass, with a reason that is kept.

        Raises:
            InputError: no reason was given.
        """
        self._store.stories.waive(number, _waiver(problem, reason))
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
        story, place = self._writing.story(number), problem.place
        if problem.fix is None:
            raise InputError("Nothing was changed", "This has to be mended by hand.")
        if place.field == "slug":  # no other story may have it
            return self._writing.rename(number, problem.fix.new)
        key = story.signals[place.card].key if place.card is not None and place.card < len(story.signals) else None
        changed = mended(story, place, problem.fix)
        return self._writing.edit(number, changed, label=problem.fix.label, spot=Spot(place.field, key))


def _told(problem: Problem) -> str:
    excerpt = f" “{problem.excerpt}”" if problem.excerpt else ""
    return f"{problem.place.label}: {problem.message}{excerpt}"


def _waiver(problem: Problem, reason: str) -> Waiver:
    if not reason.strip():
        raise InputError("Not waived", "A blocker is waived only with a reason.")
    return Waiver(problem.fingerprint, reason.strip())
