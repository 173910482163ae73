from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.body import Marks, read_html
from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import SignalCard, Story
from workstation.errors import BlockedError, InputError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

TRUE = "Nobody will pay tolls before September"
FALSE = "Nobody will pay high tolls before October"

WriteCard = Callable[[str], int]


@pytest.fixture
def write_card(desk: Desk, item: str) -> WriteCard:
    """Makes a story whose one card rests on the item and holds this HTML."""

    def write(html: str) -> int:
        number = desk.writing.new("A treaty for the river")
        key = desk.writing.story(number).signals[0].key
        desk.writing.add_source(number, key, item)
        story = desk.writing.story(number)
        card = replace(story.signals[0], headline="Tolls", body=read_html(html).body)
        news = read_html("<p>The lock opened.</p>").body
        desk.writing.edit(number, replace(story, news=news, signals=(card,)), label="Set-up", spot=Spot("signals"))
        return number

    return write


def altered(desk: Desk, number: int) -> list[Problem]:
    return [problem for problem in desk.reviewing.review(number).blockers if problem.fix]


def test_a_true_quotation_stops_nothing(desk: Desk, write_card: WriteCard) -> None:
    number = write_card(f"<p>“{TRUE},” the clerk said.</p>")
    reviewed = desk.reviewing.require_clear(number)
    assert [check.grade for check in reviewed.quotations] == ["exact"]


def test_an_altered_quotation_blocks_the_export_and_nothing_is_written(desk: Desk, write_card: WriteCard, tmp_path: Path) -> None:
    number = write_card(f"<p>“{FALSE},” the clerk said.</p>")
    out = tmp_path / "out"
    with pytest.raises(BlockedError) as caught:
        desk.publishing.export(number, "page", out)
    assert "Card 1" in caught.value.detail
    assert "waive" in caught.value.detail
    assert not out.exists()
    assert desk.publishing.ledger(number) == []
    assert not desk.writing.slug_is_fixed(number)


def test_a_mend_puts_the_sources_wording_in_as_one_step(desk: Desk, write_card: WriteCard) -> None:
    number = write_card(f"<p>The clerk: “<strong>{FALSE}</strong>,” at noon.</p>")
    before = desk.writing.story(number)
    (problem,) = altered(desk, number)
    assert desk.reviewing.mend(number, problem).stories == {number}
    (card,) = desk.writing.story(number).signals
    assert card.body.text == f"The clerk: “{TRUE},” at noon."
    assert card.body.blocks[0].runs[1].marks == Marks(strong=True)
    desk.reviewing.require_clear(number)
    desk.writing.undo(number)
    assert desk.writing.story(number) == before


def test_the_second_of_two_altered_quotations_is_mended_where_it_stands(desk: Desk, write_card: WriteCard) -> None:
    number = write_card(f"<p>“{FALSE}.”</p><p>“{FALSE}.”</p>")
    problems = altered(desk, number)
    desk.reviewing.mend(number, problems[-1])
    texts = [block.text for block in desk.writing.story(number).signals[0].body.blocks]
    assert sorted(texts) == sorted([f"“{TRUE}.”", f"“{FALSE}.”"])
    desk.reviewing.mend(number, altered(desk, number)[0])
    desk.reviewing.require_clear(number)


@pytest.mark.parametrize(
    ("html", "old", "new", "expected"),
    [
        ("<p>a <em>b</em> c</p>", "b", "x y", "<p>a <em>x y</em> c</p>"),
        ("<p>a <em>b</em> c</p>", "a b c", "d", "<p>d</p>"),
        ("<p>a <em>b</em> c</p>", "a b c", "a b d", "<p>a <em>b</em> d</p>"),
        ("<p>a <em>b</em> c</p>", "a b c", "a b c d", "<p>a <em>b</em> c d</p>"),
        ("<p><em>a</em> b</p>", "a b", "not a b", "<p><em>not a</em> b</p>"),
        ("<p><em>one</em> two</p><p>one</p>", "one two\none", "one two\ntwo", "<p><em>one</em> two</p><p>two</p>"),
        ("<p>one</p><p>one</p>", "one\none", "one\ntwo", "<p>one</p>\n<p>two</p>"),
        ("<p>one<br>two<br>three</p>", "e\ntwo\nthree", "e!\n2\n3", "<p>one!<br>2<br>3</p>"),
        ("<ul><li>one</li></ul><p>😀 two</p>", "two", "2", "<ul>\n<li>one</li>\n</ul>\n<p>😀 2</p>"),
    ],
)
def test_a_fix_changes_its_words_and_nothing_else(
    desk: Desk, write_card: WriteCard, html: str, old: str, new: str, expected: str
) -> None:
    number = write_card(html)
    desk.reviewing.mend(number, Problem("r", Severity.BLOCKER, Place("body", 0), "m", old, Fix("Mend", old, new)))
    assert desk.writing.story(number).signals[0].body == read_html(expected).body


