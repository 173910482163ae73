"""The editor says of a quotation: this is my translation of the passage that is selected in the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workstation.errors import WorkstationError
from workstation.ui.mime import CarriedPassage
from workstation.workflow.quoting import Quoting

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.story.body_edit import BodyEdit

KEPT = "Kept as your translation; the original stands beside it."


class Translating(QObject):
    """``body_in_hand`` gives the field that the caret is in and the key of its card (None for The News)."""

    def __init__(
        self,
        parent: QObject,
        session: Session,
        quoting: Quoting,
        body_in_hand: Callable[[], tuple[BodyEdit | None, str | None]],
    ) -> None:
        super().__init__(parent)
        self._session, self._quoting, self._body_in_hand = session, quoting, body_in_hand

    def keep(self, selected: CarriedPassage | None) -> None:
        """Keep the quotation under the caret as the translation of ``selected``, or of the passage that it is tied to."""
        number = self._session.story
        edit, key = self._body_in_hand()
        if number is None or edit is None:
            self._session.say("Put the caret into the quotation that is your translation.", "warn")
            return
        passage = (selected.item, selected.start, selected.end) if selected else None
        try:
            changes = self._quoting.translate(number, key, edit.caret(), passage)
        except WorkstationError as error:
            self._session.say(f"{error.title}. {error.detail}", "warn")
            return
        self._session.publish(changes, self)
        self._session.say(KEPT, "good")
