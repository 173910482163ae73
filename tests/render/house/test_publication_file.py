"""Publication files: what is read, and what is refused with a word that helps."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from workstation.domain.publication import Edition, Labels, Limits, Publication
from workstation.errors import InputError
from workstation.render.house.publication_file import read_publication


def image(form: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (12, 8), "#123456").save(data, form)
    return data.getvalue()


def none(_: str) -> bytes | None:
    return None


FULL = """
name = "The Lantern"
rubric = "Lantern Signals"
tagline = "Many shores."
language = "pt-BR"
time_zone = "Europe/Lisbon"
dateline_format = "d MMM y, HH:mm z"
share = ["Post", "Email"]
advertisements = true
logo = "logo.png"
unknown_to_us = 7
[labels]
news = "As notícias"
also_unknown = 3
[[editions]]
name = "Quay"
url = "https://lantern.example/quay"
[[editions]]
name = "Isles"
[colours]
accent = "#7a2e1d"
[fonts]
text = "Literata, Georgia"
"""


def test_every_key_of_the_contract_is_read() -> None:
    logo = image("PNG")
    publication = read_publication(FULL.encode(), {"logo.png": logo}.get)
    assert publication.labels == Labels(news="As notícias")
    assert publication.editions == (Edition("Quay", "https://lantern.example/quay"), Edition("Isles"))
    assert (publication.language, publication.time_zone, publication.advertisements) == ("pt-BR", "Europe/Lisbon", True)
    assert (publication.share, dict(publication.colours)) == (("Post", "Email"), {"accent": "#7a2e1d"})
    held = publication.files["logo.png"]
    assert (held.data, held.media_type, held.width, held.height) == (logo, "image/png", 12, 8)


def test_the_ratios_of_lead_images_are_read_and_may_be_none() -> None:
    assert read_publication(b"name='a'\nimage_ratios = ['4:3', '1.91:1', '4:3']", none).image_ratios == ("4:3", "1.91:1")
    assert read_publication(b"name='a'\nimage_ratios = []", none).image_ratios == ()


def test_a_name_is_enough() -> None:
    assert read_publication(b'name = "The Lantern"', none) == Publication(name="The Lantern")


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("", "“name” is missing"),
        ("name = 3", "“name” must be text"),
        ("name = 'a'\nshare = 'Post'", "“share” must be a list of texts"),
        ("name = 'a'\nadvertisements = 'yes'", "“advertisements” must be true or false"),
        ("name = 'a'\npicture_credit = 'below'", "“picture_credit” must be one or several of caption, alt, iptc"),
        ("name = 'a'\npicture_credit = ['alt', 3]", "“picture_credit” must be one or several of"),
        ("name = 'a'\npicture_credit = []", "“picture_credit” must be one or several of"),
        ("name = 'a'\nimage_ratios = '16:9'", "“image_ratios” must be a list of ratios"),
        ("name = 'a'\nimage_ratios = ['16:9', 'square']", "“image_ratios” must be a list of ratios"),
        ("name = 'a'\nimage_ratios = ['16:0']", "“image_ratios” must be a list of ratios"),
        ("name = 'a'\n[labels]\nnews = 1", "“labels.news” must be text"),
        ("name = 'a'\nlabels = 'x'", "“labels” must be a table"),
        ("name = 'a'\n[[editions]]\nurl = 'https://x.example'", r"“editions\[1\].name” is missing"),
        ("name = 'a'\neditions = ['Quay']", r"“editions\[1\]” must be a table"),
        ("name = 'a'\nlanguage = 'English please'", "“language” must be a language tag"),
        ("name = 'a'\ntime_zone = 'Moon'", "not the name of a time zone"),
        ("name = 'a'\ndateline_format = 'QQQ'", "date pattern"),
        ("name = 'a'\n[colours]\naccent = 'red;}'", "expected a colour"),
        ("name = 'a'\n[fonts]\ntext = 'url(x)'", "expected names of font families"),
        ("name = 'a'\nlogo = '../secret.png'", "“logo” must be the name of a file beside it"),
        ("name = 'a'\nlogo = 'gone.png'", "“gone.png” is not beside it"),
        ("name = 'a'\nname = 'b'", "not valid TOML"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(toml: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_publication(toml.encode(), none)


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        read_publication('name = "Zürich"'.encode("latin-1"), none)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_of_the_four_forms_are_taken(form: str) -> None:
    assert read_publication(b"name='a'\nicon='i'", {"i": image(form)}.get).files["i"].width == 12


@pytest.mark.parametrize(("value", "places"), [("'alt'", ["alt"]), ("['caption', 'iptc', 'caption']", ["caption", "iptc"])])
def test_a_credit_has_one_place_or_several(value: str, places: list[str]) -> None:
    assert list(read_publication(f"name='a'\npicture_credit={value}".encode(), none).picture_credit) == places


def huge_png() -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"\x89PNG\r\n\x1a\n", huge_png(), image("BMP")]
)
def test_anything_else_is_no_picture(data: bytes) -> None:
    with pytest.raises(InputError, match="no PNG, JPEG, WebP or GIF"):
        read_publication(b"name='a'\nicon='i'", {"i": data}.get)


def test_limits_are_read_and_what_is_no_limit_is_refused_with_its_key() -> None:
    publication = read_publication(b'name = "L"\n[limits]\nnews_words = 150\ncards = 6\nunknown = "x"', none)
    assert publication.limits == Limits(news_words=150, cards=6)
    for value in ("0", '"many"', "true", "1.5"):
        with pytest.raises(InputError, match=r"“limits\.cards” must be a whole number"):
            read_publication(f'name = "L"\n[limits]\ncards = {value}'.encode(), none)
