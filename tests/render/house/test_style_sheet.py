"""A publication's own style sheet: it stands in the page, and it neither leaves its element nor fetches anything."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
from PIL import Image

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.render.house.publication_file import read_publication
from workstation.render.house.style_sheet import LARGEST_SHEET, read_css
from workstation.render.profiles import render

Pictures = Mapping[str, Picture]


def dot() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (2, 2), "#123456").save(data, "PNG")
    return data.getvalue()


def read(css: str, **beside: bytes) -> str:
    files = {"house.css": css.encode()} | {name.replace("_", "."): data for name, data in beside.items()}
    return read_css(["house.css"], files.get)


def test_the_sheets_follow_the_pages_own_in_their_order(story: Story, pictures: Pictures) -> None:
    files = {"a.css": b"h1 { color: teal }\n", "b.css": b".card > p { color: navy }"}
    house = read_publication(b'name = "L"\ncss = ["a.css", "b.css"]\n[colours]\naccent = "#7a2e1d"', files.get)
    text = render("page", story, house, pictures).text
    style = text[text.index("<style>") : text.index("</style>")]
    assert style.endswith("h1 { color: teal }\n.card > p { color: navy }\n")
    assert style.index("--accent: #7a2e1d") < style.index("teal")


def test_a_house_without_a_sheet_changes_no_byte(story: Story, publication: Publication, pictures: Pictures) -> None:
    assert render("page", story, publication, pictures) == render("page", story, replace(publication, css=""), pictures)


def test_a_picture_and_a_font_beside_the_file_become_part_of_the_sheet() -> None:
    sheet = '.card { background: url(dot.png) } @font-face { font-family: House; src: url("house.woff2") format("woff2") }'
    text = read(sheet, dot_png=dot(), house_woff2=b"wOF2" + bytes(40))
    assert 'background: url("data:image/png;base64,' in text
    assert 'src: url("data:font/woff2;base64,' in text
    assert "dot.png" not in text
    assert read('.card { content: "a" }') == '.card { content: "a" }\n'


@pytest.mark.parametrize(
    "css",
    [
        "a { b: c } </style><script>alert(1)</script>",
        "/* </StYlE\t> */ a { b: c }",
        'a::before { content: "</style " }',
        "<!-- a { b: c } -->",
    ],
)
def test_nothing_ends_the_style_element(css: str) -> None:
    with pytest.raises(InputError, match=r"house\.css, line 1"):
        read(css)


@pytest.mark.parametrize(
    "css",
    [
        "@import 'other.css';",
        "@\\69mport url(//evil.example/x.css);",
        "a { b: c } @media screen { @import '//evil.example'; }",
        "a { background: url(https://evil.example/x.png) }",
        "a { background: u\\72l('//evil.example/x.png') }",
        "a { background: url(\\2f\\2f evil.example/x.png) }",
        "a { --x: url(//evil.example/x.png) }",
        "a { background: url('../../secret.png') }",
        "a { background: url(/etc/passwd) }",
        "a { background: url(file:///etc/passwd) }",
        "a { background: url('data:text/html,x') }",
        "a { background: url('data:image/svg+xml,<svg/>') }",
        "a { background: image-set('https://evil.example/x.png' 1x) }",
        "a { background: -webkit-image-set(url(//evil.example/x.png) 1x) }",
        "@font-face { src: src('//evil.example/x') }",
        "@namespace x url(//evil.example);",
        "@media screen { a { b { c: url('//evil.example' ) } } }",
        "a { behavior: url(x.htc) }",
        "a { background: url(gone.png) }",
        "a { background: url(house.css) }",
    ],
)
def test_nothing_is_fetched(css: str) -> None:
    with pytest.raises(InputError, match=r"house\.css, line 1"):
        read(css)


def test_a_broken_sheet_is_told_with_its_line_and_an_endless_one_is_refused() -> None:
    with pytest.raises(InputError, match=r"house\.css, line 3: This is not CSS"):
        read("a { b: c }\n\nd { e: 'open\n}")
    with pytest.raises(InputError, match=r"larger than 128 KB"):
        read("a" * (LARGEST_SHEET + 1))
    with pytest.raises(InputError, match=r"“gone\.css” is not beside"):
        read_css(["gone.css"], {}.get)
    deep = "a { b: " + "(" * 20_000 + "url(dot.png)" + ")" * 20_000 + "}"
    with pytest.raises(InputError, match=r"nested too deeply"):
        read(deep, dot_png=dot())
    for name in ("/etc/passwd", "../x.css", 3):
        with pytest.raises(InputError, match=r"“css” must be"):
            read_publication(f"name = 'L'\ncss = {name!r}".encode(), {}.get)


def test_a_sheet_that_came_another_way_does_not_leave_its_element_either(story: Story, publication: Publication) -> None:
    with pytest.raises(InputError):
        render("page", story, replace(publication, css="a {} </style>"), {})
