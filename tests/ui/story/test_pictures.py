"""Pictures in the story pane: pasted into a text, dropped as files, cropped in the dialog."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from workstation.domain.story import LeadImage, Story
from workstation.ui.dialogs.crop import CropDialog
from workstation.workflow.writing import Writing

CONTROL = Qt.KeyboardModifier.ControlModifier


def picture(width: int = 40, height: int = 20) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    return image


def open_story(room, **fields) -> None:
    room.open(Story(slug="story", headline="Dam", news=room.body("<p>The dam.</p>"), signals=(room.card("One"),), **fields))


def drop(widget, data: QMimeData) -> None:
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget.dropEvent(event)


@pytest.mark.parametrize("field", ["headline", "news", "card headline", "card body"])
def test_a_picture_pasted_into_a_text_becomes_the_lead_image(room, qtbot, field):
    open_story(room)
    frame = room.pane._cards.frames()[0]
    fields = {"headline": room.pane._headline, "news": room.pane._news, "card headline": frame.headline, "card body": frame.body}
    before = room.story
    QGuiApplication.clipboard().setImage(picture())
    room.focus(fields[field])
    room.press(Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: room.story.lead_image is not None)
    assert room.desk.writing.files(room.number)[room.story.lead_image.file].width == 40
    assert (room.story.headline, room.story.news, room.story.signals) == (before.headline, before.news, before.signals)
    assert "Ctrl+Z" in room.said[-1][0]
    room.undo()
    assert room.story == before


def test_a_picture_with_words_beside_it_is_pasted_as_the_words(room):
    open_story(room)
    data = QMimeData()
    data.setImageData(picture())
    data.setText(" It is shut.")
    QGuiApplication.clipboard().setMimeData(data)
    room.focus(room.pane._news)
    room.press(Qt.Key.Key_End, CONTROL)
    room.press(Qt.Key.Key_V, CONTROL)
    assert room.story.news.text.endswith("It is shut.")
    assert room.story.lead_image is None


@pytest.mark.parametrize("replace", [True, False])
def test_a_lead_image_that_is_there_is_replaced_only_when_the_editor_says_so(room, qtbot, answer, replace):
    open_story(room, lead_image=LeadImage(file="dam.png", alt="A dam"))
    asked = []

    def reply(box):
        asked.append(box.text())
        box.buttons()[0 if replace else 1].click()
        return 0

    answer(QMessageBox, reply)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(room.png("lock.png")))])
    drop(room.pane._news, data)
    assert "Replace the lead image" in asked[0]
    if replace:
        qtbot.waitUntil(lambda: room.story.lead_image.file == "lock.png")
    assert room.story.lead_image == LeadImage(file="lock.png" if replace else "dam.png", alt="A dam")
    assert room.story.news.text == "The dam."


def test_a_dropped_file_is_read_beside_the_windows_thread_and_a_missing_one_is_told(room, qtbot, monkeypatch):
    open_story(room)
    threads, read = [], Writing.set_lead_image

    def watched(self, number, data, name):
        threads.append(threading.current_thread())
        return read(self, number, data, name)

    monkeypatch.setattr(Writing, "set_lead_image", watched)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(room.png("lock.png")))])
    drop(room.pane._image, data)
    qtbot.waitUntil(lambda: room.story.lead_image is not None)
    assert threads
    assert threading.main_thread() not in threads
    data.setUrls([QUrl.fromLocalFile(str(room.folder / "gone.png"))])
    drop(room.pane._image, data)
    qtbot.waitUntil(lambda: room.said[-1:] != [] and room.said[-1][1] == "bad")
    assert "gone.png cannot be read" in room.said[-1][0]


@pytest.fixture
def cropped(room, qtbot, answer):
    """Crops the lead image with the square form, as an editor would."""
    open_story(room)
    room.pane._bring_picture(room.png("harbour.png", (90, 60)).read_bytes(), "harbour.png")
    qtbot.waitUntil(room.pane._image._alt.hasFocus)
    opened = []

    def crop(form: str = "1:1", reset: bool = False) -> CropDialog:
        def reply(dialog):
            opened.append(dialog.crop())
            dialog._choose(form)
            if reset:
                dialog._show_whole()
            return 1

        answer(CropDialog, reply)
        was = room.story.lead_image
        QTest.mouseClick(room.pane._image._crop, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: room.story.lead_image != was)
        return opened

    return crop


def test_the_picture_is_cropped_shown_and_undone_in_one_step(room, qtbot, cropped):
    cropped()
    image = room.story.lead_image
    assert (image.file, image.original, image.crop) == (
        "harbour-crop.png",
        "harbour.png",
        pytest.approx((1 / 6, 0, 2 / 3, 1), abs=1e-5),
    )
    files = room.desk.writing.files(room.number)
    assert (files["harbour-crop.png"].width, files["harbour-crop.png"].height) == (60, 60)
    qtbot.waitUntil(lambda: "(cropped)" in room.pane._image._told.text())  # it is cut beside the window's thread
    assert room.pane._image._shown_file == "harbour-crop.png"
    room.focus(room.pane._headline)
    room.undo()
    assert room.story.lead_image == LeadImage(file="harbour.png")
    assert "(cropped)" not in room.pane._image._told.text()


def test_cropping_again_starts_from_the_whole_picture_and_reset_brings_it_back(room, cropped):
    cropped()
    opened = cropped("16:9")
    assert opened[1] == pytest.approx((1 / 6, 0, 2 / 3, 1), abs=1e-5)
    assert room.desk.writing.files(room.number)[room.story.lead_image.file].width == 90
    cropped(reset=True)
    assert room.story.lead_image == LeadImage(file="harbour.png")


@pytest.mark.parametrize("field", ["headline", "news", "card body"])
def test_files_that_are_no_pictures_leave_no_paths_in_a_text_and_their_way_in_is_told(room, field):
    open_story(room)
    frame = room.pane._cards.frames()[0]
    widget = {"headline": room.pane._headline, "news": room.pane._news, "card body": frame.body}[field]
    before = room.story
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(room.folder / "letter.eml")), QUrl.fromLocalFile(str(room.png("lock.png")))])
    data.setText(str(room.folder / "letter.eml"))
    assert not widget.canInsertFromMimeData(data)
    QGuiApplication.clipboard().setMimeData(data)
    room.focus(widget)
    room.press(Qt.Key.Key_V, CONTROL)
    assert room.story == before
    assert room.said[-1] == ("A text takes no files. Drop them on the inbox, or press Ctrl+V there, to capture them.", "warn")
