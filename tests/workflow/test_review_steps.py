"""Any order of writing, mending, waiving, tying, undoing, saving and starting again loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from workstation.domain.body import read_html
from workstation.domain.claim import ClaimCheck
from workstation.domain.problem import Problem
from workstation.domain.story import SignalCard, Story
from workstation.errors import InputError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

from .conftest import MakeDesk, page
from .test_quoting import place

PASSAGES = ("a queue of 61 barges", "lock")
TEXTS = (
    "<p>It rains. Sixty barges lie before the the lock. It snows “for ever.</p>",
    "<p>Sixty barges lie before the lock, “a queue of 62 barges” .</p><p>It snows.</p>",
    "<p>It rains. Seventy barges lie at the the lock. The the end.</p>",
    "",
)


class Checking(RuleBasedStateMachine):
    """Random work on one story and its checks, beside what a perfect memory would hold."""

    make: Callable[[], tuple[Callable[[], Desk], str]]

    @initialize()
    def begin(self) -> None:
        self.again, self.item = self.make()
        self.desk = self.again()
        body = read_html(TEXTS[0]).body
        self.number = self.desk.store.stories.add(Story(slug="lock", headline="", news=body, signals=(SignalCard(body=body),)))
        self.past: list[Story] = [self.story]
        self.future: list[Story] = []
        self.waived: dict[str, str] = {}

    @property
    def story(self) -> Story:
        return self.desk.writing.story(self.number)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.desk.reviewing.review(self.number).problems

    @property
    def claims(self) -> tuple[ClaimCheck, ...]:
        return self.desk.reviewing.review(self.number).claims

    def _changed(self) -> None:
        if self.story != self.past[-1]:
            self.past.append(self.story)
            self.future.clear()

    @rule(at=st.integers(0, 3), in_card=st.booleans())
    def write(self, at: int, in_card: bool) -> None:
        body = read_html(TEXTS[at]).body
        story = self.story
        changed = story.with_changed_card(replace(story.signals[0], body=body)) if in_card else replace(story, news=body)
        self.desk.writing.edit(self.number, changed, label="Typing", spot=Spot("news"))
        self._changed()

    @rule(at=st.integers(0, 20))
    def mend(self, at: int) -> None:
        found = [problem for problem in self.problems if problem.fix]
        if found:
            self.desk.reviewing.mend(self.number, found[at % len(found)])
            self._changed()

    @rule()
    def mend_all(self) -> None:
        with suppress(InputError):
            self.desk.reviewing.mend_all(self.number, self.problems)
        self._changed()

    @rule(at=st.integers(0, 20), reason=st.sampled_from(["because", "it is so"]))
    def waive(self, at: int, reason: str) -> None:
        problem = self.problems[at % len(self.problems)] if self.problems else None
        if problem:
            self.desk.reviewing.waive(self.number, problem, reason)
            self.waived[problem.fingerprint] = reason

    @rule(at=st.integers(0, 20))
    def withdraw(self, at: int) -> None:
        if self.waived:
            fingerprint = sorted(self.waived)[at % len(self.waived)]
            self.desk.reviewing.withdraw_waiver(self.number, fingerprint)
            del self.waived[fingerprint]

    @rule(at=st.integers(0, 20), passage=st.sampled_from(PASSAGES))
    def tie(self, at: int, passage: str) -> None:
        if self.claims:
            check = self.claims[at % len(self.claims)]
            card = None if check.place.card is None else self.story.signals[check.place.card].key
            self.desk.claiming.tie(self.number, card, check.words, self.item, *place(self.desk, self.item, passage))
            self._changed()

    @rule(at=st.integers(0, 20))
    def untie(self, at: int) -> None:
        ties = [(None, claim) for claim in self.story.claims]
        ties += [(card.key, claim) for card in self.story.signals for claim in card.claims]
        if ties:
            self.desk.claiming.untie(self.number, *ties[at % len(ties)])
            self._changed()

    @rule(at=st.integers(0, 20))
    def accept(self, at: int) -> None:
        if self.claims:
            with suppress(InputError):
                self.desk.claiming.accept(self.number, self.claims[at % len(self.claims)])
            self._changed()

    @rule(caret=st.integers(0, 80), in_card=st.booleans())
    def translate(self, caret: int, in_card: bool) -> None:
        card = self.story.signals[0].key if in_card else None
        with suppress(InputError):
            self.desk.quoting.translate(self.number, card, caret, (self.item, *place(self.desk, self.item, PASSAGES[0])))
        self._changed()

    @rule()
    def undo(self) -> None:
        assert (self.desk.writing.undo(self.number) is not None) == (len(self.past) > 1)
        if len(self.past) > 1:
            self.future.append(self.past.pop())

    @rule()
    def redo(self) -> None:
        assert (self.desk.writing.redo(self.number) is not None) == bool(self.future)
        if self.future:
            self.past.append(self.future.pop())

    @rule()
    def save(self) -> None:
        self.desk.writing.save(self.number)
        assert self.desk.store.stories.get(self.number) == self.past[-1]

    @rule()
    def start_again(self) -> None:
        self.desk.writing.save_all()
        self.desk.store.close()
        self.desk = self.again()

    @invariant()
    def holds_what_it_should(self) -> None:
        assert self.story == self.past[-1]
        assert {waiver.fingerprint: waiver.reason for waiver in self.desk.store.stories.waivers(self.number)} == self.waived
        ties = [*self.story.claims, *(claim for card in self.story.signals for claim in card.claims)]
        assert self.desk.store.quotes.all_of([claim.quote for claim in ties]).keys() == {claim.quote for claim in ties}

    def teardown(self) -> None:
        while self.desk.writing.undo(self.number):
            pass
        assert self.story == self.past[0]
        for _ in self.past[1:]:
            self.desk.writing.redo(self.number)
        assert self.story == self.past[-1]
        assert self.desk.store.check() == []
        self.desk.store.close()


def test_any_order_of_the_verbs_of_a_review_is_undone_kept_and_sound(make_desk: MakeDesk, tmp_path) -> None:
    file = tmp_path / "lock.html"
    file.write_bytes(page(head='<link rel="canonical" href="https://harbourgazette.example/lock">'))
    made: list[str] = []

    class Machine(Checking):
        def make(self) -> tuple[Callable[[], Desk], str]:
            made.append(f"{len(made)}.db")
            name = made[-1]
            desk = make_desk(name, offline=True)
            item = desk.gathering.capture_file(file).items[0]
            desk.store.close()
            return lambda: make_desk(name, offline=True), item

    run_state_machine_as_test(Machine, settings=settings(max_examples=20, stateful_step_count=25, deadline=None))
