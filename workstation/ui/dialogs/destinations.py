"""Where stories are sent to: content systems, named, tried, changed and forgotten. Their secrets are never shown again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.domain.destination import CmsKind, Destination
from workstation.errors import WorkstationError
from workstation.export.cms.systems import SYSTEMS
from workstation.ui.boxes import box
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.export.cms.delivery import Standing
    from workstation.ui.session import Session
    from workstation.workflow.desk import Desk

DESTINATION = Qt.ItemDataRole.UserRole
ANY_HOUSE = "Any publication"
REMOVING = "Its secret is forgotten. What was sent stays where it is, and is known again when the same site is named."
KEPT = "Unchanged unless you type another one"
SECRETS = {
    CmsKind.WORDPRESS: "An application password (in WordPress: Users › Profile › Application Passwords)",
    CmsKind.GHOST: "An Admin API key (in Ghost: Settings › Integrations)",
}
SAMPLES = {CmsKind.WORDPRESS: "https://news.example", CmsKind.GHOST: "https://letters.example"}


@dataclass(frozen=True, slots=True)
class _Read:
    """What there is: the destinations and the names of the houses."""

    destinations: tuple[Destination, ...]
    houses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A destination that was kept; ``in_keyring`` says where its secret is, None when none was given."""

    name: str
    in_keyring: bool | None
    found: _Read


