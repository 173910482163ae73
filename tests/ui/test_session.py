"""The session: one word for what changed, work beside the window's thread, and no lost references."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from time import monotonic

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from workstation.domain.changes import NOTHING, Changes, stories_changed
from workstation.errors import Cancelled, FetchError
from workstation.ingest.worker import ReadingWorker
from workstation.ui.inbox.steps import Steps
from workstation.ui.session import WORKERS, Session, Task


@pytest.fixture
def session(qapp) -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


def test_what_changed_is_told_once_with_who_changed_it(session):
    told = []
    session.changed.connect(lambda *words: told.append(words))
    initiator = object()
    session.publish(stories_changed(3), initiator)
    session.publish(NOTHING, initiator)
    assert told == [(stories_changed(3), initiator)]


def test_the_card_under_the_hands_is_told_when_it_changes_and_forgotten_with_the_story(session):
    told = []
    session.card_shown.connect(told.append)
    for key in ("a", "a", "b", None):
        session.show_card(key)
    assert told == ["a", "b", ""]
    session.show_card("a")
    session.show_story(2)
    assert (session.story, session.card) == (2, None)


def test_work_goes_on_beside_the_window_s_thread_and_its_result_comes_back_into_it(session, qtbot):
    threads = []
    session.run(lambda _: threading.current_thread(), lambda worked: threads.extend([worked, threading.current_thread()]))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_who_ran_work_hears_of_its_end_however_quickly_it_ended(session, qtbot, monkeypatch):
    submit = ThreadPoolExecutor.submit

    def ended(self, *work):
        future = submit(self, *work)
        wait([future])
        return future

    monkeypatch.setattr(ThreadPoolExecutor, "submit", ended)
    told = []
    task = session.run(lambda _: "done", told.append)
    task.ended.connect(lambda: told.append("ended"))
    assert told == []
    qtbot.waitUntil(lambda: told == ["ended", "done"])


def test_a_foreseen_failure_is_said_with_its_cause_and_mend(session, qtbot):
    said = []
    session.said.connect(lambda *words: said.append(words))

    def work(_task: Task) -> None:
        raise FetchError("Not fetched", "There is no network. Try again later.")

    session.run(work)
    qtbot.waitUntil(lambda: said == [("Not fetched. There is no network. Try again later.", "bad")])


def test_a_failure_goes_to_the_one_who_asked_for_it(session, qtbot):
    failures = []

    def work(_task: Task) -> None:
        raise FetchError("Not fetched")

    session.run(work, failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 1)


def test_cancelled_work_answers_nobody_but_ends(session, qtbot):
    answers, begun = [], threading.Event()

    def work(task: Task) -> str:
        begun.set()
        while not task.is_cancelled:
            threading.Event().wait(0.01)
        raise Cancelled

    task = session.run(work, answers.append, failed=answers.append)
    with qtbot.waitSignal(task.ended):
        begun.wait(2)
        task.cancel()
    assert answers == []


def test_progress_is_told_in_the_window_s_thread(session, qtbot):
    told, go = [], threading.Event()

    def work(task: Task) -> None:
        go.wait(2)
        task.report(1, 3)
        task.report(2)

    task = session.run(work)
    task.progressed.connect(lambda *words: told.append((*words, threading.current_thread())))
    go.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [(1, 3, threading.main_thread()), (2, 0, threading.main_thread())]


def test_a_bug_is_raised_where_it_is_seen(session, qtbot):
    with qtbot.captureExceptions() as bugs:
        session.run(lambda _: 1 / 0)
        qtbot.waitUntil(lambda: bool(bugs))
    assert bugs[0][0] is ZeroDivisionError


def test_urgent_work_does_not_wait_behind_captures(session, qtbot):
    held, answers = threading.Event(), []
    for _ in range(10):
        session.run(lambda _: held.wait(5))
    session.run(lambda _: "saved", answers.append, urgent=True)
    qtbot.waitUntil(lambda: answers == ["saved"], timeout=2_000)
    held.set()


def test_closing_ends_the_work_and_nothing_begins_after_it(session, qtbot):
    answers, begun = [], threading.Event()

    def work(task: Task) -> None:
        begun.set()
        while not task.is_cancelled:
            threading.Event().wait(0.01)

    session.run(work, answers.append)
    begun.wait(2)
    session.close()
    assert session.run(lambda _: answers.append("late")).is_cancelled
    qtbot.wait(20)
    assert answers == []


class Bell(QObject):
    rung = Signal(object)


def test_a_thousand_calls_and_signals_lose_no_references(session):
    """PySide6 6.12.0 on Python 3.11 loses one at each call that returns nothing, until the interpreter aborts."""
    bell, edit = Bell(), QTextEdit()
    cursor = QTextCursor(edit.document())
    heard = []
    bell.rung.connect(heard.append)
    before = [sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)]
    for turn in range(1000):
        bell.rung.emit(turn)
        session.changed.emit(Changes(), None)
        edit.setEnabled(True)
        cursor.insertText("x")
        slot = bell.rung.connect(edit.update)
        bell.rung.disconnect(slot)
    after = [sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)]
    assert len(heard) == 1000
    assert all(abs(now - then) < 50 for now, then in zip(after, before, strict=True)), (before, after)


def test_stopping_cancels_without_waiting_and_begins_nothing_more(session, qtbot):
    going_on, held = threading.Event(), threading.Event()

    def work(_task: Task) -> None:
        going_on.set()
        held.wait(20)

    task = session.run(work)
    going_on.wait(20)
    session.stop()
    assert task.is_cancelled
    assert session.run(work).is_cancelled
    held.set()


def test_closing_during_a_reading_does_not_wait_for_it(session, monkeypatch):
    """What the start of the window does at the end: stop, end the reader, then wait for the threads."""
    worker = ReadingWorker()
    worker.start()
    os.kill(worker._process.pid, signal.SIGSTOP)  # a page that is read for ever
    begun = threading.Event()

    def work(_task: Task) -> None:
        begun.set()
        worker.read(b"<p>x</p>", captured=datetime.now(UTC), name="x.html")

    session.run(work)
    begun.wait(20)
    started = monotonic()
    session.stop()
    worker.close()
    session.close()
    assert monotonic() - started < 10


def test_what_the_editor_did_is_written_though_captures_hold_every_thread_and_the_window_closes(qapp):
    session = Session()
    going, written = threading.Event(), []
    for _ in range(WORKERS + 2):
        session.run(lambda task: going.wait(10))
    steps = Steps(session, session)
    steps.write(lambda: written.append("note") or NOTHING)
    threading.Timer(0.3, going.set).start()
    session.close()
    assert written == ["note"]
