"""The profile wxr: read as WordPress's importer reads it, the post, its terms and its picture are all there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.render.any_story import stories, unread
from tests.render.conftest import png
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, Story
from workstation.render.profiles import render
from workstation.render.rendering import LeadPlace, Terms
from workstation.render.words.characters import one_line

Pictures = Mapping[str, Picture]
HOUSE = Publication(name="The Lantern", address="https://lantern.example/{year}/{slug}")
LEAD = {"lock gate.png": png(12, 8, "#47636b")}
SPACES = {
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@dataclass
class Item:
    """An item as the importer has it: its fields, its terms as (domain, slug, name), its own fields of the post."""

    fields: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


def imported(xml: bytes) -> tuple[dict[str, str], list[dict[str, str]], list[Item]]:
    """The channel, its authors and its items, by the rules of the importer: it refuses a file without a version like 1.2."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
    assert root.tag == "rss"
    channel = root.find("channel")
    assert channel is not None
    assert re.fullmatch(r"\d+\.\d+", channel.findtext("wp:wxr_version", "", SPACES))
    authors = [
        {etree.QName(part).localname: part.text or "" for part in author} for author in channel.findall("wp:author", SPACES)
    ]
    return {_name(part): part.text or "" for part in channel}, authors, [_item(item) for item in channel.findall("item")]


def _item(element: Any) -> Item:
    item = Item()
    for part in element:
        if part.tag == "category":
            item.terms.append((part.get("domain"), part.get("nicename"), part.text or ""))
        elif _name(part) == "wp:postmeta":
            item.meta[part.findtext("wp:meta_key", "", SPACES)] = part.findtext("wp:meta_value", "", SPACES)
        else:
            assert _name(part) not in item.fields
            item.fields[_name(part)] = part.text or ""
    return item


def _name(element: Any) -> str:
    name = etree.QName(element)
    prefix = next((prefix for prefix, space in SPACES.items() if space == name.namespace), "")
    return f"{prefix}:{name.localname}" if prefix else str(name.localname)


def wxr(story: Story, publication: Publication, pictures: Pictures, terms: Terms | None = None) -> bytes:
    return render("wxr", story, publication, pictures, terms or Terms()).files[f"{story.slug}.wxr.xml"]


def test_the_post_is_a_draft_with_its_names_times_and_terms(story: Story, publication: Publication, pictures: Pictures) -> None:
    house = replace(publication, address=HOUSE.address)
    channel, authors, items = imported(wxr(story, house, pictures))
    post = items[0]
    assert (channel["title"], channel["wp:base_site_url"]) == ("The Lantern", "https://lantern.example")
    assert [(author["author_login"], author["author_display_name"]) for author in authors] == [
        ("ilse-marrow", "Ilse Marrow"),
        ("teodor-anselm", "Teodor Anselm"),
    ]
    assert post.fields["dc:creator"] == "ilse-marrow"
    assert post.fields["title"] == story.headline
    assert post.fields["link"] == post.fields["guid"] == "https://lantern.example/2031/orrin-lock"
    assert (post.fields["wp:post_type"], post.fields["wp:status"], post.fields["wp:post_name"]) == ("post", "draft", "orrin-lock")
    assert post.fields["wp:post_date"] == "2031-07-03 08:05:00"
    assert post.fields["wp:post_date_gmt"] == "2031-07-03 07:05:00"
    assert post.terms == [
        ("category", "trade", "Trade"),
        ("category", "climate", "Climate"),
        ("post_tag", "lower-orrin", "Lower Orrin"),
    ]
    assert post.fields["content:encoded"] == render("wordpress", story, house, pictures).text
    assert post.fields["excerpt:encoded"].startswith("The lock at Orrin opened on Thursday")


def test_the_lead_image_is_an_attachment_that_is_featured(story: Story, publication: Publication, pictures: Pictures) -> None:
    _, _, (post, picture) = imported(wxr(story, replace(publication, address=HOUSE.address), pictures))
    assert post.meta == {"_thumbnail_id": picture.fields["wp:post_id"]}
    assert (picture.fields["wp:post_type"], picture.fields["wp:post_parent"]) == ("attachment", post.fields["wp:post_id"])
    assert picture.fields["wp:attachment_url"] == "https://lantern.example/2031/orrin-lock-files/lock%20gate.png"
    assert picture.meta == {"_wp_attachment_image_alt": "Two barges wait below a closed lock gate"}
    assert picture.fields["excerpt:encoded"].endswith("· Kestrel Wire/Pia Lund")
    assert "<img" not in post.fields["content:encoded"]


