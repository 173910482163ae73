"""The way between a place of the story, as a review names it, and the field that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from workstation.domain.problem import Place
from workstation.ui.story.card import CardFrame
from workstation.ui.story.places import Places
from workstation.ui.story.spans import point_of, span
from workstation.ui.story.text_field import GrowingEdit
from workstation.ui.story.typist import units
from workstation.workflow.history import Spot

if TYPE_CHECKING:
    from workstation.ui.story.lead_image import LeadImageField

LINES = ("headline", "news", "insights")
PARTS = ("alt", "caption", "credit")
DETAILS = ("slug", "region", "verticals", "bylines", "contributors", "sponsor", "embargo", "time_zone", "language")


class Guide:
    """Leads the editor to a place, with the very words selected, and says at which place the editor's hands are."""

    def __init__(
        self,
        frames: Callable[[], Sequence[CardFrame]],
        image: LeadImageField,
        widget_at: Callable[[Spot], QWidget],
        go_to_spot: Callable[[Spot], None],
        scroll_to: Callable[[QWidget], None],
    ) -> None:
        """``widget_at`` gives the widget of a spot, ``go_to_spot`` unfolds it, scrolls there and gives it the keyboard."""
        self._frames, self._image = frames, image
        self._widget_at, self._go_to_spot, self._scroll_to = widget_at, go_to_spot, scroll_to

    def lead(self, place: Place) -> None:
        """Lead the editor to a place in the story."""
        frames = self._frames()
        if place.card is not None and place.card < len(frames):
            self._lead_to_card(frames[place.card], place)
        elif place.field == "lead_image":
            self._go_to_spot(Spot(place.part if place.part in PARTS else "alt"))
            self._select(Spot(place.part or "alt"), place)
        else:
            self._select(Spot(place.field), place)
            self._go_to_spot(Spot(place.field))

    def _lead_to_card(self, frame: CardFrame, place: Place) -> None:
        spot = Spot("body" if place.field in ("body", "sources") else "headline", frame.key)
        if place.field == "sources":
            self._widget_at(spot)  # unfolds the card
            frame.sources.focus_chip(len(frame.card.sources) if place.entry is None else place.entry)
            frame.sources.touched.emit()
            self._scroll_to(frame.sources)
        else:
            self._select(spot, place)
            self._go_to_spot(spot)

    def _select(self, spot: Spot, place: Place) -> None:
        widget = self._widget_at(spot)
        if place.at is None:
            return
        until = place.at if place.until is None else place.until
        if isinstance(widget, GrowingEdit):
            cursor = span(widget, Places(widget.document()), place.at, until)
            if cursor is not None:
                widget.setTextCursor(cursor)
            return
        line = widget.focusProxy() or widget
        if isinstance(line, QLineEdit):
            text = line.text()
            line.setSelection(units(text[: place.at]), units(text[place.at : until]))

    def line(self, place: Place) -> QWidget | None:
        """The line or the chip that shows a place which has no text with marks of its own."""
        frames = self._frames()
        if place.card is not None:
            inside = place.field == "sources" and place.card < len(frames)
            return frames[place.card].sources.chip(place.entry) if inside else None
        if place.field in ("headline", "news") or (place.field == "lead_image" and place.part not in PARTS):
            return None
        widget = self._widget_at(Spot(place.part if place.field == "lead_image" and place.part else place.field))
        line = widget.focusProxy() or widget
        return line if isinstance(line, QLineEdit) else None

    # --- where the hands are ---------------------------------------------------------------------------------------

    def here(self, focus: QWidget | None) -> Place | None:
        """The place of the field with the keyboard, and of the caret in it; None where that is no field of the story."""
        for index, frame in enumerate(self._frames()):
            if focus is not None and frame.isAncestorOf(focus):
                return self._here_on(frame, index, focus)
        for name in (*LINES, *DETAILS):
            widget = self._widget_at(Spot(name))
            if focus is not None and focus in (widget, widget.focusProxy()):
                return Place(name, at=_caret(focus))
        parts = (part for part in PARTS if focus is not None and self._image.field(part) is focus)
        part = next(parts, None)
        return Place("lead_image", part=part, at=_caret(focus)) if part and focus is not None else None

    def _here_on(self, frame: CardFrame, index: int, focus: QWidget) -> Place:
        if focus in (frame.headline, frame.body):
            return Place("headline" if focus is frame.headline else "body", index, _caret(focus))
        return Place("sources", index, entry=frame.sources.chip_with_focus())


def _caret(widget: QWidget) -> int | None:
    if isinstance(widget, GrowingEdit):
        return point_of(widget)
    if isinstance(widget, QLineEdit):
        at = widget.selectionStart() if widget.hasSelectedText() else widget.cursorPosition()
        return len(widget.text().encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore"))
    return None
