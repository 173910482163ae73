"""True words whose denial was left in the source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.mending import mended
from workstation.review import check

SOURCE = (
    "“We are not going to wait for the tide,” the harbour chief said. “No ferry leaves before noon.” She had no “word for the"
    " drowned”. He can’t promise that the fares will stay."
)
SPANISH = "«No volveremos a bajar sin que alguien nos diga la verdad», dijo la viuda."
FRENCH = "« Nous ne demandons pas la lune », dit le passeur."
ARABIC = "وقال رئيس البلدية: «لا نريد أن نبيع الماء»."
HINDI = "उसने कहा, “हमारा काम किसी को उजाड़ना नहीं।”"


def told(item, card, story, html: str, text: str, language: str):
    source = replace(item("pier", text), language=language)
    whole = replace(story(card(html, source)), language=language)
    found = [one for one in check(whole, {"pier": source}).problems if one.rule == "quotation-denial"]
    return whole, source, found


@pytest.mark.parametrize(
    ("text", "language", "html", "severity"),
    [
        (SOURCE, "en", "<p>“Going to wait for the tide,” the chief said.</p>", "blocker"),
        (SOURCE, "en", "<p>The chief is “going to wait for the tide,” she said.</p>", "warning"),
        (SOURCE, "en", "<p>“Ferry leaves before noon,” she said.</p>", "blocker"),
        (SOURCE, "en", "<p>He would “promise that the fares will stay.”</p>", "warning"),
        (SPANISH, "es", "<p>«Volveremos a bajar sin que alguien nos diga la verdad», dijo.</p>", "blocker"),
        (ARABIC, "ar", "<p>وقال: «نريد أن نبيع الماء».</p>", "blocker"),
        (HINDI, "hi", "<p>उसने कहा: “हमारा काम किसी को उजाड़ना”</p>", "blocker"),
    ],
)
def test_a_denial_that_stays_in_the_source_is_told(item, card, story, text, language, html, severity) -> None:
    _, _, found = told(item, card, story, html, text, language)
    assert [problem.severity for problem in found] == [severity]


@pytest.mark.parametrize(
    ("text", "language", "html"),
    [
        (SOURCE, "en", "<p>The harbour is not “going to wait for the tide,” the chief said.</p>"),
        (SOURCE, "en", "<p>“We are not going to wait for the tide,” the chief said.</p>"),
        (SOURCE, "en", "<p>She spoke of a “word for the drowned.”</p>"),
        (SOURCE, "en", "<p>He couldn’t “promise that the fares will stay.”</p>"),
        (SOURCE, "en", "<p>The “ferry leaves” late.</p>"),
        (FRENCH, "fr", "<p>Il dit : « demandons pas la lune ».</p>"),
        (SPANISH, "es", "<p>Ella dijo que no «volveremos a bajar sin que alguien nos diga la verdad».</p>"),
        (HINDI, "hi", "<p>उसने कहा: “हमारा काम किसी को उजाड़ना नहीं”</p>"),
    ],
)
def test_a_denial_that_is_quoted_or_told_by_the_story_is_silent(item, card, story, text, language, html) -> None:
    _, _, found = told(item, card, story, html, text, language)
    assert not found


@pytest.mark.parametrize(
    ("text", "language", "html", "mended_text"),
    [
        (SPANISH, "es", "<p>«Volveremos a bajar», dijo.</p>", "«No volveremos a bajar», dijo."),
        (SOURCE, "en", "<p>She is “going to wait for the tide.”</p>", "She is “not going to wait for the tide.”"),
    ],
)
def test_its_fix_quotes_the_denial(item, card, story, text, language, html, mended_text) -> None:
    whole, source, (problem,) = told(item, card, story, html, text, language)
    after = mended(whole, problem.place, problem.fix)
    assert after.signals[0].body.text == mended_text
    rest = check(after, {"pier": source}).problems
    assert not [one for one in rest if one.rule.startswith("quotation-")]
