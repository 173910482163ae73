"""Whatever somebody types, wherever: the forms for other programs are well-formed and hold it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.render.held import phrases
from tests.render.odd_stories import FOLDER
from tests.render.strippers import misread, text_only
from workstation.domain.body import Block, BlockKind, Marks, Run, canonical
from workstation.domain.correction import Correction
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, SignalCard, Source, SourceKind, Story
from workstation.render.pictures.placing import picture_from
from workstation.render.profiles import render
from workstation.render.rendering import LeadPlace, Terms

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"
VALIDATORS = {
    profile: jsonschema.Draft202012Validator(
        json.loads((SCHEMAS / name).read_text(encoding="utf-8")), format_checker=jsonschema.FormatChecker()
    )
    for profile, name in (("ans", "ans-0.10.9.json"), ("ninjs", "ninjs-3.0.json"))
}
PICTURE = picture_from((FOLDER / "pictures" / "icon-red.png").read_bytes())

# Code points that mean nothing, or nothing that is seen, are no words; a few of them are in the list.
words = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs"]), max_size=30) | st.sampled_from(
    [
        "]]>",
        "</script>",
        "&amp;",
        "<b>",
        "-->",
        "\u0338",
        "\u0301",
        "\ufffe",
        "\x00",
        "\u2028",
        '"',
        "'",
        "[a]",
        "https://a.example/b",
    ]
)
addresses = words.map(lambda tail: f"https://{tail}") | words.map(lambda tail: f"https://a.example/{tail}") | st.none()
runs = st.builds(Run, words, st.builds(Marks, st.booleans(), st.booleans(), addresses))
bodies = st.lists(
    st.builds(Block, st.lists(runs, max_size=3).map(tuple), st.sampled_from(BlockKind), st.booleans()), max_size=4
).map(canonical)
sources = st.builds(Source, name=words, kind=st.sampled_from(SourceKind), of=words | st.none(), url=addresses)
cards = st.builds(SignalCard, headline=words, sources=st.lists(sources, max_size=2).map(tuple), body=bodies)
moments = st.datetimes(timezones=st.timezones())
stories = st.builds(
    Story,
    slug=st.just("any"),
    headline=words,
    insights=words | st.just("auto"),
    verticals=st.lists(words, max_size=2).map(tuple),
    region=words | st.none(),
    first_published=moments | st.none(),
    updated=moments | st.none(),
    embargo=moments | st.none(),
    bylines=st.lists(words, max_size=2).map(tuple),
    contributors=st.lists(words, max_size=2).map(tuple),
    sponsor=words | st.none(),
    corrections=st.lists(st.builds(Correction, moments, words), max_size=2).map(tuple),
    lead_image=st.builds(LeadImage, file=st.just("a.png"), alt=words, caption=words, credit=words, file_photo=st.booleans()),
    news=bodies,
    signals=st.lists(cards, max_size=2).map(tuple),
)
houses = st.builds(
    Publication,
    name=words,
    rubric=words,
    tagline=words,
    address=st.sampled_from(["", "https://lantern.example/{year}/{slug}", "https://lantern.example/ü/{slug}"]),
)
ways = st.builds(Terms, lead=st.sampled_from([None, *LeadPlace]))


@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(stories, houses, ways)
def test_no_words_break_a_form_or_are_lost_in_it(story: Story, house: Publication, terms: Terms) -> None:
    assert PICTURE is not None
    sent = {profile: render(profile, story, house, {"a.png": PICTURE}, terms) for profile in ("ans", "ninjs", "ghost", "rss")}
    for profile, validator in VALIDATORS.items():
        validator.validate(json.loads(sent[profile].text))
    (post,) = json.loads(sent["ghost"].files["any.ghost.json"])["posts"]
    feed = etree.fromstring(sent["rss"].text.encode())
    feed_html = feed.findtext("channel/item/{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    wanted = phrases(story, house)
    for html in (json.loads(sent["ninjs"].text)["bodies"][0]["value"], post["html"], feed_html):
        assert misread(text_only(html), wanted) == []
