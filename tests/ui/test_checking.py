"""The checks beside the writing: one review at a time, the last words always judged, nobody waits for ever."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from workstation.domain.changes import stories_changed
from workstation.ui.checking import LONGEST_WAIT_MS, Checking
from workstation.ui.session import Session
from workstation.workflow.reviewing import Reviewed

STORY = 1


@dataclass
class SlowReviewing:
    """Reviews that end when they are let go; real ones are told apart by what they saw."""

    words: str = ""
    may_end: threading.Event = field(default_factory=threading.Event)
    running: int = 0
    most_at_once: int = 0
    seen: list[str] = field(default_factory=list)

    def review(self, number: int) -> Reviewed:
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        seen = self.words
        self.may_end.wait(5)
        self.running -= 1
        self.seen.append(seen)
        return Reviewed((), (), ())


@pytest.fixture
def session(qtbot: QtBot):
    session = Session()
    yield session
    session.close()


def test_one_review_goes_on_at_a_time_and_the_last_words_are_judged(qtbot: QtBot, session: Session) -> None:
    reviewing = SlowReviewing("first")
    checking = Checking(session, reviewing)  # type: ignore[arg-type]
    session.show_story(STORY)
    qtbot.waitUntil(lambda: reviewing.running == 1)
    for words in ("second", "third", "last"):
        reviewing.words = words
        session.publish(stories_changed(STORY))
        qtbot.wait(150)
    assert reviewing.running == 1
    with qtbot.waitSignals([checking.reviewed] * 2):
        reviewing.may_end.set()
    assert reviewing.seen == ["first", "last"] and reviewing.most_at_once == 1


def test_who_types_without_a_pause_is_told_all_the_same(qtbot: QtBot, session: Session) -> None:
    reviewing = SlowReviewing("typing")
    reviewing.may_end.set()
    checking = Checking(session, reviewing)  # type: ignore[arg-type]
    session.show_story(STORY)
    told: list[object] = []
    checking.reviewed.connect(told.append)
    for _ in range(3 * LONGEST_WAIT_MS // 50):
        session.publish(stories_changed(STORY))
        qtbot.wait(50)
    assert len(told) >= 2


def test_a_review_that_fails_does_not_end_the_checks(qtbot: QtBot, session: Session) -> None:
    reviewing = SlowReviewing("words")
    reviewing.may_end.set()
    real = reviewing.review
    checking = Checking(session, reviewing)  # type: ignore[arg-type]

    def fail(number: int) -> Reviewed:
        raise ValueError("a bug")

    reviewing.review = fail  # type: ignore[method-assign]
    with qtbot.captureExceptions() as raised:
        session.show_story(STORY)
        qtbot.waitUntil(lambda: bool(raised))
    reviewing.review = real  # type: ignore[method-assign]
    with qtbot.waitSignal(checking.reviewed):
        session.publish(stories_changed(STORY))


def test_a_review_that_took_long_comes_less_often_and_still_has_the_last_word(qtbot: QtBot, session: Session) -> None:
    reviewing = SlowReviewing("typing")
    reviewing.may_end.set()
    real = reviewing.review

    def slow(number: int) -> Reviewed:
        time.sleep(0.2)
        return real(number)

    reviewing.review = slow  # type: ignore[method-assign]
    checking = Checking(session, reviewing)  # type: ignore[arg-type]
    with qtbot.waitSignal(checking.reviewed):
        session.show_story(STORY)
    told: list[object] = []
    checking.reviewed.connect(told.append)
    for key in range(24):
        reviewing.words = f"key {key}"
        session.publish(stories_changed(STORY))
        qtbot.wait(50)
    assert len(told) <= 1
    qtbot.waitUntil(lambda: reviewing.seen[-1] == "key 23")
