"""Story › Publication: the house that the open story is printed in, the one for new stories, and where houses come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from workstation.errors import WorkstationError
from workstation.ui.opening_links import open_file
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.domain.changes import Changes
    from workstation.ui.session import Session
    from workstation.workflow.publications import Publications
    from workstation.workflow.writing import Writing


@dataclass(frozen=True)
class _Offer:
    """What the menu shows: the houses by file, the open story's file and name, and the file for new stories."""

    names: dict[Path, str] = field(default_factory=dict)
    default: Path | None = None
    own: Path | None = None
    named: str | None = None


class PublicationMenu(QMenu):
    """Everything here is read beside the window's thread; until it is, the menu shows what it knew last."""

    files_changed = Signal()
    """A publication file was made, or the folder for them."""

    def __init__(
        self,
        session: Session,
        writing: Writing,
        publications: Publications,
        warn: Callable[[WorkstationError], None],
        parent: QWidget,
    ) -> None:
        super().__init__("&Publication", parent)
        self._session = session
        self._writing = writing
        self._publications = publications
        self._warn = warn
        self._known = _Offer()
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._offer)

    # --- what is offered -------------------------------------------------------------------------------------------

    def _offer(self) -> None:
        number = self._session.story
        self._show(_Offer(self._known.names, self._known.default))
        self._session.run(lambda _: self._read(number), self._show, urgent=True)

    def _read(self, number: int | None) -> _Offer:
        houses = self._publications
        names = houses.names()
        if number is None:
            return _Offer(names, houses.default_file())
        story = self._writing.story(number)
        return _Offer(names, houses.default_file(), houses.file_of(story), story.publication)

    def _show(self, offer: _Offer) -> None:
        self._known = offer
        self.clear()
        has_story = self._session.story is not None
        if offer.named is not None and offer.own is None:
            self._checked(self._add(f"{offer.named} (not here)", lambda: None), on=True).setEnabled(False)
        for file, name in offer.names.items():
            action = self._checked(self._add(name, partial(self._choose, file)), on=file == offer.own)
            action.setToolTip(plain_tip(str(file)))
            action.setEnabled(has_story)
        self.addSeparator()
        self._show_default(offer, has_story)
        self.addSeparator()
        self._add("Another file…", self._ask_file).setEnabled(has_story)
        self._add("Open the publications folder", self._open_folder)
        self._add("Copy the sample publication…", self._ask_copy)

    def _show_default(self, offer: _Offer, has_story: bool) -> None:
        """The house of stories that name none: printing this one like them, or them like this one."""
        default = offer.names.get(offer.default) if offer.default else None
        like = self._add(f"Print like new stories ({default or '…'})", partial(self._choose, None))
        like.setEnabled(has_story and offer.named is not None)
        like.setToolTip(plain_tip("The story names no publication any more and goes with the one for new stories."))
        own = offer.own
        use = self._add("Use this one for new stories", partial(self._use_for_new, own) if own else lambda: None)
        use.setEnabled(own is not None and own != offer.default)
        use.setToolTip(plain_tip("Stories that name no publication are printed in it from now on."))

    def _add(self, text: str, slot: Callable[[], object]) -> QAction:
        action = self.addAction(text.replace("&", "&&"))
        action.triggered.connect(lambda _=False: slot())
        return action

    def _checked(self, action: QAction, *, on: bool) -> QAction:
        action.setCheckable(True)
        action.setChecked(on)
        return action

    # --- what is done ----------------------------------------------------------------------------------------------

    def _choose(self, file: Path | None) -> None:
        number, houses = self._session.story, self._publications
        if number is not None:
            self._session.run(
                lambda _: (houses.choose(number, file), houses.of(self._writing.story(number)).name),
                self._tell_choice,
                failed=self._warn,
                urgent=True,
            )

    def _tell_choice(self, chosen: tuple[Changes, str]) -> None:
        changes, name = chosen
        self._session.publish(changes, self)
        self._session.say(f"The story is printed in {name} now.", "good")
        self.files_changed.emit()

    def _use_for_new(self, file: Path) -> None:
        houses = self._publications
        self._session.run(
            lambda _: (houses.set_default(file), houses.of().name), self._tell_default, failed=self._warn, urgent=True
        )

    def _tell_default(self, chosen: tuple[Changes, str]) -> None:
        changes, name = chosen
        self._session.publish(changes, self)
        self._session.say(f"Stories that name no publication are printed in {name} now.", "good")

    def _ask_file(self) -> None:
        start = str(self._known.own or self._publications.folder)
        kinds = "Publication files (*.toml)"
        name, _ = QFileDialog.getOpenFileName(self.parentWidget(), "Choose a publication file", start, kinds)
        if name:
            self._choose(Path(name))

    def _open_folder(self) -> None:
        self._session.run(lambda _: self._publications.make_folder(), self._show_folder, failed=self._warn, urgent=True)

    def _show_folder(self, folder: Path) -> None:
        self.files_changed.emit()
        if not open_file(folder):
            self._session.say(f"The publications folder is {folder}", "warn")

    def _ask_copy(self) -> None:
        name, answered = QInputDialog.getText(
            self.parentWidget(), "Copy the sample publication", "Name of the new publication:", text="My publication"
        )
        if answered:
            houses = self._publications
            self._session.run(lambda _: houses.copy_sample(name), self._tell_copy, failed=self._warn, urgent=True)

    def _tell_copy(self, file: Path) -> None:
        self.files_changed.emit()
        self._session.say(f"Copied to {file}. Change it as you like, and choose it in Story › Publication.", "good")
