"""Whatever the door it comes through, a page is one row of the inbox with its versions, and a capture names the right one."""

from __future__ import annotations

import plistlib
from collections.abc import Callable
from pathlib import Path

import pytest

from workstation.ingest.passage import PART_OF_PAGE
from workstation.workflow.desk import Desk
from workstation.workflow.gathering import Captured
from workstation.workflow.whole_articles import fetch_whole

from .conftest import ARTICLE, MakeDesk, Site, page

PATH = "/world/a-lock-opens-81234"
TEASER = "Barges queue at Orrin before sunrise."

Door = Callable[[Desk, Site, Path, bytes], Captured]


@pytest.fixture
def desk(make_desk: MakeDesk, site: Site) -> Desk:
    return make_desk(limits=site.limits)


def later() -> bytes:
    return page().replace(b"61 barges", b"16 barges")


def entry(url: str, words: str) -> bytes:
    item = f"<item><guid>1</guid><title>A lock opens</title><link>{url}</link><description>{words}</description></item>"
    return f'<rss version="2.0"><channel><title>Harbour Gazette</title>{item}</channel></rss>'.encode()


def file_of(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


# --- the doors -----------------------------------------------------------------------------------------------------


def address(desk: Desk, site: Site, _: Path, data: bytes) -> Captured:
    asked = f"{PATH}?utm_source=door"
    site.pages[asked] = ("text/html; charset=utf-8", data)
    return desk.gathering.capture(site.url(asked))


def browser(desk: Desk, site: Site, _: Path, data: bytes) -> Captured:
    return desk.gathering.capture_page(data.decode(), site.url(PATH))


def single_file(desk: Desk, site: Site, folder: Path, data: bytes) -> Captured:
    told = f"<!--\n Page saved with SingleFile \n url: {site.url(PATH)} \n-->".encode()
    return desk.gathering.capture_file(file_of(folder, "single.html", data.replace(b"<head>", told + b"<head>")))


def mhtml(desk: Desk, site: Site, folder: Path, data: bytes) -> Captured:
    head = f"Snapshot-Content-Location: {site.url(PATH)}\r\nContent-Location: {site.url(PATH)}\r\nMIME-Version: 1.0\r\n"
    whole = f"{head}Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode() + data
    return desk.gathering.capture_file(file_of(folder, "saved.mhtml", whole))


def webarchive(desk: Desk, site: Site, folder: Path, data: bytes) -> Captured:
    main = {"WebResourceData": data, "WebResourceURL": site.url(PATH), "WebResourceTextEncodingName": "UTF-8"}
    return desk.gathering.capture_file(file_of(folder, "saved.webarchive", plistlib.dumps({"WebMainResource": main})))


def folder_of_pages(desk: Desk, site: Site, folder: Path, data: bytes) -> Captured:
    inner = folder / "pages"
    inner.mkdir(exist_ok=True)
    file_of(inner, "saved.html", f"<!-- saved from url=(0030){site.url(PATH)} -->".encode() + data)
    return desk.gathering.capture(str(inner))


def feed_file(desk: Desk, site: Site, folder: Path, data: bytes) -> Captured:
    words = ARTICLE[0] + (" Later." if data == later() else "")
    return desk.gathering.capture_file(file_of(folder, "feed.xml", entry(site.url(PATH), words)))


DOORS: tuple[Door, ...] = (address, browser, single_file, mhtml, webarchive, folder_of_pages, feed_file)


@pytest.mark.parametrize("door", DOORS)
def test_the_same_address_twice_is_one_row_with_its_versions_and_the_capture_names_the_right_one(
    desk: Desk, site: Site, tmp_path: Path, door: Door
) -> None:
    first = door(desk, site, tmp_path, page())
    again = door(desk, site, tmp_path, page())
    assert again.items == first.items
    assert again.tone == ""
    changed = door(desk, site, tmp_path, later())
    (row,) = desk.gathering.items()
    assert (row.id,) == changed.items != first.items
    assert row.versions == 2
    assert {*changed.items, *first.items} <= changed.changes.items | set(first.items)
    assert [version.id for version in desk.revisiting.versions(row.id)] == [*changed.items, *first.items]


@pytest.mark.parametrize("door", [door for door in DOORS if door is not feed_file])
def test_what_came_through_one_door_is_met_again_at_every_other(desk: Desk, site: Site, tmp_path: Path, door: Door) -> None:
    first = browser(desk, site, tmp_path, page())
    met = door(desk, site, tmp_path, page())
    assert met.items == first.items
    assert len(desk.gathering.items()) == 1
    assert desk.gathering.summary(first.items[0]).outlet == "Harbour Gazette"


def test_a_copied_passage_is_no_version_of_its_page(desk: Desk, site: Site, tmp_path: Path) -> None:
    (whole,) = address(desk, site, tmp_path, page()).items
    passage = desk.gathering.capture_text(ARTICLE[1], url=site.url(PATH))
    assert passage.items != (whole,)
    assert desk.gathering.capture_text(ARTICLE[1], url=site.url(PATH)).items == passage.items
    assert desk.gathering.item(passage.items[0]).origins["text"] == PART_OF_PAGE
    assert len(desk.revisiting.versions(whole)) == 1
    assert {row.id for row in desk.gathering.items()} == {whole, *passage.items}


def test_pasted_words_are_one_item_however_often_they_are_pasted(desk: Desk) -> None:
    first, again = (desk.gathering.capture_text("\n".join(ARTICLE)) for _ in range(2))
    assert first.items == again.items
    assert len(desk.gathering.items()) == 1


# --- feeds and their pages -----------------------------------------------------------------------------------------


def test_an_entry_and_its_whole_article_are_one_row_that_has_not_changed(desk: Desk, site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = ("application/rss+xml", entry(site.url(PATH), TEASER))
    (told,) = desk.following.follow(site.url("/feed")).items
    site.pages[PATH] = ("text/html; charset=utf-8", page())
    captured = fetch_whole(desk.gathering, [told], cancelled=lambda: False, progress=lambda _done, _all: None)
    (row,) = desk.gathering.items()
    assert (row.id,) == captured.items
    assert desk.gathering.item(row.id).text.split("\n") == ARTICLE
    assert (row.versions, row.changed) == (2, False)
    assert captured.message == "Captured the page of “A lock opens”; what the feed told of it is kept as a version."
    (feed,) = desk.following.feeds()
    assert (feed.items, feed.unread) == (1, 1)
    assert [found.id for found in desk.gathering.items(query="feed:harbour")] == [row.id]
    desk.following.refresh_all()
    assert [(found.id, found.versions) for found in desk.gathering.items()] == [(row.id, 2)]


@pytest.mark.parametrize("words", [TEASER, ARTICLE[0][:60] + "…", "In other words: " + " ".join(ARTICLE)])
def test_what_a_feed_tells_never_takes_the_place_of_the_page(desk: Desk, site: Site, tmp_path: Path, words: str) -> None:
    (whole,) = address(desk, site, tmp_path, page()).items
    site.pages["/feed"] = ("application/rss+xml", entry(site.url(PATH), words))
    followed = desk.following.follow(site.url("/feed"))
    assert followed.items == ()
    (row,) = desk.gathering.items()
    assert (row.id, row.versions) == (whole, 1)
    (feed,) = desk.following.feeds()
    assert set(desk.store.feeds.items(feed.id)) == {whole}


def test_a_feed_that_has_all_of_what_a_page_only_begins_brings_a_version(desk: Desk, site: Site, tmp_path: Path) -> None:
    short = page().split(b"<p>")[0] + f"<p>{ARTICLE[0]} Subscribe to read on, and pay less.</p></article></body></html>".encode()
    address(desk, site, tmp_path, short)
    site.pages["/feed"] = ("application/rss+xml", entry(site.url(PATH), " ".join(ARTICLE)))
    (fed,) = desk.following.follow(site.url("/feed")).items
    (row,) = desk.gathering.items()
    assert (row.id, row.versions) == (fed, 2)