def test_a_lead_image_in_the_text_is_named_by_the_address_that_the_importer_replaces(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    house = replace(publication, address=HOUSE.address)
    _, _, (post, picture) = imported(wxr(story, house, pictures, Terms(lead=LeadPlace.BODY)))
    assert post.fields["content:encoded"].count(f'src="{picture.fields["wp:attachment_url"]}"') == 1
    assert post.meta == {}


def test_without_an_address_the_picture_is_told_by_its_place_beside_the_file(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    rendering = render("wxr", story, publication, pictures)
    channel, _, (post, picture) = imported(rendering.files["orrin-lock.wxr.xml"])
    assert (channel["link"], post.fields["link"], post.fields["guid"]) == ("", "", "orrin-lock")
    assert picture.fields["wp:attachment_url"] == "orrin-lock-files/lock%20gate.png"
    assert "orrin-lock-files/lock gate.png" in rendering.files


def test_a_story_that_nobody_has_dated_has_the_time_of_such_a_draft() -> None:
    _, authors, (post,) = imported(wxr(Story(slug="a", headline="A"), HOUSE, {}))
    assert post.fields["wp:post_date"] == post.fields["wp:post_date_gmt"] == "0000-00-00 00:00:00"
    assert "pubDate" not in post.fields
    assert [author["author_login"] for author in authors] == ["the-lantern"]


def test_names_beyond_latin_letters_become_the_slugs_that_wordpress_makes() -> None:
    names = ("贸易", "Київ 24", "Ürün & Fiyat", "Sport!")
    story = Story(slug="a", headline="A", verticals=names, bylines=("نادية", "By Ada Quill", "José Ñandú"))
    _, authors, (post,) = imported(wxr(story, HOUSE, {}))
    assert [slug for _, slug, _ in post.terms] == ["%e8%b4%b8%e6%98%93", "%d0%ba%d0%b8%d1%97%d0%b2-24", "urun-fiyat", "sport"]
    assert [name for _, _, name in post.terms] == list(names)
    assert [author["author_login"] for author in authors] == ["author-1", "ada-quill", "author-3"]


def test_what_ends_a_section_is_cut_in_two_and_read_as_one() -> None:
    lead = LeadImage(file="lock gate.png", alt="]]>", caption="]]]>]]>")
    story = Story(slug="a", headline="A", verticals=("x ]]> & <y>",), bylines=("]]>",), lead_image=lead)
    _, authors, (post, picture) = imported(wxr(story, HOUSE, LEAD))
    assert post.terms[0][2] == "x ]]> & <y>"
    assert authors[0]["author_display_name"] == "]]>"
    assert picture.meta["_wp_attachment_image_alt"] == "]]>"


@pytest.mark.parametrize("name", NAMES)
def test_every_odd_story_is_read_whole(name: str) -> None:
    story = odd_story(name)
    _, _, items = imported(wxr(story, HOUSE, odd_pictures(name)))
    assert unread(items[0].fields["content:encoded"], story, HOUSE) == []
    assert {name for _, _, name in items[0].terms} == {one_line(name) for name in (*story.verticals, story.region) if name}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(story=stories)
def test_any_story_is_well_formed_and_read_whole(story: Story) -> None:
    xml = wxr(story, HOUSE, LEAD, Terms(lead=LeadPlace.BODY))
    _, _, items = imported(xml)
    assert unread(items[0].fields["content:encoded"], story, HOUSE) == []
    assert xml == wxr(story, HOUSE, LEAD, Terms(lead=LeadPlace.BODY))


def test_control_characters_do_not_reach_the_file() -> None:
    odd = "a\x00b\x0bc\ufffe\ud800\x1fd"
    story = Story(slug="a", headline=odd, verticals=(odd,), bylines=(odd,), first_published=datetime(2031, 7, 3).astimezone())
    _, _, (post,) = imported(wxr(story, HOUSE, {}))
    assert (post.fields["title"], post.terms[0][2]) == ("abcd", "abcd")