@pytest.mark.parametrize(
    "problem",
    [
        Problem("r", Severity.BLOCKER, Place("body", 0), "m", "x", Fix("Mend", "words that are gone", "new")),
        Problem("r", Severity.BLOCKER, Place("body", 7), "m", "x", Fix("Mend", "lock", "new")),
        Problem("r", Severity.BLOCKER, Place("headline"), "m", "x", Fix("Mend", "lock", "new")),
        Problem("r", Severity.BLOCKER, Place("body", 0), "m", "x", None),
    ],
    ids=["words gone", "card gone", "a field", "no fix"],
)
def test_what_cannot_be_mended_is_refused_and_changes_nothing(desk: Desk, write_card: WriteCard, problem: Problem) -> None:
    number = write_card("<p>The lock.</p>")
    before = desk.writing.story(number)
    with pytest.raises(InputError, match="Nothing was changed"):
        desk.reviewing.mend(number, problem)
    assert desk.writing.story(number) == before


def test_a_blocker_that_is_waived_with_a_reason_lets_the_story_pass_until_it_is_withdrawn(
    desk: Desk, write_card: WriteCard
) -> None:
    number = write_card(f"<p>“{FALSE},” the clerk said.</p>")
    (problem,) = desk.reviewing.review(number).blockers
    assert desk.reviewing.waive(number, problem, " Confirmed by telephone ").stories == {number}
    reviewed = desk.reviewing.require_clear(number)
    assert [(waived, waiver.reason) for waived, waiver in reviewed.waived] == [(problem, "Confirmed by telephone")]
    desk.reviewing.withdraw_waiver(number, problem.fingerprint)
    with pytest.raises(BlockedError):
        desk.reviewing.require_clear(number)


def test_a_waiver_needs_a_reason(desk: Desk, write_card: WriteCard) -> None:
    number = write_card(f"<p>“{FALSE},” the clerk said.</p>")
    (problem,) = desk.reviewing.review(number).blockers
    with pytest.raises(InputError, match="only with a reason"):
        desk.reviewing.waive(number, problem, "  ")
    assert desk.reviewing.review(number).blockers == (problem,)


def test_a_waiver_does_not_hold_for_words_that_are_altered_anew(desk: Desk, write_card: WriteCard) -> None:
    number = write_card(f"<p>“{FALSE},” the clerk said.</p>")
    (problem,) = desk.reviewing.review(number).blockers
    desk.reviewing.waive(number, problem, "Confirmed")
    story = desk.writing.story(number)
    body = read_html(f"<p>“{FALSE.replace('October', 'May')},” the clerk said.</p>").body
    changed = story.with_changed_card(replace(story.signals[0], body=body))
    desk.writing.edit(number, changed, label="Words", spot=Spot("body"))
    assert len(desk.reviewing.review(number).blockers) == 1


def test_a_story_whose_sources_are_not_here_can_be_reviewed(desk: Desk) -> None:
    card = SignalCard(headline="h", sources=(), body=read_html("<p>“Nobody has this,” one said.</p>").body)
    number = desk.store.stories.add(Story(slug="elsewhere", headline="From elsewhere", signals=(card,)))
    assert [check.grade for check in desk.reviewing.review(number).quotations] == ["unarchived"]


def test_an_altered_quotation_in_the_news_is_mended_in_the_news(desk: Desk, write_card: WriteCard) -> None:
    number = write_card(f"<p>“{TRUE}.”</p>")
    story = desk.writing.story(number)
    news = read_html(f"<p>“{FALSE},” the clerk said.</p>").body
    desk.writing.edit(number, replace(story, news=news), label="Typing", spot=Spot("news"))
    (problem,) = altered(desk, number)
    assert str(problem.place) == "news"
    desk.reviewing.mend(number, problem)
    assert desk.writing.story(number).news.text == f"“{TRUE},” the clerk said."
    assert desk.writing.story(number).signals[0].body.text == f"“{TRUE}.”"


def test_a_slug_other_than_the_one_handed_over_blocks_and_is_put_back(desk: Desk, write_card: WriteCard, tmp_path: Path) -> None:
    number = write_card(f"<p>“{TRUE},” the clerk said.</p>")
    desk.publishing.export(number, "page", tmp_path / "out")
    desk.writing.edit(number, replace(desk.writing.story(number), slug="another"), label="Set-up", spot=Spot("slug"))
    (problem,) = desk.reviewing.review(number).blockers
    assert problem.rule == "slug-changed"
    desk.reviewing.mend(number, problem)
    assert desk.writing.story(number).slug == "a-treaty-for-the-river"
    assert desk.reviewing.review(number).blockers == ()
    with pytest.raises(InputError, match="The slug stays"):
        desk.writing.rename(number, "another")


