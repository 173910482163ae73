"""The door out: in which form, what blocks, what changed, how it looks, and the ways to hand it over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from workstation.domain.changes import Changes
from workstation.domain.ledger import ChangeKind
from workstation.domain.problem import Problem
from workstation.errors import WorkstationError
from workstation.ui.dialogs.destinations import DestinationsDialog
from workstation.ui.dialogs.handing_over.blockers import Blockers
from workstation.ui.dialogs.handing_over.foot import Foot
from workstation.ui.dialogs.handing_over.looks import Looks, Seen
from workstation.ui.dialogs.handing_over.offers import WayOut, kind_of, main_way
from workstation.ui.dialogs.handing_over.profile_list import ProfileList
from workstation.ui.dialogs.handing_over.readings import Known, Readings, told
from workstation.ui.dialogs.handing_over.remembered import Remembered
from workstation.ui.dialogs.handing_over.report import Report
from workstation.ui.dialogs.handing_over.terms_form import TermsForm
from workstation.ui.dialogs.handing_over.verbs import Wish
from workstation.ui.dialogs.handing_over.ways import Ways
from workstation.ui.dialogs.handing_over.what_changed import NEEDED, WhatChanged
from workstation.ui.elided import Elided
from workstation.ui.tab import Tab
from workstation.ui.tab_order import neighbour
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.desk import Desk
    from workstation.workflow.reviewing import Reviewed

SIZE_KEY, SPLIT_KEY, LOOKS_KEY = (f"handing-over/{name}" for name in ("size", "split", "looks"))
FIRST_SIZE = QSize(1240, 800)
FRAME = QSize(16, 40)
"""What a desktop puts around a window, with some to spare."""
SMALLEST = QSize(640, 580)
MOST_OF_HOUSE = 360
"""Pixels of the head that a house, or what is wrong with it, takes; the headline has the rest."""
LOOKS, BLOCKERS, CHANGED, REPORT = range(4)
TABS = ("&Page and source", "What &blocks", "What chan&ged", "What the system made of it")
AS_WHAT = {ChangeKind.UPDATE: "an update", ChangeKind.CORRECTION: "a correction", ChangeKind.SILENT: "a silent change"}
CHECKING = "The story is being checked…"


class HandOverDialog(QDialog):
    """Hands the open story over. It opens at once; the checks, the changes and the rendering come beside."""

    checks_wanted = Signal()
    """The editor goes to the checks."""
    evidence_wanted = Signal()
    """The editor wants what bears the story out, for a colleague."""

    def __init__(self, session: Session, theme: Theme, desk: Desk, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._session, self._theme, self._desk, self._settings = session, theme, desk, settings
        self._story = session.story or 0
        self._remembered: Remembered | None = None
        self._known: Known | None = None
        self._is_checked = False
        self._is_led = self._is_done = False
        self._why_not = self._why_unchecked = ""
        self._profiles = {profile.name: profile for profile in desk.publishing.profiles()}
        self._headline = Elided()
        self._embargo = Elided()
        self.publication = Elided()
        self.profiles = ProfileList(theme, self._profiles.values())
        self.looks = Looks(theme)
        self.blockers = Blockers(theme)
        self.changed = WhatChanged(theme)
        self.report = Report()
        self.terms = TermsForm()
        self.foot = Foot(theme)
        self.readings = Readings(session, desk, self._story, self)
        self.ways = Ways(session, desk, self)
        self._lay_out()
        self._connect()
        theme.on_change(self._dress)
        self._restore_size()
        self._begin()

    # --- opening and closing ---------------------------------------------------------------------------------------

    def _begin(self) -> None:
        story = self._desk.writing.story(self._story)
        self._headline.say(story.headline or "Untitled story")
        self._tell()
        self.readings.read()
        if self._desk.publications.is_ready(story):  # nothing waits for a file, so the choices stand from the beginning
            self._take_house(self._desk.publications.printed(story).publication.name)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.looks.rendered.pages.start)

    def done(self, result: int) -> None:
        """Whatever closes the dialog: its size is remembered, the engine goes from a fresh event, work goes on by itself."""
        if self._is_done:
            return
        self._is_done = True
        self._settings.setValue(SIZE_KEY, self.size())
        self._settings.setValue(SPLIT_KEY, self._split.saveState())
        self._settings.setValue(LOOKS_KEY, self.looks.split.saveState())
        self.readings.stop()
        self.looks.rendered.pages.stop()
        self.ways.leave()
        super().done(result)

    def focusNextPrevChild(self, forward: bool) -> bool:
        found = neighbour(self, self.focusWidget(), 1 if forward else -1)
        if found is None:
            return super().focusNextPrevChild(forward)
        found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    # --- what is chosen --------------------------------------------------------------------------------------------

    @property
    def wish(self) -> Wish:
        """What would be handed over now, and how."""
        return Wish(
            story=self._story,
            profile=self.profiles.current,
            terms=self.terms.terms,
            waive=self.blockers.waive,
            change=self.changed.change,
            note=self.changed.told_note,
        )

    def show_part(self, part: int) -> None:
        """Turn to one of the parts: how it looks, what blocks, what changed, what became of it."""
        self._tabs.button(part).setChecked(True)
        self._stack.setCurrentIndex(part)

    def _take_house(self, name: str) -> None:
        """Begin with what was chosen for this house the last time."""
        self._remembered = Remembered(self._settings, name)
        self.terms.restore(self._remembered)
        self.profiles.choose(self._remembered.profile)
        self.profiles.entries.setFocus()

    def _choose(self, name: str) -> None:
        self.terms.show_profile(self._profiles[name], self._remembered)
        self._render()
        self._tell()

    def _render(self) -> None:
        if self.profiles.current:
            self.readings.render(self.wish)

    def _turn(self) -> None:
        """Other terms: what was said of the last hand-over is over, and the story looks otherwise."""
        self.ways.forget()
        self._render()
        self._tell()

    # --- what comes to be known ------------------------------------------------------------------------------------

    def _show_known(self, known: Known) -> None:
        self._known = known
        publication, fault = known.printed.publication, known.printed.fault
        broken = ", as it was before its file broke" if known.printed.warning is not None else ""
        tone = "bad" if fault is not None else "warn" if broken else ""
        self.publication.say(told(fault) if fault is not None else f"{publication.name}{broken}", tone)
        if self._remembered is None:
            self._take_house(publication.name)
        self.terms.propose_address(known.address)
        kept = self._remembered.destination(self.profiles.current) if self._remembered is not None else ""
        self.terms.show_destinations(known.destinations, publication.name, kept)
        self.changed.show_since(known.since)
        has_changed = known.since is not None and known.since.has_changed
        self._tabs.button(CHANGED).setVisible(known.since is not None)
        if has_changed:
            self._lead_to(CHANGED)
            self._render()  # with the correction, or the time of the update
        self._tell()

    def _show_review(self, reviewed: Reviewed, reasons: list[str]) -> None:
        self._is_checked, self._why_unchecked = True, ""
        self.blockers.show_reviewed(reviewed)
        self.blockers.offer(reasons)
        count = len(reviewed.blockers)
        self._tabs.button(BLOCKERS).setText(f"{TABS[BLOCKERS]} {count}" if count else TABS[BLOCKERS])
        embargo = next((problem.message for problem in reviewed.problems if problem.rule == "embargo"), "")
        self._embargo.say(embargo)
        self._embargo.setVisible(bool(embargo))
        if count:
            self._lead_to(BLOCKERS)
        self._tell()

    def _show_unchecked(self, error: WorkstationError) -> None:
        self._is_checked, self._why_unchecked = False, told(error)
        self._tell()

    def _lead_to(self, part: int) -> None:
        """Show first what has to be decided, unless the editor has turned to something already."""
        if not self._is_led and (part == BLOCKERS or self._stack.currentIndex() == LOOKS):
            self.show_part(part)

    def _show_seen(self, now: Seen) -> None:
        self._why_not = ""
        self.looks.show_seen(now)

    def _show_unseen(self, error: WorkstationError) -> None:
        self._why_not = told(error)
        self.looks.show_error(error)
        self._tell()

    def _notice(self, changes: Changes, initiator: object) -> None:
        if self._story in changes.stories and initiator is not self.ways and not self._is_done:
            self.readings.read()
            self._render()

    # --- the ways out ----------------------------------------------------------------------------------------------

    def take(self, way: WayOut) -> None:
        """Hand the story over this way, unless something has to be said first."""
        if self.ways.is_busy or self._what_lacks():
            return
        self._remember()
        if way is WayOut.SAVE:
            self.ways.save(self.wish, Path(self.terms.folder.text()).expanduser())
        elif way is WayOut.SEND:
            self.ways.send(self.wish, self.terms.chosen_destination)
        else:
            self.ways.copy(self.wish)

    def _copy_source(self) -> None:
        if self._has_source and not self.ways.is_busy and not self._what_lacks():
            self._remember()
            self.ways.copy_source(self.wish, self.looks.files.currentText())

    @property
    def _has_source(self) -> bool:
        """Whether the source on the screen is that of the chosen profile, and a text."""
        return self.readings.is_rendered and self.looks.has_source

    def _what_lacks(self) -> bool:
        """Whether a reason or a note is lacking; the editor is led to its field."""
        if self.blockers.stand and self.blockers.waive is None:
            self.show_part(BLOCKERS)
            self.blockers.reason.setFocus()
            self._tell()
            return True
        if self.changed.lacks_note:
            self.show_part(CHANGED)
            self.changed.note.setFocus()
            return True
        return False

    def _remember(self) -> None:
        if self._remembered is None:
            return
        profile, terms = self.profiles.current, self.terms.terms
        self._remembered.profile = profile
        self._remembered.folder = self.terms.folder.text()
        self._remembered.passages = terms.passages
        if terms.lead is not None:
            self._remembered.keep_lead(profile, terms.lead)
        if self.terms.chosen_destination:
            self._remembered.keep_destination(profile, self.terms.chosen_destination)

    def _end(self) -> None:
        """Something was handed over: it is the last hand-over now, and its reason let the blockers pass."""
        if self.ways.sent is not None:
            count = self.report.show_sent(self.ways.sent)
            self._tabs.button(REPORT).setVisible(True)
            if count:
                self.show_part(REPORT)
        self.readings.read()

    def _manage_destinations(self) -> None:
        dialog = DestinationsDialog(self._session, self._desk, self)
        dialog.exec()
        dialog.deleteLater()
        self.readings.read()

    def _go_to(self, problem: Problem) -> None:
        self.reject()
        QTimer.singleShot(0, self._session, lambda: self._session.show_place(problem.place))

    def _go_to_checks(self) -> None:
        self.reject()
        self.checks_wanted.emit()

    # --- words -----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Say how it stands and which ways are open."""
        can = self._is_checked and not self.ways.is_busy and not self._why_not and bool(self.profiles.current)
        can = can and self.terms.has_good_address
        destination, is_offline = self.terms.chosen_destination, self._desk.gathering.is_offline
        has_destination = bool(destination) and not is_offline
        ways = self.foot.ways
        self.foot.open(ways[WayOut.SAVE], can and bool(self.terms.folder.text().strip()))
        self.foot.open(ways[WayOut.COPY], can)
        self.foot.open(ways[WayOut.SEND], can and has_destination)
        ways[WayOut.SEND].setToolTip(plain_tip(_why_not_send(self.profiles.current, destination, is_offline)))
        self.foot.open(self.foot.source, can and self._has_source)
        self.foot.make_main(main_way(self.profiles.current, has_destination=has_destination))
        self.foot.stop.setVisible(self.ways.is_sending)
        text, tone, *offers = self.ways.outcome or self._standing()
        self.foot.say(text, tone, *offers)

    def _standing(self) -> tuple[str, str]:
        """How it stands before anything is handed over, and the tone to say it in."""
        fault = self._known.printed.fault if self._known is not None else None
        count = len(self.blockers.problems)
        stand = "A blocker stands" if count == 1 else f"{count} blockers stand"
        lacks = "mend it" if count == 1 else "mend them"
        found = (
            (bool(self._why_unchecked), self._why_unchecked, "bad"),
            (not self._is_checked or self._known is None, CHECKING, ""),
            (fault is not None, told(fault) if fault is not None else "", "bad"),
            (bool(self._why_not), self._why_not, "bad"),
            (not self.terms.has_good_address, "The address is none: it begins with https://", "bad"),
            (bool(count) and self.blockers.waive is None, f"{stand}: {lacks}, or give a reason.", "bad"),
            (self.changed.lacks_note, NEEDED, "warn"),
            (bool(count), f"Ready. {stand}, and your reason lets {'it' if count == 1 else 'them'} pass.", "warn"),
        )
        return next(((text, tone) for is_so, text, tone in found if is_so), (f"Ready{self._as_what()}.", ""))

    def _as_what(self) -> str:
        change = self.changed.change
        return f": goes out as {AS_WHAT[change]}" if change else ""

    # --- putting together ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._embargo.setProperty("badge", "warn")
        self._embargo.setContentsMargins(10, 4, 10, 4)
        self._embargo.setAccessibleName("Embargo")
        self._embargo.hide()
        self.publication.setAccessibleName("Publication")
        self.publication.setProperty("muted", True)
        self.publication.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.publication.setMaximumWidth(MOST_OF_HOUSE)
        head = QHBoxLayout()
        head.setSpacing(12)
        for label, stretch in ((self._headline, 3), (self._embargo, 2), (self.publication, 0)):
            head.addWidget(label, stretch)
        self._stack = QStackedWidget()
        self._tabs = QButtonGroup(self)
        tabs = QHBoxLayout()
        tabs.setSpacing(4)
        for index, part in enumerate((self.looks, self.blockers, self.changed, self.report)):
            tab = Tab(TABS[index])
            tab.setAutoDefault(False)
            self._tabs.addButton(tab, index)
            tabs.addWidget(tab)
            self._stack.addWidget(part)
        tabs.addStretch(1)
        for index in (CHANGED, REPORT):
            self._tabs.button(index).hide()
        self._tabs.button(LOOKS).setChecked(True)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(self.terms)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self.profiles.setMinimumWidth(150)
        self._split.addWidget(self.profiles)
        self._split.addWidget(right)
        self._split.setSizes([220, 1000])
        self._split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._split, 1)
        whole.addWidget(self.foot)

    def _restore_size(self) -> None:
        self.setMinimumSize(SMALLEST)
        kept, above = self._settings.value(SIZE_KEY), self.parentWidget()
        size, room = FIRST_SIZE, self.screen().availableSize()
        if isinstance(kept, QSize):
            size = kept
        elif above is not None:
            room = above.window().size()
        self.resize(size.boundedTo(room - FRAME).expandedTo(SMALLEST))
        for split, key in ((self._split, SPLIT_KEY), (self.looks.split, LOOKS_KEY)):
            state = self._settings.value(key)
            if isinstance(state, QByteArray):
                split.restoreState(state)

    def _connect(self) -> None:
        self.profiles.chosen.connect(self._choose)
        self.profiles.evidence.clicked.connect(lambda _: self.evidence_wanted.emit())
        self._tabs.idClicked.connect(self._turn_to)
        self.terms.terms_changed.connect(self._turn)
        self.terms.places_changed.connect(self._tell)
        self.terms.destinations_wanted.connect(self._manage_destinations)
        self.blockers.reason.textChanged.connect(lambda _: self._tell())
        self.blockers.place_wanted.connect(self._go_to)
        self.blockers.checks_wanted.connect(self._go_to_checks)
        self.changed.said.connect(self._turn)
        self.readings.known.connect(self._show_known)
        self.readings.reviewed.connect(self._show_review)
        self.readings.unchecked.connect(self._show_unchecked)
        self.readings.seen.connect(self._show_seen)
        self.readings.failed.connect(self._show_unseen)
        self.foot.wanted.connect(self.take)
        self.foot.source_wanted.connect(self._copy_source)
        self.foot.stop_wanted.connect(self.ways.stop)
        self.foot.close_wanted.connect(self.reject)
        self.ways.told.connect(self._tell)
        self.ways.ended.connect(self._end)
        self.looks.file_shown.connect(self._tell)
        self.looks.source.listen(self)
        self._session.changed.connect(self._notice)

    def _turn_to(self, part: int) -> None:
        self._is_led = True
        self._stack.setCurrentIndex(part)

    def _dress(self) -> None:
        self._headline.setFont(self._theme.font("card"))
        for label in (self._embargo, self.publication):
            label.setFont(self._theme.font("ui"))
        for button in self._tabs.buttons():
            button.setFont(self._theme.font("ui"))


def _why_not_send(profile: str, destination: str, is_offline: bool) -> str:
    if is_offline:
        return "The network is forbidden (--offline)."
    if kind_of(profile) is None:
        return "WordPress and Ghost take their own forms over the network."
    return "" if destination else "Name where it goes first: Destinations…"
