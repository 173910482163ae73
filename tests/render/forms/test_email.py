"""The profile email: a message that every mail program shows whole, its plain text, and the file that opens as a draft."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as markup

from tests.checkers import axe_violations, chromium, nu_messages
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import MARKUP, attributed, misread, text_only
from workstation.domain.body import body_from_text
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.export import write_files
from workstation.render.forms.email import LARGEST
from workstation.render.mail.message import mail_message
from workstation.render.profiles import render
from workstation.render.rendering import Rendering, Terms
from workstation.render.words.addresses import address

Pictures = Mapping[str, Picture]
WHERE = Terms(address="https://lantern.example/long")


def opened(rendering: Rendering) -> EmailMessage:
    """The draft as a mail program reads it."""
    data = next(data for name, data in rendering.files.items() if name.endswith(".eml"))
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


def long_story(cards: int) -> Story:
    words = body_from_text("\n".join(f"Paragraph {n} of many: {'the river is a road again. ' * 30}" for n in range(5)))
    signals = (SignalCard(headline=f"Signal {n}", sources=(Source(name="A"),), body=words) for n in range(cards))
    return Story(slug="long", headline="A long story", news=words, signals=tuple(signals))


# --- the draft -----------------------------------------------------------------------------------------------------


def test_the_draft_has_the_words_and_the_page_with_its_pictures_inside(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    rendering = render("email", story, replace(publication, logo="mark.png"), pictures)
    message = opened(rendering)
    assert message["Subject"] == story.headline
    assert message["X-Unsent"] == "1"
    assert [name for name in ("From", "To", "Date", "Message-ID") if name in message] == []
    kinds = [part.get_content_type() for part in message.walk()]
    alternative = ["multipart/alternative", "text/plain", "multipart/related", "text/html"]
    assert kinds == [*alternative, "image/png", "image/png"]
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content() == rendering.files["orrin-lock.email.txt"].decode()
    shown = re.findall(r' src="cid:([^"]+)"', page.get_content())
    inside = {part["Content-ID"].strip("<>"): part.get_content() for part in message.walk() if part["Content-ID"]}
    assert [inside[number] for number in shown] == [publication.files["mark.png"].data, pictures["lock gate.png"].data]
    assert 'src="orrin' not in page.get_content()


def test_the_page_of_the_draft_is_the_message_but_for_the_addresses_of_its_pictures(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    rendering = render("email", story, publication, pictures)
    page = opened(rendering).get_body(("html",))
    assert page is not None
    assert re.sub(r'cid:[^"]+', "orrin-lock-files/lock%20gate.png", page.get_content()) == rendering.text
    assert rendering.text.count('src="') == 1


def test_the_plain_text_is_the_one_of_the_text_profile(story: Story, publication: Publication, pictures: Pictures) -> None:
    words = render("email", story, publication, pictures).files["orrin-lock.email.txt"]
    assert words == render("text", story, publication, pictures).files["orrin-lock.txt"]


@given(st.text(max_size=120).map(lambda text: " ".join(text.split())))
@example("=?utf-8?q?not_a_code?=")
@example("قال: «فُتح القفل» 😀 " + "river " * 30)
@example("plain " * 40)
def test_a_subject_in_any_script_arrives(headline: str) -> None:
    subject = render("text", Story(slug="a", headline=headline), Publication(name=""), {}).text.split("\n")[0]
    data = mail_message(subject, "words\n", "<p>words</p>", {})
    assert all(len(line) <= 78 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = message_from_bytes(data, policy=default)
    assert " ".join(str(message["Subject"] or "").split()) == " ".join(subject.split())


def test_words_that_look_like_markup_or_a_boundary_stay_words(publication: Publication) -> None:
    odd = 'He typed <img src="a-files/x.png"> and --=_words-or-html--'
    rendering = render("email", Story(slug="a", headline="b", news=body_from_text(odd)), publication, {})
    page = opened(rendering).get_body(("html",))
    assert page is not None
    assert odd in text_only(page.get_content())


# --- the message ---------------------------------------------------------------------------------------------------


def links_of(story: Story) -> Iterator[str]:
    urls = [link for body in (story.news, *(card.body for card in story.signals)) for link in body.links]
    urls += [source.url for card in story.signals for source in card.sources if source.url and source.name.strip()]
    yield from filter(None, map(address, urls))


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_is_read_whole_and_in_order(name: str, publication: Publication) -> None:
    story = odd_story(name)
    rendering = render("email", story, publication, odd_pictures(name))
    assert len(rendering.files[rendering.main]) < LARGEST
    assert rendering.text == unicodedata.normalize("NFC", rendering.text)
    read = text_only(rendering.text)
    told = [story.headline, *attributed(story, publication), *(note.text for note in story.corrections), *story.contributors]
    assert misread(read, [unicodedata.normalize("NFC", phrase) for phrase in told]) == []
    hrefs = [element.get("href") for element in markup.fromstring(rendering.text).iter("a")]
    assert set(links_of(story)) <= set(hrefs)
    opened(rendering)


def test_attribution_and_order_read_right_after_all_strippers(story: Story, publication: Publication, pictures: Pictures) -> None:
    stripped = render("email", story, publication, pictures).text
    for strip in MARKUP:
        stripped = strip(stripped)
        assert misread(text_only(stripped), [story.headline, *attributed(story, publication)]) == []


def test_it_is_made_of_what_every_mail_program_knows(story: Story, publication: Publication, pictures: Pictures) -> None:
    house = replace(publication, logo="mark.png")
    tree = markup.fromstring(render("email", story, house, pictures).text)
    known = {"html", "head", "meta", "title", "style", "body", "main", "div", "table", "tbody", "tr", "td", "img"}
    known |= {"h1", "h2", "h3", "p", "ul", "ol", "li", "blockquote", "a", "strong", "em", "span"}
    elements: list[Any] = [element for element in tree.iter() if isinstance(element.tag, str)]
    assert {element.tag for element in elements} <= known
    assert {element.get("role") for element in elements if element.tag == "table"} == {"presentation"}
    for picture in (element for element in elements if element.tag == "img"):
        assert 0 < int(picture.get("width")) <= 560
        assert int(picture.get("height")) > 0
        assert "display: block" in picture.get("style")
        assert picture.get("alt")
    looks = " ".join(element.get("style") or "" for element in elements)
    assert not re.search(r"flex|grid|url\(|position|float|var\(|#fff\b|#ffffff|#000\b|#000000", looks)


def test_a_house_in_pure_black_and_white_is_spared_the_traps_of_the_night(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    house = replace(publication, colours={"paper": "#fff", "ink": "black", "paper-dark": "#000", "ink-dark": "white"})
    text = render("email", story, house, pictures).text
    assert not re.search(r"#fff(fff)?\b|#000(000)?\b|black|white", text)


def test_the_colours_of_the_night_are_those_of_the_house(story: Story, publication: Publication, pictures: Pictures) -> None:
    text = render("email", story, publication, pictures).text
    assert 'name="color-scheme" content="light dark"' in text
    assert 'name="supported-color-schemes" content="light dark"' in text
    assert text.count("#f0a48f !important") == 2


def test_a_story_from_right_to_left_is_mirrored(publication: Publication) -> None:
    text = render("email", odd_story("arabic"), replace(publication, language="ar"), odd_pictures("arabic")).text
    tree = markup.fromstring(text)
    assert [tree.get("dir"), tree.find("body").get("dir"), tree.get("lang")] == ["rtl", "rtl", "ar"]
    quotation = tree.find(".//blockquote")
    assert quotation.get("dir") == "rtl"
    assert "border-right: 3px" in quotation.get("style")
    assert "border-left" not in quotation.get("style")


def test_the_icons_of_sources_are_left_out_and_neither_enclosed_nor_missed(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    rendering = render("email", story, publication, {"lock gate.png": pictures["lock gate.png"]})
    assert rendering.missing == ()
    assert {name for name in rendering.files if "/" in name} == {"orrin-lock-files/lock gate.png"}


def test_a_lead_image_without_its_file_is_told(publication: Publication) -> None:
    story = Story(slug="a", headline="b", lead_image=LeadImage(file="gone.png", alt="A gate"))
    assert render("email", story, publication, {}).missing == ("gone.png",)


# --- too long ------------------------------------------------------------------------------------------------------


def test_a_story_that_is_too_long_ends_at_a_card_with_a_link_to_all_of_it(publication: Publication) -> None:
    rendering = render("email", long_story(40), publication, {}, WHERE)
    size = len(rendering.files[rendering.main])
    assert LARGEST * 0.9 < size <= LARGEST
    tree = markup.fromstring(rendering.text)
    headlines = [element.text for element in tree.iter("h3")]
    assert headlines == [f"Signal {n}" for n in range(len(headlines))]
    assert [element.get("href") for element in tree.iter("a")] == ["https://lantern.example/long"]
    assert text_only(rendering.text).endswith("Read the whole story on the web")
    assert rendering.remarks == (
        f"The e-mail holds {len(headlines)} of 40 signals and ends with a link to the whole story: a mail above 102 KB is cut.",
    )
    assert b"Signal 39" in rendering.files["long.email.txt"]


def test_a_story_that_fits_is_whole_and_has_no_such_link(publication: Publication) -> None:
    rendering = render("email", long_story(15), publication, {}, WHERE)
    assert rendering.remarks == ()
    assert "Signal 14" in rendering.text
    assert "Read the whole story" not in rendering.text


def test_a_story_that_is_too_long_and_has_no_address_ends_at_a_card_with_a_sentence(publication: Publication) -> None:
    rendering = render("email", long_story(40), publication, {})
    assert LARGEST * 0.9 < len(rendering.files[rendering.main]) <= LARGEST
    headlines = [element.text for element in markup.fromstring(rendering.text).iter("h3")]
    assert headlines == [f"Signal {n}" for n in range(len(headlines))]
    assert text_only(rendering.text).endswith("The story goes on; this message has room for its beginning only.")
    (remark,) = rendering.remarks
    assert remark.startswith(f"The e-mail holds {len(headlines)} of 40 signals and ends with a sentence that says so")
    assert b"Signal 39" in rendering.files["long.email.txt"]


def test_news_that_are_too_long_by_themselves_end_at_a_paragraph(publication: Publication) -> None:
    paragraphs = [f"{number} " + "word " * 300 for number in range(100)]
    story = replace(long_story(1), news=body_from_text("\n".join(paragraphs)))
    rendering = render("email", story, publication, {}, WHERE)
    assert LARGEST * 0.9 < len(rendering.files[rendering.main]) <= LARGEST
    assert paragraphs[10].strip() in text_only(rendering.text)
    assert text_only(rendering.text).endswith("Read the whole story on the web")
    assert rendering.remarks[0].startswith("The e-mail holds only the beginning of The News")


# --- from outside --------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_axe_finds_no_violation_and_no_width_scrolls_sideways(
    story: Story, publication: Publication, pictures: Pictures, tmp_path: Path
) -> None:
    with chromium() as browser:
        for one, house, held in variants(story, publication, pictures):
            rendering = render("email", one, house, held)
            write_files(tmp_path, rendering.files)
            for width, scheme in ((320, "light"), (1280, "dark")):
                shown = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                shown.goto((tmp_path / rendering.main).as_uri())
                assert shown.evaluate("document.documentElement.scrollWidth") <= width
                assert axe_violations(shown) == []
                shown.close()


@pytest.mark.checker
def test_the_nu_checker_finds_no_error(story: Story, publication: Publication, pictures: Pictures, tmp_path: Path) -> None:
    pages = []
    for one, house, held in variants(story, publication, pictures):
        rendering = render("email", one, house, held)
        write_files(tmp_path, rendering.files)
        pages.append(tmp_path / rendering.main)
    assert nu_messages(pages) == []


def variants(story: Story, publication: Publication, pictures: Pictures) -> list[tuple[Story, Publication, Pictures]]:
    odd = [(odd_story(name), publication, odd_pictures(name)) for name in ("arabic", "long-words", "closing-marks", "empty")]
    return [(story, replace(publication, logo="mark.png"), pictures), *odd]
