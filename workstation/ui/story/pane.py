"""The story editor: every field of the open story and its cards, always saying what the draft says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.changes import Changes
from workstation.domain.common_ends import change_end
from workstation.domain.item import ItemState, ItemSummary
from workstation.domain.problem import Place
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.domain.story_diff import StoryChanges
from workstation.errors import NotFoundError, StoreDamagedError, WorkstationError
from workstation.ui.session import CaretPlace
from workstation.ui.story.body_edit import BodyEdit
from workstation.ui.story.card import CardFrame
from workstation.ui.story.card_actions import CardActions
from workstation.ui.story.card_list import CardList
from workstation.ui.story.counts import StoryCounts
from workstation.ui.story.details import Details
from workstation.ui.story.guide import Guide
from workstation.ui.story.insights import InsightsField
from workstation.ui.story.lead_image import LeadImageField
from workstation.ui.story.picturing import Picturing
from workstation.ui.story.sight import SharedSight
from workstation.ui.story.story_problems import Owner, StoryProblems
from workstation.ui.story.text_commands import TextCommands
from workstation.ui.story.text_field import GrowingEdit, LineField, is_undo
from workstation.ui.story.trail import Trail
from workstation.ui.story.translating import Translating
from workstation.ui.story.verdict import verdicts
from workstation.workflow.history import Spot
from workstation.workflow.reviewing import Reviewed

if TYPE_CHECKING:
    from workstation.ui.checking import Checking
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.gathering import Gathering
    from workstation.workflow.publishing import Publishing
    from workstation.workflow.quoting import Quoting
    from workstation.workflow.tracing import Tracing
    from workstation.workflow.writing import Stepped, Writing

COLUMN = 640
MARGIN = 16
CARET_MARGIN = 48
DAMAGED = "This story is damaged"


class StoryPane(QWidget):
    """Shows the open story; every change goes to the draft as a step, and the draft's answer is shown again."""

    steps_changed = Signal()
    """What undo and redo would do may have changed."""
    field_made = Signal(object)
    """A text field of a new card, for the tools that work on every text."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        writing: Writing,
        publishing: Publishing,
        gathering: Gathering,
        checking: Checking,
        quoting: Quoting,
        tracing: Tracing,
    ) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._writing = writing
        self._publishing = publishing
        self._gathering = gathering
        self._number: int | None = None
        self._is_started = False
        self._told_of_house = ""
        self.trail = Trail(self, session, tracing, self.body_in_hand, self._go_back)
        self.translating = Translating(self, session, quoting, self.body_in_hand)
        self.text = TextCommands(self, theme, writing.pasted, self._sources_in_hand)
        self._make_fields()
        self.cards = CardActions(self, session, theme, writing, quoting, self._cards)
        self.trace = QAction("Go to the source of this quotation\tCtrl+J", self)
        self.trace.triggered.connect(lambda _=False: self.trail.there())
        self.tie = QAction("Tie this sentence to the passage in the reader\tCtrl+Shift+J", self)
        self.untie = QAction("Untie this sentence", self)
        self._serve_text(self._news)
        self._lay_out()
        self.guide = Guide(self._cards.frames, self._image, self._field, self._go_to_spot, self._bring_into_view)
        self.problems = StoryProblems(theme, self._texts, self.guide.line, self)
        self._sight = SharedSight(self, session, self._scroll, self._inside, self._seen_parts)
        self._connect(checking)
        theme.on_change(self._dress)
        self.setEnabled(False)

    # --- showing ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Read the story's publication, beside the window's thread: after the window's first paint, once."""
        self._is_started = True
        self._ask_house()

    def _ask_house(self) -> None:
        story, houses = self.story, self._publishing.publications
        self._session.run(lambda _: houses.make_ready(story), lambda _: self._show_printed(), urgent=True)

    def show_story(self, number: int) -> None:
        """Turn to a story; what was typed into a field that waits for Enter goes to the story that it was typed in."""
        if number != self._number:
            self._details.finish()
            self._insights.finish()
        self._number = number
        self._told_of_house = ""
        try:
            self._writing.story(number)
        except StoreDamagedError as error:
            self._show_nothing()
            self._session.say_error(error)
            return
        self.setEnabled(True)
        self._refresh()
        self._scroll.verticalScrollBar().setValue(0)
        self.steps_changed.emit()

    def _show_nothing(self) -> None:
        """The words of the story before must not stand there as if they were those of a damaged one, nor be typed on."""
        self._number = None
        self._show_fields(Story(slug="damaged", headline=DAMAGED))
        self.setEnabled(False)
        self.steps_changed.emit()

    @property
    def story(self) -> Story | None:
        """The open story as the draft has it."""
        return None if self._number is None else self._writing.story(self._number)

    def number_of(self, key: str) -> int | None:
        """The place of a card in the open story, from 1."""
        position = self.story.position(key) if self.story is not None else None
        return None if position is None else position + 1

    def _refresh(self) -> None:
        """Show what the draft says; fields that hold the same already keep their carets."""
        story = self.story
        if story is None or self._number is None:
            return
        self._show_fields(story)
        self._show_printed()

    def _show_fields(self, story: Story) -> None:
        self._headline.show_text(story.headline)
        self._image.show_image(story.lead_image)
        self._news.show_body(story.news)
        self._cards.show_cards(story.signals)
        self.cards.parked.show_cards(story.parked)

    def _show_printed(self) -> None:
        """Show what the story's publication has a say in: the made insights line, the labels, the time zone.

        Publications are read after the window's first paint (see :meth:`start`); until it is there these stay empty.
        """
        story = self.story
        if story is None or self._number is None:
            return
        if not self._publishing.publications.is_ready(story):
            if self._is_started:
                self._ask_house()
            return
        printed = self._publishing.publications.printed(story)
        self._tell_of_house(printed.fault)
        house = printed.publication
        self._cards.show_limits(house.limits)
        self._counts.show_story(story, house.limits)
        self._insights.show_insights(story.insights, self._publishing.insights(story))
        self._details.show_story(story, house.time_zone, self._writing.slug_is_fixed(self._number))
        parts = [*story.verticals, story.region, house.labels.signals]
        self._overline.setText("  ·  ".join(part for part in parts if part).upper() or "DETAILS")

    def _tell_of_house(self, fault: WorkstationError | None) -> None:
        """Say once why another house stands in for the story's own."""
        told = str(fault or "")
        if fault is not None and told != self._told_of_house:
            self._session.say_error(fault)
        self._told_of_house = told

    def _show_review(self, reviewed: Reviewed) -> None:
        for index, frame in enumerate(self._cards.frames()):
            frame.show_quotations(verdicts(reviewed, index))
        self.problems.show(reviewed, self._cards.frames())

    # --- changing --------------------------------------------------------------------------------------------------

    def _edit(self, story: Story, label: str, spot: Spot, merge: object = None) -> None:
        if self._number is None:
            return
        if self._session.refuses():
            QTimer.singleShot(0, self, self._refresh)  # the field shows again what the story says
            return
        changes = self._writing.edit(self._number, story, label=label, spot=spot, merge=merge)
        self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        """Show what follows from a change of this pane's own, and tell the other panes."""
        self._session.publish(changes, self)  # first, so that the preview is under way while the rest is done here
        if changes:
            self._show_printed()
        self.steps_changed.emit()

    def _edit_card(self, card: SignalCard, label: str, merge: object) -> None:
        if self.story is not None:
            field = merge[1] if isinstance(merge, tuple) else "sources"
            frame = self._cards.frame(card.key)
            edit = {"headline": frame.headline, "body": frame.body}.get(field) if frame else None
            if edit is not None:
                self._tell_caret(edit, quietly=True)
            spot = Spot(str(field), card.key, edit.caret() if edit else None)
            self._edit(self.story.with_changed_card(card), label, spot, merge)

    def _edit_headline(self) -> None:
        if self.story is not None:
            self._tell_caret(self._headline, quietly=True)
            spot = Spot("headline", caret=self._headline.caret())
            merge = ("headline", self._headline.typing_group)
            self._edit(replace(self.story, headline=self._headline.text()), self._headline.step_label, spot, merge)

    def _edit_news(self) -> None:
        if self.story is not None:
            self._tell_caret(self._news, quietly=True)
            spot = Spot("news", caret=self._news.caret())
            merge = ("news", self._news.typing_group)
            self._edit(replace(self.story, news=self._news.body()), self._news.step_label, spot, merge)

    def _edit_image(self, image: LeadImage | None, field: str) -> None:
        if self.story is not None:
            self._edit(replace(self.story, lead_image=image), "Lead image", Spot(field), ("lead_image", field))
            self._image.show_image(image)

    def _edit_insights(self, insights: str) -> None:
        if self.story is not None:
            self._edit(replace(self.story, insights=insights), "Insights line", Spot("insights"), ("insights",))

    def _edit_details(self, story: Story, field: str) -> None:
        current = self.story
        if current is not None:
            changed = replace(current, **{field: getattr(story, field)})
            self._edit(changed, "Details", Spot(field), ("details", field))

    def _rename(self, slug: str, before: str) -> None:
        """Give the story its slug; where that is refused it bears the one again that it had before it was typed."""
        if self._number is None:
            return
        try:
            self._tell(self._writing.rename(self._number, slug, merge=("slug",)))
        except WorkstationError as error:
            self._session.say_error(error)
            self._rename_while_typing(before)
        self._refresh()

    def _rename_while_typing(self, slug: str) -> None:
        """What cannot be a slug yet, as one that is taken, is told when the field is left."""
        if self._number is not None:
            with suppress(WorkstationError):
                self._tell(self._writing.rename(self._number, slug, merge=("slug",)))

    def _tell_no_zone(self, name: str) -> None:
        told = f"No time zone is called “{name}”: the story keeps its own. Choose one of the list, such as Europe/Paris."
        self._session.say(told, "warn")

    def _bring_picture(self, data: bytes | Callable[[], bytes], name: str) -> None:
        """Read a picture beside the window's thread; it goes to the story that was open when it was brought."""
        if self._number is not None:
            self._picturing.bring(self._number, data, name)

    def _offer_picture(self, pasted: QMimeData) -> None:
        if self._number is not None:
            self._picturing.offer(self._number, pasted)

    def _show_cropped(self, number: int, changes: Changes) -> None:
        if number == self._number:
            self._refresh()
        self._tell(changes)

    def _show_picture(self, number: int, changes: Changes) -> None:
        if number == self._number:
            self._refresh()
            self._image.open_fields()
        self._tell(changes)

    def _attempt(self, verb: Callable[[int], Changes]) -> bool:
        """Carry out a verb that may refuse; a refusal is said, nothing is lost. Answers whether anything was changed."""
        if self._number is None:
            return False
        try:
            changes = verb(self._number)
            self._tell(changes)
        except WorkstationError as error:
            self._session.say_error(error)
            return False
        return bool(changes)

    def carry_out(self, verb: Callable[[int], Changes]) -> bool:
        """Carry out a verb on the open story and show what came of it; answers whether anything was changed."""
        changed = self._attempt(verb)
        self._refresh()
        return changed

    # --- cards -----------------------------------------------------------------------------------------------------

    def add_card(self, at: int | None = None) -> None:
        """Put an empty card after the current one (at the end when there is none) and go to its headline."""
        if self._number is None or self.story is None:
            return
        current = self.story.position(self._session.card or "")
        position = at if at is not None else (None if current is None else current + 1)
        changes, key = self._writing.add_card(self._number, position)
        self._refresh()
        self._tell(changes)
        self.go_to_card(key)

    def remove_card(self, key: str | None = None) -> None:
        """Take a card (the current one by default) out of the story."""
        which = key or self._session.card
        if which and self.story is not None and self.story.position(which) is not None:
            position, focus = self.story.position(which), QApplication.focusWidget()
            frame = self._cards.frame(which)
            had_focus = frame is not None and focus is not None and frame.isAncestorOf(focus)
            self._attempt(lambda number: self._writing.remove_card(number, which))
            self._session.show_card(None)
            self._refresh()
            if had_focus:
                self._go_near(position or 0)
            self._session.say("The card is removed. Ctrl+Z brings it back.")

    def _go_near(self, position: int) -> None:
        """The keyboard stays in the story, with the card that stands now where another one stood: undo is for the story then."""
        frames = self._cards.frames()
        if frames:
            self.go_to_card(frames[min(position, len(frames) - 1)].key)
        else:
            self._add.setFocus()

    def move_card(self, step: int, key: str | None = None) -> None:
        """Move a card (the current one by default) up or down."""
        which = key or self._session.card
        position = self.story.position(which) if which and self.story is not None else None
        if which and position is not None and self.story is not None:
            to = min(max(0, position + step), len(self.story.signals) - 1)
            self.move_card_to(which, to)

    def move_card_to(self, key: str, to: int) -> None:
        """Move a card to an index among the others; the keyboard stays where it was."""
        focus = QGuiApplication.focusObject()
        self._attempt(lambda number: self._writing.move_card(number, key, to))
        self._refresh()
        frame = self._cards.frame(key)
        if frame is not None:
            if isinstance(focus, QWidget) and frame.isAncestorOf(focus):
                focus.setFocus()
            self._bring_into_view(frame)

    def add_source(self, key: str, item: str) -> None:
        """Name an inbox item as a source of a card."""
        self._attempt(lambda number: self._writing.add_source(number, key, item))
        self._refresh()
        frame, focus = self._cards.frame(key), QApplication.focusWidget()
        if frame is not None and (focus is None or not self.isAncestorOf(focus)):
            frame.body.setFocus()

    def add_card_of(self, item: str, at: int) -> None:
        """Make a card at an index of an inbox item, in one step."""
        if self._number is not None:
            gesture = ("dropped", item, at)
            changes, key = self._writing.add_card(self._number, at, merge=gesture)
            changes |= self._writing.add_source(self._number, key, item, merge=gesture)
            self._refresh()
            self._tell(changes)
            self.go_to_card(key)

    def go_to_card(self, key: str) -> None:
        """Put the caret into the headline of a card."""
        frame = self._cards.frame(key)
        if frame is not None:
            frame.headline.setFocus()
            self._focus_card(key)
            self._bring_into_view(frame)

    def leave_card(self) -> None:
        """No card is the current one any more."""
        self._focus_card(None)

    def _focus_card(self, key: str | None) -> None:
        for frame in self._cards.frames():
            frame.show_current(frame.key == key)
        current = self._cards.frame(key or "")
        self._session.show_card(key)
        self.text.take(current.body if current else self._news)

    def go_to_text(self, key: str, caret: int) -> None:
        """Put the caret at a code point of a card's text."""
        frame = self._cards.frame(key)
        if frame is not None:
            frame.body.place_caret(caret)
            frame.body.setFocus()
            self._focus_card(key)
            self._bring_into_view(frame.body)

    def body_in_hand(self) -> tuple[BodyEdit | None, str | None]:
        """The text that the caret is in, or was last, and the key of its card; None for The News."""
        frame = self._cards.frame(self._session.card or "")
        body = self.text.body
        return body, frame.key if frame is not None and frame.body is body else None

    def _sources_in_hand(self) -> tuple[Source, ...]:
        frame = self._cards.frame(self._session.card or "")
        return frame.card.sources if frame else ()

    def _serve_text(self, body: BodyEdit) -> None:
        self.text.serve(body)
        body.addActions([self.trace, self.tie, self.untie])

    def _seen_parts(self) -> list[tuple[str, QWidget]]:
        """The parts that are scrolled together."""
        parts: list[tuple[str, QWidget]] = [("top", self._headline), ("news", self._news)]
        return parts + [(str(number), frame) for number, frame in enumerate(self._cards.frames(), start=1)]

    def _go_back(self, spot: Spot) -> None:
        widget = self._field(spot)
        if isinstance(widget, GrowingEdit) and spot.caret is not None:
            widget.place_caret(spot.caret)
        self._go_to_spot(spot)
        self.activateWindow()

    # --- undo ------------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step back and go where it was."""
        if self._number is not None:
            self._step(self._writing.undo, back=True)

    def redo(self) -> None:
        """Do the last undone step again and go where it was."""
        if self._number is not None:
            self._step(self._writing.redo, back=False)

    def labels(self) -> tuple[str | None, str | None]:
        """What undo and redo would do."""
        if self._number is None:
            return None, None
        return self._writing.undo_label(self._number), self._writing.redo_label(self._number)

    def _step(self, verb: Callable[[int], Stepped | None], *, back: bool) -> None:
        if self._number is None:
            return
        texts = {edit: edit.toPlainText() for edit in self.findChildren(GrowingEdit)}
        stepped = verb(self._number)
        if stepped is None:
            return
        self._refresh()
        widget = self._field(stepped.spot)
        if isinstance(widget, GrowingEdit) and stepped.spot.caret is not None and widget in texts:
            widget.place_caret(_caret_after(texts[widget], widget.toPlainText(), stepped.spot.caret, back=back))
        self._go_to_spot(stepped.spot)
        self._session.publish(stepped.changes, self)
        self.steps_changed.emit()

    def put(self, story: Story, label: str, spot: Spot) -> None:
        """Put ``story`` in the place of the open one, as one step that can be undone, and show it."""
        self._edit(story, label, spot)
        self._refresh()

    def widget_at(self, spot: Spot) -> QWidget:
        """The widget of a spot."""
        return self._field(spot)

    def reveal(self, spot: Spot) -> QWidget:
        """The widget of a spot, unfolded where it was hidden; the focus stays where it is."""
        widget = self._field(spot)
        self._unfold(widget)
        return widget

    def scroll_to(self, widget: QWidget, at: QPoint) -> None:
        """Scroll to a point of a widget."""
        place = widget.mapTo(self._inside, at)
        self._scroll.ensureVisible(place.x(), place.y(), 0, 3 * CARET_MARGIN)

    def _unfold(self, widget: QWidget) -> None:
        if self._details.isAncestorOf(widget):
            self._overline.setChecked(True)
        elif widget is not self._image and self._image.isAncestorOf(widget):
            self._image.open_fields()

    def _go_to_spot(self, spot: Spot) -> None:
        widget = self.reveal(spot)
        widget.setFocus()
        self._bring_into_view(widget)

    def _field(self, spot: Spot) -> QWidget:
        """The widget that shows a spot; for a card that is gone the button that adds one."""
        if spot.card is not None:
            frame = self._cards.frame(spot.card)
            if frame is None:
                return self.cards.parked.head if self.cards.parked.holds(spot.card) else self._add
            if spot.field in ("body", "sources"):
                self._cards.fold(spot.card, False)
            return frame.body if spot.field == "body" else frame.headline
        fields: dict[str, QWidget] = {"publication": self._overline}
        fields |= {"news": self._news, "lead_image": self._image, "insights": self._insights, "signals": self._add}
        return fields.get(spot.field) or self._image.field(spot.field) or self._details.field(spot.field) or self._headline

    def go_to(self, place: Place) -> None:
        """Lead the editor to a place in the story, with its words selected."""
        self.guide.lead(place)

    def place_in_hand(self) -> Place | None:
        """Where the caret stands; None while the keyboard is elsewhere in the window."""
        return self.guide.here(self.window().focusWidget())

    def _texts(self) -> dict[Owner, GrowingEdit]:
        """Every text of the story, by its field and the index of its card."""
        texts: dict[Owner, GrowingEdit] = {("headline", None): self._headline, ("news", None): self._news}
        for index, frame in enumerate(self._cards.frames()):
            texts |= {("headline", index): frame.headline, ("body", index): frame.body}
        return texts

    def _leave_field(self, step: int) -> None:
        """An arrow goes on to the next text of the story."""
        texts = [self._headline, self._news]
        texts += [edit for frame in self._cards.frames() for edit in (frame.headline, frame.body) if not edit.isHidden()]
        at = next((at for at, edit in enumerate(texts) if edit.hasFocus()), None)
        if at is not None and 0 <= at + step < len(texts):
            texts[at + step].setFocus()
            texts[at + step].moveCursor(QTextCursor.MoveOperation.Start if step > 0 else QTextCursor.MoveOperation.End)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        theme = self._theme
        self._overline = QPushButton()
        self._overline.setProperty("plain", True)
        self._overline.setProperty("flush", True)
        self._overline.setCheckable(True)
        self._overline.setToolTip("Verticals, region, datelines, corrections, embargo, language, bylines, sponsor, slug, notes")
        self._details = Details()
        self._details.hide()
        self._headline = LineField("Headline")
        self._insights = InsightsField(theme)
        self._image = LeadImageField(theme, self._picture)
        self._picturing = Picturing(self._session, theme, self._writing, self._publishing, self)
        self._news_label, self._signals_label = QLabel("THE NEWS"), QLabel("SIGNALS")
        self._news = BodyEdit(theme, "The undisputed facts, in a paragraph or two", self._writing.pasted)
        self._add = QPushButton("Add signal")
        self._add.setProperty("plain", True)
        self._add.setToolTip("Add a signal card (Ctrl+Shift+N)")
        self._cards = CardList(self._make_frame)
        self._counts = StoryCounts(theme, self)

    def _make_frame(self, card: SignalCard) -> CardFrame:
        frame = CardFrame(card, self._theme, self._writing.pasted, self._picture, self._offers)
        frame.edited.connect(self._edit_card)
        frame.focused.connect(self._focus_card)
        frame.item_wanted.connect(self.add_source)
        frame.problem_wanted.connect(lambda problem: self._session.show_place(problem.place))
        for field in (frame.headline, frame.body):
            field.picture_brought.connect(self._offer_picture)
            field.left.connect(self._leave_field)
        frame.headline.words_of = self.text.words_of
        self._serve_text(frame.body)
        self.cards.serve(frame)
        frame.body.caret_moved.connect(partial(self._follow_caret, frame.body))
        frame.headline.caret_moved.connect(partial(self._follow_caret, frame.headline))
        self.field_made.emit(frame.headline)
        self.field_made.emit(frame.body)
        return frame

    def _picture(self, file: str) -> bytes | None:
        if self._number is None:
            return None
        picture = self._writing.files(self._number).get(file)
        return picture.data if picture else None

    def _offers(self) -> list[ItemSummary]:
        """The sources that are likely to be wanted on a card: the shortlisted ones first."""
        items = self._gathering.items(limit=60)
        return sorted(items, key=lambda item: item.state is not ItemState.SHORTLISTED)

    def _lay_out(self) -> None:
        band = QFrame()
        band.setProperty("band", True)
        self._band_row = QHBoxLayout(band)
        self._band_row.setContentsMargins(12, 4, 12, 4)
        self._band_row.setSpacing(2)
        self._tools: list[QToolButton] = []
        for action in self.text.actions:
            self.add_tool(action)
        self._band_row.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(COLUMN)
        fields = self._fields = QVBoxLayout(column)
        fields.setContentsMargins(MARGIN, 8, MARGIN, 40)
        fields.setSpacing(7)
        self._head = QHBoxLayout()
        self._overline.setMinimumWidth(CARET_MARGIN)  # in a narrow pane it is cut, and the pane not made wider
        self._head.addWidget(self._overline)
        self._head.addStretch(1)
        fields.addLayout(self._head)
        fields.addWidget(self._details)
        fields.addWidget(self._headline)
        fields.addWidget(self._counts.headline, alignment=Qt.AlignmentFlag.AlignTrailing)
        fields.addWidget(self._insights)
        fields.addWidget(self._image)
        fields.addSpacing(4)
        over_news = QHBoxLayout()
        over_news.addWidget(self._news_label, 1)
        over_news.addWidget(self._counts.news)
        fields.addLayout(over_news)
        fields.addWidget(_framed(self._news))
        head = QHBoxLayout()
        head.addWidget(self._signals_label, 1)
        head.addWidget(self._counts.cards)
        head.addWidget(self._add)
        fields.addLayout(head)
        fields.addWidget(self._cards)
        fields.addWidget(self.cards.parked)
        fields.addStretch(1)
        inside = self._inside = QWidget()
        inside.setMinimumWidth(1)  # never wider than the pane, whatever a field would like: it would be cut off
        centred = QHBoxLayout(inside)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(column, 1000)
        centred.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(band)
        whole.addWidget(self._scroll, 1)

    def add_to_head(self, widget: QWidget) -> None:
        """Put something small at the end of the line with the overline."""
        self._head.addWidget(widget)

    def add_below_head(self, widget: QWidget) -> None:
        """Put a line of its own between the overline and the headline."""
        self._fields.insertWidget(1, widget)

    def show_changes(self, changes: StoryChanges | None) -> None:
        """Mark the cards that changed since the last hand-over."""
        changed = {card.key: card for card in changes.cards} if changes is not None else {}
        for frame in self._cards.frames():
            frame.changed.show_change(changed.get(frame.key))

    def add_tool(self, action: QAction) -> None:
        """Put a button for ``action`` into the band above the story."""
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tools.append(button)
        self._band_row.insertWidget(len(self._tools) - 1, button)

    def _connect(self, checking: Checking) -> None:
        self._session.story_shown.connect(self.show_story)
        self._session.changed.connect(self._notice)
        self._session.place_shown.connect(self.go_to)
        self._session.card_shown.connect(self._notice_card)
        checking.reviewed.connect(self._show_review)
        self._overline.toggled.connect(self._details.setVisible)
        self._overline.toggled.connect(lambda _: self._point_overline())
        self._details.edited.connect(self._edit_details)
        self._details.slug_typed.connect(self._rename_while_typing)
        self._details.slug_wanted.connect(self._rename)
        self._details.zone_refused.connect(self._tell_no_zone)
        self._headline.typed.connect(self._edit_headline)
        self._headline.submitted.connect(self._news.setFocus)
        self._insights.edited.connect(self._edit_insights)
        self._image.edited.connect(self._edit_image)
        self._image.picture_brought.connect(self._bring_picture)
        self._image.crop_wanted.connect(lambda: self._picturing.ask_crop(self._number or 0))
        self._picturing.brought.connect(self._show_picture)
        self._picturing.cropped.connect(self._show_cropped)
        for field in (self._headline, self._news):
            field.picture_brought.connect(self._offer_picture)
            field.left.connect(self._leave_field)
        self._headline.words_of = self.text.words_of
        self._news.typed.connect(self._edit_news)
        self._news.focused.connect(lambda: self._focus_card(None))
        self._news.caret_moved.connect(partial(self._follow_caret, self._news))
        self._headline.caret_moved.connect(partial(self._follow_caret, self._headline))
        self._headline.focused.connect(lambda: self._focus_card(None))
        self._add.clicked.connect(lambda: self.add_card(len(self.story.signals) if self.story else None))
        self.cards.watch(self._scroll, self._inside)
        self._scroll.viewport().installEventFilter(self)
        for part in (self._details, self._insights, self._image):
            for widget in part.findChildren(QWidget):
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click beside the column leaves the card; undo and redo belong to the story, not to a line of it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_undo(event):
            event.ignore()
            return True
        if watched is self._scroll.viewport() and event.type() == QEvent.Type.MouseButtonPress:
            self._focus_card(None)
        return super().eventFilter(watched, event)

    def _notice(self, changes: Changes, initiator: object) -> None:
        if initiator is self or self._number is None or self._number not in changes.stories:
            return
        try:
            self._refresh()
        except NotFoundError:  # it was removed; whoever removed it turns to another one
            self._number = None
            self.setEnabled(False)
        self.steps_changed.emit()

    def _notice_card(self, key: str) -> None:
        frame = self._cards.frame(key)
        if frame is not None and not frame.property("current"):
            for other in self._cards.frames():
                other.show_current(other is frame)
            self._bring_into_view(frame)

    def _bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget once the layout has found its place, and to the caret in it."""

        def scroll() -> None:
            self._scroll.ensureWidgetVisible(widget, 0, 30)
            if isinstance(widget, GrowingEdit):
                self._follow_caret(widget)

        QTimer.singleShot(30, widget, scroll)

    def _follow_caret(self, edit: GrowingEdit) -> None:
        """The fields grow instead of scrolling, so the pane scrolls for them."""
        if edit.hasFocus():
            at = edit.mapTo(self._inside, edit.cursorRect().center())
            self._scroll.ensureVisible(at.x(), at.y(), 0, CARET_MARGIN)
            self._tell_caret(edit)

    def _tell_caret(self, edit: GrowingEdit, *, quietly: bool = False) -> None:
        """Tell the other panes where the caret stands."""
        frame = next((frame for frame in self._cards.frames() if edit in (frame.headline, frame.body)), None)
        key = frame.key if frame else None
        if isinstance(edit, BodyEdit):
            self._session.move_caret(CaretPlace(key, "body" if key else "news", *edit.place()), quietly=quietly)
        else:
            self._session.move_caret(CaretPlace(key, "headline"), quietly=quietly)

    def _point_overline(self) -> None:
        name = "mdi6.chevron-up" if self._overline.isChecked() else "mdi6.chevron-down"
        self._overline.setIcon(self._theme.icon(name, "accent"))

    def _dress(self) -> None:
        self._point_overline()
        theme = self._theme
        self._headline.set_text_font(theme.font("headline"))
        for label in (self._overline, self._news_label, self._signals_label):
            label.setFont(theme.font("overline"))
        for label in (self._news_label, self._signals_label):
            label.setProperty("muted", True)
        self._add.setIcon(theme.icon("mdi6.plus", "accent"))


def _caret_after(shown: str, now: str, caret: int, *, back: bool) -> int:
    """Where the caret stood: ``caret`` is where the step left it, and what stands behind it was not touched."""
    return change_end(shown, now, len(now) - (len(shown) - caret) if back else caret)


def _framed(widget: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("field", True)
    row = QVBoxLayout(frame)
    row.setContentsMargins(14, 10, 14, 8)
    row.addWidget(widget)
    return frame
