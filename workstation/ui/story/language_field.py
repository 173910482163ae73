"""The language that a story is written in: one of the usual ones, or the publication's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

USUAL = (
    *(
        "ar",
        "bg",
        "bn",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "en-GB",
        "en-US",
        "es",
        "es-MX",
        "et",
        "fa",
        "fi",
        "fr",
        "fr-CA",
        "he",
        "hi",
    ),
    *("hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sr", "sv"),
    *("sw", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant"),
)
HOUSE = "The publication’s"


class LanguageField(QComboBox):
    """Offers the usual languages by their names; a story's own tag is offered too, whatever it is."""

    edited = Signal(object)
    """The BCP 47 tag that was chosen; None for the publication's."""

    def __init__(self) -> None:
        super().__init__()
        self.addItem(HOUSE, "")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda _: self.edited.emit(self.currentData() or None))

    def show_language(self, tag: str | None) -> None:
        """Show a tag, or that there is none."""
        if (tag or "") == self.currentData():
            return
        if self.findData(tag or "") < 0:
            self.addItem(name_of(tag or ""), tag)
        self.setCurrentIndex(self.findData(tag or ""))

    def showEvent(self, event: QShowEvent) -> None:
        """The names are read when the field is seen for the first time: they take a moment."""
        if self.findData(USUAL[0]) < 0 or self.findData(USUAL[-1]) < 0:
            for name, tag in sorted((name_of(tag), tag) for tag in USUAL if self.findData(tag) < 0):
                self.addItem(name, tag)
        super().showEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the story and does not turn the language."""
        event.ignore()


def name_of(tag: str) -> str:
    """``Brazilian Portuguese (pt-BR)``; the tag alone where no name is known."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - heavy, and only needed when the field is seen

    try:
        name = Locale.parse(tag, sep="-").get_display_name("en")
    except (ValueError, TypeError, UnknownLocaleError):
        name = None
    return f"{name[:1].upper()}{name[1:]} ({tag})" if name else tag
