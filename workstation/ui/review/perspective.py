"""Whose perspective a story has, in pictures: a map, bars by country, outlet, speaker and region, languages and kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from workstation.domain.outlet import OutletKind
from workstation.domain.perspective import CountryCount, OutletShare, Perspective, Related
from workstation.domain.wording import counted
from workstation.ui.flow_layout import FlowLayout
from workstation.ui.review.share_bar import ShareBar
from workstation.ui.review.world_map import MapPlace, WorldMap
from workstation.ui.wording import country_name, language_name, plain_tip
from workstation.workflow.perspective_words import told_country, told_missing, told_named, told_reason

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

MOST_SOURCED, MOST_NAMED, MOST_SHARES = 10, 6, 12
GAP = 8
KINDS = {
    OutletKind.PUBLIC: "public",
    OutletKind.PRIVATE: "private",
    OutletKind.STATE: "state",
    OutletKind.AGENCY: "agency",
    None: "unknown",
}
EXTRA = "With the extra “semantic” installed, items in other languages are found by their meaning too (see the README)."
Bar = tuple[str, str, float, str]
"""A name, what is told beside it, a share of the whole from 0 to 1, and a tool tip."""


class PerspectiveSection(QWidget):
    """Shows counts, never a verdict. Empty and hidden while a story has no sources."""

    items_requested = Signal(str)
    """The inbox query that shows what somebody asked for: related items, or unread ones from a country."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._perspective = Perspective()
        self._related: Related | None = None
        self._view = next(iter(_VIEWS))
        self.map = WorldMap(theme)
        self.map.chosen.connect(lambda code: self.items_requested.emit(f"country:{code} is:unread"))
        self._overline = _label(theme, "overline", muted=True)
        self._chips = QWidget(), QWidget()
        self._languages, self._kinds = (FlowLayout(place, gap=6) for place in self._chips)
        self._bars = QWidget()
        self._bar_column = QVBoxLayout(self._bars)
        self._bar_column.setContentsMargins(0, 0, 0, 0)
        self._bar_column.setSpacing(4)
        self._lay_out()
        theme.changed.connect(self._rebuild)
        self.hide()

    def show_perspective(self, perspective: Perspective, related: Related | None) -> None:
        """Show a story's counts; ``related`` None while the inbox has not been asked yet."""
        if (perspective, related) != (self._perspective, self._related):
            self._perspective, self._related = perspective, related
            self._rebuild()

    def choose(self, view: str) -> None:
        """Show the bars of ``Countries``, ``Outlets``, ``Speakers`` or ``Regions``."""
        self._view = view
        self._tabs[view].setChecked(True)
        self._show_bars()

    # --- layout ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._overline)
        column.addWidget(self.map)
        column.addWidget(self._tab_row())
        column.addWidget(self._bars)
        for place in self._chips:
            column.addWidget(place)
        column.addWidget(self._missing_box())

    def _tab_row(self) -> QWidget:
        row = QWidget()
        line = FlowLayout(row, gap=2)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, QPushButton] = {}
        for view in _VIEWS:
            tab = QPushButton(view)
            tab.setProperty("tab", True)
            tab.setCheckable(True)
            tab.setChecked(view == self._view)
            tab.clicked.connect(lambda _=False, view=view: self.choose(view))
            self._group.addButton(tab)
            self._tabs[view] = tab
            line.addWidget(tab)
        return row

    def _missing_box(self) -> QFrame:
        self._box = QFrame()
        self._box.setProperty("field", True)
        self._told = _label(self._theme, "small")
        self._show_them = QPushButton("Show them")
        self._show_them.setAccessibleDescription("Lists the unread items on this topic in the inbox")
        self._show_them.clicked.connect(self._request_related)
        line = QHBoxLayout(self._box)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(10)
        line.addWidget(self._told, 1)
        line.addWidget(self._show_them)
        return self._box

    # --- showing ---------------------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        perspective = self._perspective
        self.setVisible(bool(perspective.outlets))
        self._overline.setText(_headline(perspective).upper())
        self._overline.setFont(self._theme.font("overline"))
        self.map.show_places(list(_places(perspective)))
        self._show_bars()
        self._show_chips()
        self._show_missing()

    def _show_bars(self) -> None:
        _empty(self._bar_column)
        bars = _VIEWS[self._view](self._perspective)
        for name, told, share, tip in bars:
            self._bar_column.addWidget(ShareBar(self._theme, name, told, share, tip))
        if not bars:
            self._bar_column.addWidget(_label(self._theme, "small", _NOTHING[self._view], muted=True))

    def _show_chips(self) -> None:
        languages = ((language_name(code) or "unknown", count) for code, count in self._perspective.languages)
        kinds = ((KINDS[kind], count) for kind, count in self._perspective.kinds)
        self._fill(self._languages, "Languages", languages)
        self._fill(self._kinds, "Outlets", kinds)

    def _fill(self, row: FlowLayout, head: str, counts: Iterable[tuple[str, int]]) -> None:
        _empty(row)
        row.addWidget(_label(self._theme, "small", head, muted=True))
        for name, count in counts:
            chip = _label(self._theme, "small", f"{name} {count}")
            chip.setWordWrap(False)
            chip.setProperty("tag", True)
            chip.setAccessibleName(f"{head}, {name}: {counted(count, 'source')}")
            row.addWidget(chip)

    def _show_missing(self) -> None:
        related = self._related
        told = told_missing(self._perspective, related, country_name)
        self._box.setVisible(bool(told))
        self._told.setText(told)
        found = related.items if related else ()
        self._show_them.setVisible(bool(found))
        self._show_them.setText("Show it" if len(found) == 1 else "Show them")
        lines = [f"{item.summary.title}: {told_reason(item.shared, item.likeness)}" for item in found]
        if related is not None and not related.by_meaning:
            lines.append(EXTRA)
        self._box.setToolTip(plain_tip("\n".join(lines)))

    def _request_related(self) -> None:
        if self._related is not None and self._related.query:
            self.items_requested.emit(self._related.query)


