"""The hosts of the editor's own network that may always be fetched from; what is taken back is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStringListModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from workstation.domain.hosts import OwnHost
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.consents import Consents

SIZE = QSize(480, 340)
SOME = "Pages and feeds of these hosts are fetched without a question."
NONE = "No host is always allowed. You are asked when you capture a page or follow a feed of your own network."


class OwnHostsDialog(QDialog):
    """Lists them by name; one, several or all are taken back."""

    def __init__(self, session: Session, theme: Theme, consents: Consents, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._consents = session, consents
        self._hosts: list[OwnHost] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Hosts of your own network")
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setFont(theme.font("ui"))
        self._names = QStringListModel(self)
        self.list = QListView()
        self.list.setModel(self._names)
        self.list.setFont(theme.font("ui"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName("Hosts that are always allowed")
        self.ask_again = QPushButton("&Ask again")
        self.ask_again.setToolTip("Before something is fetched from the selected hosts (Del)")
        close = QPushButton("Close")
        foot = QHBoxLayout()
        foot.addWidget(self.ask_again)
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addWidget(self._told)
        whole.addWidget(self.list, 1)
        whole.addLayout(foot)
        self.resize(SIZE.boundedTo(parent.size()))
        self.ask_again.clicked.connect(self._forget)
        QShortcut(QKeySequence("Del"), self.list, self._forget, context=Qt.ShortcutContext.WidgetShortcut)
        close.clicked.connect(self.reject)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._read()

    def _read(self) -> None:
        self._session.run(lambda _: sorted(self._consents.remembered), self._show, urgent=True)

    def _show(self, hosts: list[OwnHost]) -> None:
        if not isValid(self):
            return
        self._hosts = hosts
        self._names.setStringList([f"{host.name} ({host.where})" for host in hosts])
        self._told.setText(SOME if hosts else NONE)
        if hosts:
            self.list.setCurrentIndex(self._names.index(0))
        self._enable()

    def _enable(self) -> None:
        self.ask_again.setEnabled(self.list.selectionModel().hasSelection())

    def _forget(self) -> None:
        """Take the selected ones back."""
        names = [self._hosts[index.row()].name for index in self.list.selectionModel().selectedIndexes()]
        if names:
            self._session.run(lambda _: [self._consents.forget(name) for name in names], lambda _: self._tell(names), urgent=True)

    def _tell(self, names: list[str]) -> None:
        which = names[0] if len(names) == 1 else f"{len(names)} hosts"
        self._session.say(f"You are asked again before anything is fetched from {which}.")
        if isValid(self):
            self._read()
