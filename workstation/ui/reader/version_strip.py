"""The line above an article that tells which version of its page it is, and whether the source still says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy

from workstation.domain.grouping import ItemVersion
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip


class VersionStrip(QFrame):
    """Says it in a few words; an older version is told in the colour of a warning."""

    version_wanted = Signal(str)
    """The id of another version that is to be read."""
    comparison_wanted = Signal()
    asking_wanted = Signal()
    whole_wanted = Signal()
    """The page that a feed's entry links to is to be captured."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("band", True)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._others = self._button("Versions", "Reads another version of this page")
        self._menu = QMenu(self)
        self._others.setMenu(self._menu)
        self._compare = self._button("What changed", "Shows word by word what changed between two versions")
        self._compare.clicked.connect(self.comparison_wanted)
        self._ask = self._button("Has it changed?", "Fetches the page again and compares; what was captured stays")
        self._ask.clicked.connect(self.asking_wanted)
        self._whole = self._button(
            "Fetch the whole article", "Captures the page that this entry of a feed links to; the entry stays"
        )
        self._whole.clicked.connect(self.whole_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.setSpacing(0)
        row.addWidget(self._label, 1)
        for button in (self._others, self._compare, self._ask, self._whole):
            row.addWidget(button)
        theme.on_change(self._dress)
        self.hide()

    def show_versions(
        self, item: str, versions: Sequence[ItemVersion], *, has_address: bool, is_feed_entry: bool = False
    ) -> None:
        """Tell about the version ``item`` among all of its page, the newest first; a feed's entry has a page to fetch."""
        here = next((version for version in versions if version.id == item), None)
        several = len(versions) > 1
        self.setVisible(has_address or several)
        self._others.setVisible(several)
        self._compare.setVisible(several)
        self._ask.setVisible(has_address and not is_feed_entry and (here is None or here.is_newest))
        self._whole.setVisible(has_address and is_feed_entry)
        if here is None:
            self._label.setText("")
            return
        told = words_on(here, len(versions)) or ("As the feed tells it" if is_feed_entry else "")
        self._label.setText(told)
        self._label.setToolTip(plain_tip(told))
        self._set_tone("" if here.is_newest else "warn")
        self._menu.clear()
        for version in versions:
            name = f"{_day(version.captured)}{' (newest)' if version.is_newest else ''}"
            action = self._menu.addAction(name, partial(self.version_wanted.emit, version.id))
            action.setCheckable(True)
            action.setChecked(version.id == item)

    def _set_tone(self, tone: str) -> None:
        self._label.setProperty("tone", tone)
        self._label.setProperty("muted", not tone)
        self._label.style().unpolish(self._label)
        self._label.style().polish(self._label)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("plain", True)
        button.setToolTip(plain_tip(tip))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _dress(self) -> None:
        for widget in (self._label, self._others, self._compare, self._ask, self._whole):
            widget.setFont(self._theme.font("small"))


def words_on(version: ItemVersion, count: int) -> str:
    """What is told of a version among so many."""
    if not version.is_newest:
        return f"Older version: {_day(version.captured)}"
    if version.seen is not None:
        return f"Unchanged: {_day(version.seen)}"
    return f"Newest of {count} versions" if count > 1 else ""


def _day(moment: datetime) -> str:
    local = moment.astimezone()
    year = "" if local.year == datetime.now(UTC).year else f" {local.year}"
    return f"{local.day} {local:%b}{year}, {local:%H:%M}"
