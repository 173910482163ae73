from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.body import read_html
from workstation.domain.claim import Claim
from workstation.domain.story import INSIGHTS_AUTO, LeadImage, SignalCard, Source, SourceKind, Story
from workstation.domain.story_document import read_document, read_json, write_document, write_json
from workstation.errors import InputError


def whole() -> dict[str, Any]:
    """A document with every field of the contract filled."""
    return {
        "format": "workstation-story/1",
        "slug": "orrin-lock",
        "headline": "A lock opens",
        "insights": "Insights from the river towns",
        "verticals": ["Trade", "Climate"],
        "region": "Lower Orrin",
        "first_published": "2031-07-03T08:05:00+01:00",
        "updated": "2031-07-03T12:19:00-05:00",
        "time_zone": "Europe/Lisbon",
        "language": "pt-PT",
        "publication": "The Orrin Gauge",
        "embargo": "2031-07-04T06:00:00+01:00",
        "bylines": ["Ilse Marrow"],
        "contributors": ["Nadia Quill"],
        "sponsor": "Orrin Savings & Loan",
        "lead_image": {
            "file": "pictures/lead.jpg",
            "alt": "A lock",
            "decorative": False,
            "caption": "The lock.",
            "credit": "Pia Lund",
            "file_photo": True,
            "original": "pictures/lead-whole.jpg",
            "crop": [0.1, 0, 0.8, 0.75],
        },
        "news": "<p>The lock <strong>opened</strong>.</p>",
        "signals": [
            {
                "headline": "Grain first",
                "sources": [
                    {
                        "name": "Ruben Vey",
                        "kind": "person",
                        "of": "Kestrel Wire",
                        "url": "https://kestrel.example/1",
                        "icon": "icons/kestrel.png",
                        "item": "abc123",
                    }
                ],
                "body": '<p>“<mark data-quote="q1">At last</mark>”, he said.</p>',
            }
        ],
        "parked": [{"headline": "Tolls later", "sources": [], "body": "<p>A council is to decide.</p>"}],
        "notes": "Ask the lock keeper again.",
    }


def least() -> dict[str, Any]:
    return {"format": "workstation-story/1", "slug": "lock", "headline": "A lock"}


def changed(path: str, value: object) -> dict[str, Any]:
    """The whole document with ``value`` at a dotted path."""
    document = whole()
    *inner, last = path.split(".")
    place: Any = document
    for step in inner:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    return document


def test_every_field_is_read_and_written_again_as_it_came() -> None:
    reading = read_document(whole())
    assert reading.left_out == ()
    assert write_document(reading.story) == whole()
    assert list(write_document(reading.story)) == list(whole())


def test_a_document_says_what_it_means() -> None:
    story = read_document(whole()).story
    assert story.first_published == datetime.fromisoformat("2031-07-03T08:05:00+01:00")
    assert story.updated is not None
    assert story.updated.isoformat() == "2031-07-03T12:19:00-05:00"
    assert story.verticals == ("Trade", "Climate")
    assert story.lead_image == LeadImage(
        file="pictures/lead.jpg",
        alt="A lock",
        caption="The lock.",
        credit="Pia Lund",
        file_photo=True,
        original="pictures/lead-whole.jpg",
        crop=(0.1, 0, 0.8, 0.75),
    )
    assert [card.headline for card in story.parked] == ["Tolls later"]
    assert story.files == ("pictures/lead.jpg", "icons/kestrel.png")
    assert story.kept_files == ("pictures/lead.jpg", "icons/kestrel.png", "pictures/lead-whole.jpg")
    assert story.signals[0].sources[0].kind is SourceKind.PERSON
    assert story.signals[0].body.quotes == ("q1",)


def test_a_document_may_hold_no_more_than_slug_and_headline() -> None:
    assert read_document(least()).story == Story(slug="lock", headline="A lock")


