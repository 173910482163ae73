"""What items are about is read beside the writing; a library that is broken is told once."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtCore import QObject

from workstation.ui.session import Session
from workstation.ui.topic_watch import TopicWatch
from workstation.workflow.meaning_worker import MeaningError


class BrokenMeanings:
    def __init__(self) -> None:
        self.asked = 0

    def read_all(self, **_: object) -> int:
        self.asked += 1
        raise MeaningError("Meanings cannot be compared", "It broke.")


def test_a_broken_library_is_told_once_and_tried_again(qtbot) -> None:
    session, meanings, parent = Session(), BrokenMeanings(), QObject()
    said: list[str] = []
    session.said.connect(lambda text, _: said.append(text))
    watch = TopicWatch(session, SimpleNamespace(meanings=meanings), parent)
    for times in (1, 2, 3):
        watch._read()
        qtbot.waitUntil(lambda times=times: meanings.asked == times and watch._reading is None)
    assert len(said) == 1
    session.close()
