"""What the dialog has to know, gathered beside the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workstation.domain.destination import Destination
from workstation.errors import WorkstationError
from workstation.render.machines.canonical import canonical_address
from workstation.render.rendering import PLAIN
from workstation.ui.dialogs.handing_over.looks import Seen, seen
from workstation.ui.dialogs.handing_over.newest import Newest
from workstation.ui.dialogs.handing_over.verbs import Wish
from workstation.ui.dialogs.handing_over.what_changed import Since

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.workflow.desk import Desk
    from workstation.workflow.publications import Printed


@dataclass(frozen=True, slots=True)
class Known:
    """The house of the story, the address that it gives it, where it can be sent, and what went out before."""

    printed: Printed
    address: str | None
    destinations: tuple[Destination, ...]
    since: Since | None


class Readings(QObject):
    """Reads what there is to know about one story, and brings it into its form; of each only the newest is told."""

    known = Signal(object)
    """:class:`Known`."""
    reviewed = Signal(object, object)
    """The :class:`Reviewed` and the reasons that were given before."""
    unchecked = Signal(object)
    """Why the story could not be checked."""
    seen = Signal(object)
    """A :class:`Seen`."""
    failed = Signal(object)
    """Why the story could not be brought into its form."""

    def __init__(self, session: Session, desk: Desk, story: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._story = desk, story
        self._knowing = Newest(session, self.known.emit, session.say_error, self)
        self._reviewing = Newest(session, lambda found: self.reviewed.emit(*found), self.unchecked.emit, self)
        self._rendering = Newest(session, self.seen.emit, self.failed.emit, self)

    @property
    def is_idle(self) -> bool:
        """Whether all that is to be told was told."""
        return all(work.is_idle for work in (self._knowing, self._reviewing, self._rendering))

    def read(self) -> None:
        """Read what is known, and check the story."""
        self._knowing.ask(self._know)
        self._reviewing.ask(lambda: (self._desk.reviewing.review(self._story), self._desk.reviewing.last_reasons()))

    def render(self, wish: Wish) -> None:
        """Bring the story into its form, as it would go out now."""
        self._rendering.ask(lambda: self._render(wish))

    def stop(self) -> None:
        """Tell nothing any more."""
        for work in (self._knowing, self._reviewing, self._rendering):
            work.stop()

    def _know(self) -> Known:
        publishing = self._desk.publishing
        printed, story = publishing.printed(self._story), self._desk.writing.story(self._story)
        last = publishing.handed_over.last(self._story)
        since = None if last is None else Since(last, publishing.handed_over.compared(story, last))
        address = canonical_address(story, printed.publication, PLAIN)
        return Known(printed, address, tuple(self._desk.sending.destinations.all()), since)

    def _render(self, wish: Wish) -> Seen:
        rendering = self._desk.publishing.rendering(
            wish.story, wish.profile, terms=wish.terms, change=wish.change, note=wish.note
        )
        return seen(rendering)


def told(error: WorkstationError) -> str:
    """A failure in one line: what did not happen, the cause and the mend."""
    return f"{error.title}. {error.detail}" if error.detail else error.title