def test_every_other_field_may_be_null() -> None:
    nulls = {key: None for key in whole() if key not in least()}
    assert read_document(least() | nulls).story == Story(slug="lock", headline="A lock")
    card = {"headline": None, "sources": None, "body": None}
    assert read_document(least() | {"signals": [card, {}]}).story.signals == (SignalCard(), SignalCard())
    source = {"name": "Tide", "kind": None, "of": None, "url": None, "icon": None, "item": None}
    read = read_document(least() | {"signals": [{"sources": [source]}], "lead_image": {"file": None, "alt": None}}).story
    assert read.signals[0].sources == (Source(name="Tide"),)
    assert read.lead_image == LeadImage(file="")


@pytest.mark.parametrize("place", ["", "lead_image", "signals.0", "signals.0.sources.0"])
def test_an_unknown_key_is_kept_at_every_level(place: str) -> None:
    unknown = {"deep": [1, 2.5, None, {"word": "“kept”"}]}
    document = changed(f"{place}.x-desk".lstrip("."), unknown)
    assert write_document(read_json(json.dumps(document)).story) == document
    assert json.loads(write_json(read_document(document).story)) == document


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("headline", 3, ["the document", "headline", "must be text, not a number"]),
        ("headline", None, ["the document", "headline", "missing"]),
        ("slug", None, ["slug", "missing"]),
        ("verticals", "Trade", ["verticals", "must be a list, not text"]),
        ("bylines", [None], ["bylines", "must be text, not null"]),
        ("lead_image", "lead.jpg", ["lead_image", "must be an object, not text"]),
        ("lead_image.decorative", "no", ["lead_image", "decorative", "must be true or false, not text"]),
        ("lead_image.crop", [0, 0, 1], ["lead_image", "crop", "four numbers"]),
        ("lead_image.crop", [0.5, 0, 0.6, 1], ["lead_image", "crop", "inside the picture"]),
        ("parked.0.body", 1, ["parked[0]", "body", "must be text, not a number"]),
        ("signals", {}, ["signals", "must be a list, not an object"]),
        ("signals", [[]], ["signals[0]", "must be an object, not a list"]),
        ("signals.0.body", True, ["signals[0]", "body", "must be text, not true or false"]),
        ("signals.0.sources.0", None, ["signals[0].sources[0]", "must be an object, not null"]),
        ("signals.0.sources.0.name", None, ["signals[0].sources[0]", "name", "missing"]),
        ("signals.0.sources.0.kind", "paper", ["signals[0].sources[0]", "kind", "outlet, person, institute, social", "paper"]),
        ("updated", "yesterday", ["updated", "2026-03-02T09:10:00-05:00", "yesterday"]),
        ("updated", "2031-07-03T12:19:00", ["updated", "offset from UTC"]),
        ("first_published", "2031-07-03", ["first_published", "offset from UTC"]),
    ],
)
def test_a_wrong_field_is_named_with_what_it_must_be(path: str, value: object, told: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        read_document(changed(path, value))
    for words in told:
        assert words in caught.value.detail


@pytest.mark.parametrize("slug", ["../up", "a/b", "a\\b", ".hidden", "", "-x", "a b", "a\0b", "x" * 121, "é"])
def test_a_slug_that_could_not_be_a_file_name_is_refused(slug: str) -> None:
    with pytest.raises(InputError, match="slug"):
        read_document(least() | {"slug": slug})


@pytest.mark.parametrize(
    "name",
    ["../lead.jpg", "/etc/passwd", "a/../../b.png", "C:\\lead.jpg", "..\\lead.jpg", "https://x.example/a.png", "a\0.png", "."],
)
@pytest.mark.parametrize("path", ["lead_image.file", "signals.0.sources.0.icon"])
def test_a_picture_that_does_not_lie_beside_the_document_is_refused(path: str, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(changed(path, name))
    assert path.rpartition(".")[2] in caught.value.detail
    assert "beside the document" in caught.value.detail


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"story"',
        "\ufeff{}",
        '{"slug": "a", "headline": "b"}',
        "[" * 100_000,
        b"\xff\xfe\xff",
        b'{"format":',
    ],
    ids=repr,
)
def test_what_is_no_story_document_is_refused(text: str | bytes) -> None:
    with pytest.raises(InputError):
        read_json(text)


