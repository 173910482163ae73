"""Reviewing: a story is held against its sources and the house's rules before it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from workstation.domain.changes import Changes, stories_changed
from workstation.domain.claim import ClaimCheck
from workstation.domain.mending import mended
from workstation.domain.problem import Fix, Passed, Place, Problem, QuotationCheck, Severity, Waiver, story_order
from workstation.domain.story import Story
from workstation.errors import BlockedError, InputError
from workstation.store import Store
from workstation.workflow.archive import archive_of, items_beside, with_items
from workstation.workflow.backgrounds import Backgrounds
from workstation.workflow.gathering import now
from workstation.workflow.history import Spot
from workstation.workflow.house_styles import HouseStyles
from workstation.workflow.perspectives import Perspectives
from workstation.workflow.publications import Publications
from workstation.workflow.witnesses import Witnesses
from workstation.workflow.writing import Writing

REASONS_OFFERED = 8
GAPS = frozenset(("headline", "empty-text", "region", "card-headline", "card-sources"))
"""The rules that tell what every story lacks at first."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review found: problems that stand, and those that were waived with their reasons; the rest is as in ``Review``."""

    problems: tuple[Problem, ...]
    waived: tuple[tuple[Problem, Waiver], ...]
    quotations: tuple[QuotationCheck, ...]
    passes: tuple[Passed, ...] = ()
    claims: tuple[ClaimCheck, ...] = ()
    is_begun: bool = True

    @property
    def to_write(self) -> tuple[Problem, ...]:
        """Those of the problems that are no fault yet: what a story lacks in which no sentence stands."""
        return () if self.is_begun else tuple(problem for problem in self.problems if problem.rule in GAPS)

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems that are told as such while the story is written."""
        return self.problems if self.is_begun else tuple(problem for problem in self.problems if problem.rule not in GAPS)

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

    def __init__(self, store: Store, writing: Writing, houses: Publications, styles: HouseStyles) -> None:
        self._store = store
        self._writing = writing
        self._houses = houses
        self._styles = styles
        self._backgrounds = Backgrounds(store, houses, styles)
        self._witnesses = Witnesses(store)
        self.perspectives = Perspectives(store, writing, self._backgrounds)

    def review(self, number: int, story: Story | None = None) -> Reviewed:
        """Check ``story``, by default as it stands on the screen, under the waivers given for the story ``number``."""
        from workstation.review import check  # noqa: PLC0415 - the window is painted before a story is checked
        from workstation.review.embargo import embargo  # noqa: PLC0415 - the same

        story = self._writing.story(number) if story is None else story
        story = with_items(self._store, story)
        kept = archive_of(self._store, (*story.item_ids, *items_beside(self._store, story)))
        background = self._backgrounds.of(story, kept, number)
        found = check(story, kept.items, background)
        witnesses = self._witnesses.of(one.printed for one in found.quotations if one.is_untrue)
        if witnesses:
            found = check(story, {**witnesses, **kept.items}, background)
        problems = (*embargo(story, now()), *found.problems, *self._houses.problems(story), *self._styles.problems(story))
        waivers = {waiver.fingerprint: waiver for waiver in self._store.stories.waivers(number)}
        standing = sorted(
            (problem for problem in problems if problem.fingerprint not in waivers),
            key=lambda problem: problem.severity is not Severity.BLOCKER,  # blockers first, else in the order of the story
        )
        waived = tuple((p, waivers[p.fingerprint]) for p in problems if p.fingerprint in waivers)
        return Reviewed(tuple(standing), waived, found.quotations, found.passes, found.claims, is_begun=story.words > 0)

    def require_clear(self, number: int) -> Reviewed:
        """The review of a story that may be exported.

        Raises:
            BlockedError: a blocker stands.
        """
        reviewed = self.review(number)
        reviewed.require_clear()
        return reviewed

    def waive(self, number: int, problem: Problem, reason: str) -> Changes:
        """Let a problem pass, with a reason that is kept.

        Raises:
            InputError: no reason was given.
        """
        self._store.stories.waive(number, _waiver(problem, reason))
        return stories_changed(number)

    def withdraw_waiver(self, number: int, fingerprint: str) -> Changes:
        """Let a waived problem stand again."""
        self._store.stories.withdraw_waiver(number, fingerprint)
        return stories_changed(number)

    def last_reasons(self) -> list[str]:
        """The reasons that problems of any story were waived for, the last one first."""
        return self._store.stories.waiver_reasons(REASONS_OFFERED)

    def mend(self, number: int, problem: Problem) -> Changes:
        """Apply the fix of a problem, as a step that can be undone.

        Raises:
            InputError: the problem has no fix, or the words it is about are gone.
        """
        story = self._writing.story(number)
        if problem.fix is None:
            raise InputError("Nothing was changed", "This has to be mended by hand.")
        if problem.place.field == "slug":  # no other story may have it
            return self._writing.rename(number, problem.fix.new)
        changed = mended(story, problem.place, problem.fix)
        return self._writing.edit(number, changed, label=problem.fix.label, spot=_spot(story, problem.place, problem.fix))

    def mend_all(self, number: int, problems: Iterable[Problem]) -> Changes:
        """Apply the fixes of these problems as one step that can be undone.

        The last place comes first, so that those before it stay where they are. A fix that would touch what another one has
        changed, or whose words are gone, is left out: the next review tells it again.

        Raises:
            InputError: none of them could be applied.
        """
        before = story = self._writing.story(number)
        done: list[tuple[Place, Fix]] = []
        for place, fix in sorted(_with_fixes(problems), key=_from_the_end, reverse=True):
            if not any(_touch(place, fix, *other) for other in done):
                with suppress(InputError):
                    story = mended(story, place, fix)
                    done.append((place, fix))
        if not done:
            raise InputError("Nothing was changed", "The words have changed meanwhile, or this has to be mended by hand.")
        label = done[-1][1].label if len(done) == 1 else f"{len(done)} corrections"
        return self._writing.edit(number, story, label=label, spot=_spot(before, *done[-1]))


def _spot(story: Story, place: Place, fix: Fix) -> Spot:
    """Where a fix happens, with the caret behind its words."""
    if place.field == "lead_image":
        return Spot(place.part or place.field)
    key = story.signals[place.card].key if place.card is not None and place.card < len(story.signals) else None
    return Spot(place.field, key, None if fix.start is None else fix.start + len(fix.new))


def _with_fixes(problems: Iterable[Problem]) -> list[tuple[Place, Fix]]:
    return [(problem.place, problem.fix) for problem in problems if problem.fix is not None]


def _from_the_end(mend: tuple[Place, Fix]) -> tuple[tuple[int, int, int, int], int]:
    place, fix = mend
    start = -1 if fix.start is None else fix.start
    return story_order(replace(place, at=start)), start


def _touch(place: Place, fix: Fix, other: Place, other_fix: Fix) -> bool:
    """Whether two fixes change the same words, or are one."""
    if replace(place, at=None, until=None) != replace(other, at=None, until=None):
        return False
    span, other_span = _span(place, fix), _span(other, other_fix)
    if span is None or other_span is None:
        return (fix.old, fix.new) == (other_fix.old, other_fix.new)
    return span[0] < max(other_span) and other_span[0] < max(span)


def _span(place: Place, fix: Fix) -> tuple[int, int] | None:
    """The code points that a fix changes; None for one that tells no place in its text."""
    if fix.start is not None:
        return fix.start, fix.start + max(1, len(fix.old))
    return None if place.at is None else (place.at, max(place.at + 1, place.until or 0))


def _told(problem: Problem) -> str:
    excerpt = f" “{problem.excerpt}”" if problem.excerpt else ""
    return f"{problem.place.label}: {problem.message}{excerpt}"


def _waiver(problem: Problem, reason: str) -> Waiver:
    if not reason.strip():
        raise InputError("Not waived", "A problem is waived only with a reason.")
    return Waiver(problem.fingerprint, reason.strip())
