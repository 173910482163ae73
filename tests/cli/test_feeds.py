"""The calls about feeds."""

from __future__ import annotations

from pathlib import Path

FEED = """<rss version="2.0"><channel><title>Harbour Gazette</title><item><title>A lock opens</title>
<link>https://gazette.example/1</link><description>The first barge went through at dawn.</description></item></channel></rss>"""
LIST = """<opml version="2.0"><body><outline text="Asia"><outline text="Bell" xmlUrl="https://bell.example/feed"/></outline>
<outline text="Gazette" xmlUrl="https://gazette.example/feed"/></body></opml>"""


def test_a_saved_feed_is_captured_as_items(program, tmp_path: Path) -> None:
    file = tmp_path / "saved.xml"
    file.write_text(FEED)
    answer = program("capture", file, "--json")
    assert answer.code == 0, answer.err
    (item,) = answer.objects
    assert (item["title"], item["outlet"], item["text"]) == (
        "A lock opens",
        "Harbour Gazette",
        "The first barge went through at dawn.",
    )


def test_feeds_are_imported_listed_exported_and_followed_no_longer(program, tmp_path: Path) -> None:
    file, out = tmp_path / "list.opml", tmp_path / "out.opml"
    file.write_text(LIST)
    assert program("--offline", "capture", file).code == 0
    listed = program("feeds", "--json")
    assert [(feed["title"], feed["folder"], feed["paused"], feed["error"]) for feed in listed.objects] == [
        ("Gazette", "", False, None),
        ("Bell", "Asia", False, None),
    ]
    assert program("feeds", "unfollow", "gazette").code == 0
    assert program("feeds", "export", "--out", out).lines == [str(out)]
    assert 'xmlUrl="https://bell.example/feed"' in out.read_text()
    assert "gazette.example" not in out.read_text()
    again = program("feeds", "import", file)
    assert again.err.strip() == "Following 1 new feed. 1 was followed already."


def test_what_cannot_be_asked_is_one_clear_line(program, tmp_path: Path) -> None:
    file = tmp_path / "list.opml"
    file.write_text('<opml><body><outline text="Near" xmlUrl="http://127.0.0.1:9/feed"/></body></opml>')
    assert program("feeds", "import", file).code == 0
    refused = program("feeds", "refresh", "--json")
    assert refused.code == 3
    assert refused.objects[0]["failures"][0]["feed"] == "Near"
    assert "only public pages are fetched" in refused.err
    offline = program("--offline", "feeds", "refresh")
    assert (offline.code, offline.err.strip()) == (
        3,
        "The feeds were not refreshed: The network is switched off (--offline).",
    )
    assert program("feeds", "unfollow", "nobody").code == 2
    assert program("feeds", "import", tmp_path / "none.opml").code == 2
    assert program("feeds", "follow", "http://127.0.0.1:9/").code == 3
