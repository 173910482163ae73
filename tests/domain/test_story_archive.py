"""A story packed for a colleague, and what is refused when one comes from elsewhere."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workstation.domain.item import Item, item_id
from workstation.domain.quote import Quote
from workstation.domain.story_archive import LARGEST_BYTES, MOST_ENTRIES, ArchivedItem, StoryArchive, pack, unpack
from workstation.errors import ExportError, InputError

ORIGINAL = b"<html><p>\xd0\xa0eka otkryta</p></html>"
TEXT = "The lock opened.\nالنهر طريق من جديد"


URL = "https://ledger.example/lock"
ID = item_id(ORIGINAL, URL)


def item(url: str = URL) -> Item:
    return Item(
        id=item_id(ORIGINAL, url),
        url=url,
        title="Lock opens",
        outlet="The Harbour Ledger",
        author=None,
        published="2031-07-03",
        language="en",
        country=None,
        text=TEXT,
        words=7,
        captured=datetime(2031, 7, 3, 9, 30, tzinfo=UTC),
        media_type="text/html",
        sha256=sha256(ORIGINAL).hexdigest(),
        origins={"title": "meta"},
    )


QUOTE = Quote(id="q1", item=ID, start=17, end=22, exact=TEXT[17:22], speaker="The mayor", translation="the river")
ARCHIVE = StoryArchive(
    document=b'{"format": "workstation-story/1"}\n',
    files={"lead.jpg": b"\xff\xd8picture", "icons/ledger.png": b"icon"},
    items=(ArchivedItem(item(), ORIGINAL),),
    quotes=(QUOTE,),
)


def zipped(entries: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return held.getvalue()


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_was_packed_comes_out_the_same() -> None:
    assert unpack(pack(ARCHIVE)) == ARCHIVE


def test_its_files_lie_where_the_document_names_them() -> None:
    assert sorted(entries(pack(ARCHIVE))) == ["icons/ledger.png", "items.json", f"items/{ID}", "lead.jpg", "story.json"]


def test_the_order_of_the_parts_changes_no_byte() -> None:
    second = ArchivedItem(item("https://ledger.example/again"), ORIGINAL)
    other = replace(QUOTE, id="q0")
    one = replace(ARCHIVE, items=(*ARCHIVE.items, second), quotes=(QUOTE, other))
    two = replace(one, items=one.items[::-1], quotes=one.quotes[::-1], files=dict(reversed(ARCHIVE.files.items())))
    assert pack(one) == pack(two)


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}\.png", fullmatch=True), st.binary(max_size=60), max_size=4), st.binary(max_size=90)
)
def test_any_pictures_and_any_document_come_out_the_same(files: dict[str, bytes], document: bytes) -> None:
    archive = StoryArchive(document, files)
    assert unpack(pack(archive)) == archive


def test_a_document_with_pictures_alone_is_an_archive_too() -> None:
    assert unpack(zipped({"story.json": b"{}", "a.png": b"x"})) == StoryArchive(b"{}", {"a.png": b"x"})


@pytest.mark.parametrize("name", ["story.json", "items.json", "items/x", "../up.png", "/top.png", "a\\b.png"])
def test_a_picture_cannot_take_the_place_of_the_record(name: str) -> None:
    with pytest.raises(ExportError, match="rename it"):
        pack(replace(ARCHIVE, files={name: b"x"}))


@pytest.mark.parametrize("name", ["../up.png", "/etc/passwd", "C:x.png", "a//b.png", "x/../../y"])
def test_a_name_outside_the_archive_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="not a plain name"):
        unpack(zipped({"story.json": b"{}", name: b"x"}))


def test_a_name_that_stands_twice_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("story.json", b"{}")
        archive.writestr("story.json", b"[]")
    with pytest.raises(InputError, match="twice"):
        unpack(held.getvalue())


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    with pytest.raises(InputError, match="64 MiB"):
        unpack(zipped({"story.json": b"{}", "a.png": bytes(LARGEST_BYTES // 2), "b.png": bytes(LARGEST_BYTES // 2)}))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_may_take_all_memory_is_refused(packing: int) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packing) as archive:
        archive.writestr("story.json", b"{}")
    with pytest.raises(InputError, match="packed in an unusual way"):
        unpack(held.getvalue())


@given(st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=4))
@example([(0x1A, 0), (0x1B, 0)])
def test_a_broken_archive_is_read_or_refused_and_never_crashes(flips: list[tuple[int, int]]) -> None:
    data = bytearray(pack(ARCHIVE))
    for at, value in flips:
        data[at % len(data)] = value
    with contextlib.suppress(InputError):
        unpack(bytes(data))


def test_a_file_without_a_name_is_refused() -> None:
    name, held = "nameless", zipped({"story.json": b"{}", "nameless": b"x"})
    with pytest.raises(InputError):
        unpack(held.replace(name.encode(), b"\0" * len(name)))


def test_too_many_files_are_refused() -> None:
    with pytest.raises(InputError, match="2000 files"):
        unpack(zipped({f"{number}.png": b"" for number in range(MOST_ENTRIES + 1)}))


def test_a_story_larger_than_may_be_unpacked_is_not_packed() -> None:
    with pytest.raises(ExportError, match="64 MiB"):
        pack(replace(ARCHIVE, files={"a.png": bytes(LARGEST_BYTES)}))


@pytest.mark.parametrize("cut", [0, 10, 200, -1])
def test_half_an_archive_is_refused(cut: int) -> None:
    with pytest.raises(InputError, match=r"not a whole \.zip"):
        unpack(pack(ARCHIVE)[:cut])


def test_an_archive_without_a_document_is_refused() -> None:
    with pytest.raises(InputError, match=r"no story\.json"):
        unpack(zipped({"a.png": b"x"}))


def changed(**fields: object) -> bytes:
    held = entries(pack(ARCHIVE))
    record = json.loads(held["items.json"])
    target = "quotes" if set(fields) & {"exact", "start", "end"} else "items"
    record[target][0] |= fields
    return zipped(held | {"items.json": json.dumps(record).encode()})


def test_an_original_that_was_altered_is_refused() -> None:
    held = entries(pack(ARCHIVE))
    with pytest.raises(InputError, match="altered on its way"):
        unpack(zipped(held | {f"items/{ID}": ORIGINAL + b" "}))


def test_an_id_that_its_original_and_its_address_do_not_give_is_refused() -> None:
    with pytest.raises(InputError, match="bears an id"):
        unpack(changed(url="https://another.example/lock"))


@pytest.mark.parametrize("fields", [{"exact": "another"}, {"start": 16}, {"end": 99}])
def test_a_quote_that_does_not_stand_in_its_source_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(InputError, match="does not stand in its source"):
        unpack(changed(**fields))


@pytest.mark.parametrize(
    "fields", [{"words": "7"}, {"captured": "2031-07-03"}, {"text": None}, {"id": 5}, {"origins": []}, {"start": -3}, {"end": 0}]
)
def test_a_record_of_the_wrong_form_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        unpack(changed(**fields))


@pytest.mark.parametrize("record", [b"[]", b"{", b'{"format": 3}', b'{"format": "workstation-items/1"}', b"[" * 100_000])
def test_a_record_that_is_no_record_is_refused(record: bytes) -> None:
    with pytest.raises(InputError):
        unpack(zipped({"story.json": b"{}", "items.json": record}))
