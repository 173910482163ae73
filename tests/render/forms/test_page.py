"""The page profile: what stands in it, in which order, and what may not get out of a field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workstation.domain.body import Block, BlockKind, Body, Marks, Run, body_from_text, canonical
from workstation.domain.correction import Correction
from workstation.domain.picture import Picture
from workstation.domain.publication import Edition, Labels, Publication
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.errors import InputError
from workstation.render.profiles import render

Pictures = Mapping[str, Picture]


class Elements(HTMLParser):
    """The elements of a document by name, with their attributes, and its text outside of script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts.append(data)
        elif self._inside not in ("style", "title"):
            self.words.append(data)

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.found]

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in "".join(self.words).splitlines() if line.strip()]

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.found if found == name]


def page(story: Story, publication: Publication, pictures: Pictures) -> Elements:
    return Elements(render("page", story, publication, pictures).text)


def test_the_page_shows_every_line_in_the_order_of_the_form(
    story: Story, publication: Publication, pictures: Pictures, lines: list[str]
) -> None:
    assert page(story, publication, pictures).lines == lines


def test_the_text_is_utf_8_with_newlines_and_no_byte_order_mark(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    data = render("page", story, publication, pictures).files["orrin-lock.html"]
    assert data.startswith(b"<!DOCTYPE html>\n")
    assert data.endswith(b"</html>\n")
    assert b"\r" not in data


def test_pictures_lie_beside_the_page_under_the_names_it_uses(story: Story, publication: Publication, pictures: Pictures) -> None:
    rendering = render("page", story, publication, pictures)
    assert sorted(rendering.files) == [
        "orrin-lock-files/icons/ledger.png",
        "orrin-lock-files/lock gate.png",
        "orrin-lock-files/publication-mark.png",
        "orrin-lock.html",
    ]
    addresses = {entry["src"] for entry in Elements(rendering.text).all("img")}
    assert addresses == {
        "orrin-lock-files/icons/ledger.png",
        "orrin-lock-files/lock%20gate.png",
        "orrin-lock-files/publication-mark.png",
    }
    assert rendering.files["orrin-lock-files/lock gate.png"] == pictures["lock gate.png"].data


def test_a_missing_picture_is_named_and_its_caption_stays(story: Story, publication: Publication) -> None:
    rendering = render("page", story, publication, {})
    found = Elements(rendering.text)
    assert rendering.missing == ("lock gate.png", "icons/ledger.png")
    assert [entry["src"] for entry in found.all("img")] == ["orrin-lock-files/publication-mark.png"]
    assert "Kestrel Wire/Pia Lund" in found.lines


def test_two_files_of_one_name_stop_the_export(story: Story, publication: Publication, pictures: Pictures) -> None:
    lead = LeadImage(file="publication-mark.png", alt="x")
    clash = replace(story, lead_image=lead)
    with pytest.raises(InputError, match="one name"):
        render("page", clash, publication, {"publication-mark.png": pictures["lock gate.png"]})


def test_what_is_empty_leaves_nothing_behind(plain: Publication) -> None:
    found = page(Story(slug="a", headline="Alone"), plain, {})
    assert found.lines == ["The Lantern Logo", "icon", "Lantern Signals", "Alone", "Title icon", "The News"]
    assert not {"figure", "nav", "h3", "time", "footer", "ul"} & set(found.names)


def test_a_picture_with_a_credit_only_has_no_caption_line(story: Story, plain: Publication, pictures: Pictures) -> None:
    lead = LeadImage(file="lock gate.png", alt="A gate", credit="Pia Lund")
    found = page(replace(story, lead_image=lead, sponsor=None), plain, pictures)
    assert found.lines[found.lines.index("Pia Lund") + 1] == "Title icon"
    assert "caption" not in [entry.get("class") for entry in found.all("span")]


def test_a_decorative_picture_has_an_empty_alternative_text(story: Story, plain: Publication, pictures: Pictures) -> None:
    lead = LeadImage(file="lock gate.png", alt="left over", decorative=True)
    found = page(replace(story, lead_image=lead), plain, pictures)
    assert found.all("img")[0] == {"src": "orrin-lock-files/lock%20gate.png", "alt": "", "width": "1200", "height": "800"}


def test_empty_labels_are_left_out(story: Story, publication: Publication, pictures: Pictures) -> None:
    names = ("source", "sources", "news", "signals", "arrow", "icon", "title_icon", "source_icon", "logo", "advertisement")
    silent = replace(publication, labels=Labels(**dict.fromkeys(names, "")))
    shown = page(story, silent, pictures).lines
    assert not {"Source:", "Sources:", "The News", "SIGNALS", "AD", "icon", "Source icon", "The Lantern Logo"} & set(shown)


def test_a_byline_label_stands_before_the_names_on_their_line(story: Story, publication: Publication, pictures: Pictures) -> None:
    labelled = replace(publication, labels=Labels(byline="Reported by"))
    bylined = replace(story, bylines=("Ilse Marrow",))
    assert "Reported by Ilse Marrow" in page(bylined, labelled, pictures).lines


def test_an_odd_edition_goes_to_the_first_half(story: Story, publication: Publication) -> None:
    one = replace(publication, editions=(Edition("Quay"),))
    assert page(story, one, {}).lines[:3] == ["Quay", "Quay", "The Lantern Logo"]


def test_shares_of_services_carry_the_headline_and_others_lead_to_the_page(story: Story, plain: Publication) -> None:
    house = replace(plain, share=("Email", "Whatsapp", "Copy link"))
    links = page(replace(story, headline="A & B?"), house, {}).all("a")
    assert [link["href"] for link in links[1:4]] == [
        "mailto:?subject=A%20%26%20B%3F",
        "https://wa.me/?text=A%20%26%20B%3F",
        "#story",
    ]


def test_shares_carry_the_address_of_a_story_where_it_is_known(story: Story, plain: Publication) -> None:
    house = replace(plain, share=("Post", "Email", "Whatsapp", "Copy link"), address="https://lantern.example/{slug}?a&b")
    links = page(replace(story, headline="A & B?"), house, {}).all("a")
    place = "https%3A%2F%2Flantern.example%2Forrin-lock%3Fa%26b"
    assert [link["href"] for link in links[1:5]] == [
        f"https://x.com/intent/post?text=A%20%26%20B%3F&url={place}",
        f"mailto:?subject=A%20%26%20B%3F&body={place}",
        f"https://wa.me/?text=A%20%26%20B%3F%20{place}",
        "#story",
    ]


def test_the_head_tells_who_wrote_it_where_it_stands_and_when(story: Story, publication: Publication, pictures: Pictures) -> None:
    house = replace(publication, address="https://lantern.example/{year}/{slug}", language="en-GB")
    found = page(story, house, pictures)
    assert {"rel": "canonical", "href": "https://lantern.example/2031/orrin-lock"} in found.all("link")
    told = [(entry["property"], entry["content"]) for entry in found.all("meta") if "property" in entry]
    assert told == [
        ("og:type", "article"),
        ("og:site_name", "The Lantern"),
        ("og:title", story.headline),
        ("og:description", "The lock at Orrin opened on Thursday after nine years, with a queue of 61 barges on both sides."),
        ("og:locale", "en_GB"),
        ("og:url", "https://lantern.example/2031/orrin-lock"),
        ("og:image", "https://lantern.example/2031/orrin-lock-files/lock%20gate.png"),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "800"),
        ("og:image:alt", "Two barges wait below a closed lock gate"),
        ("article:published_time", "2031-07-03T03:05:00-04:00"),
        ("article:modified_time", "2031-07-03T07:19:00-04:00"),
        ("article:author", "Ilse Marrow"),
        ("article:author", "Teodor Anselm"),
        ("article:section", "Trade"),
        ("article:tag", "Trade"),
        ("article:tag", "Climate"),
        ("article:tag", "Lower Orrin"),
    ]
    assert {"name": "twitter:card", "content": "summary_large_image"} in found.all("meta")


