"""What an edited quotation leaves out or puts in turns no sense round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.problem import Problem, Severity
from workstation.review import check

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING

TREATY = "The government will not now or at any time in the foreseeable future accept the treaty, and gladly signs the other."


def elided(story: Make, card: Make, source: Any, printed: str) -> list[Problem]:
    found = check(story(card(f"<p>“{printed}”</p>", source)), {source.id: source})
    assert [quotation.grade for quotation in found.quotations] == ["edited"]
    return [problem for problem in found.problems if problem.rule == "quotation-elision"]


def test_an_ellipsis_that_drops_a_denial_or_a_long_passage_is_a_warning(story: Make, card: Make, item: Make) -> None:
    source = item("dam", "We will not fill it. " + "And so on. " * 20 + "That is the end of it all.")
    whole = story(card("<p>“We will … fill it” and “fill it … the end of it all”.</p>", source))
    found = [problem for problem in check(whole, {"dam": source}).problems if problem.rule == "quotation-elision"]
    assert [problem.severity for problem in found] == [WARNING, WARNING]
    assert "“not”" in found[0].message
    assert "62 words" in found[1].message


def test_a_denial_behind_an_ellipsis_is_a_warning_however_wide_the_gap(story: Make, card: Make, item: Make) -> None:
    (problem,) = elided(story, card, item("one", TREATY), "The government will … accept the treaty")
    assert problem.severity is WARNING
    assert "“not now or at any time in the foreseeable future”" in problem.message


@pytest.mark.parametrize(
    "printed",
    [
        "The government will [gladly] accept the treaty",
        "The government will [] accept the treaty",
        "The government will … [gladly] accept the treaty",
        "[The minister will] accept the treaty",
        "The government will [soon …] accept the treaty",
        "The government [surely] will … gladly signs",
    ],
)
def test_a_denial_behind_brackets_is_a_blocker(story: Make, card: Make, item: Make, printed: str) -> None:
    severities = [problem.severity for problem in elided(story, card, item("one", TREATY), printed)]
    assert severities == ([WARNING] if "surely" in printed else [BLOCKER])


def test_a_denial_put_in_by_brackets_is_a_blocker_unless_the_source_denies_too(story: Make, card: Make, item: Make) -> None:
    source = item("one", "We will sign it. We can never sell it.")
    (put_in,) = elided(story, card, source, "We will [not] sign it")
    (kept,) = elided(story, card, source, "We can [not] sell it")
    assert (put_in.severity, kept.severity) == (BLOCKER, WARNING)
    assert "“not”" in put_in.message
    assert "“never”" in kept.message


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("They help nobody here.", "They help … here"),
        ("They say nothing of it.", "They say … of it"),
        ("They have few friends here.", "They have … friends here"),
        ("They hardly ever come.", "They … come"),
        ("They don’t ever come.", "They … come"),
        ("Cela ne change rien ici.", "Cela … ici"),
        ("Il y voit personne ici.", "Il y voit … ici"),
        ("Ellos ven a ninguno allí.", "Ellos ven … allí"),
        ("Aquí pasa nada hoy.", "Aquí pasa … hoy"),
        ("Wir sehen niemanden hier.", "Wir sehen … hier"),
        ("Wir haben keinerlei und keine Zeit.", "Wir haben … Zeit"),
        ("الحكومة لن توقع المعاهدة", "الحكومة … توقع المعاهدة"),
        ("الحكومة لَمْ توقع المعاهدة", "الحكومة … توقع المعاهدة"),
        ("الحكومة ولا توقع المعاهدة", "الحكومة … توقع المعاهدة"),
        ("הממשלה לא תחתום על ההסכם", "הממשלה … תחתום על ההסכם"),
        ("Правительство никогда не подпишет договор", "Правительство … подпишет договор"),
        ("我们绝不会接受条约", "我们…接受条约"),
        ("我们从未接受条约", "我们…接受条约"),
        ("水は足りないと彼は言った", "水は…と彼は言った"),
        ("정부는 조약을 받지 않겠다고 말했다", "정부는 조약을 … 말했다"),
    ],
)
def test_a_denial_left_out_is_told_in_many_languages(story: Make, card: Make, item: Make, text: str, printed: str) -> None:
    assert [problem.severity for problem in elided(story, card, item("one", text), printed)] == [WARNING]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("They come here a few days early.", "They come … early"),
        ("The mayor of the valley wants rain.", "[She] wants rain"),
        ("They never came. The mayor wants rain.", "[She] wants rain"),
        ("They never came. The mayor wants rain.", "… The mayor wants rain"),
        ("The mayor wants rain here. Nobody else does.", "wants rain …"),
    ],
)
def test_what_denies_nothing_is_no_problem(story: Make, card: Make, item: Make, text: str, printed: str) -> None:
    assert elided(story, card, item("one", text), printed) == []


def test_a_word_that_denies_in_another_language_only_is_no_denial(story: Make, card: Make, item: Make) -> None:
    source = item("one", "Os ministros assinam hoje no Porto o tratado.")
    printed = "Os ministros assinam [já] o tratado"
    assert [problem.severity for problem in elided(story, card, source, printed)] == [BLOCKER]
    assert elided(story, card, replace(source, language="pt-PT"), printed) == []


def test_of_many_words_left_out_those_around_the_denial_are_shown(story: Make, card: Make, item: Make) -> None:
    source = item("one", "We will " + "say more " * 60 + "and never once " + "say more " * 60 + "sign.")
    told = [problem.message for problem in elided(story, card, source, "We will … sign.")]
    assert "243 words" in told[0]
    assert "and never once" in told[1]
    assert len(told[1]) < 450
