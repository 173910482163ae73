from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from workstation.ui.inbox.targets import Target, TargetKind, targets_in, targets_of
from workstation.ui.mime import ITEM_TYPE

LINK, FILE, TEXT = TargetKind.LINK, TargetKind.FILE, TargetKind.TEXT


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  https://lantern-post.example/a?b=c  ", [(LINK, "https://lantern-post.example/a?b=c")]),
        ("lantern-post.example/a", [(LINK, "https://lantern-post.example/a")]),
        ("https://a.example/1\nhttps://b.example/2\n", [(LINK, "https://a.example/1"), (LINK, "https://b.example/2")]),
        ("https://a.example/1 https://b.example/2", [(LINK, "https://a.example/1"), (LINK, "https://b.example/2")]),
        ("<https://a.example/1?b>", [(LINK, "https://a.example/1?b")]),
        ("feed://a.example/rss", [(LINK, "https://a.example/rss")]),
        ("feed:http://a.example/rss", [(LINK, "http://a.example/rss")]),
        ("feed: a list of what came", [(TEXT, "feed: a list of what came")]),
        ("The bar was dredged.", [(TEXT, "The bar was dredged.")]),
        ("See https://a.example/1 for more", [(TEXT, "See https://a.example/1 for more")]),
        ("It's a \"half", [(TEXT, "It's a \"half")]),
        ("javascript:alert(1)", [(TEXT, "javascript:alert(1)")]),
        ("/no/such/file.txt", [(FILE, "/no/such/file.txt")]),
        ("/etc and so on", [(TEXT, "/etc and so on")]),
        ("   \n ", []),
    ],
)
def test_what_is_typed_is_taken_for_a_link_or_for_words(typed, expected):
    assert list(targets_of(typed)) == [Target(*target) for target in expected]


def test_paths_that_exist_are_files_also_with_spaces_and_several_at_once(tmp_path: Path):
    first, second = tmp_path / "tide tables.txt", tmp_path / "pilots.txt"
    first.touch()
    second.touch()
    assert targets_of(str(first)) == (Target(FILE, str(first)),)
    assert targets_of(f"'{first}' {second}") == (Target(FILE, str(first)), Target(FILE, str(second)))
    assert targets_of(first.as_uri()) == (Target(FILE, str(first)),)


def test_a_drop_gives_its_files_and_web_links_and_nothing_else(tmp_path: Path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://a.example/1"), QUrl("ftp://a.example/2"), QUrl("data:,x")])
    mime.setText("ignored")
    assert targets_in(mime) == (Target(FILE, str(tmp_path)), Target(LINK, "https://a.example/1"))


def test_items_of_the_inbox_itself_are_never_captured():
    mime = QMimeData()
    mime.setData(ITEM_TYPE, b"abc")
    mime.setUrls([QUrl("https://a.example/1")])
    assert targets_in(mime) == ()


URL = "https://harbourgazette.example/lock?a=b"


def test_copied_words_keep_the_address_of_their_page():
    mime = QMimeData()
    mime.setText("The gate rose.")
    mime.setHtml("<p>The gate rose.</p>")
    mime.setData("chromium/x-source-url", URL.encode())
    assert targets_in(mime) == (Target(TEXT, "The gate rose.", URL, mime.html()),)


def test_a_copied_link_is_fetched_wherever_it_was_copied():
    mime = QMimeData()
    mime.setText("https://lantern-post.example/a")
    mime.setData("text/x-moz-url-priv", URL.encode("utf-16-le"))
    assert targets_in(mime) == (Target(LINK, "https://lantern-post.example/a"),)


def test_a_page_that_the_bookmarklet_copied_is_one_page_with_its_address():
    html = f"<!-- saved from url=(0039){URL} --><html><body><p>The gate rose.</p></body></html>"
    mime = QMimeData()
    mime.setText(URL)
    mime.setHtml(html)
    (target,) = targets_in(mime)
    assert (target.kind, target.url, target.value) == (TargetKind.PAGE, URL, html)
