"""Where the sources of a story come from: the form lives on many voices, so the editor sees at a glance which are missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from workstation.domain.item import ItemSummary
from workstation.domain.story import Source, Story
from workstation.errors import NotFoundError
from workstation.ui.wording import country_name

if TYPE_CHECKING:
    from workstation.ui.theme import Theme
    from workstation.workflow.gathering import Gathering


class Voices(QWidget):
    """Counts, never a verdict: a bar for each country that a source comes from."""

    def __init__(self, theme: Theme, gathering: Gathering) -> None:
        super().__init__()
        self._theme, self._gathering = theme, gathering
        self._story: Story | None = None
        self._shown: tuple[tuple[Source, ...], ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(6)
        theme.changed.connect(self._rebuild)

    def show_story(self, story: Story) -> None:
        """Show the voices of ``story``; nothing is made anew while its sources are the same."""
        sources = tuple(card.sources for card in story.signals)
        self._story = story
        if sources != self._shown:
            self._shown = sources
            self._rebuild()

    def _rebuild(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        story = self._story
        summaries = self._summaries(story) if story else []
        if not summaries or story is None:
            return
        countries = Counter(summary.country or "" for summary in summaries)
        languages = {summary.language for summary in summaries if summary.language}
        told = f"{_count(len(story.outlets), 'outlet')}, {_count(len(countries), 'country', 'countries')}"
        self._column.addWidget(self._overline(f"Whose perspective?  ·  {told}, {_count(len(languages), 'language')}"))
        for country, number in countries.most_common():
            self._column.addWidget(self._bar(country_name(country) or "Country unknown", number, len(summaries)))

    def _overline(self, text: str) -> QLabel:
        label = QLabel(text.upper())
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(self._theme.font("overline"))
        label.setWordWrap(True)
        label.setProperty("muted", True)
        return label

    def _bar(self, name: str, number: int, total: int) -> QWidget:
        row = QWidget()
        grid = QVBoxLayout(row)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setSpacing(3)
        line = QHBoxLayout()
        country, share = QLabel(name), QLabel(f"{number} of {total} sources")
        share.setProperty("muted", True)
        for label in (country, share):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(self._theme.font("small"))
        line.addWidget(country, 1)
        line.addWidget(share)
        bar = QProgressBar()
        bar.setRange(0, total)
        bar.setValue(number)
        bar.setTextVisible(False)
        bar.setFixedHeight(7)
        bar.setAccessibleName(f"{name}: {number} of {total} sources")
        grid.addLayout(line)
        grid.addWidget(bar)
        return row

    def _summaries(self, story: Story) -> list[ItemSummary]:
        found = []
        for item in story.item_ids:
            try:
                found.append(self._gathering.summary(item))
            except NotFoundError:
                continue
        return found


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
