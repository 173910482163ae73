"""A story handed to a colleague whole: the bundle of one desk, opened on another, is the same story."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.render.odd_stories import FOLDER, NAMES, odd_pictures
from workstation.domain.body import read_html
from workstation.domain.claim import Claim
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

from .conftest import ARTICLE, MakeDesk, Site, page, png
from .test_every_door import DOORS, PATH, entry

BODIES = {"news", "body"}


def bundled(desk: Desk, number: int, folder: Path) -> Path:
    exported = desk.publishing.export(number, "bundle", folder, waive="handed over as it is")
    return exported.main


def leaves(document: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a document with its place; a body as the blocks that it holds."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from leaves(value, f"{path}.{key}") if key not in BODIES else [(f"{path}.{key}", read_html(value).body)]
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from leaves(value, f"{path}[{index}]")
    else:
        yield path, document


@pytest.mark.skipif(os.name != "posix", reason="links to devices and pipes are of Unix")
@pytest.mark.parametrize("leads_to", ["/dev/zero", "a pipe", "a picture of the editor"])
def test_a_picture_beside_a_document_that_is_a_link_elsewhere_is_not_read(leads_to: str, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    own = tmp_path / "own.png"
    own.write_bytes(png())
    if leads_to == "a pipe":
        os.mkfifo(folder / "lead.png")
    else:
        (folder / "lead.png").symlink_to(own if "picture" in leads_to else leads_to)
    document = {"format": "workstation-story/1", "slug": "a", "headline": "A", "lead_image": {"file": "lead.png"}}
    (folder / "a.json").write_text(json.dumps(document), encoding="utf-8")
    imported = desk.documents.import_document(folder / "a.json")
    assert "lead.png" in imported.left_out[0]
    assert desk.writing.files(imported.story) == {}


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_comes_back_from_its_bundle_as_it_was(name: str, desk: Desk, make_desk: MakeDesk, tmp_path: Path) -> None:
    here = desk.documents.import_document(FOLDER / f"{name}.json").story
    there = make_desk("there.db")
    imported = there.documents.import_document(bundled(desk, here, tmp_path / "out"))
    story = desk.writing.story(here)
    assert there.documents.document(there.writing.story(imported.story)) == desk.documents.document(story)
    files = there.writing.files(imported.story)
    assert files == desk.writing.files(here)
    assert {file: picture.data for file, picture in files.items()} == {
        file: (FOLDER / file).read_bytes() for file in odd_pictures(name)
    }
    assert len(imported.left_out) == len(set(story.kept_files) - set(files)), imported.left_out


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_an_odd_document_is_lost_on_the_way_in_and_out(name: str, desk: Desk, tmp_path: Path) -> None:
    written = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    here = desk.documents.import_document(FOLDER / f"{name}.json").story
    shown = dict(leaves(json.loads(desk.documents.document(desk.writing.story(here)))))
    assert {place: shown.get(place) for place, _ in leaves(written)} == dict(leaves(written))


@pytest.mark.parametrize("name", ["CON.png", "nul.tar.png", "a|b.png", "a\nb.png", "a\u202egnp.png", "x.png.", "in/aux.png"])
def test_a_picture_with_a_name_that_some_system_refuses_is_called_otherwise(name: str, desk: Desk, tmp_path: Path) -> None:
    document = {
        "format": "workstation-story/1", "slug": "a", "headline": "A", "lead_image": {"file": name, "alt": "x"},
        "signals": [{"headline": "B", "sources": [{"name": "S", "icon": name}, {"name": "T", "icon": "picture-1.png"}]}],
    }  # fmt: skip
    held = {"story.json": json.dumps(document).encode(), name: png(8), "picture-1.png": png(9)}
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for entry, data in held.items():
            archive.writestr(zipfile.ZipInfo(entry), data)
    number = desk.documents.import_document(tmp_path / "in.zip").story
    story = desk.writing.story(number)
    assert story.files == ("picture-2.png", "picture-1.png")
    assert desk.writing.files(number)["picture-2.png"].data == png(8)
    desk.documents.export_document(number, tmp_path / "out.zip")
    assert not set(zipfile.ZipFile(tmp_path / "out.zip").namelist()) & {name}


@pytest.mark.parametrize("name", NAMES)
def test_the_bundle_of_a_bundle_is_the_same_bytes(name: str, desk: Desk, make_desk: MakeDesk, tmp_path: Path) -> None:
    first = bundled(desk, desk.documents.import_document(FOLDER / f"{name}.json").story, tmp_path / "out")
    there = make_desk("there.db")
    second = bundled(there, there.documents.import_document(first).story, tmp_path / "again")
    assert second.read_bytes() == first.read_bytes()


def test_the_sample_comes_back_with_every_source_and_quote(desk: Desk, make_desk: MakeDesk, tmp_path: Path) -> None:
    _, number = desk.sampling.load()
    there = make_desk("there.db")
    imported = there.documents.import_document(bundled(desk, number, tmp_path / "out"))
    story = desk.writing.story(number)
    assert imported.left_out == ()
    assert there.documents.document(there.writing.story(imported.story)) == desk.documents.document(story)
    assert there.writing.files(imported.story) == desk.writing.files(number)
    assert [there.gathering.item(item) for item in story.item_ids] == [desk.gathering.item(item) for item in story.item_ids]
    assert there.store.quotes.all_of(story.quote_ids) == desk.store.quotes.all_of(story.quote_ids)
    there.reviewing.require_clear(imported.story)
    again = bundled(there, imported.story, tmp_path / "again")
    assert again.read_bytes() == (tmp_path / "out" / f"{story.slug}.zip").read_bytes()


def test_a_parked_card_takes_its_source_quote_and_claim_along(desk: Desk, item: str, make_desk: MakeDesk, tmp_path: Path) -> None:
    number = desk.writing.new("A lock")
    desk.quoting.quote_in_card(item, 0, 8, number, None)
    (card,) = desk.writing.story(number).signals
    (quote,) = card.body.quotes
    desk.writing.park_card(number, card.key)
    claimed = replace(desk.writing.story(number).parked[0], claims=(Claim("The lock opened.", quote),))
    desk.writing.edit(number, replace(desk.writing.story(number), parked=(claimed,)), label="Claim", spot=Spot("headline"))
    there = make_desk("there.db")
    imported = there.documents.import_document(bundled(desk, number, tmp_path / "out"))
    assert imported.left_out == ()
    assert there.documents.document(there.writing.story(imported.story)) == desk.documents.document(desk.writing.story(number))
    assert there.gathering.item(item) == desk.gathering.item(item)
    assert there.store.quotes.all_of([quote]) == desk.store.quotes.all_of([quote])


# --- sources that came through other doors ----------------------------------------------------------------------------


def passage(desk: Desk, _site: Site, _folder: Path) -> str:
    return desk.gathering.capture_text(ARTICLE[1], url="https://harbour.example/lock").items[0]


def passage_with_markup(desk: Desk, _site: Site, _folder: Path) -> str:
    html = f"<p>{ARTICLE[1]}</p><p>And more.</p>"
    return desk.gathering.capture_text(ARTICLE[1], url="https://harbour.example/lock", html=html).items[0]


def charset_of_the_transfer(desk: Desk, site: Site, _folder: Path) -> str:
    told = "Žluťoučký kůň přišel k řece a řekl: nikdo tu není, a tak šel dál.\n"
    site.pages["/told.txt"] = ("text/plain; charset=iso-8859-2", told.encode("iso-8859-2"))
    return desk.gathering.capture(site.url("/told.txt")).items[0]


def page_in_cyrillic(desk: Desk, site: Site, _folder: Path) -> str:
    data = page().replace(b'<meta charset="utf-8">', b"").decode().replace("barges", "баржи")
    site.pages["/page"] = ("text/html; charset=windows-1251", data.encode("windows-1251", "ignore"))
    return desk.gathering.capture(site.url("/page")).items[0]


def feed_followed(desk: Desk, site: Site, _folder: Path) -> str:
    site.pages["/feed"] = ("application/rss+xml", entry(site.url(PATH), ARTICLE[0]))
    (item,) = desk.following.follow(site.url("/feed")).items
    return item


def feed_without_links(desk: Desk, site: Site, _folder: Path) -> str:
    site.pages["/feed"] = ("application/rss+xml", entry("", f"<![CDATA[<p>{ARTICLE[0]}</p>]]>").replace(b"<link></link>", b""))
    (item,) = desk.following.follow(site.url("/feed")).items
    return item


def mail(desk: Desk, _site: Site, folder: Path) -> str:
    head = "From: Ann <ann@x.example>\r\nSubject: A lock\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    (folder / "lock.eml").write_bytes((head + "\n\n".join(ARTICLE)).encode())
    return desk.gathering.capture_file(folder / "lock.eml").items[0]


def page_through(door: Callable[..., Any]) -> Callable[[Desk, Site, Path], str]:
    def capture(desk: Desk, site: Site, folder: Path) -> str:
        return door(desk, site, folder, page()).items[0]

    capture.__name__ = door.__name__
    return capture


_WAYS_IN = (
    passage,
    passage_with_markup,
    charset_of_the_transfer,
    page_in_cyrillic,
    feed_followed,
    feed_without_links,
    mail,
    *map(page_through, DOORS),
)


@pytest.mark.parametrize("way_in", _WAYS_IN, ids=lambda way: way.__name__)
def test_a_source_is_the_same_on_the_other_desk_whatever_door_it_came_through(
    way_in: Callable[[Desk, Site, Path], str], make_desk: MakeDesk, site: Site, tmp_path: Path
) -> None:
    desk, there = make_desk(limits=site.limits), make_desk("there.db")
    item = way_in(desk, site, tmp_path)
    number = desk.writing.new("A lock")
    desk.quoting.quote_in_card(item, 0, 8, number, None)
    imported = there.documents.import_document(bundled(desk, number, tmp_path / "out"))
    assert imported.left_out == ()
    assert there.gathering.item(item) == desk.gathering.item(item)
    assert there.gathering.original(item) == desk.gathering.original(item)
    assert there.store.quotes.all_of(desk.writing.story(number).quote_ids)
