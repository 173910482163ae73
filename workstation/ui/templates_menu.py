"""The submenu that begins stories from templates, saves the open one as a template, and opens the list of templates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from workstation.workflow.templating import Template

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.workflow.templating import Templating


class TemplatesMenu(QMenu):
    """Shows the templates that were known last time, until those that are there now are read."""

    made = Signal(int)
    """A story was begun from a template."""

    def __init__(self, session: Session, templating: Templating, parent: QWidget) -> None:
        super().__init__("New story &from template", parent)
        self._session, self._templating = session, templating
        self._known: list[Template] = []
        self.aboutToShow.connect(self._offer)
        self._show([])

    def save_as(self) -> None:
        """Ask for a name and keep the open story's furniture under it."""
        number = self._session.story
        if number is not None:
            self._session.run(lambda _: self._templating.templates(), partial(self._ask_name, number), urgent=True)

    def manage(self) -> None:
        """Open the list of templates."""
        from workstation.ui.dialogs.templates import TemplatesDialog  # noqa: PLC0415 - keeps it off the start

        dialog = TemplatesDialog(self._session, self._templating, self.window_below)
        dialog.exec()
        dialog.deleteLater()

    @property
    def window_below(self) -> QWidget:
        """The window that the dialogs stand over."""
        parent = self.parentWidget()
        return parent.window() if parent is not None else self

    def _offer(self) -> None:
        self._session.run(lambda _: self._templating.templates(), self._show, urgent=True)

    def _show(self, templates: list[Template]) -> None:
        if templates and templates == self._known:
            return
        self._known = templates
        self.clear()
        own = [template for template in templates if template.number is not None]
        for template in templates:
            if own and template is own[0]:
                self.addSeparator()
            self.addAction(template.name.replace("&", "&&"), partial(self._begin, template))
        self.addSeparator()
        self.addAction("&Manage templates…", self.manage)

    def _begin(self, template: Template) -> None:
        self._session.run(lambda _: self._templating.new_from(template), self.made.emit, urgent=True)

    def _ask_name(self, number: int, templates: list[Template]) -> None:
        from workstation.ui.dialogs.templates import SaveTemplateDialog  # noqa: PLC0415 - keeps it off the start

        dialog = SaveTemplateDialog(templates, self.window_below)
        if dialog.exec():
            name, words = dialog.name, dialog.keeps_words
            self._session.run(
                lambda _: self._templating.save_as(number, name, words=words),
                lambda template: self._session.say(f"Saved as the template “{template.name}”.", "good"),
                urgent=True,
            )
        dialog.deleteLater()
