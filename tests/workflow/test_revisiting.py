from __future__ import annotations

import pytest

from tests.workflow.conftest import ARTICLE, MakeDesk, Site, page
from workstation.domain.revisit import Outcome
from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.word_diff import Change
from workstation.errors import InputError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

PATH = "/world/a-lock-opens-81234"


@pytest.fixture
def desk(make_desk: MakeDesk, site: Site) -> Desk:
    site.pages[PATH] = ("text/html", page())
    return make_desk(limits=site.limits)


@pytest.fixture
def captured(desk: Desk, site: Site) -> str:
    return desk.gathering.capture(site.url(PATH)).items[0]


def altered(old: str, new: str) -> bytes:
    data = page()
    assert old.encode() in data
    return data.replace(old.encode(), new.encode())


def test_a_source_that_says_the_same_is_told_unchanged_and_nothing_is_doubled(desk: Desk, site: Site, captured: str) -> None:
    site.pages[PATH] = ("text/html", page(head='<meta name="csrf" content="another">'))
    revisit = desk.revisiting.revisit(captured)
    assert [answer.outcome for answer in revisit.answers] == [Outcome.UNCHANGED]
    assert "Unchanged" in revisit.message
    assert len(desk.gathering.items()) == 1
    (version,) = desk.revisiting.versions(captured)
    assert version.seen is not None


def test_a_source_that_changed_has_two_versions_with_the_words_that_differ(desk: Desk, site: Site, captured: str) -> None:
    site.pages[PATH] = ("text/html", altered("61 barges", "16 barges"))
    revisit = desk.revisiting.revisit(captured)
    (answer,) = revisit.answers
    assert answer.outcome is Outcome.CHANGED
    assert revisit.changes.items == {captured, answer.newest}
    assert "61 barges" in desk.gathering.item(captured).text
    parts = desk.revisiting.compare(captured, answer.newest)
    changed = [(piece.change, piece.text.strip()) for part in parts for piece in part.pieces if piece.change is not Change.KEPT]
    assert changed == [(Change.REMOVED, "61"), (Change.ADDED, "16")]
    (row,) = desk.gathering.items()
    assert (row.id, row.versions, row.changed) == (answer.newest, 2, True)
    desk.revisiting.looked_at(row.id)
    assert not desk.gathering.summary(row.id).changed


def test_a_page_that_is_gone_is_told_and_the_captured_one_stays(desk: Desk, site: Site, captured: str) -> None:
    del site.pages[PATH]
    (answer,) = desk.revisiting.revisit(captured).answers
    assert answer.outcome is Outcome.GONE
    assert "What was captured stays." in answer.told
    assert desk.gathering.item(captured).text.startswith(ARTICLE[0])
    site.pages[PATH] = ("text/html", page())
    site.faults[PATH] = "503 Service Unavailable"
    (answer,) = desk.revisiting.revisit(captured).answers
    assert answer.outcome is Outcome.UNKNOWN
    assert not desk.gathering.waiting()


def test_the_sources_of_a_story_are_asked_each_once(desk: Desk, site: Site, captured: str) -> None:
    site.pages["/other"] = ("text/html", page("Another lock"))
    other = desk.gathering.capture(site.url("/other")).items[0]
    site.pages[PATH] = ("text/html", altered("nine years", "eight years"))
    newest = desk.revisiting.revisit(captured).answers[0].newest
    sources = tuple(Source(name="Harbour Gazette", item=item) for item in (captured, other, newest))
    number = desk.writing.new()
    desk.writing.edit(
        number,
        Story(slug="s", headline="H", signals=(SignalCard(headline="A", sources=sources),)),
        label="x",
        spot=Spot("headline"),
    )
    site.asked.clear()
    revisit = desk.revisiting.revisit_story(number)
    assert [path for path in site.asked if path in (PATH, "/other")] == [PATH, "/other"]
    assert revisit.message.startswith("2 sources asked: 2 unchanged")
    with pytest.raises(InputError):
        desk.revisiting.revisit(desk.gathering.capture_text("A pasted text of a few words.").items[0])


def test_a_quotation_from_an_older_version_is_true_and_its_source_is_named_once(desk: Desk, site: Site, captured: str) -> None:
    number = desk.writing.new()
    text = desk.gathering.item(captured).text
    start = text.index("We waited for two harvests")
    quoted = desk.quoting.quote_in_card(captured, start, start + len("We waited for two harvests"), number, None)
    site.pages[PATH] = ("text/html", altered("We waited for two harvests", "We waited for three harvests"))
    newest = desk.revisiting.revisit(captured).answers[0].newest
    text = desk.gathering.item(newest).text
    start = text.index("Nobody will pay tolls")
    desk.quoting.quote_in_card(newest, start, start + len("Nobody will pay tolls before September"), number, quoted.card)
    assert [source.item for source in desk.writing.card(number, quoted.card).sources] == [captured]
    reviewed = desk.reviewing.review(number)
    assert {check.grade for check in reviewed.quotations} == {"exact"}
    rules = {problem.rule for problem in reviewed.problems}
    assert "source-changed" in rules
    assert not {rule for rule in rules if rule.startswith("quot")}
