"""The lead image in the story editor: the picture, what it shows, who made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.story import LeadImage
from workstation.ui.badge import Badge
from workstation.ui.pixels import image_of
from workstation.ui.story.brought_picture import picture_in

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

THUMBNAIL = QSize(76, 43)
PICTURE_MS = 30
PICTURE_FILES = "Pictures (*.jpg *.jpeg *.png *.webp *.gif *.tif *.tiff *.avif)"


class LeadImageField(QFrame):
    """One row with the picture and its caption, which opens into the fields. Pictures are dropped, pasted or chosen."""

    edited = Signal(object, str)
    """The lead image as it should be (None for none) and the name of the field that changed."""
    picture_brought = Signal(object, str)
    """What gives the bytes of a picture when it is called beside the window's thread, and its file name."""
    crop_wanted = Signal()

    def __init__(self, theme: Theme, picture_of: Callable[[str], bytes | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture_of = picture_of
        self._image: LeadImage | None = None
        self._shown_file: str | None = None
        self.setProperty("field", True)
        self.setAcceptDrops(True)
        self.setAccessibleName("Lead image")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._thumbnail = QLabel()
        self._thumbnail.setFixedSize(THUMBNAIL)
        self._thumbnail.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._badge = Badge(theme)
        self._choose = QPushButton("Choose…")
        self._choose.setProperty("plain", True)
        self._open = QPushButton("Edit")
        self._open.setProperty("plain", True)
        self._open.setCheckable(True)
        self._fields = QWidget()
        self._fields.hide()
        self._alt, self._caption, self._credit = QLineEdit(), QLineEdit(), QLineEdit()
        self._decorative = QCheckBox("Decoration only")
        self._decorative.setToolTip("It tells nothing that the text does not; a reader who cannot see it misses nothing")
        self._file_photo = QCheckBox("File photo: not of this event")
        self._crop = QPushButton("Crop…")
        self._crop.setToolTip("Show a part of the picture; the whole one is kept")
        self._remove = QPushButton("Remove image")
        self._lay_out()
        self._connect()
        theme.on_change(self._dress)
        self.show_image(None)

    def show_image(self, image: LeadImage | None) -> None:
        """Show ``image``; a field that holds the same already is left alone."""
        self._image = image
        self._open.setVisible(image is not None)
        self._choose.setText("Replace…" if image else "Choose…")
        if image is None:
            self._open.setChecked(False)
        shown = image or LeadImage(file="")
        for field, text in ((self._alt, shown.alt), (self._caption, shown.caption), (self._credit, shown.credit)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)  # a long text shows its beginning
        self._decorative.setChecked(shown.decorative)
        self._file_photo.setChecked(shown.file_photo)
        self._alt.setEnabled(not shown.decorative)
        lacks_alt = image is not None and not image.alt.strip() and not image.decorative
        self._badge.say("No alt text" if lacks_alt else "", "warn")
        if image is None:
            self._told.setText("Drop a lead image here, or choose one. A story can go without.")
        else:
            told = "  ·  ".join(text for text in (image.caption, image.credit) if text) or image.file
            self._told.setText(f"{told}  (cropped)" if image.crop else told)
        self._show_picture(image.file if image else None)

    def open_fields(self) -> None:
        """Open the fields and put the caret into the alternative text."""
        if self._image is not None:
            self._open.setChecked(True)
            self._alt.setFocus()
        else:
            self._choose.setFocus()

    def field(self, name: str) -> QWidget | None:
        """The widget that shows the field of the image with this name; None for a name that it does not have."""
        fields: dict[str, QWidget] = {
            "alt": self._alt,
            "caption": self._caption,
            "credit": self._credit,
            "decorative": self._decorative,
            "file_photo": self._file_photo,
            "removal": self._choose,
        }
        return self._choose if self._image is None and name in fields else fields.get(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A picture can be pasted while one of the buttons has the focus."""
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.take(QGuiApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def take(self, data: QMimeData) -> bool:
        """Take a picture that was dropped or pasted; answers whether there was one."""
        brought = picture_in(data)
        if brought is not None:
            self.picture_brought.emit(*brought)
        return brought is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    def _show_picture(self, file: str | None) -> None:
        if file == self._shown_file:
            return
        self._shown_file = file
        self._thumbnail.clear()
        QTimer.singleShot(PICTURE_MS, self, self._draw_picture)  # decoding may take a moment: the words come first

    def _draw_picture(self) -> None:
        data = self._picture_of(self._shown_file) if self._shown_file else None
        ratio = self.devicePixelRatioF()
        size = THUMBNAIL * ratio
        pixmap = _scaled_picture(data, size) if data else QPixmap()
        if pixmap.isNull():
            self._thumbnail.setPixmap(self._theme.icon("mdi6.image-outline", "muted").pixmap(26, 26))
            return
        left, top = (pixmap.width() - size.width()) // 2, (pixmap.height() - size.height()) // 2
        pixmap = pixmap.copy(left, top, size.width(), size.height())
        pixmap.setDevicePixelRatio(ratio)
        self._thumbnail.setPixmap(pixmap)

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a lead image", str(Path.home()), PICTURE_FILES)
        if name:
            self.picture_brought.emit(Path(name).read_bytes, Path(name).name)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._thumbnail)
        row.addWidget(self._told, 1)
        row.addWidget(self._badge, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._open)
        row.addWidget(self._choose)
        form = QFormLayout(self._fields)
        form.setContentsMargins(0, 4, 0, 2)
        form.addRow("&Alternative text", self._alt)
        form.addRow("", self._decorative)
        form.addRow("&Caption", self._caption)
        form.addRow("C&redit", self._credit)
        form.addRow("", self._file_photo)
        buttons = QHBoxLayout()
        buttons.addWidget(self._crop)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        form.addRow("", buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 7, 9, 7)
        column.addLayout(row)
        column.addWidget(self._fields)

    def _connect(self) -> None:
        self._open.toggled.connect(self._fields.setVisible)
        self._choose.clicked.connect(self._ask_file)
        self._crop.clicked.connect(self.crop_wanted)
        self._remove.clicked.connect(lambda: self.edited.emit(None, "removal"))
        self._alt.textEdited.connect(lambda text: self._tell("alt", alt=text))
        self._caption.textEdited.connect(lambda text: self._tell("caption", caption=text))
        self._credit.textEdited.connect(lambda text: self._tell("credit", credit=text))
        self._decorative.clicked.connect(lambda on: self._tell("decorative", decorative=on))
        self._file_photo.clicked.connect(lambda on: self._tell("file_photo", file_photo=on))
        self._alt.setPlaceholderText("What the picture shows, for readers who cannot see it")
        self._caption.setPlaceholderText("Caption")
        self._credit.setPlaceholderText("Photographer / agency")

    def _tell(self, field: str, **change: object) -> None:
        if self._image is not None:
            image = replace(self._image, **change)  # type: ignore[arg-type]
            self.show_image(image)
            self.edited.emit(image, field)

    def _dress(self) -> None:
        self._told.setFont(self._theme.font("small", scale=1.06))
        shown, self._shown_file = self._shown_file, ""
        self._show_picture(shown)


def _scaled_picture(data: bytes, size: QSize) -> QPixmap:
    """The picture just large enough to fill ``size``; the decoder scales, so that a large JPEG costs little."""
    return QPixmap.fromImage(image_of(data, size, fills=True))