def test_a_byline_says_by_once(story: Story, publication: Publication) -> None:
    labelled = replace(publication, labels=Labels(byline="By"))
    assert "By Ilse Marrow, Teodor Anselm" in page(story, labelled, {}).lines


def test_corrections_stand_below_the_story_and_before_the_contributors(story: Story, publication: Publication) -> None:
    made = datetime.fromisoformat("2031-07-03T18:00:00+02:00")
    corrected = replace(story, corrections=(Correction(made, "It was 61 & not <16>."), Correction(made, "النهر طريق من جديد")))
    found = page(corrected, publication, {})
    at = found.lines.index("Correction, Jul 3, 2031, 12:00pm EDT: It was 61 & not <16>.")
    assert found.lines[at - 1 : at + 3] == [
        "One", "Correction, Jul 3, 2031, 12:00pm EDT: It was 61 & not <16>.",
        "Correction, Jul 3, 2031, 12:00pm EDT: النهر طريق من جديد", "Contributors",
    ]  # fmt: skip
    assert {"datetime": "2031-07-03T12:00:00-04:00"} in found.all("time")
    assert {"dir": "auto", "lang": "ar"} in found.all("span")


def test_every_block_tells_its_direction_and_its_language_where_it_is_another(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    found = page(story, publication, pictures)
    blocks = [entry for name in ("h1", "h2", "h3", "p", "li") for entry in found.all(name) if entry.get("class") in (None, "")]
    inside = [entry for entry in blocks if "dir" not in entry]
    assert inside == [{}] * len(publication.editions) * 2  # the editions in the masthead
    assert {"dir": "auto", "lang": "ar"} in found.all("h3")
    assert {"dir": "auto", "lang": "ar"} in found.all("p")
    assert {"lang": "ar"} in found.all("bdi")


ARABIC_NAME = "صوت المرفأ"


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [
        ("en", f"{ARABIC_NAME} reported that the pilots will not sail", "ltr"),
        ("ar", f"Delta Wire: {ARABIC_NAME}، وقالت الصحيفة إن المرشدين لن يعودوا", "rtl"),
        ("en", "The pilots will not sail", "auto"),
        ("ar", "قال المرشدون إنهم لن يعودوا", "auto"),
        ("ar", "17%", "auto"),
    ],
)
def test_a_line_that_only_begins_with_a_name_from_the_other_side_runs_as_the_page_does(
    publication: Publication, language: str, words: str, direction: str
) -> None:
    body = body_from_text(words)
    lead = LeadImage(file="a.png", caption=words)
    story = Story(slug="a", headline=words, language=language, news=body, lead_image=lead)
    card = SignalCard(headline=words, sources=(Source(name="A"),), body=body)
    found = page(replace(story, signals=(card,)), publication, {})
    for tag, names in (("h1", 1), ("h3", 1), ("p", 2)):
        told = [entry for entry in found.all(tag) if "class" not in entry and entry.get("dir") == direction]
        assert len(told) >= names
    assert {"class": "caption", "dir": direction} in found.all("span")


