"""What can be seen of a file, and how large a hand-over is; without a window."""

from __future__ import annotations

import json

import pytest

from workstation.ui.dialogs.handing_over.looks_of import look_of, text_files
from workstation.ui.dialogs.handing_over.offers import GROUPS, WayOut, main_way
from workstation.ui.dialogs.handing_over.sizes import sizes_of, told_bytes


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KB"), (317_000, "310 KB"), (5_452_595, "5.2 MB")]
)
def test_bytes_are_told_as_an_editor_reads_them(count: int, told: str) -> None:
    assert told_bytes(count) == told


def test_a_mail_that_would_be_cut_off_says_so_and_others_do_not() -> None:
    long = {"a.email.html": b"x" * 104_449, "a-files/lead.jpg": b"x" * 2048}
    sizes = sizes_of("email", "a.email.html", long)
    assert "too large" in sizes.excess
    assert (sizes.count, sizes.pictures) == (1, 2048)
    assert sizes_of("email", "a.email.html", {"a.email.html": b"x" * 104_448}).excess == ""
    assert sizes_of("page", "a.html", {"a.html": b"x" * 500_000}).excess == ""


def test_values_are_listed_under_their_names() -> None:
    look = look_of("a.json", {"a.json": json.dumps({"title": "Low", "tags": ["a", "b"], "none": None, "empty": []}).encode()})
    told = [(row.name, row.value, [inner.value for inner in row.inside]) for row in look.rows]
    assert told == [("title", "Low", []), ("tags", "(2)", ["a", "b"]), ("none", "null", []), ("empty", "(none)", [])]


@pytest.mark.parametrize(("name", "data"), [("a.json", b"{broken"), ("a.xml", b"<a><b></a>"), ("a.jsonld", b"")])
def test_what_is_broken_is_shown_as_it_is(name: str, data: bytes) -> None:
    look = look_of(name, {name: data})
    assert look.text == look.source == data.decode()


def test_what_is_no_text_has_no_source() -> None:
    look = look_of("a.bin", {"a.bin": b"\xff\xfe\x00"})
    assert look.source is None
    assert [row.value for row in look.rows] == ["3 bytes"]


def test_xml_without_a_body_is_an_outline() -> None:
    look = look_of("a.xml", {"a.xml": b'<a x="1"><b>words</b></a>'})
    (top,) = look.rows
    assert (top.name, [(row.name, row.value) for row in top.inside]) == ("a", [("x", "1"), ("b", "words")])


def test_a_packed_picture_is_shortened_in_the_source_only() -> None:
    packed = "A" * 5000
    look = look_of("a.html", {"a.html": f'<!DOCTYPE html><img src="data:image/png;base64,{packed}">'.encode()})
    assert look.is_shortened
    assert len(look.source) < 200
    assert look.page is not None
    assert packed.encode() in look.page.files["a.html"]


def test_the_main_file_comes_first_and_no_picture_is_listed() -> None:
    files = {"x/lead.JPG": b"", "b.json": b"", "a.txt": b"", "m.html": b""}
    assert text_files("m.html", files) == ["m.html", "a.txt", "b.json"]


def test_what_enter_does_follows_the_profile() -> None:
    ways = {name: main_way(name, has_destination=False) for _, names in GROUPS for name in names}
    assert {name for name, way in ways.items() if way is WayOut.COPY} == {"fragment", "inline", "wordpress", "ghost"}
    assert main_way("wordpress", has_destination=True) is WayOut.SEND
    assert main_way("page", has_destination=True) is WayOut.SAVE