def test_another_format_is_refused_by_its_name() -> None:
    with pytest.raises(InputError, match="workstation-story/2") as caught:
        read_document(least() | {"format": "workstation-story/2"})
    assert "workstation-story/1" in caught.value.detail


def test_half_a_character_is_refused_because_nothing_could_be_written_of_it() -> None:
    for document in ('{"headline": "\\ud83d"}', '{"headline": "a", "x": ["\\udc00"]}', '{"headline": "a", "\\ud800": 1}'):
        with pytest.raises(InputError, match="character"):
            read_json(json.dumps(least())[:-1] + ", " + document[1:])


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_what_json_cannot_say_is_refused_because_no_other_program_could_read_the_bundle(number: str) -> None:
    with pytest.raises(InputError, match="not valid JSON"):
        read_json(f'{{"format": "workstation-story/1", "slug": "a", "headline": "A", "odd": {number}}}')


def test_a_whole_emoji_written_as_two_escapes_is_read() -> None:
    assert read_json('{"format": "workstation-story/1", "slug": "a", "headline": "\\ud83d\\ude00"}').story.headline == "😀"


def test_what_was_left_out_is_told_with_its_place() -> None:
    reading = read_document(changed("news", "<p>a <u>b</u></p>") | {"signals": [{}, {"body": "<script>x</script>"}]})
    assert [sentence.partition(":")[0] for sentence in reading.left_out] == ["The News", "Card 2"]


def test_the_text_of_a_document_is_the_same_each_time_and_ends_in_a_line() -> None:
    text = write_json(read_document(whole()).story)
    assert write_json(read_json(text).story) == text
    assert text.endswith("}\n")
    assert "“" in text


def test_missing_insights_make_themselves() -> None:
    assert read_document(least() | {"insights": ""}).story.insights == INSIGHTS_AUTO
    assert read_document(least() | {"insights": "none"}).story.insights == "none"


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.sampled_from(["lead.jpg", "icons/a.png", "Bild 1.webp"])
sources = st.builds(
    Source,
    name=words,
    kind=st.sampled_from(SourceKind),
    of=st.none() | words,
    url=st.none() | words,
    icon=st.none() | names,
    item=st.none() | words,
    extra=st.dictionaries(st.just("x-note"), words),
)
claims = st.lists(st.builds(Claim, words=words, quote=words), max_size=3).map(tuple)
cards = st.builds(
    SignalCard,
    headline=words,
    claims=claims,
    sources=st.lists(sources, max_size=3).map(tuple),
    body=words.map(lambda text: read_html(f"<p>{text}</p>").body),
)
times = st.none() | st.datetimes(timezones=st.timezones()).map(lambda moment: datetime.fromisoformat(moment.isoformat()))
stories = st.builds(
    Story,
    slug=st.just("a-slug"),
    headline=words,
    insights=words.filter(bool),
    verticals=st.lists(words, max_size=2).map(tuple),
    region=st.none() | words,
    first_published=times,
    updated=times,
    bylines=st.lists(words, max_size=2).map(tuple),
    sponsor=st.none() | words,
    claims=claims,
    parked=st.lists(cards, max_size=2).map(tuple),
    lead_image=st.none() | st.builds(LeadImage, file=names, alt=words, decorative=st.booleans(), caption=words),
    signals=st.lists(cards, max_size=3).map(tuple),
)


@given(stories)
def test_every_story_comes_back_from_its_document(story: Story) -> None:
    assert read_json(write_json(story)).story == story
