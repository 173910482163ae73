"""Keep as translation of the selected passage: from the text and the reader to the kept words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from workstation.domain.changes import Changes, items_changed
from workstation.errors import InputError
from workstation.ui.mime import CarriedPassage
from workstation.ui.session import Session
from workstation.ui.story.translating import KEPT, Translating


@dataclass
class _Quoting:
    """Remembers what it was asked; it refuses where it has a reason to."""

    refusal: str = ""
    asked: tuple[object, ...] = ()

    def translate(self, *asked: object) -> Changes:
        self.asked = asked
        if self.refusal:
            raise InputError("Nothing was kept", self.refusal)
        return items_changed("ar")


class _Edit:
    def caret(self) -> int:
        return 7


@pytest.fixture
def session(qapp) -> Session:
    return Session()


@pytest.fixture
def said(session: Session) -> list[str]:
    heard: list[str] = []
    session.said.connect(lambda words, *_: heard.append(words))
    return heard


def test_the_quotation_at_the_caret_and_the_selected_passage_are_kept_together(session: Session, said: list[str]) -> None:
    quoting, touched = _Quoting(), []
    session.changed.connect(lambda changes, _: touched.append(changes.items))
    session.story = 3
    Translating(session, session, quoting, lambda: (_Edit(), "k1")).keep(CarriedPassage("ar", 4, 20))
    assert quoting.asked == (3, "k1", 7, ("ar", 4, 20))
    assert touched == [{"ar"}]
    assert said == [KEPT]


def test_without_a_selection_the_tied_passage_is_meant(session: Session) -> None:
    quoting = _Quoting()
    session.story = 3
    Translating(session, session, quoting, lambda: (_Edit(), None)).keep(None)
    assert quoting.asked == (3, None, 7, None)


def test_a_refusal_is_said_and_nothing_is_told_changed(session: Session, said: list[str]) -> None:
    touched = []
    session.changed.connect(lambda *changes: touched.append(changes))
    session.story = 3
    Translating(session, session, _Quoting("Select the original passage."), lambda: (_Edit(), None)).keep(None)
    assert said == ["Nothing was kept. Select the original passage."]
    assert touched == []


def test_without_a_text_in_hand_it_says_where_to_put_the_caret(session: Session, said: list[str]) -> None:
    quoting = _Quoting()
    session.story = 3
    Translating(session, session, quoting, lambda: (None, None)).keep(None)
    assert quoting.asked == ()
    assert "Put the caret" in said[0]
