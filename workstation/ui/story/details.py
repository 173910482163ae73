"""The fields around a story: slug, verticals, region, datelines, corrections, embargo, language, bylines, sponsor, notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QDateTime, QTimeZone, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from workstation.domain.story import Story, slug_from
from workstation.ui.story.corrections_field import CorrectionsField
from workstation.ui.story.language_field import LanguageField
from workstation.ui.story.notes_field import NotesEdit, framed


class StillDateTimeEdit(QDateTimeEdit):
    """A date that the mouse wheel does not turn while the editor only scrolls past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class StillComboBox(QComboBox):
    """A choice that the mouse wheel does not change while the editor only scrolls past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MomentField(QWidget):
    """A moment that may be missing, shown in the story's time zone."""

    edited = Signal(object)

    def __init__(self, label: str, *, offers_now: bool = True) -> None:
        super().__init__()
        self._given = QCheckBox()
        self._given.setAccessibleName(f"{label} is given")
        self._when = StillDateTimeEdit()
        self._when.setDisplayFormat("d MMM yyyy  HH:mm")
        self._when.setCalendarPopup(True)
        self._when.setAccessibleName(label)
        self._now = QPushButton("Now")
        self._now.setProperty("plain", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._given)
        row.addWidget(self._when, 1)
        row.addWidget(self._now)
        self._now.setVisible(offers_now)
        self.setFocusProxy(self._when)
        self._zone = ZoneInfo("UTC")
        self._moment: datetime | None = None
        self._shown: tuple[datetime | None, ZoneInfo] | None = None
        self._given.clicked.connect(self._give)
        self._when.dateTimeChanged.connect(self._tell)
        self._now.clicked.connect(self._set_now)

    def show_moment(self, moment: datetime | None, zone: ZoneInfo) -> None:
        """Show ``moment`` in ``zone``; the dial is left alone when it shows that already, for this is called at every key."""
        is_shown = self._shown == (moment, zone) and self._given.isChecked() == (moment is not None)
        self._zone, self._moment, self._shown = zone, moment, (moment, zone)
        if is_shown:
            return
        shown = (moment or datetime.now(zone)).astimezone(zone)
        for widget in (self._given, self._when):
            widget.blockSignals(True)
        self._given.setChecked(moment is not None)
        self._when.setEnabled(moment is not None)
        self._when.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
        wall = QDateTime.fromString(shown.strftime("%Y-%m-%dT%H:%M:%S") + "Z", "yyyy-MM-ddTHH:mm:sst")
        if self._when.dateTime() != wall:
            self._when.setDateTime(wall)
        for widget in (self._given, self._when):
            widget.blockSignals(False)

    def _give(self, given: bool) -> None:
        """What was missing begins as now, whenever the dial was shown first."""
        if given and self._moment is None:
            self._set_now()
        else:
            self._tell()

    def _tell(self) -> None:
        self._when.setEnabled(self._given.isChecked())
        self._shown = None
        self.edited.emit(self._read() if self._given.isChecked() else None)

    def _read(self) -> datetime:
        """The moment on the dial in the story's zone; a repeated autumn hour keeps the side it had."""
        wall = datetime.fromisoformat(self._when.dateTime().toString("yyyy-MM-ddTHH:mm:ss"))
        before = self._moment.astimezone(self._zone).replace(tzinfo=None) if self._moment else None
        if self._moment is not None and before == wall:
            return self._moment
        fold = self._moment.astimezone(self._zone).fold if self._moment else 0
        aware = wall.replace(tzinfo=self._zone, fold=fold)
        return datetime.fromisoformat(aware.isoformat())

    def _set_now(self) -> None:
        now = datetime.now(self._zone).replace(second=0, microsecond=0)
        self.edited.emit(datetime.fromisoformat(now.isoformat()))


