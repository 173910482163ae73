from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import LeadImage, Story
from workstation.review import check

Make = Callable[..., Any]


def found(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule.startswith("lead-image")]


def with_alt(story: Make, alt: str, **more: Any) -> Story:
    fields = {"file": "upper-dam.jpg", "caption": "The keeper of Norr", "credit": "Ada Brook", **more}
    whole: Story = story(lead_image=LeadImage(alt=alt, **fields))
    return whole


@pytest.mark.parametrize(
    ("alt", "reason"),
    [
        ("", "has no alternative text"),
        (" ", "has no alternative text"),
        ("IMG_2041.JPG", "name of a file"),
        ("DSC_0042", "name of a file"),
        ("upper-dam", "name of a file"),
        ("Screenshot 2026-03-02 at 10.12.33", "name of a file"),
        ("Image", "says nothing"),
        ("lead image", "says nothing"),
        ("a photo", "says nothing"),
        ("alt text", "says nothing"),
        ("TK", "says nothing"),
        ("The keeper of Norr.", "repeats the caption"),
        ("Ada Brook", "repeats the credit"),
        ("A photo of a grey dam", "it is a picture"),
        ("Image showing a grey dam", "it is a picture"),
    ],
)
def test_an_alternative_text_that_tells_a_listener_nothing_is_a_warning(story: Make, alt: str, reason: str) -> None:
    (problem,) = found(with_alt(story, alt))
    assert (problem.rule, problem.severity, str(problem.place)) == ("lead-image-text", Severity.WARNING, "lead_image.alt")
    assert reason in problem.message


@pytest.mark.parametrize(
    "alt",
    [
        "A grey dam under snow",
        "Photographers wait at a dam",
        "A photo is held up in a crowd",
        "A picture of the late keeper is carried through Norr",
        "Images of the dam hang on a wall",
        "Dam",
        "A man in a P51 jacket",
        "水坝",
    ],
)
def test_an_alternative_text_that_says_what_is_seen_is_fine(story: Make, alt: str) -> None:
    assert found(with_alt(story, alt)) == []


def test_the_words_about_the_picture_as_a_picture_are_taken_away(story: Make) -> None:
    whole = with_alt(story, "A photo of a grey dam")
    (problem,) = found(whole)
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.lead_image
    assert better.lead_image.alt == "A grey dam"
    assert found(better) == []


def test_a_decorative_image_needs_no_text_and_contradicts_one(story: Make) -> None:
    assert found(with_alt(story, "", decorative=True)) == []
    (problem,) = found(with_alt(story, "A grey dam", decorative=True))
    assert "decorative" in problem.message


def test_a_missing_credit_is_a_warning(story: Make) -> None:
    (problem,) = found(with_alt(story, "A grey dam", credit=" "))
    assert (problem.rule, problem.severity, str(problem.place)) == ("lead-image-credit", Severity.WARNING, "lead_image.credit")


def test_only_a_file_photo_must_have_a_caption(story: Make) -> None:
    assert found(with_alt(story, "A grey dam", caption="")) == []
    (problem,) = found(with_alt(story, "A grey dam", caption="", file_photo=True))
    assert (problem.rule, str(problem.place)) == ("lead-image-caption", "lead_image.caption")


@pytest.mark.parametrize(
    ("caption", "moved"),
    [
        ("The dam. DELTA/Ada Brook", "Move “DELTA/Ada Brook” out of the caption."),
        ("The dam (Photo: Ada Brook).", "Move “Photo: Ada Brook” out of the caption."),
        ("The dam. Photo by Ada Brook", "Move “Photo by Ada Brook” out of the caption."),
        ("The dam. © Ada Brook", "Move “© Ada Brook” out of the caption."),
        ("The dam in a photo by night that hangs in Norr", "Name who made it."),
        ("The dam and/or the lock", "Name who made it."),
    ],
)
def test_a_credit_that_the_caption_holds_is_to_be_moved(story: Make, caption: str, moved: str) -> None:
    (problem,) = found(with_alt(story, "A grey wall", caption=caption, credit=""))
    assert problem.message.endswith(moved)


@pytest.mark.parametrize("said", ["FILE PHOTO: ", "File photo. ", "(FILE PHOTO) "])
def test_a_file_photo_is_called_so_once(story: Make, said: str) -> None:
    caption = "The keeper of Norr in March 2019"
    assert found(with_alt(story, "A grey dam", caption=said + caption)) == []
    whole = with_alt(story, "A grey dam", caption=said + caption, file_photo=True)
    (problem,) = found(whole)
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.lead_image
    assert better.lead_image.caption == caption
    assert found(better) == []


def test_a_story_without_a_lead_image_is_fine(story: Make) -> None:
    assert found(story(lead_image=None)) == []


@pytest.mark.parametrize(
    ("alt", "caption", "repeats"),
    [
        ("The upper dam", "the upper dam.", True),
        ("A grey dam under snow", "A grey dam under snow, in Norr", True),
        ("Snow", "Snow on the upper dam", False),
        ("A grey dam", "", False),
        ("A dam", "Engineers look at the dam", False),
    ],
)
def test_an_alternative_text_repeats_the_caption_when_it_begins_with_the_same_words(
    story: Make, alt: str, caption: str, repeats: bool
) -> None:
    assert [problem.rule for problem in found(with_alt(story, alt, caption=caption))] == ["lead-image-text"] * repeats