def test_a_list_that_begins_with_a_name_from_the_other_side_has_its_marks_on_the_side_of_the_page(
    publication: Publication,
) -> None:
    item = Block((Run(f"{ARABIC_NAME} reported that the pilots will not sail"),), BlockKind.BULLET)
    assert '<ul dir="ltr">' in render("page", Story(slug="a", headline="b", news=Body((item,))), publication, {}).text


def test_the_words_of_a_house_in_another_language_say_so(story: Story, publication: Publication) -> None:
    text = render("page", replace(story, language="ar"), publication, {}).text
    assert '<h2 dir="auto" lang="en">The News</h2>' in text
    assert '<span class="label" dir="auto" lang="en">Source:</span>' in text
    assert 'dir="auto" lang="en"' not in render("page", story, publication, {}).text


def test_names_from_right_to_left_keep_their_places_in_the_insights_line(plain: Publication) -> None:
    sources = tuple(Source(name=name) for name in ("المنارة <b>", "الصارية", "Ledger"))
    told = Story(slug="a", headline="b", signals=(SignalCard(sources=sources),))
    line = "Insights from <bdi>المنارة &lt;b&gt;</bdi>, <bdi>الصارية</bdi>, and Ledger</p>"
    assert line in render("page", told, plain, {}).text


def test_a_page_in_arabic_runs_from_right_to_left(story: Story, publication: Publication) -> None:
    found = page(story, replace(publication, language="ar"), {})
    assert found.all("html") == [{"lang": "ar", "dir": "rtl"}]


def test_a_quotation_in_another_direction_turns_its_block(plain: Publication) -> None:
    quoted = canonical([Block((Run("النهر طريق"),), quoted=True), Block((Run("The river"),), quoted=True)])
    found = page(Story(slug="a", headline="b", news=quoted), plain, {})
    assert found.all("blockquote") == [{"dir": "rtl"}]


def test_an_address_that_could_run_is_no_link(plain: Publication) -> None:
    body = canonical([Block((Run("tap here", Marks(link="javascript:alert(1)")),))])
    card = SignalCard(sources=(Source(name="Odd", url="data:text/html,x"),), body=body)
    house = replace(plain, editions=(Edition("Quay", "javascript:alert(1)"), Edition("Isles", "/isles")))
    story = Story(slug="a", headline="b", signals=(card,), news=body)
    assert [entry["href"] for entry in page(story, house, {}).all("a")] == ["/isles", "/isles", "#news"]


def test_machine_readable_data_cannot_close_its_element(story: Story, publication: Publication, pictures: Pictures) -> None:
    sly = replace(story, headline="</script><script>alert(1)</script>\u2028 & more")
    found = page(sly, publication, pictures)
    assert found.names.count("script") == 1
    data = json.loads("".join(found.scripts))
    assert data["headline"] == "</script><script>alert(1)</script>\u2028 & more"
    assert data["@type"] == "NewsArticle"
    assert data["dateModified"] == "2031-07-03T07:19:00-04:00"
    addresses = [citation.get("url") for citation in data["citation"]]
    assert addresses == ["https://ledger.example/lock?day=9&part=%5Bb%5D", "https://manara.example/اخبار", None, None]


