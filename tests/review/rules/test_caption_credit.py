from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import LeadImage, Story
from workstation.review import check

Make = Callable[..., Any]

SEEN = "A keeper looks at the gauge of the upper dam in Norr, January 18, 2026."


def found(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if "repeats the" in problem.message]


def with_image(story: Make, caption: str, credit: str, alt: str = "A grey wall under snow", **more: Any) -> Story:
    whole: Story = story(lead_image=LeadImage(file="a.jpg", alt=alt, caption=caption, credit=credit, **more))
    return whole


@pytest.mark.parametrize(
    ("caption", "credit", "repeated", "kept"),
    [
        (f"{SEEN} DELTA/Ada Brook", "DELTA/Ada Brook", "DELTA/Ada Brook", SEEN),
        (f"{SEEN} DELTA/Ada Brook.", "DELTA/Ada Brook", "DELTA/Ada Brook.", SEEN),
        (f"{SEEN} DELTA/Ada Brook", "Ada Brook/Delta", "DELTA/Ada Brook", SEEN),
        (f"{SEEN} DELTA/Ada Brook/File Photo", "DELTA/Ada Brook", "DELTA/Ada Brook/File Photo", SEEN),
        (f"{SEEN} Delta", "DELTA/Ada Brook", "Delta", SEEN),
        (f"{SEEN} (Ada Brook)", "DELTA/Ada Brook", "Ada Brook", SEEN),
        (f"{SEEN} Photo by Ada Brook/Delta.", "DELTA/Ada Brook", "Photo by Ada Brook/Delta.", SEEN),
        (f"{SEEN} Photo: Ada Brook", "DELTA/Ada Brook", "Ada Brook", SEEN),
        (f"{SEEN} © Ada Brook", "DELTA/Ada Brook", "© Ada Brook", SEEN),
        (f"{SEEN} — Ada Brook", "Ada Brook", "Ada Brook", SEEN),
        (f"{SEEN} Ada B. Brook/Delta", "Ada B. Brook/Delta", "Ada B. Brook/Delta", SEEN),
        (f"DELTA/Ada Brook: {SEEN}", "DELTA/Ada Brook", "DELTA/Ada Brook", SEEN),
        (f"{SEEN[:-1]} DELTA/Ada Brook", "DELTA/Ada Brook", "DELTA/Ada Brook", SEEN[:-1]),
        (f"{SEEN[:-1]} (Photo: Ada Brook).", "DELTA/Ada Brook", "Photo: Ada Brook", SEEN),
        ("A crowd in Norr (DELTA Photo/Ada Brook, File)", "Ada Brook/Delta", "DELTA Photo/Ada Brook, File", "A crowd in Norr"),
        ("Uma barragem em Norr. Foto: Ada Brook", "Ada Brook", "Ada Brook", "Uma barragem em Norr."),
        ("The dam, Ada Brook", "Ada Brook", "Ada Brook", "The dam"),
        ("The dam | Ada Brook", "Ada Brook", "Ada Brook", "The dam"),
        ("The dam (HO).", "HO", "HO", "The dam."),
        ("上水坝在雪中。河谷社/王明", "河谷社/王明", "河谷社/王明", "上水坝在雪中。"),
        ("The dam. (DELTA/Ada Brook) Snow lies on it.", "DELTA/Ada Brook", "DELTA/Ada Brook", "The dam. Snow lies on it."),
    ],
)
def test_a_credit_repeated_in_the_caption_is_a_warning_that_takes_it_out(
    story: Make, caption: str, credit: str, repeated: str, kept: str
) -> None:
    whole = with_image(story, caption, credit)
    (problem,) = found(whole)
    assert (problem.severity, str(problem.place), problem.excerpt) == (Severity.WARNING, "lead_image.caption", repeated)
    assert caption[problem.place.at : problem.place.until].strip(" ()") == repeated
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.lead_image
    assert (better.lead_image.caption, better.lead_image.credit) == (kept, credit)
    assert found(better) == []


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        (SEEN, "DELTA/Ada Brook"),
        ("The minister greets Ada Brook.", "Ada Brook"),
        ("Ada Brook, the minister, in Norr.", "Ada Brook/Campaign"),
        ("Minister Ada Brook, Norr", "Ada Brook"),
        ("The ship of the Harbour Office (HO).", "HO"),
        ("The house of Delta Radio in Norr.", "Delta Radio"),
        ("A crowd in Norr. Delta Radio says it was large.", "Delta Radio"),
        ("Made by Lock, Dam, and Delta", "Delta"),
        ("The dam of Norr", "Norr Dam Authority"),
        ("A dam by the sea", "By the Sea Agency"),
        ("A view from the air", "Air View/Delta"),
        ("Ships wait at the mouth of the strait, in an artist’s view.", "Delta Graphics"),
        ("", "Ada Brook"),
        ("The dam. Ada Brook", ""),
    ],
)
def test_a_caption_that_only_shares_words_with_the_credit_is_fine(story: Make, caption: str, credit: str) -> None:
    assert found(with_image(story, caption, credit)) == []


