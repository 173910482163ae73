"""What came of a way out, in words, and what can be done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from workstation.errors import HeldBackError, WorkstationError
from workstation.ui.copying import put_for_cms
from workstation.ui.dialogs.handing_over.readings import told
from workstation.ui.dialogs.handing_over.secret_question import SecretQuestion
from workstation.ui.dialogs.handing_over.verbs import Copied, Verbs, Wish
from workstation.ui.opening_links import open_file, open_page
from workstation.ui.wording import web_address
from workstation.workflow.publishing import Exported, Prepared
from workstation.workflow.sending import Sent

if TYPE_CHECKING:
    from workstation.ui.dialogs.handing_over.foot import Offer
    from workstation.ui.session import Session
    from workstation.workflow.desk import Desk

Outcome = tuple[Any, ...]
"""The words, their tone, and then what can be done: labels with their acts."""


class Ways(QObject):
    """Carries out one way at a time and says how it goes. A dialog that was closed meanwhile leaves the word to the window."""

    told = Signal()
    """Other words, or another state."""
    ended = Signal()
    """The story was handed over."""

    def __init__(self, session: Session, desk: Desk, window: QWidget) -> None:
        super().__init__(session)  # it outlives the window that began it
        self._session, self._window = session, window
        self._wish: Wish | None = None
        self._destination = ""
        self.is_busy = self.is_sending = False
        self.outcome: Outcome | None = None
        self.sent: Sent | None = None
        self.verbs = Verbs(session, desk, self)
        self.verbs.done.connect(self._end)
        self.verbs.failed.connect(self._fail)
        self.verbs.stepped.connect(self._step)
        self.verbs.stopped.connect(lambda: self._say("Stopped. What was sent so far is known; to send again goes on.", "warn"))
        self.verbs.secret_wanted.connect(self._ask_secret)
        self._is_left = False

    def leave(self) -> None:
        """The window goes; what is under way ends by itself."""
        self._is_left = True
        if not self.is_busy:
            self.deleteLater()

    def forget(self) -> None:
        """What was said is over."""
        if not self.is_busy:
            self.outcome = None

    def save(self, wish: Wish, folder: Path) -> None:
        """Write it into a folder."""
        self._begin(wish, f"Writing into {folder}…")
        self.verbs.save(wish, folder)

    def copy(self, wish: Wish) -> None:
        """Lay it on the clipboard, to be pasted into a content system, a document or a mail."""
        self._begin(wish, "Copying…")
        self.verbs.copy(wish, put_for_cms)

    def copy_source(self, wish: Wish, file: str) -> None:
        """Lay the source of a file on the clipboard, whole."""
        self._begin(wish, "Copying…")
        self.verbs.copy(wish, partial(_put_source, file))

    def send(self, wish: Wish, destination: str, *, secret: str | None = None, force: bool = False) -> None:
        """Send it to a destination."""
        self._begin(wish, f"Sending to {destination}…")
        self._destination, self.is_sending = destination, True
        self.told.emit()
        self.verbs.send(wish, destination, secret=secret, force=force)

    def stop(self) -> None:
        """Stop sending."""
        self.outcome = ("Stopping…", "")
        self.verbs.stop()
        self.told.emit()

    # --- how it goes -------------------------------------------------------------------------------------------------

    def _begin(self, wish: Wish, words: str) -> None:
        self._wish, self.is_busy, self.sent = wish, True, None
        self.outcome = (words, "")
        self.told.emit()

    def _step(self, words: str) -> None:
        if self.is_sending:
            self.outcome = (words, "")
            self.told.emit()

    def _end(self, answer: Any) -> None:
        if isinstance(answer, Sent):
            self._end_sending(answer)
        elif isinstance(answer, Exported):
            self._end_saving(answer)
        elif isinstance(answer, Copied):
            self._session.publish(answer.changes, self)
            self._hand_over(answer.words, answer.words)

    def _end_saving(self, exported: Exported) -> None:
        missing = f" Without {', '.join(exported.missing)}: missing." if exported.missing else ""
        self._session.publish(exported.changes, self)
        self._hand_over(
            f"Written: {exported.main}{missing}",
            f"Exported to {exported.main}",
            ("Op&en", partial(self._open_path, exported.main)),
            ("Sho&w folder", partial(self._open_path, exported.folder)),
        )

    def _end_sending(self, sent: Sent) -> None:
        self.sent = sent
        offers: list[Offer] = []
        if web_address(sent.receipt.edit) is not None:
            offers.append(("Op&en in the CMS", partial(self._open, sent.receipt.edit)))
        if web_address(sent.receipt.address) is not None:
            offers.append(("&View", partial(self._open, sent.receipt.address)))
        made = "Draft made" if sent.receipt.is_new else "Updated"
        words = f"{made} at {sent.destination.name}: {sent.receipt.address or sent.receipt.post}"
        self._session.publish(sent.changes, self)
        self._hand_over(words, f"Sent to {sent.destination.name}", *offers)

    def _hand_over(self, words: str, window_words: str, *offers: Offer) -> None:
        self._session.say(window_words, "good")
        self._say(words, "good", *offers)
        if not self._is_left:
            self.ended.emit()

    def _fail(self, error: WorkstationError) -> None:
        if self._is_left:
            self._session.say_error(error)
        wish, destination = self._wish, self._destination
        if isinstance(error, HeldBackError) and wish is not None:
            self._say(told(error), "warn", ("Send all the same", lambda: self.send(wish, destination, force=True)))
        else:
            self._say(told(error), "bad")

    def _say(self, words: str, tone: str, *offers: Offer) -> None:
        self.is_busy = self.is_sending = False
        self.outcome = (words, tone, *offers)
        if self._is_left:
            self.deleteLater()
        else:
            self.told.emit()

    def _ask_secret(self) -> None:
        wish, destination = self._wish, self._destination
        self._say("Nothing was sent: the secret is not known.", "warn")
        if not self._is_left and wish is not None:
            secret = SecretQuestion.ask(destination, self._window)
            if secret:
                self.send(wish, destination, secret=secret)

    def _open_path(self, path: Path) -> None:
        open_file(path)

    def _open(self, address: str) -> None:
        open_page(address)


def _put_source(file: str, prepared: Prepared) -> str:
    """Where the chosen file is none that the hand-over has, the main one."""
    rendering = prepared.rendering
    name = file if file in rendering.files else rendering.main
    QGuiApplication.clipboard().setText(rendering.files[name].decode())
    return f"On the clipboard: the source of {name}"