@pytest.mark.parametrize("colour", ["red;}", "url(http://x)", "expression(1)", "</style>", "var(--x)", "rgb(1,2,3);", "#12", ""])
def test_a_colour_that_is_more_than_a_colour_is_refused(story: Story, publication: Publication, colour: str) -> None:
    with pytest.raises(InputError, match="accent"):
        render("page", story, replace(publication, colours={"accent": colour}), {})


@pytest.mark.parametrize("font", ["x;color:red", "url(x)", "'open", "a}b", "<b>", ""])
def test_a_font_that_is_more_than_names_is_refused(story: Story, publication: Publication, font: str) -> None:
    with pytest.raises(InputError, match="headline"):
        render("page", story, replace(publication, fonts={"headline": font}), {})


def test_colours_for_light_and_dark_do_not_mix(story: Story, publication: Publication) -> None:
    text = render("page", story, publication, {}).text
    assert re.search(r"@media screen and \(prefers-color-scheme: light\) \{ :root \{ --accent: #7a2e1d; \} \}", text)
    assert re.search(r"@media screen and \(prefers-color-scheme: dark\) \{ :root \{ --accent: #f0a48f; \} \}", text)
    assert "--font-headline: 'Source Serif 4', Georgia, var(--serif);" in text


def test_an_unknown_profile_is_refused_with_those_that_exist(story: Story, publication: Publication) -> None:
    with pytest.raises(InputError, match="page, single, fragment"):
        render("poster", story, publication, {})


# --- properties ----------------------------------------------------------------------------------------------------

anything = st.text(max_size=30) | st.sampled_from(
    ["</p><script>alert(1)</script>", '" onload="x', "]]>-->", "&lt;b&gt;&amp;", "\u0338x", "<b>\ud800", "{{ 7*7 }}", "{% x %}"]
)


def stories() -> st.SearchStrategy[Story]:
    body = st.builds(
        lambda text, link: canonical([Block((Run(text, Marks(link=link, strong=True)), Run(text)))]),
        anything,
        st.none() | anything,
    )
    source = st.builds(Source, name=anything, of=st.none() | anything, url=st.none() | anything)
    card = st.builds(SignalCard, headline=anything, sources=st.lists(source, max_size=2).map(tuple), body=body, key=st.just("k"))
    lead = st.builds(LeadImage, file=st.just("lead.png"), alt=anything, caption=anything, credit=anything)
    return st.builds(
        Story,
        slug=st.just("a"),
        headline=anything,
        insights=anything,
        verticals=st.lists(anything, max_size=2).map(tuple),
        region=anything,
        bylines=st.tuples(anything),
        contributors=st.tuples(anything),
        sponsor=anything,
        lead_image=lead,
        news=body,
        signals=st.lists(card, max_size=2).map(tuple),
    )


PAGE_ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "style",
    "script",
    "body",
    "header",
    "nav",
    "ul",
    "li",
    "a",
    "span",
    "div",
    "main",
    "article",
    "img",
    "p",
    "svg",
    "path",
    "circle",
    "h1",
    "h2",
    "h3",
    "time",
    "figure",
    "figcaption",
    "strong",
    "br",
    "bdi",
    "footer",
}
FRAGMENT_ELEMENTS = {"h2", "p", "figure", "figcaption", "img", "a", "strong", "br", "span"}


@pytest.mark.parametrize(("profile", "allowed"), [("page", PAGE_ELEMENTS), ("fragment", FRAGMENT_ELEMENTS)])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(story=stories(), name=anything)
def test_no_text_in_any_field_becomes_markup(profile: str, allowed: set[str], story: Story, name: str) -> None:
    house = Publication(name=name, rubric=name, tagline=name, share=(name,), editions=(Edition(name, name),))
    first = render(profile, story, house, {})
    assert render(profile, story, house, {}).files == first.files
    found = Elements(first.text)
    assert set(found.names) <= allowed
    assert found.names.count("script") == (profile == "page")
    attributes = {name for _, entry in found.found for name in entry}
    assert not {name for name in attributes if name.startswith("on")}
    for link in found.all("a"):
        assert re.match(r"(https?://|mailto:|#|/)", link["href"] or "")


def test_a_story_without_a_headline_still_has_a_title(plain: Publication) -> None:
    rendering = render("page", Story(slug="a-b", headline=" "), replace(plain, name=""), {})
    assert "<title>a-b</title>" in rendering.text
    assert "h1" not in Elements(rendering.text).names


def test_a_story_in_another_language_than_its_house_says_so(story: Story, publication: Publication, pictures: Pictures) -> None:
    arabic = page(replace(story, language="ar"), publication, pictures).all("html")[0]
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    assert '"inLanguage": "ar"' in render("page", replace(story, language="ar"), publication, pictures).text
    odd = page(replace(story, language='"><script>'), publication, pictures).all("html")[0]
    assert odd["lang"] == publication.language
