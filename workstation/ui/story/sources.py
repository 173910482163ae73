"""The sources of a card as chips with their icons: add, reorder, rename, link, remove."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from workstation.domain.body import safe_link
from workstation.domain.item import ItemSummary
from workstation.domain.story import Source
from workstation.ui.dialogs.source import ask_source
from workstation.ui.monograms import monogram_pixmap
from workstation.ui.story.flow_layout import FlowLayout
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

ICON = 15
OFFERED = 12


class SourceChips(QWidget):
    """The row of chips of one card. ``icon_of`` gives the bytes of a picture file of the story."""

    changed = Signal(tuple, str)
    """The sources as they should be, and what the step is called."""
    item_wanted = Signal(str)
    """Put this inbox item on the card as a source."""

    def __init__(
        self,
        theme: Theme,
        icon_of: Callable[[str], bytes | None],
        offers: Callable[[], list[ItemSummary]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_of = icon_of
        self._offers = offers
        self._sources: tuple[Source, ...] | None = None
        self._row = FlowLayout(self, gap=5)
        self._add = QToolButton()
        self._add.setAutoRaise(True)
        self._add.setToolTip("Add a source")
        self._add.setAccessibleName("Add a source")
        self._add.clicked.connect(self._offer)
        theme.on_change(self._dress)

    def show_sources(self, sources: tuple[Source, ...]) -> None:
        """Show these sources."""
        if sources != self._sources:
            self._sources = sources
            self._rebuild()

    def ask_for_new(self) -> None:
        """Ask for a source that is not in the inbox."""
        source = ask_source(Source(name=""), self)
        if source is not None:
            self.changed.emit((*self._known(), source), "New source")

    def _known(self) -> tuple[Source, ...]:
        return self._sources or ()

    def _dress(self) -> None:
        self._add.setIcon(self._theme.icon("mdi6.plus", "muted"))
        self._rebuild()

    def _rebuild(self) -> None:
        self._row.clear(keep=self._add)
        for index, source in enumerate(self._known()):
            self._row.addWidget(self._chip(index, source))
        self._row.addWidget(self._add)
        if not self._known():
            self._add.setText("Add a source")
            self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        else:
            self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _chip(self, index: int, source: Source) -> QPushButton:
        told = f"{source.name} ({source.of})" if source.of else source.name
        chip = QPushButton(told or "Unnamed source")
        chip.setProperty("chip", True)
        chip.setIcon(self._icon(source))
        chip.setIconSize(QSize(ICON, ICON))
        chip.setFont(self._theme.font("small"))
        chip.setToolTip(plain_tip(source.url or "No link yet"))
        chip.setAccessibleName(f"Source {told}")
        chip.clicked.connect(lambda: self._menu(index).popup(chip.mapToGlobal(chip.rect().bottomLeft())))
        return chip

    def _icon(self, source: Source) -> QIcon:
        data = self._icon_of(source.icon) if source.icon else None
        pixmap = QPixmap()
        if data and pixmap.loadFromData(data):
            return QIcon(pixmap)
        return QIcon(monogram_pixmap(source.outlet, ICON, self.devicePixelRatioF()))

    def _menu(self, index: int) -> QMenu:
        sources = self._known()
        source = sources[index]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Edit source…", lambda: self._edit(index))
        link = safe_link(source.url)
        menu.addAction("Open link in browser", lambda: QDesktopServices.openUrl(QUrl(link or ""))).setEnabled(link is not None)
        menu.addSeparator()
        menu.addAction("Move left", lambda: self._move(index, index - 1)).setEnabled(index > 0)
        menu.addAction("Move right", lambda: self._move(index, index + 1)).setEnabled(index < len(sources) - 1)
        menu.addSeparator()
        menu.addAction("Remove", lambda: self.changed.emit((*sources[:index], *sources[index + 1 :]), "Removal of a source"))
        return menu

    def _edit(self, index: int) -> None:
        sources = list(self._known())
        edited = ask_source(sources[index], self)
        if edited is not None:
            sources[index] = edited
            self.changed.emit(tuple(sources), "Change of a source")

    def _move(self, index: int, to: int) -> None:
        sources = list(self._known())
        sources.insert(to, sources.pop(index))
        self.changed.emit(tuple(sources), "Order of sources")

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named = {source.item for source in self._known()}
        for summary in [entry for entry in self._offers() if entry.id not in named][:OFFERED]:
            title = summary.title if len(summary.title) < 60 else f"{summary.title[:58]}…"
            text = f"{summary.outlet}: {title}".replace("&", "&&")
            menu.addAction(text, partial(self.item_wanted.emit, summary.id))
        menu.addSeparator()
        menu.addAction("Another source…", self.ask_for_new)
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))