# --- what is shown -------------------------------------------------------------------------------------------------


def _headline(perspective: Perspective) -> str:
    languages = sum(1 for code, _ in perspective.languages if code)
    told = (
        counted(len(perspective.outlets), "outlet"),
        counted(len(perspective.sourced), "country", "countries"),
        counted(languages, "language"),
    )
    return f"Whose perspective?  ·  {', '.join(told)}"


def _places(perspective: Perspective) -> Iterator[MapPlace]:
    from workstation.review.voices.countries import countries  # noqa: PLC0415 - the window is painted before a story is checked

    for country in perspective.countries:
        place = countries().get(country.code)
        if place is not None:
            worth = (country.sources / len(perspective.outlets)) ** 0.5 if country.sources else None  # the area tells the share
            told = f"{country_name(country.code)}: {_tip(country, len(perspective.outlets))}"
            yield MapPlace(country.code, place.latitude, place.longitude, worth, told)


def _tip(country: CountryCount, sources: int) -> str:
    told, named = told_country(country, sources), told_named(country)
    return f"{told}, {named}" if country.sources and named else told if country.sources else f"{named}, no source"


def _country_bars(perspective: Perspective) -> list[Bar]:
    sources = len(perspective.outlets)

    def bar(country: CountryCount) -> Bar:
        share = country.sources / sources if sources else 0.0
        return country_name(country.code), told_country(country, sources), share, _tip(country, sources)

    sourced = [bar(country) for country in perspective.sourced[:MOST_SOURCED]]
    sourced += _rest(len(perspective.sourced) - MOST_SOURCED, "country with sources", "countries with sources")
    if perspective.nowhere:
        told = f"{perspective.nowhere} of {counted(sources, 'source')}"
        sourced.append(("Country unknown", told, perspective.nowhere / sources, "Set the outlet’s country in the outlets."))
    named = [bar(country) for country in perspective.unsourced[:MOST_NAMED]]
    named += _rest(len(perspective.unsourced) - MOST_NAMED, "country named", "countries named")
    return [*sourced, *named]


def _rest(count: int, one: str, many: str) -> list[Bar]:
    return [(f"and {count} more {one if count == 1 else many}", "", 0.0, "")] if count > 0 else []


def _outlet_bars(perspective: Perspective) -> list[Bar]:
    words = sum(share.words for share in perspective.outlets) or 1
    quotations = sum(share.quotations for share in perspective.outlets)
    bars = [
        (share.name, _told_share(share, words), share.words / words, _outlet_tip(share, quotations))
        for share in perspective.outlets[:MOST_SHARES]
    ]
    return [*bars, *_rest(len(perspective.outlets) - MOST_SHARES, "outlet", "outlets")]


def _told_share(share: OutletShare, words: int) -> str:
    quoted = f" · {counted(share.quotations, 'quotation')}" if share.quotations else ""
    return f"{share.words / words:.0%} of words{quoted}"


def _outlet_tip(share: OutletShare, quotations: int) -> str:
    where = ", ".join(filter(None, (country_name(share.country), language_name(share.language))))
    told = [f"{counted(share.words, 'word')} of the cards that rest on it"]
    told.append(f"{share.quotations} of {counted(quotations, 'quotation')}, {counted(share.quoted_words, 'word')} quoted")
    return "\n".join([*([where] if where else []), *told])


def _speaker_bars(perspective: Perspective) -> list[Bar]:
    words = sum(share.words for share in perspective.speakers) or 1
    bars = [
        (
            share.name or "Speaker not certain",
            f"{share.words / words:.0%} of quoted words · {counted(share.quotations, 'quotation')}",
            share.words / words,
            f"{counted(share.words, 'word')} quoted",
        )
        for share in perspective.speakers[:MOST_SHARES]
    ]
    return [*bars, *_rest(len(perspective.speakers) - MOST_SHARES, "speaker", "speakers")]


def _area_bars(perspective: Perspective) -> list[Bar]:
    total = len(perspective.outlets) or 1
    return [
        (area, f"{counted(sources, 'source') if sources else 'no source'} · named {named}", sources / total, "")
        for area, sources, named in perspective.areas
    ]


_VIEWS: dict[str, Callable[[Perspective], list[Bar]]] = {
    "Countries": _country_bars,
    "Outlets": _outlet_bars,
    "Speakers": _speaker_bars,
    "Regions": _area_bars,
}
_NOTHING = {
    "Countries": "No country is known.",
    "Outlets": "No card names a source.",
    "Speakers": "Nobody is quoted in three words or more.",
    "Regions": "No country is known.",
}


def _label(theme: Theme, role: str, text: str = "", *, muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(role))
    label.setWordWrap(True)
    label.setProperty("muted", muted)
    return label


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
