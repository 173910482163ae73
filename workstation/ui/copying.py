"""“Copy for CMS”: a story on the system's clipboard, as markup and as words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from workstation.errors import BlockedError, WorkstationError
from workstation.export.clipboard import HTML, WORDS
from workstation.render.rendering import PLAIN
from workstation.ui.dialogs.handing_over.verbs import Copied, Verbs, Wish
from workstation.workflow.copying import FLAT, clipboard_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from workstation.ui.session import Session
    from workstation.workflow.desk import Desk
    from workstation.workflow.publishing import Prepared

_SAID = "On the clipboard: the story without its headline and pictures. Paste it into the CMS, a document or a mail."


def put_on_clipboard(payload: Mapping[str, str]) -> None:
    """Lay texts on the clipboard by their media types; Qt gives them to each system in the form that it knows."""
    data = QMimeData()
    data.setText(payload[WORDS])
    data.setHtml(payload[HTML])
    QGuiApplication.clipboard().setMimeData(data)


def put_for_cms(prepared: Prepared) -> str:
    """Lay a prepared story on the clipboard and say so."""
    put_on_clipboard(clipboard_of(prepared))
    return _SAID


class CopyingForCms(QObject):
    """The command: checks the open story, lays it on the clipboard and enters that in the ledger.

    While a blocker stands, ``blocked`` is called instead: there the editor can say why the story may go out all the same.
    """

    def __init__(
        self,
        session: Session,
        desk: Desk,
        *,
        blocked: Callable[[], None],
        failed: Callable[[WorkstationError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._blocked, self._failed = blocked, failed
        self._verbs = Verbs(session, desk, self)
        self._verbs.done.connect(self._tell)
        self._verbs.failed.connect(self._refuse)

    def copy(self) -> None:
        """Copy the open story."""
        if self._session.story is not None:
            self._verbs.copy(Wish(story=self._session.story, profile=FLAT, terms=PLAIN), put_for_cms)

    def _tell(self, copied: Copied) -> None:
        self._session.publish(copied.changes, self)
        self._session.say(copied.words, "good")

    def _refuse(self, error: WorkstationError) -> None:
        if isinstance(error, BlockedError):
            self._session.say_error(error)
            self._blocked()
        else:
            self._failed(error)
