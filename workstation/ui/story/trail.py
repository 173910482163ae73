"""From a quotation to the place in its source, and back to the very caret that it began with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from workstation.errors import WorkstationError
from workstation.ui.story.body_edit import BodyEdit
from workstation.workflow.history import Spot
from workstation.workflow.tracing import Passage, Tracing

if TYPE_CHECKING:
    from workstation.ui.session import Session

NEWS = "news"


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the editor was: the story and the spot in it."""

    story: int
    spot: Spot


class Trail(QObject):
    """Leads to the source of the quotation under the caret and back.

    ``body_in_hand`` gives the field that the caret is in and the key of its card (None for The News); ``go_back`` puts the
    caret into a spot of the open story.
    """

    reader_wanted = Signal()
    """The passage is shown: the keyboard goes to the reader."""

    def __init__(
        self,
        pane: QWidget,
        session: Session,
        tracing: Tracing,
        body_in_hand: Callable[[], tuple[BodyEdit | None, str | None]],
        go_back: Callable[[Spot], None],
    ) -> None:
        super().__init__(pane)
        self._pane, self._session, self._tracing = pane, session, tracing
        self._body_in_hand, self._go_back = body_in_hand, go_back
        self._start: _Start | None = None

    def turn(self) -> None:
        """To the source from the story, and back to the story from anywhere else."""
        focus = QApplication.focusWidget()
        if self._start is not None and not (focus is not None and self._pane.isAncestorOf(focus)):
            self.back()
        else:
            self.there()

    def there(self) -> None:
        """Turn the reader to the words behind the quotation that the caret stands in."""
        number = self._session.story
        edit, key = self._body_in_hand()
        if number is None or edit is None:
            self._session.say("Put the caret into a quotation first.")
            return
        start = _Start(number, Spot("body" if key else NEWS, key, edit.caret()))
        caret = start.spot.caret or 0
        self._session.run(
            lambda _: self._tracing.passage(number, key, caret), partial(self._show, start), failed=self._say_why, urgent=True
        )

    def back(self) -> None:
        """Put the caret where it was before the reader was turned to the source."""
        start, self._start = self._start, None
        if start is None:
            self._session.say("No source was looked up from the story yet: Ctrl+J in a quotation does it.")
            return
        if start.story != self._session.story:
            self._session.show_story(start.story)
        self._go_back(start.spot)

    def _show(self, start: _Start, passage: Passage) -> None:
        if start.story != self._session.story:
            return
        self._start = start
        self._session.show_passage(passage.item, passage.start, passage.end)
        self.reader_wanted.emit()
        remark = f"{passage.remark} " if passage.remark else ""
        self._session.say(f"{remark}Ctrl+J goes back to the story.", "warn" if passage.remark else "")

    def _say_why(self, error: WorkstationError) -> None:
        """Nothing broke: there is just nowhere to go."""
        self._session.say(f"{error.title}. {error.detail}", "warn")
