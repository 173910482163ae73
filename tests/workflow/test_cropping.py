"""The lead image is cut without losing the whole picture, as one step."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from workstation.domain.story import LeadImage
from workstation.errors import InputError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

from .conftest import png

LEFT_HALF = (0.0, 0.0, 0.5, 1.0)


@pytest.fixture
def number(desk: Desk) -> int:
    number = desk.writing.new("River treaty")
    desk.writing.set_lead_image(number, png(90, 60), "dam.png")
    story = desk.writing.story(number)
    assert story.lead_image
    told = replace(story.lead_image, alt="A dam", caption="The dam", credit="A. Brook")
    desk.writing.edit(number, replace(story, lead_image=told), label="Words", spot=Spot("headline"))  # type: ignore[arg-type]
    return number


def image_of(desk: Desk, number: int) -> LeadImage:
    image = desk.writing.story(number).lead_image
    assert image is not None
    return image


def size_of(desk: Desk, number: int) -> tuple[int, int]:
    picture = desk.writing.files(number)[image_of(desk, number).file]
    return Image.open(io.BytesIO(picture.data)).size


def test_a_crop_is_one_step_that_keeps_the_whole_picture_and_its_words(desk: Desk, number: int) -> None:
    assert desk.writing.crop_lead_image(number, LEFT_HALF).stories == {number}
    cropped = image_of(desk, number)
    assert (cropped.file, cropped.original, cropped.crop) == ("dam-crop.png", "dam.png", LEFT_HALF)
    assert (cropped.alt, cropped.caption, cropped.credit) == ("A dam", "The dam", "A. Brook")
    assert size_of(desk, number) == (45, 60)
    assert desk.writing.undo_label(number) == "Crop"
    desk.writing.undo(number)
    assert image_of(desk, number) == LeadImage(file="dam.png", alt="A dam", caption="The dam", credit="A. Brook")
    desk.writing.redo(number)
    assert size_of(desk, number) == (45, 60)


def test_a_second_crop_is_cut_from_the_whole_picture_and_the_first_can_be_undone_to(desk: Desk, number: int) -> None:
    desk.writing.crop_lead_image(number, LEFT_HALF)
    desk.writing.crop_lead_image(number, (0.5, 0.0, 0.5, 0.5))
    assert size_of(desk, number) == (45, 30)
    assert image_of(desk, number).original == "dam.png"
    desk.writing.undo(number)
    assert size_of(desk, number) == (45, 60)


def test_the_whole_picture_comes_back_and_another_picture_is_not_cropped(desk: Desk, number: int) -> None:
    desk.writing.crop_lead_image(number, LEFT_HALF)
    desk.writing.crop_lead_image(number, None)
    assert (image_of(desk, number).file, image_of(desk, number).original, image_of(desk, number).crop) == ("dam.png", None, None)
    desk.writing.crop_lead_image(number, LEFT_HALF)
    desk.writing.set_lead_image(number, png(20, 20, "blue"), "lock.png")
    assert (image_of(desk, number).file, image_of(desk, number).original, image_of(desk, number).crop) == ("lock.png", None, None)


def test_the_export_has_only_the_cropped_picture_and_the_archive_both(desk: Desk, number: int, tmp_path: Path) -> None:
    desk.writing.crop_lead_image(number, LEFT_HALF)
    desk.publishing.export(number, "page", tmp_path / "out", waive="for the test")
    pictures = [path for path in (tmp_path / "out").rglob("*") if path.suffix == ".png" and "dam" in path.name]
    assert [Image.open(path).size for path in pictures] == [(45, 60)]
    archive = desk.documents.export_document(number, tmp_path / "story.zip")
    assert {"dam.png", "dam-crop.png"} <= set(zipfile.ZipFile(archive).namelist())
    desk.writing.edit(number, replace(desk.writing.story(number), slug="other"), label="Slug", spot=Spot("headline"))  # type: ignore[arg-type]
    desk.writing.save(number)
    again = desk.documents.import_document(archive).story
    assert image_of(desk, again) == image_of(desk, number)
    desk.writing.crop_lead_image(again, None)
    assert size_of(desk, again) == (90, 60)


def test_a_crop_outlives_the_draft(desk: Desk, number: int) -> None:
    desk.writing.crop_lead_image(number, LEFT_HALF)
    desk.writing.save(number)
    desk.writing.reread(number)
    assert size_of(desk, number) == (45, 60)
    desk.writing.crop_lead_image(number, None)
    assert size_of(desk, number) == (90, 60)


def test_a_story_without_a_picture_cannot_be_cropped(desk: Desk) -> None:
    number = desk.writing.new("Bare")
    with pytest.raises(InputError, match="not cropped"):
        desk.writing.crop_lead_image(number, LEFT_HALF)