@pytest.mark.parametrize(
    ("credit", "caption", "kept"),
    [
        (f"{SEEN} DELTA/Ada Brook", SEEN, "DELTA/Ada Brook"),
        ("The upper dam, Ada Brook", "The upper dam", "Ada Brook"),
        ("DELTA/Ada Brook (a keeper looks at the gauge of the upper dam)", SEEN, "DELTA/Ada Brook"),
    ],
)
def test_a_caption_repeated_in_the_credit_is_a_warning_that_leaves_the_maker(
    story: Make, credit: str, caption: str, kept: str
) -> None:
    whole = with_image(story, caption, credit)
    (problem,) = found(whole)
    assert (problem.severity, str(problem.place)) == (Severity.WARNING, "lead_image.credit")
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.lead_image
    assert (better.lead_image.caption, better.lead_image.credit) == (caption, kept)
    assert found(better) == []


@pytest.mark.parametrize("text", ["Ada Brook", "DELTA/Ada Brook", SEEN])
def test_where_both_are_the_same_the_editor_says_which_one_is_right(story: Make, text: str) -> None:
    (problem,) = found(with_image(story, text, text))
    assert problem.fix is None


@pytest.mark.parametrize(
    ("credit", "caption"),
    [
        ("Ada Brook for the valley", "The dam in the valley"),
        ("Crowd Pictures/Ada", "A crowd in Norr"),
        ("The dam. Ada", "The dam"),
    ],
)
def test_a_credit_that_shares_a_few_words_with_the_caption_is_fine(story: Make, credit: str, caption: str) -> None:
    assert found(with_image(story, caption, credit)) == []


def test_a_caption_that_stands_in_the_credit_alone_is_told(story: Make) -> None:
    whole = with_image(story, "", f"{SEEN} DELTA/Ada Brook")
    told = [(p.rule, str(p.place)) for p in check(whole, {}).problems]
    assert told[0] == ("lead-image-credit", "lead_image.credit")
    whole = with_image(story, "", "Photo by Ada Brook for the Harbour Post via Delta; illustration by Bo Vale for the Post")
    assert [p.rule for p in check(whole, {}).problems if p.rule.startswith("lead-image")] == []


def test_a_credit_repeated_in_the_alternative_text_is_a_warning(story: Make) -> None:
    whole = with_image(story, SEEN, "DELTA/Ada Brook", "A grey wall under snow. DELTA/Ada Brook")
    (problem,) = found(whole)
    assert str(problem.place) == "lead_image.alt"
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.lead_image
    assert better.lead_image.alt == "A grey wall under snow."
    assert found(better) == []


def test_a_name_that_is_all_the_caption_is_no_caption_to_be_taken_out_of_the_credit(story: Make) -> None:
    (problem,) = found(with_image(story, "Ada B. Brook", "Ada B. Brook/Delta"))
    assert (str(problem.place), problem.fix) == ("lead_image.caption", None)


def test_a_long_credit_at_the_end_of_the_caption_is_taken_out_of_the_caption(story: Make) -> None:
    credit = "Photo by Ada Brook for the Harbour Post via Delta"
    (problem,) = found(with_image(story, f"{SEEN} {credit}", credit))
    assert problem.fix
    assert problem.fix.new == SEEN


def test_a_long_text_in_the_wrong_field_is_judged_at_once(story: Make) -> None:
    long = "photo by the image of a " * 400
    assert len(found(with_image(story, f"{long}. Ada Brook", "Ada Brook"))) == 1
    assert found(with_image(story, f"{'(' * 400}{' ' * 3000}x", f"{long}x")) == []


def test_a_text_of_which_only_marks_would_be_left_has_no_fix(story: Make) -> None:
    (problem,) = found(with_image(story, "The dam under deep snow", "“The dam under deep snow,”"))
    assert problem.fix is None
