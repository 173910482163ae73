"""Reviewing: a story is held against its sources and the house's rules before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from workstation.domain.body import LINE_BREAK, Body, Run, canonical
from workstation.domain.changes import Changes, stories_changed
from workstation.domain.problem import Problem, QuotationCheck, Severity, Waiver
from workstation.domain.story import Story
from workstation.errors import BlockedError, InputError
from workstation.store import Store
from workstation.workflow.archive import archive_of
from workstation.workflow.gathering import now
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


def _nothing(_: Story) -> Iterable[Problem]:
    return ()


class Reviewing:
    """The verbs of the checks."""

    def __init__(self, store: Store, writing: Writing, beside: Callable[[Story], Iterable[Problem]] = _nothing) -> None:
        """``beside`` tells what is wrong with a story outside of its text, such as the house that it names."""
        self._store = store
        self._writing = writing
        self._beside = beside

    def review(self, number: int, story: Story | None = None) -> Reviewed:
        """Check ``story``, by default as it stands on the screen, under the waivers given for the story ``number``."""
        from workstation.review import check  # noqa: PLC0415 - the window is painted before a story is checked
        from workstation.review.embargo import embargo  # noqa: PLC0415 - the same

        story = self._writing.story(number) if story is None else story
        kept = archive_of(self._store, story.item_ids)
        found = check(story, kept.items, quotes=self._store.quotes.all_of(story.quote_ids), versions=kept.versions)
        problems = (*embargo(story, now()), *found.problems, *self._beside(story))
        waivers = {waiver.fingerprint: waiver for waiver in self._store.stories.waivers(number)}
        standing = sorted(
            (problem for problem in problems if problem.fingerprint not in waivers),
            key=lambda problem: problem.severity is not Severity.BLOCKER,  # blockers first, else in the order of the story
        )
        waived = tuple((p, waivers[p.fingerprint]) for p in problems if p.fingerprint in waivers)
        return Reviewed(tuple(standing), waived, found.quotations)

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
        story, fix, place = self._writing.story(number), problem.fix, problem.place
        if fix is not None and place.field == "news":
            mended = replace(story, news=_with_replaced_words(story.news, fix.old, fix.new))
            return self._writing.edit(number, mended, label=fix.label, spot=Spot("news"))
        if fix is None or place.field != "body" or place.card is None or place.card >= len(story.signals):
            raise InputError("Nothing was changed", "This has to be mended by hand.")
        signal = story.signals[place.card]
        mended = story.with_changed_card(replace(signal, body=_with_replaced_words(signal.body, fix.old, fix.new)))
        return self._writing.edit(number, mended, label=fix.label, spot=Spot("body", signal.key))


def _told(problem: Problem) -> str:
    excerpt = f" “{problem.excerpt}”" if problem.excerpt else ""
    return f"{problem.place.label}: {problem.message}{excerpt}"


def _waiver(problem: Problem, reason: str) -> Waiver:
    if not reason.strip():
        raise InputError("Not waived", "A blocker is waived only with a reason.")
    return Waiver(problem.fingerprint, reason.strip())


def _with_replaced_words(body: Body, old: str, new: str) -> Body:
    """The body with the first ``old`` replaced; new words take the marks of the first one that they replace.

    Both are lines of the body's plain text: a line never leaves its block.

    Raises:
        InputError: ``old`` does not stand in the body.
    """
    at = body.text.find(old)
    lines, mended = old.split(LINE_BREAK), new.split(LINE_BREAK)
    if at < 0 or len(lines) != len(mended):
        raise InputError("Nothing was changed", "The words have changed meanwhile.")
    blocks = list(body.blocks)
    end = at + len(old)
    for line, mended_line in zip(reversed(lines), reversed(mended), strict=True):
        if line != mended_line:
            index, start = _block_at(body, end - len(line))
            before, after = _equal_ends(line, mended_line)
            words = mended_line[before : len(mended_line) - after]
            runs = _spliced(blocks[index].runs, start + before, start + len(line) - after, words)
            blocks[index] = replace(blocks[index], runs=runs)
        end -= len(line) + 1
    return canonical(blocks)


def _equal_ends(old: str, new: str) -> tuple[int, int]:
    """How many code points at the beginning and at the end are equal, so that marks there stay; one of ``old`` is left over."""
    before = min(_equal_beginning(old, new), len(old) - 1)
    after = min(_equal_beginning(old[before:][::-1], new[before:][::-1]), len(old) - before - 1)
    return before, after


def _equal_beginning(left: str, right: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _block_at(body: Body, at: int) -> tuple[int, int]:
    """The block that holds code point ``at`` of the body's plain text, and the code point inside it."""
    for index, block in enumerate(body.blocks):
        if at <= len(block.text):
            return index, at
        at -= len(block.text) + 1
    raise IndexError(at)


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