class Details(QFrame):
    """A form that tells the story with one field changed."""

    edited = Signal(object, str)
    """The story as it should be, and the field that changed."""
    slug_typed = Signal(str)
    """The slug as far as it is typed."""
    slug_wanted = Signal(str, str)
    """The field was left with this slug; the second is the one that the story had before it was typed."""
    zone_refused = Signal(str)
    """The field of the time zone was left with a name that no zone has; it shows the story's own again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("field", True)
        self._story: Story | None = None
        self._house_zone = "UTC"
        self._slug, self._verticals, self._region = QLineEdit(), QLineEdit(), QLineEdit()
        self._bylines, self._contributors, self._sponsor = QLineEdit(), QLineEdit(), QLineEdit()
        self._zone = StillComboBox()
        self._zone_line = QLineEdit()
        self._zone.setLineEdit(self._zone_line)
        self._typed_zone: str | None = None
        self._slug_before: str | None = None
        self._zone.addItem("")
        self._first, self._updated = MomentField("First published"), MomentField("Updated")
        self._language, self._embargo, self._notes = LanguageField(), MomentField("Embargo", offers_now=False), NotesEdit()
        for field in (self._verticals, self._bylines, self._contributors):
            field.setPlaceholderText("Several with commas")
        self._corrections = CorrectionsField()
        form = self._form = QFormLayout(self)
        form.setContentsMargins(12, 10, 12, 10)
        form.addRow("&Verticals", self._verticals)
        form.addRow("&Region", self._region)
        form.addRow("&First published", self._first)
        form.addRow("&Updated", self._updated)
        form.addRow("Corrections", self._corrections)
        form.addRow("&Time zone", self._zone)
        form.addRow("&Embargo", self._embargo)
        form.addRow("&Language", self._language)
        form.addRow("&Bylines", self._bylines)
        form.addRow("&Contributors", self._contributors)
        form.addRow("&Sponsor", self._sponsor)
        form.addRow("Sl&ug", self._slug)
        form.addRow("&Notes", framed(self._notes))
        self._connect()

    def show_story(self, story: Story, house_zone: str, slug_is_fixed: bool) -> None:
        """Show the fields of ``story``; one that holds the same already is left alone."""
        before = self._story or story
        self._story, self._house_zone = story, house_zone
        lists = ((self._verticals, story.verticals), (self._bylines, story.bylines), (self._contributors, story.contributors))
        for field, values in lists:
            if _listed(field.text()) != values:
                field.setText(", ".join(values))
        lines = ((self._region, story.region), (self._sponsor, story.sponsor))
        for line, value in lines:
            if (line.text().strip() or None) != value:
                line.setText(value or "")
        is_typed = self._slug.isModified() and story.slug in (before.slug, slug_from(self._slug.text()))
        if self._slug.text() != story.slug and not is_typed:
            self._slug.setText(story.slug)
            self._slug_before = None
        self._slug.setReadOnly(slug_is_fixed)
        self._slug.setToolTip("Fixed at the first export" if slug_is_fixed else "Follows the headline until the first export")
        self._zone_line.setPlaceholderText(f"{house_zone} (the publication’s)")
        is_typed = self._zone_line.isModified() and story.time_zone in (before.time_zone, self._typed_zone)
        if self._zone.currentText() != (story.time_zone or "") and not is_typed:
            self._zone.setEditText(story.time_zone or "")
        zone = zone_of(story, house_zone)
        self._first.show_moment(story.first_published, zone)
        self._updated.show_moment(story.updated, zone)
        self._corrections.show_corrections(story.corrections, zone)
        self._form.setRowVisible(self._corrections, bool(story.corrections))
        self._embargo.show_moment(story.embargo, zone)
        self._language.show_language(story.language)
        self._notes.show_text(story.notes)

    def finish(self) -> None:
        """Tell what was typed and not entered yet, before the fields turn to another story."""
        self._leave_zone()
        if self._slug.isModified():
            self._tell_slug()

    def field(self, name: str) -> QWidget | None:
        """The widget that shows the field of the story with this name."""
        fields: dict[str, QWidget] = {
            "verticals": self._verticals,
            "region": self._region,
            "first_published": self._first,
            "updated": self._updated,
            "corrections": self._corrections,
            "time_zone": self._zone,
            "bylines": self._bylines,
            "contributors": self._contributors,
            "sponsor": self._sponsor,
            "embargo": self._embargo,
            "language": self._language,
            "notes": self._notes,
            "slug": self._slug,
        }
        return fields.get(name)

    def showEvent(self, event: object) -> None:
        if self._zone.count() == 1:
            shown = self._zone.currentText()
            self._zone.addItems(sorted(available_timezones()))
            self._zone.setEditText(shown)
        super().showEvent(event)  # type: ignore[arg-type]

    def _connect(self) -> None:
        self._verticals.textEdited.connect(lambda text: self._tell("verticals", verticals=_listed(text)))
        self._region.textEdited.connect(lambda text: self._tell("region", region=text.strip() or None))
        self._bylines.textEdited.connect(lambda text: self._tell("bylines", bylines=_listed(text)))
        self._contributors.textEdited.connect(lambda text: self._tell("contributors", contributors=_listed(text)))
        self._sponsor.textEdited.connect(lambda text: self._tell("sponsor", sponsor=text.strip() or None))
        self._first.edited.connect(lambda moment: self._tell("first_published", first_published=moment))
        self._updated.edited.connect(lambda moment: self._tell("updated", updated=moment))
        self._corrections.edited.connect(lambda corrections: self._tell("corrections", corrections=corrections))
        self._embargo.edited.connect(lambda moment: self._tell("embargo", embargo=moment))
        self._language.edited.connect(lambda tag: self._tell("language", language=tag))
        self._notes.typed.connect(lambda: self._tell("notes", notes=self._notes.text()))
        self._zone.textActivated.connect(self._tell_zone)
        self._zone_line.textEdited.connect(self._tell_zone)
        self._zone_line.editingFinished.connect(self._leave_zone)
        self._slug.textEdited.connect(self._tell_typed_slug)
        self._slug.editingFinished.connect(self._tell_slug)

    def _tell(self, field: str, **change: object) -> None:
        if self._story is not None:
            self._story = replace(self._story, **change)  # type: ignore[arg-type]
            self.edited.emit(self._story, field)

    def _tell_zone(self, text: str) -> None:
        zone = self._typed_zone = text.strip() or None
        if self._story is not None and zone != self._story.time_zone and (zone is None or zone_named(zone) is not None):
            self._tell("time_zone", time_zone=zone)

    def _leave_zone(self) -> None:
        text, own = self._zone.currentText(), self._story.time_zone if self._story is not None else None
        self._tell_zone(text)
        self._zone_line.setModified(False)
        if self._typed_zone is not None and zone_named(self._typed_zone) is None:
            self._zone.setEditText(own or "")
            self.zone_refused.emit(text)

    def _tell_typed_slug(self, text: str) -> None:
        """While it is typed, too: a kill leaves it, and the status bar says no sooner that it is saved."""
        if self._story is not None:
            self._slug_before = self._slug_before or self._story.slug
            if text.strip():
                self.slug_typed.emit(text)

    def _tell_slug(self) -> None:
        self._slug.setModified(False)
        if self._story is not None:
            before, self._slug_before = self._slug_before or self._story.slug, None
            if self._slug.text() != self._story.slug:
                self.slug_wanted.emit(self._slug.text().strip() or before, before)


def zone_of(story: Story, house_zone: str) -> ZoneInfo:
    """The time zone that a story's times are shown in."""
    return zone_named(story.time_zone) or zone_named(house_zone) or ZoneInfo("UTC")


def zone_named(name: str | None) -> ZoneInfo | None:
    """The zone with this IANA name, or None."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
