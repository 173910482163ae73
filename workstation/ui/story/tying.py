"""Ties the sentence under the caret to the passage that is selected in the reader, and unties it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workstation.domain.wording import shortened
from workstation.errors import WorkstationError

if TYPE_CHECKING:
    from workstation.domain.changes import Changes
    from workstation.ui.mime import CarriedPassage
    from workstation.ui.session import Session
    from workstation.ui.story.body_edit import BodyEdit
    from workstation.workflow.claiming import Claiming, SentenceHere


SHOWN = 60


class Tying(QObject):
    """``body_in_hand`` gives the field with the caret and the key of its card (None for The News), ``passage`` the selection."""

    def __init__(
        self,
        session: Session,
        claiming: Claiming,
        body_in_hand: Callable[[], tuple[BodyEdit | None, str | None]],
        passage: Callable[[], CarriedPassage | None],
    ) -> None:
        super().__init__(session)
        self._session, self._claiming = session, claiming
        self._body_in_hand, self._passage = body_in_hand, passage

    def tie(self) -> None:
        """Say that the sentence under the caret rests on the passage that is selected in the reader."""
        passage = self._passage()
        if passage is None:
            self._session.say("Select the passage in the reader first; the caret stays in the sentence.", "warn")
            return
        at = (passage.item, passage.start, passage.end)
        self._do(lambda number, key, here: self._claiming.tie(number, key, here.words, *at), "Tied to the passage")

    def untie(self) -> None:
        """Say that the sentence under the caret does not rest on its passage."""

        def untied(number: int, key: str | None, here: SentenceHere) -> Changes | None:
            return self._claiming.untie(number, key, here.claim) if here.claim else None

        self._do(untied, "Untied", "This sentence is tied to no passage.")

    def _do(self, verb: Callable[[int, str | None, SentenceHere], Changes | None], told: str, otherwise: str = "") -> None:
        """In the window's thread, as every change of a story is: typing and tying never cross."""
        number = self._session.story
        edit, key = self._body_in_hand()
        try:
            here = self._claiming.sentence(number, key, edit.caret()) if number is not None and edit is not None else None
            changes = verb(number, key, here) if here and number is not None else None
        except WorkstationError as error:
            self._session.say_error(error)
            return
        if here is None:
            self._session.say("Put the caret into a sentence of The News or of a card first.", "warn")
        elif changes is None:
            self._session.say(otherwise, "warn")
        else:
            self._session.publish(changes, self)
            self._session.say(f"{told}: “{shortened(here.words, SHOWN)}”", "good")
