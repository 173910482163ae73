"""The editor is asked before something is fetched from their own network, and can take back what they allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton, QWidget

from workstation.workflow.consents import Consent, Consents, Question

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme

_LOOKING_EVERY = 0.2
_ANSWERS = (
    (Consent.ONCE, "&Once", QMessageBox.ButtonRole.AcceptRole),
    (Consent.ALWAYS, "&Always for this host", QMessageBox.ButtonRole.YesRole),
    (Consent.NO, "&No", QMessageBox.ButtonRole.RejectRole),
)


class _Pending:
    """A question on its way from the work's thread to the window's, and its answer on the way back."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.answer = Consent.NO
        self.answered = threading.Event()


class OwnHosts(QObject):
    """Puts the questions of ``consents`` to the editor over ``window``, one after the other; only the work's thread waits."""

    _asked = Signal(object)

    def __init__(self, consents: Consents, session: Session, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._consents, self._session, self._theme, self._window = consents, session, theme, window
        self._waiting: list[_Pending] = []
        self._box: QMessageBox | None = None
        self._asked.connect(self._put, Qt.ConnectionType.QueuedConnection)
        consents.ask = self._ask

    def _ask(self, question: Question, cancelled: Callable[[], bool]) -> Consent:
        """Called from the thread of the work."""
        pending = _Pending(question)
        self._asked.emit(pending)
        while not pending.answered.wait(_LOOKING_EVERY):
            if cancelled() or self._session.is_closed:
                return Consent.NO
        return pending.answer

    # --- in the window's thread ------------------------------------------------------------------------------------

    def _put(self, pending: _Pending) -> None:
        self._waiting.append(pending)
        if self._box is None:
            self._show_next()

    def _show_next(self) -> None:
        if not self._waiting:
            return
        pending = self._waiting[0]
        box = QMessageBox(QMessageBox.Icon.Question, "Your own network", pending.question.text, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            "Pages on the public web can link there to reach what only you can reach. Allow it if you know this host: an "
            "intranet, or a content system of your own."
        )
        buttons: dict[QAbstractButton, Consent] = {box.addButton(words, role): answer for answer, words, role in _ANSWERS}
        no = next(button for button, answer in buttons.items() if answer is Consent.NO)
        if isinstance(no, QPushButton):
            box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.finished.connect(lambda _: self._answer(pending, buttons.get(box.clickedButton(), Consent.NO)))
        self._box = box
        box.open()

    def _answer(self, pending: _Pending, answer: Consent) -> None:
        pending.answer = answer
        pending.answered.set()
        self._waiting.remove(pending)
        if self._box is not None:
            self._box.deleteLater()
            self._box = None
        self._show_next()

    # --- taking back -----------------------------------------------------------------------------------------------

    def show(self) -> None:
        """List the hosts that are always allowed; each can be taken back."""
        from workstation.ui.dialogs.own_hosts import OwnHostsDialog  # noqa: PLC0415 - keeps it off the start

        OwnHostsDialog(self._session, self._theme, self._consents, self._window).open()
