"""The editor is asked before something is fetched from their own network, and can take back what they allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton, QWidget

from workstation.ui.wording import plain_tip
from workstation.workflow.consents import Consent, Consents, Question

if TYPE_CHECKING:
    from workstation.ui.session import Session

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

    def __init__(self, consents: Consents, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._consents, self._session, self._window = consents, session, window
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
        hosts = sorted(self._consents.remembered)
        box = QMessageBox(QMessageBox.Icon.Information, "Hosts of your own network", "", parent=self._window)
        box.setText("These hosts may always be fetched from:" if hosts else "No host of your own network is always allowed.")
        told = "\n".join(f"{host.name} ({host.where})" for host in hosts)
        box.setInformativeText(plain_tip(told or "When you capture a page or follow a feed there, you are asked."))
        if hosts:
            forget = box.addButton("&Ask again about all of them", QMessageBox.ButtonRole.DestructiveRole)
            forget.clicked.connect(partial(self._forget, [host.name for host in hosts]))
        box.addButton(QMessageBox.StandardButton.Close)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _forget(self, names: list[str]) -> None:
        self._session.run(
            lambda _: [self._consents.forget(name) for name in names],
            lambda _: self._session.say("You are asked again before anything is fetched from your own network.", ""),
            label="Taking back",
        )
