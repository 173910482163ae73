"""The sources of a card as chips with their icons: add, reorder, rename, link, remove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QActionGroup, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from workstation.domain.body import safe_link
from workstation.domain.item import ItemSummary
from workstation.domain.story import Source, SourceKind
from workstation.ui.dialogs.source import KINDS, ask_source
from workstation.ui.flow_layout import FlowLayout
from workstation.ui.mime import CarriedSource
from workstation.ui.opening_links import open_link
from workstation.ui.story.source_chip import SourceChip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

GAP = 5
LINE = 3
OFFERED = 12


class SourceChips(QWidget):
    """The row of chips of the card with ``key``. ``icon_of`` gives the bytes of a picture file of the story."""

    changed = Signal(tuple, str)
    """The sources as they should be, and what the step is called."""
    item_wanted = Signal(str)
    """Put this inbox item on the card as a source."""
    touched = Signal()
    """The editor's hands are on the row."""
    drag_wanted = Signal(object)
    """The mouse pulls this :class:`CarriedSource` away."""

    def __init__(
        self,
        key: str,
        theme: Theme,
        icon_of: Callable[[str], bytes | None],
        offers: Callable[[], list[ItemSummary]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._theme = theme
        self._chips: list[SourceChip] = []
        self._icon_of = icon_of
        self._offers = offers
        self._sources: tuple[Source, ...] | None = None
        self._row = FlowLayout(self, gap=GAP)
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
        self._chips = [self._chip(index, source) for index, source in enumerate(self._known())]
        for chip in self._chips:
            self._row.addWidget(chip)
        self._row.addWidget(self._add)
        if not self._known():
            self._add.setText("Add a source")
            self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        else:
            self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _chip(self, index: int, source: Source) -> SourceChip:
        chip = SourceChip(source, self._theme, self._icon_of)
        chip.clicked.connect(lambda: self._menu(index).popup(chip.mapToGlobal(chip.rect().bottomLeft())))
        chip.pressed.connect(self.touched)
        chip.pulled.connect(lambda: self.drag_wanted.emit(CarriedSource(self._key, index)))
        chip.step_wanted.connect(lambda step: self._move(index, index + step))
        chip.edit_wanted.connect(lambda: self._edit(index))
        chip.removal_wanted.connect(lambda: self._remove(index))
        return chip

    # --- dropping --------------------------------------------------------------------------------------------------

    def index_at(self, point: QPoint) -> int:
        """Before which source something would be dropped at ``point``; beside the row it is behind the last one."""
        if not self.isVisible() or not self.rect().contains(point):
            return len(self._chips)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for index, chip in enumerate(self._chips):
            box = chip.geometry()
            is_before = point.x() > box.center().x() if reverse else point.x() < box.center().x()
            if point.y() <= box.bottom() and (is_before or point.y() < box.top()):
                return index
        return len(self._chips)

    def gap_line(self, index: int) -> QRect:
        """The line before the chip at ``index``, or behind the last one."""
        if not self._chips:
            return QRect(0, 0, LINE, self._add.height())
        box = self._chips[min(index, len(self._chips) - 1)].geometry()
        at_left = (index < len(self._chips)) != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        x = box.left() - GAP // 2 - 1 if at_left else box.right() + GAP // 2 + 1
        return QRect(max(0, x), box.top(), LINE, box.height())

    def chip_picture(self, index: int) -> QPixmap:
        """What hangs at the pointer while a chip is dragged."""
        return self._chips[index].grab()

    # --- changing --------------------------------------------------------------------------------------------------

    def _menu(self, index: int) -> QMenu:
        sources = self._known()
        source = sources[index]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Edit source…\tF2", lambda: self._edit(index))
        menu.addAction("Set link…" if not source.url else "Change link…", lambda: self._edit(index, field="url"))
        link = safe_link(source.url)
        menu.addAction("Open link in browser", lambda: open_link(link)).setEnabled(link is not None)
        menu.addMenu(self._kind_menu(index, source, menu))
        menu.addSeparator()
        menu.addAction("Move left\tCtrl+Shift+Left", lambda: self._move(index, index - 1)).setEnabled(index > 0)
        right = menu.addAction("Move right\tCtrl+Shift+Right", lambda: self._move(index, index + 1))
        right.setEnabled(index < len(sources) - 1)
        menu.addSeparator()
        menu.addAction("Remove\tDel", lambda: self._remove(index))
        return menu

    def _kind_menu(self, index: int, source: Source, parent: QMenu) -> QMenu:
        menu = QMenu("Kind", parent)
        group = QActionGroup(menu)
        for kind, name in KINDS.items():
            action = menu.addAction(name, partial(self._set_kind, index, kind))
            action.setCheckable(True)
            action.setChecked(kind is source.kind)
            group.addAction(action)
        return menu

    def _set_kind(self, index: int, kind: SourceKind) -> None:
        self._replace(index, replace(self._known()[index], kind=kind), "Kind of a source")

    def _edit(self, index: int, *, field: str = "name") -> None:
        edited = ask_source(self._known()[index], self, field=field)
        if edited is not None:
            self._replace(index, edited, "Change of a source")

    def _replace(self, index: int, source: Source, label: str) -> None:
        sources = self._known()
        self._tell((*sources[:index], source, *sources[index + 1 :]), label, index)

    def _remove(self, index: int) -> None:
        sources = self._known()
        self._tell((*sources[:index], *sources[index + 1 :]), "Removal of a source", index)

    def _move(self, index: int, to: int) -> None:
        sources = list(self._known())
        if 0 <= to < len(sources):
            sources.insert(to, sources.pop(index))
            self._tell(tuple(sources), "Order of sources", to)

    def _tell(self, sources: tuple[Source, ...], label: str, focus: int) -> None:
        """Tell a change; the keyboard stays with the chip at ``focus``, which is a new widget then, if it was in the row."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self.changed.emit(sources, label)
        if had_focus:
            self.focus_chip(focus)

    def chip(self, index: int | None) -> SourceChip | None:
        """The chip at ``index``; None where there is none."""
        return self._chips[index] if index is not None and 0 <= index < len(self._chips) else None

    def chip_with_focus(self) -> int | None:
        """The index of the chip that has the keyboard."""
        return next((index for index, chip in enumerate(self._chips) if chip.hasFocus()), None)

    def focus_chip(self, index: int) -> None:
        """Turn the keyboard to the chip at ``index``, or to the last one."""
        widget = self._chips[min(index, len(self._chips) - 1)] if self._chips else self._add
        widget.show()  # a new chip is not shown before the layout is done, and what is not shown takes no focus
        widget.setFocus()

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