class DestinationsDialog(QDialog):
    """A list, and the destination in hand beside it. The network and the keyring are asked beside the window's thread."""

    def __init__(self, session: Session, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Destinations")
        self._session, self._destinations, self._publications = session, desk.sending.destinations, desk.publications
        self._is_offline, self._is_busy = desk.gathering.is_offline, False
        self.rows = QListWidget()
        self.rows.setAccessibleName("Destinations")
        self.name, self.url, self.user, self.secret = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.kind, self.house = QComboBox(), QComboBox()
        for kind, system in SYSTEMS.items():
            self.kind.addItem(system.label, kind)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()
        self._begin_new()
        self.resize(760, 440)
        self._read()

    # --- what there is -----------------------------------------------------------------------------------------------

    def _read(self, select: str = "") -> None:
        self._run(self._found, lambda found: self._show(found, select))

    def _found(self) -> _Read:
        return _Read(tuple(self._destinations.all()), tuple(sorted(set(self._publications.names().values()))))

    def _show(self, found: _Read, select: str) -> None:
        with QSignalBlocker(self.rows):
            self.rows.clear()
            for destination in found.destinations:
                item = QListWidgetItem(destination.name)
                item.setData(DESTINATION, destination)
                item.setToolTip(plain_tip(destination.url))
                self.rows.addItem(item)
        self.house.clear()
        self.house.addItem(ANY_HOUSE, None)
        for name in found.houses:
            self.house.addItem(name, name)
        at = next((at for at, one in enumerate(found.destinations) if one.name == select), 0 if found.destinations else -1)
        self.rows.setCurrentRow(at)
        self._show_current()

    @property
    def current(self) -> Destination | None:
        """The destination that is changed; None for a new one."""
        item = self.rows.currentItem()
        destination: Destination | None = item.data(DESTINATION) if item is not None else None
        return destination

    @property
    def _kind(self) -> CmsKind:
        return CmsKind(self.kind.currentData())  # Qt makes a plain text of it

    @property
    def entered(self) -> Destination:
        """The destination as the fields have it."""
        return Destination(
            name=self.name.text(),
            kind=self._kind,
            url=self.url.text(),
            user=self.user.text() if self._kind is CmsKind.WORDPRESS else "",
            publication=self.house.currentData(),
        )

    def _show_current(self) -> None:
        now = self.current
        if now is None:
            self._begin_new()
            return
        self.name.setText(now.name)
        self.kind.setCurrentIndex(self.kind.findData(now.kind))
        self.url.setText(now.url)
        self.user.setText(now.user)
        if now.publication and self.house.findData(now.publication) < 0:
            self.house.addItem(f"{now.publication} (not here)", now.publication)
        self.house.setCurrentIndex(max(0, self.house.findData(now.publication)))
        self.secret.clear()
        self._say("")
        self._enable()

    def _begin_new(self) -> None:
        with QSignalBlocker(self.rows):
            self.rows.setCurrentRow(-1)
        for field in (self.name, self.url, self.user, self.secret):
            field.clear()
        self.house.setCurrentIndex(0)
        self._say("")
        self._enable()
        self.name.setFocus()

    def _enable(self) -> None:
        kind, now = self._kind, self.current
        self.user.setEnabled(kind is CmsKind.WORDPRESS)
        self.user.setPlaceholderText("The user that the password belongs to" if kind is CmsKind.WORDPRESS else "Ghost needs none")
        self.url.setPlaceholderText(SAMPLES[kind])
        self.secret.setPlaceholderText(KEPT if now is not None else SECRETS[kind])
        self.secret.setToolTip(plain_tip(SECRETS[kind]))
        filled = bool(self.name.text().strip() and self.url.text().strip())
        self._buttons["save"].setEnabled(filled and not self._is_busy)
        self._buttons["remove"].setEnabled(now is not None and not self._is_busy)
        self._buttons["test"].setEnabled(filled and not self._is_busy and not self._is_offline)
        told = "The network is forbidden (--offline)." if self._is_offline else "Keeps it and asks it who we are"
        self._buttons["test"].setToolTip(plain_tip(told))

    # --- verbs -------------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        self._keep(self._tell_kept)

    def _test(self) -> None:
        """Keep what was entered and ask the system: who is tested is who will be sent to."""
        self._keep(lambda kept: self._ask(kept.name))

    def _keep(self, then: Callable[[_Kept], object]) -> None:
        now, entered, secret = self.current, self.entered, self.secret.text().strip() or None
        verbs = self._destinations

        def keep() -> _Kept:
            in_keyring = verbs.add(entered, secret) if now is None else verbs.change(now.name, entered, secret)
            return _Kept(" ".join(entered.name.split()), in_keyring if secret else None, self._found())

        self._say("Keeping it…")
        self._run(keep, lambda kept: self._show_kept(kept, then))

    def _show_kept(self, kept: _Kept, then: Callable[[_Kept], object]) -> None:
        self._show(kept.found, kept.name)
        then(kept)

    def _tell_kept(self, kept: _Kept) -> None:
        secret = {
            None: "",
            True: " Its secret lies in the system's keyring.",
            False: " There is no keyring here that is known to be safe: its secret is known until the program ends.",
        }[kept.in_keyring]
        self._say(f"Kept.{secret}", "warn" if kept.in_keyring is False else "")

    def _ask(self, name: str) -> None:
        self._say(f"Asking {name}…")
        self._run(lambda: self._destinations.test(name), self._show_standing)

    def _show_standing(self, standing: Standing) -> None:
        limits = "".join(f"\n•  {limit}" for limit in standing.limits)
        self._say(f"{standing.site} knows us as {standing.user}.{limits}", "warn" if limits else "good")

    def _remove(self) -> None:
        now = self.current
        if now is not None and self._is_sure(now):
            self._run(lambda: self._destinations.remove(now.name), lambda _: self._read())

    def _is_sure(self, destination: Destination) -> bool:
        question = box(self, QMessageBox.Icon.Question, "Remove a destination", f"Remove “{destination.name}”?")
        question.setInformativeText(REMOVING)
        remove = question.addButton("&Remove", QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.exec()
        question.deleteLater()
        return question.clickedButton() is remove

    def _run(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._is_busy = True
        self._enable()
        self._session.run(lambda _: work(), lambda found: self._end(lambda: done(found)), failed=self._fail, urgent=True)

    def _end(self, act: Callable[[], object]) -> None:
        if isValid(self):
            self._is_busy = False
            act()
            self._enable()

    def _fail(self, error: WorkstationError) -> None:
        if isValid(self):
            self._is_busy = False
            self._say(f"{error.title}. {error.detail}" if error.detail else error.title, "bad")
            self._enable()

    def _say(self, words: str, tone: str = "") -> None:
        self.told.setText(words)
        self.told.setProperty("tone", tone)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    # --- putting together ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        form = QFormLayout()
        rows = (
            ("&Name", self.name),
            ("S&ystem", self.kind),
            ("&Address", self.url),
            ("&User", self.user),
            ("Sec&ret", self.secret),
            ("Stories &of", self.house),
        )
        for label, field in rows:
            form.addRow(label, field)
        for key, label in (("new", "Ne&w"), ("remove", "Remo&ve"), ("test", "&Test"), ("save", "&Keep"), ("close", "Close")):
            self._buttons[key] = QPushButton(label)
            self._buttons[key].setAutoDefault(False)
        self._buttons["save"].setDefault(True)
        self._buttons["save"].setProperty("primary", True)
        under_list = QHBoxLayout()
        under_list.addWidget(self._buttons["new"])
        under_list.addWidget(self._buttons["remove"])
        left = QVBoxLayout()
        left.addWidget(self.rows, 1)
        left.addLayout(under_list)
        under_form = QHBoxLayout()
        under_form.addStretch(1)
        for key in ("test", "save", "close"):
            under_form.addWidget(self._buttons[key])
        right = QVBoxLayout()
        right.addLayout(form)
        right.addWidget(self.told, 1)
        right.addLayout(under_form)
        whole = QHBoxLayout(self)
        whole.setSpacing(14)
        whole.addLayout(left, 2)
        whole.addLayout(right, 5)

    def _connect(self) -> None:
        self.rows.currentItemChanged.connect(lambda *_: self._show_current())
        self.kind.currentIndexChanged.connect(lambda _: self._enable())
        for field in (self.name, self.url):
            field.textChanged.connect(lambda _: self._enable())
        acts = {"new": self._begin_new, "remove": self._remove, "test": self._test, "save": self._save, "close": self.accept}
        for key, act in acts.items():
            self._buttons[key].clicked.connect(lambda _=False, act=act: act())
