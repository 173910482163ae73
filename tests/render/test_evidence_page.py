"""The page that shows the evidence to people without the program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.checkers import nu_messages
from workstation.domain.evidence import Evidence, Witness, WitnessKind
from workstation.domain.item import Item
from workstation.domain.story import Story
from workstation.render.evidence_page import evidence_page

TEXT = 'The gate <script>alert(1)</script> opened.\n“النهر طريق من جديد” & "so it was".\nNobody paid.'
START = TEXT.index("النهر")
END = START + len("النهر طريق من جديد")


def item(url: str | None = "https://ledger.example/lock?a=1&b=[2]", language: str | None = "ar") -> Item:
    return Item(
        id="abcdef012345",
        url=url,
        title="A <b>gate</b> opens",
        outlet="The Harbour & Ledger",
        author=None,
        published="2031-07-03",
        language=language,
        country=None,
        text=TEXT,
        words=12,
        captured=datetime(2031, 7, 3, 9, 5, tzinfo=UTC),
        media_type="text/html",
        sha256="0f" * 32,
    )


def evidence(story: Story, source: Item) -> Evidence:
    quoted = Witness(
        kind=WitnessKind.QUOTATION,
        place="signals[0].body",
        at=3,
        until=9,
        words="النهر طريق من جديد",
        state="exact",
        holds=True,
        item=source.id,
        start=START,
        end=END,
        exact=TEXT[START:END],
        folded=("quotation marks",),
        speaker="Mayor <Vey>",
        translation="The river is a road again",
    )
    absent = Witness(
        kind=WitnessKind.QUOTATION,
        place="news",
        at=0,
        words="</main>",
        state="absent",
        holds=False,
        waived="By phone & note",
    )
    untied = Witness(kind=WitnessKind.SENTENCE, place="news", at=9, words="Nobody & nothing.", state="untied", holds=False)
    named = Witness(
        kind=WitnessKind.SOURCE, place="signals[0].sources[0]", words="المنارة", state="archived", holds=True, item=source.id
    )
    bare = Witness(
        kind=WitnessKind.SOURCE,
        place="signals[1].sources[0]",
        words="Kestrel",
        state="not archived",
        holds=False,
        address="javascript:alert(1)",
    )
    return Evidence(
        story=story,
        publication="The Lantern",
        language="en",
        made="2031-07-03T09:10:00+00:00",
        items={source.id: source},
        witnesses=(quoted, absent, untied, named, bare),
    )


@pytest.fixture(params=["whole", "bare"])
def page(request: pytest.FixtureRequest, story: Story) -> str:
    source = item() if request.param == "whole" else item(None, None)
    return evidence_page(evidence(story, source))


def test_a_passage_stands_marked_among_its_neighbours(story: Story) -> None:
    page = evidence_page(evidence(story, item()))
    assert "“<mark>النهر طريق من جديد</mark>” &amp;" in page
    assert f"{START} to {END} of" in page
    assert "Let pass: By phone &amp; note" in page
    assert "1 of 2 quotations are true" in page


def test_nothing_in_a_source_becomes_markup_or_a_way_to_run(page: str) -> None:
    assert "<script" not in page
    assert "javascript:" not in page
    assert "</main>" in page
    assert page.count("</main>") == 1


def test_the_same_evidence_gives_the_same_page(story: Story) -> None:
    assert evidence_page(evidence(story, item())) == evidence_page(evidence(story, item()))


@pytest.mark.checker
def test_the_nu_checker_finds_no_error_in_it(story: Story, tmp_path: Path) -> None:
    files = {tmp_path / "whole.html": item(), tmp_path / "bare.html": item(None, None)}
    for file, source in files.items():
        file.write_text(evidence_page(evidence(story, source)), encoding="utf-8")
    assert nu_messages([*files]) == []


def test_a_headline_that_begins_with_a_word_from_the_other_side_keeps_its_order() -> None:
    mixed = Story(slug="a", headline="“שלום” and العربية in one line: how five scripts share a stage")
    assert '<h1 dir="ltr">“שלום” and' in evidence_page(evidence(mixed, item()))
    assert '<h1 dir="auto">النهر' in evidence_page(evidence(Story(slug="a", headline="النهر طريق من جديد"), item()))