def test_a_better_slug_is_not_given_to_two_stories(desk: Desk, write_card: WriteCard) -> None:
    number = write_card(f"<p>“{TRUE},” the clerk said.</p>")
    desk.writing.rename(number, "untitled")
    desk.writing.save(number)
    other = desk.writing.new("A treaty for the river")
    (problem,) = [problem for problem in desk.reviewing.review(number).problems if problem.rule == "slug"]
    with pytest.raises(InputError, match="taken"):
        desk.reviewing.mend(number, problem)
    desk.writing.rename(other, "another")
    desk.writing.save(other)
    desk.reviewing.mend(number, problem)
    assert desk.writing.story(number).slug == "a-treaty-for-the-river"
    desk.writing.undo(number)
    assert desk.writing.story(number).slug == "untitled"


def test_what_is_in_order_is_told_beside_the_problems(desk: Desk, write_card: WriteCard) -> None:
    number = write_card(f"<p>“{TRUE},” the clerk said.</p>")
    told = {passed.rule: passed.title for passed in desk.reviewing.review(number).passes}
    assert told["quotations"] == "Every quotation matches its source"
    assert "furniture" not in told


# --- several fixes as one step -------------------------------------------------------------------------------------


def problem_at(text: str, old: str, new: str, start: int | None, place: Place) -> Problem:
    fix = Fix("Mend", old, new, start)
    span = (None, None) if start is None else (start, start + len(old))
    return Problem("test", Severity.WARNING, replace(place, at=span[0], until=span[1]), "A test.", old, fix)


def test_all_fixes_of_a_text_are_one_step_whatever_their_order_and_length(desk: Desk, write_card: WriteCard) -> None:
    number = write_card("<p>The the lock and the the gate.</p><p>The the end.</p>")
    before, text = desk.writing.story(number), desk.writing.story(number).signals[0].body.text
    body = Place("body", 0)
    places = (0, text.index("the the g"), text.rindex("The the"))
    problems = [problem_at(text, text[at : at + 7], text[at : at + 3], at, body) for at in places]
    desk.reviewing.mend_all(number, problems)
    assert desk.writing.story(number).signals[0].body.text == "The lock and the gate.\nThe end."
    assert desk.writing.undo_label(number) == "3 corrections"
    desk.writing.undo(number)
    assert desk.writing.story(number) == before


def test_of_two_fixes_of_the_same_words_one_is_applied_and_none_where_the_words_are_gone(
    desk: Desk, write_card: WriteCard
) -> None:
    number = write_card("<p>One two three.</p>")
    body = Place("body", 0)
    over = [problem_at("", "One two", "1 2", 0, body), problem_at("", "two three", "2 3", 4, body)]
    desk.reviewing.mend_all(number, over)
    assert desk.writing.story(number).signals[0].body.text == "One 2 3."
    with pytest.raises(InputError, match="Nothing was changed"):
        desk.reviewing.mend_all(number, [problem_at("", "never there", "x", None, body)])


def test_fixes_of_two_places_of_the_story_go_together(desk: Desk, write_card: WriteCard) -> None:
    number = write_card("<p>The lock.</p>")
    story = desk.writing.story(number)
    desk.writing.edit(number, replace(story, headline="The  lock"), label="Words", spot=Spot("headline"))
    problems = [
        problem_at("", "The  lock", "The lock", None, Place("headline")),
        problem_at("", "lock", "gate", 4, Place("body", 0)),
    ]
    desk.reviewing.mend_all(number, problems)
    assert desk.writing.story(number).headline == "The lock"
    assert desk.writing.story(number).signals[0].body.text == "The gate."


def test_undoing_a_fix_leads_back_to_its_words(desk: Desk, write_card: WriteCard) -> None:
    number = write_card("<p>One two three.</p>")
    desk.reviewing.mend(number, problem_at("", "two", "2", 4, Place("body", 0)))
    stepped = desk.writing.undo(number)
    assert stepped is not None
    assert stepped.spot == Spot("body", desk.writing.story(number).signals[0].key, 5)


def test_a_warning_is_waived_like_a_blocker_and_the_time_is_kept(desk: Desk, write_card: WriteCard) -> None:
    number = write_card("<p>The lock.</p>")
    warning = next(p for p in desk.reviewing.review(number).problems if p.severity is Severity.WARNING)
    desk.reviewing.waive(number, warning, "Agreed with the desk")
    reviewed = desk.reviewing.review(number)
    assert warning.fingerprint not in {problem.fingerprint for problem in reviewed.problems}
    (waiver,) = [waiver for _, waiver in reviewed.waived]
    assert waiver.given is not None
    assert desk.reviewing.last_reasons() == ["Agreed with the desk"]
