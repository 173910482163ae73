"""“Copy for CMS”: what lies on the clipboard, and what becomes of it where it is pasted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.checkers import chromium
from tests.render.odd_stories import NAMES, odd_story
from tests.render.strippers import attributed, misread, text_only
from workstation.domain.body import Block, Body, Run, canonical, read_html
from workstation.domain.publication import Publication
from workstation.domain.story import SignalCard, Source, Story
from workstation.render.profiles import render
from workstation.render.rendering import PLAIN, Terms
from workstation.workflow.copying import PASTED, clipboard_of
from workstation.workflow.desk import Desk
from workstation.workflow.publishing import Prepared
from workstation.workflow.revising import revision_of

HOUSE = Publication(name="The Lantern")


def prepared(story: Story, profile: str = "fragment", terms: Terms = PLAIN) -> Prepared:
    revision = revision_of(story, HOUSE, None, "", is_first=True)
    return Prepared(1, story, HOUSE, terms, render(profile, story, HOUSE, {}, terms), revision, "", ())


def body(html: str) -> Body:
    return read_html(html).body


@pytest.fixture
def sample(desk: Desk) -> int:
    return desk.sampling.load()[1]


def test_both_forms_hold_the_story_below_its_headline_and_no_picture(desk: Desk, sample: int) -> None:
    ready = desk.publishing.prepare(sample, "fragment")
    story, copied = ready.story, clipboard_of(ready)
    assert "<img" in ready.rendering.text
    assert set(copied) == {"text/html", "text/plain"}
    html, words = copied["text/html"], copied["text/plain"]
    assert html.startswith('<meta charset="utf-8"><p')
    assert "<img" not in html
    assert "<figure" not in html
    assert "style=" not in html
    for text in (text_only(html), words):
        assert story.headline not in text
        assert text.startswith("Insights from ")
        assert misread(text, [line for card in story.signals for line in (card.headline, *card.body.text.split("\n"))]) == []
    assert all(source.url in words for card in story.signals for source in card.sources if source.url)


def test_it_is_entered_in_the_ledger_as_a_hand_over_by_the_clipboard(desk: Desk, sample: int) -> None:
    ready = desk.publishing.prepare(sample, "fragment")
    clipboard_of(ready)
    entry = desk.publishing.record(ready)
    assert (entry.place, entry.profile, entry.folder) == ("clipboard", "fragment", "")
    assert desk.publishing.ledger(sample)[-1].sha256 == entry.sha256


@pytest.mark.parametrize("profile", ["fragment", "inline", "wordpress", "page", "markdown", "bundle"])
def test_what_can_be_pasted_is_pasted_as_it_is_and_all_else_as_the_fragment(profile: str) -> None:
    html = clipboard_of(prepared(odd_story("brackets"), profile))["text/html"]
    assert ("style=" in html) == (profile == "inline")
    assert ("<!-- wp:" in html) == (profile == "wordpress")
    if profile not in PASTED:
        assert html == clipboard_of(prepared(odd_story("brackets")))["text/html"]


# --- pasted in Chromium --------------------------------------------------------------------------------------------

FIELDS = '<!DOCTYPE html><title>x</title><div id="rich" contenteditable></div><textarea id="plain"></textarea>'
PUT = """copied => navigator.clipboard.write([new ClipboardItem(Object.fromEntries(
    Object.entries(copied).map(([kind, text]) => [kind, new Blob([text], { type: kind })])))])"""


@pytest.fixture(scope="module")
def field() -> Iterator[Any]:
    """A tab with a field for rich text, like that of a webmailer, and one for plain text."""
    with chromium() as browser:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        shown = context.new_page()
        shown.route("https://paste.example/", lambda route: route.fulfill(body=FIELDS, content_type="text/html; charset=utf-8"))
        shown.goto("https://paste.example/")
        yield shown


def pasted(field: Any, copied: Mapping[str, str]) -> tuple[str, str]:
    """What the two fields hold after a paste: the markup of the one, the words of the other."""
    field.evaluate(PUT, dict(copied))
    for name in ("rich", "plain"):
        field.evaluate("name => { const box = document.getElementById(name); box.innerHTML = ''; box.value = ''; }", name)
        field.focus(f"#{name}")
        field.keyboard.press("Control+v")
    rich = field.evaluate("document.getElementById('rich').innerHTML")
    return str(rich), str(field.evaluate("document.getElementById('plain').value"))


@pytest.mark.browser
def test_headings_links_quotations_lists_and_attribution_are_there_after_a_paste(field: Any) -> None:
    ledger = Source(name="The Harbour Ledger", url="https://ledger.example/lock")
    quotation = "<blockquote><p>The river is a road.</p><p>النهر طريق.</p></blockquote>"
    card = SignalCard(
        headline="Upstream",
        sources=(ledger, Source(name="Ruben Vey", of="Kestrel Wire")),
        body=body(f'<p>He “<a href="https://a.example/x">left</a>” <strong>it</strong>.</p>{quotation}<ul><li>One</li></ul>'),
    )
    copied = clipboard_of(prepared(Story(slug="a", headline="b", news=body("<p>The lock is open.</p>"), signals=(card,))))
    rich, plain = pasted(field, copied)
    bare = re.sub(r' (style|lang|dir)="[^"]*"', "", rich)
    assert "<h2>The News</h2>" in bare
    assert "<h2>Upstream</h2>" in bare
    assert '<p>Sources: <a href="https://ledger.example/lock">The Harbour Ledger</a>, Ruben Vey (Kestrel Wire)</p>' in bare
    assert '<p>He “<a href="https://a.example/x">left</a>” <strong>it</strong>.</p>' in bare
    assert re.search(r"<blockquote>\s*<p>The river is a road.</p>\s*<p>[^<]*النهر طريق", bare)
    assert re.search(r"<ul>\s*<li>One</li>\s*</ul>", bare)
    assert plain == copied["text/plain"]


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_is_whole_after_a_paste(field: Any, name: str) -> None:
    story = odd_story(name)
    rich, plain = pasted(field, clipboard_of(prepared(story)))
    told = [*attributed(story, HOUSE), *(note.text for note in story.corrections), *story.contributors]
    assert misread(text_only(rich), [unicodedata.normalize("NFC", phrase) for phrase in told]) == []
    assert plain == clipboard_of(prepared(story))["text/plain"]


def test_a_bare_address_is_a_link_and_no_line_of_its_own_to_be_embedded() -> None:
    story = Story(slug="a", headline="b", news=canonical([Block((Run("https://a.example/x"),))]))
    assert '<a href="https://a.example/x">' in clipboard_of(prepared(story))["text/html"]
