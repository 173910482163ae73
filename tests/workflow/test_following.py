"""Following feeds over real servers on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workstation.domain.item import ItemState
from workstation.errors import FetchError, InputError, NotFoundError, ReadError
from workstation.ingest.fetch import OfflineError
from workstation.workflow.desk import Desk
from workstation.workflow.whole_articles import fetch_whole

from .conftest import ARTICLE, MakeDesk, page
from .feed_site import WORDS, FeedSite, drip, endless, gzip_bomb, rss, torn

ONE, TWO = ("1", "A lock opens", WORDS), ("2", "Tolls rise", "Nobody pays before September.")


@pytest.fixture
def site() -> Iterator[FeedSite]:
    site = FeedSite()
    yield site
    site.close()


@pytest.fixture
def desk(make_desk: MakeDesk, site: FeedSite) -> Desk:
    return make_desk(limits=site.limits)


def titles(desk: Desk) -> list[str]:
    return [summary.title for summary in desk.gathering.items()]


def minutes_until_due(desk: Desk, id: int) -> float:
    return (desk.following.feed(id).due - datetime.now(UTC)) / timedelta(minutes=1)


# --- following -----------------------------------------------------------------------------------------------------


def test_a_followed_feed_brings_items_with_all_that_it_says_of_them(desk: Desk, site: FeedSite) -> None:
    url = site.feed("/feed", rss(ONE, TWO, more="<language>en</language><link>https://gazette.example/</link>"))
    followed = desk.following.follow(url, folder=" Asia /Press ")
    assert followed.message == "Following “Harbour Gazette”: 2 new sources."
    assert followed.changes.feeds
    assert followed.changes.items == set(followed.items)
    item = desk.gathering.item(next(id for id in followed.items if desk.gathering.item(id).title == "A lock opens"))
    assert (item.url, item.outlet, item.text, item.language) == ("https://gazette.example/1", "Harbour Gazette", WORDS, "en")
    assert item.origins["title"] == "feed"
    original, media_type = desk.gathering.original(item.id)
    assert media_type == "application/x-feed-entry+json"
    assert WORDS.encode() in original
    (feed,) = desk.following.feeds()
    assert (feed.folder, feed.title, feed.home, feed.unread) == ("Asia / Press", "Harbour Gazette", "https://gazette.example/", 2)
    assert desk.following.follow(url).message == "“Harbour Gazette” is followed already."


def test_the_only_feed_of_a_site_is_followed_and_of_several_the_editor_chooses(desk: Desk, site: FeedSite) -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="{0}" href="/{0}.xml">'
    site.feed("/world.xml", rss(ONE))
    site.play("/one", 200, page(head=link.format("world")), Content_Type="text/html")
    site.play("/two", 200, page(head=link.format("world") + link.format("sport")), Content_Type="text/html")
    choice = desk.following.follow(f"{site.base}/two")
    assert [(offer.title, offer.url) for offer in choice.offers] == [
        ("world", f"{site.base}/world.xml"),
        ("sport", f"{site.base}/sport.xml"),
    ]
    assert desk.following.feeds() == []
    assert len(desk.following.follow(f"{site.base}/one").items) == 1


def test_a_site_that_names_no_feed_is_asked_at_the_usual_places(desk: Desk, site: FeedSite) -> None:
    site.play("/", 200, page(), Content_Type="text/html")
    with pytest.raises(ReadError, match="none at the usual places"):
        desk.following.follow(site.base)
    site.feed("/atom.xml", rss(ONE))
    assert desk.following.follow(site.base).message.startswith("Following “Harbour Gazette”")
    assert desk.following.feeds()[0].url == f"{site.base}/atom.xml"


def test_a_feed_that_is_captured_is_followed_and_so_is_a_list_of_feeds(desk: Desk, site: FeedSite, tmp_path: Path) -> None:
    url = site.feed("/feed", rss(ONE))
    captured = desk.gathering.capture(url)
    assert len(captured.items) == 1
    assert captured.changes.feeds
    other = site.feed("/other", rss(TWO, title="Bell"))
    file = tmp_path / "list.opml"
    file.write_text(f'<opml><body><outline text="B" xmlUrl="{other}"/><outline text="G" xmlUrl="{url}"/></body></opml>')
    assert desk.gathering.capture(str(file)).message == "Following 1 new feed. 1 was followed already."
    assert [feed.url for feed in desk.store.feeds.due(datetime.now(UTC))] == [other]
    saved = tmp_path / "saved.xml"
    saved.write_bytes(rss(ONE, ("3", "A saved one", "Words of it.")))
    assert desk.gathering.capture(str(saved)).message == (
        "1 new source from the feed “Harbour Gazette”. To follow it, capture its address."
    )
    assert len(desk.following.feeds()) == 2


def test_without_the_network_nothing_is_asked(make_desk: MakeDesk, site: FeedSite) -> None:
    desk = make_desk(offline=True)
    with pytest.raises(OfflineError):
        desk.following.follow(site.feed("/feed", rss(ONE)))
    with pytest.raises(OfflineError):
        file = Path(desk.path).with_name("l.opml")
        file.write_text(f'<opml><body><outline text="B" xmlUrl="{site.base}/feed"/></body></opml>')
        desk.following.import_file(file)
        desk.following.refresh_all()
    assert site.asked == []


# --- refreshing ----------------------------------------------------------------------------------------------------


def test_only_what_is_new_is_asked_for_and_only_what_is_new_comes(desk: Desk, site: FeedSite) -> None:
    url = site.feed("/feed", rss(ONE), ETag='"a"', Last_Modified="Mon, 02 Mar 2026 09:10:00 GMT")
    (id,) = desk.following.follow(url).feeds
    desk.gathering.triaging.put(dict.fromkeys(desk.store.feeds.items(id), ItemState.READ))
    assert desk.following.refresh_all().items == ()
    assert site.headers_of("/feed")["If-None-Match"] == '"a"'
    assert site.headers_of("/feed")["If-Modified-Since"] == "Mon, 02 Mar 2026 09:10:00 GMT"
    site.feed("/feed", rss(TWO, ONE), ETag='"b"')
    refreshed = desk.following.refresh_all()
    assert refreshed.message == "1 new source from 1 feed."
    assert [summary.state for summary in desk.gathering.items(state=ItemState.READ)] == [ItemState.READ]
    assert titles(desk)[0] == "Tolls rise"
    assert desk.following.refresh_all().items == ()


def test_an_entry_whose_words_changed_comes_as_another_item_and_one_that_only_moved_does_not(desk: Desk, site: FeedSite) -> None:
    url = site.feed("/feed", rss(ONE, more="<pubDate>Mon, 02 Mar 2026 09:10:00 GMT</pubDate>"))
    (id,) = desk.following.follow(url).feeds
    site.feed("/feed", rss(TWO, ONE))
    assert len(desk.following.refresh([id]).items) == 1
    site.feed("/feed", rss(("1", "A lock opens", WORDS + " Corrected.")))
    (new,) = desk.following.refresh([id]).items
    assert desk.gathering.item(new).text.endswith("Corrected.")
    assert len(titles(desk)) == 2
    assert desk.gathering.summary(new).versions == 2


def test_following_again_what_was_followed_before_doubles_nothing(desk: Desk, site: FeedSite) -> None:
    url = site.feed("/feed", rss(ONE, TWO))
    (id,) = desk.following.follow(url).feeds
    ids = desk.store.feeds.items(id)
    desk.gathering.triaging.put(dict.fromkeys(ids, ItemState.ARCHIVED))
    desk.following.unfollow(id)
    again = desk.following.follow(url)
    assert again.items == ()
    assert len(desk.gathering.items(state=ItemState.ARCHIVED)) == 2
    assert set(desk.store.feeds.items(again.feeds[0])) == set(ids)


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address_and_one_that_is_away_at_its_own(
    desk: Desk, site: FeedSite
) -> None:
    (good,) = desk.following.follow(site.feed("/feed", rss(ONE))).feeds
    (away,) = desk.following.follow(site.feed("/away", rss(TWO, title="Bell"))).feeds
    site.feed("/new", rss(ONE))
    site.play("/feed", 301, Location="/new")
    site.play("/away", 302, Location="/new")
    desk.following.refresh_all()
    assert desk.following.feed(good).url == f"{site.base}/new"
    assert desk.following.feed(away).url == f"{site.base}/away"


def test_a_feed_that_is_gone_is_paused_with_the_reason_until_the_editor_goes_on(desk: Desk, site: FeedSite) -> None:
    (id,) = desk.following.follow(site.feed("/feed", rss(ONE))).feeds
    site.play("/feed", 410)
    refreshed = desk.following.refresh_all()
    assert "gone for good (410)" in refreshed.failures[0][1]
    assert desk.following.feed(id).paused
    desk.following.refresh_all()
    assert site.count("/feed") == 2
    desk.following.pause(id, False)
    site.feed("/feed", rss(ONE, TWO))
    assert len(desk.following.refresh_due().items) == 1
    assert desk.following.feed(id).error == ""


@pytest.mark.parametrize(("status", "told"), [(429, "7200"), (503, "date")])
def test_a_server_that_asks_to_be_left_alone_is(desk: Desk, site: FeedSite, status: int, told: str) -> None:
    (id,) = desk.following.follow(site.feed("/feed", rss(ONE))).feeds
    moment = datetime.now(UTC) + timedelta(hours=2)
    value = told if told.isdigit() else moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    site.play("/feed", status, Retry_After=value)
    desk.following.refresh([id])
    assert minutes_until_due(desk, id) == pytest.approx(120, abs=1)
    assert desk.following.feed(id).failures == 1


def test_a_feed_that_fails_again_and_again_is_asked_ever_more_rarely(desk: Desk, site: FeedSite) -> None:
    (id,) = desk.following.follow(site.feed("/feed", rss(ONE))).feeds
    site.play("/feed", 500)
    waits = []
    for _ in range(6):
        desk.following.refresh([id])
        waits.append(round(minutes_until_due(desk, id) / 60))
    assert waits == [2, 4, 8, 16, 24, 24]
    site.feed("/feed", rss(ONE))
    desk.following.refresh([id])
    assert desk.following.feed(id).failures == 0
    assert minutes_until_due(desk, id) == pytest.approx(60, abs=1)


def test_what_the_feed_and_its_server_ask_for_is_the_least_time_between_requests(desk: Desk, site: FeedSite) -> None:
    (ttl,) = desk.following.follow(site.feed("/ttl", rss(ONE, more="<ttl>180</ttl>"))).feeds
    (age,) = desk.following.follow(site.feed("/age", rss(TWO), Cache_Control="public, max-age=14400")).feeds
    assert minutes_until_due(desk, ttl) == pytest.approx(180, abs=1)
    assert minutes_until_due(desk, age) == pytest.approx(240, abs=1)
    desk.following.set_every(ttl, 1440)
    with pytest.raises(InputError):
        desk.following.set_every(ttl, 1)


def test_hostile_and_broken_feeds_are_told_each_with_its_cause_and_spoil_no_other(desk: Desk, site: FeedSite) -> None:
    good = site.feed("/good", rss(ONE))
    bad = {
        "Endless": (site.act("/endless", endless), "longer than"),
        "Slow": (site.act("/slow", drip), "seconds"),
        "Bomb": (site.act("/bomb", gzip_bomb), "longer than"),
        "Torn": (site.act("/torn", torn), "broke off"),
        "Page": (site.play("/page", 200, page(), Content_Type="text/html"), "A page came instead of a feed"),
        "Picture": (site.play("/picture", 200, b"\x89PNG", Content_Type="image/png"), "image/png"),
        "Empty": (site.play("/empty", 200, b"", Content_Type="text/xml"), "empty"),
        "Words": (site.play("/words", 200, b"Hello there.", Content_Type="text/xml"), "neither RSS"),
        "Round": (site.play("/round", 302, Location="/round"), "redirects more than"),
        "Private": ("http://10.0.0.1/feed", "private network"),
    }
    outlines = "".join(f'<outline text="{name}" xmlUrl="{url}"/>' for name, (url, _) in bad.items())
    file = Path(desk.path).with_name("bad.opml")
    file.write_text(f'<opml><body>{outlines}<outline text="Good" xmlUrl="{good}"/></body></opml>')
    desk.following.import_file(file)
    refreshed = desk.following.refresh_all()
    assert titles(desk) == ["A lock opens"]
    told = dict(refreshed.failures)
    assert told.keys() == bad.keys()
    assert {name: cause for name, (_, cause) in bad.items() if cause not in told[name]} == {}
    assert refreshed.asked == len(bad) + 1
    assert all(feed.error == told.get(feed.label, "") for feed in desk.following.feeds())


def test_one_host_is_never_asked_for_more_than_two_feeds_at_once(desk: Desk, site: FeedSite) -> None:
    file = Path(desk.path).with_name("many.opml")
    urls = [site.feed(f"/{number}", rss((str(number), f"Title {number}", WORDS))) for number in range(30)]
    file.write_text("<opml><body>" + "".join(f'<outline text="n" xmlUrl="{url}"/>' for url in urls) + "</body></opml>")
    desk.following.import_file(file)
    told: list[tuple[int, int | None]] = []
    refreshed = desk.following.refresh_all(progress=lambda *numbers: told.append(numbers))
    assert len(refreshed.items) == 30
    assert told[-1] == (30, 30)
    assert site.most_at_once <= 2


def test_what_came_before_the_editor_cancelled_stays(desk: Desk, site: FeedSite) -> None:
    file = Path(desk.path).with_name("many.opml")
    urls = [site.feed(f"/{number}", rss((str(number), f"Title {number}", WORDS))) for number in range(20)]
    file.write_text("<opml><body>" + "".join(f'<outline text="n" xmlUrl="{url}"/>' for url in urls) + "</body></opml>")
    desk.following.import_file(file)
    refreshed = desk.following.refresh_all(cancelled=lambda: len(site.asked) >= 6)
    assert 0 < len(refreshed.items) < 20
    assert set(titles(desk)) == {desk.gathering.item(id).title for id in refreshed.items}
    assert len(desk.following.refresh_due().items) == 20 - len(refreshed.items)


def test_a_feed_that_is_renamed_or_removed_while_it_is_asked_stays_so(desk: Desk, site: FeedSite) -> None:
    (kept,) = desk.following.follow(site.feed("/kept", rss(ONE))).feeds
    (gone,) = desk.following.follow(site.feed("/gone", rss(TWO, title="Bell"))).feeds
    wait, asked = threading.Event(), threading.Event()

    def slow(handler) -> None:
        asked.set()
        wait.wait(5)
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(rss(("9", "News", "Of the day.")))

    for path in ("/kept", "/gone"):
        site.act(path, slow)
    thread = threading.Thread(target=desk.following.refresh_all)
    thread.start()
    assert asked.wait(5)
    desk.following.rename(kept, "  My   paper ")
    desk.following.move(kept, "Europe")
    desk.following.unfollow(gone)
    wait.set()
    thread.join(10)
    (feed,) = desk.following.feeds()
    assert (feed.label, feed.folder, feed.items) == ("My paper", "Europe", 2)


# --- the list ------------------------------------------------------------------------------------------------------


def test_a_list_that_was_exported_is_followed_again_as_it_was(make_desk: MakeDesk, tmp_path: Path) -> None:
    file, out = tmp_path / "in.opml", tmp_path / "out.opml"
    file.write_text(
        '<opml><body><outline text="Asia"><outline text="Press"><outline text="Gazette" xmlUrl="https://g.example/f"/></outline>'
        '</outline><outline text="Bell &amp; Co" xmlUrl="https://b.example/f" htmlUrl="https://b.example/"/></body></opml>'
    )
    first, second = make_desk(), make_desk("other.db")
    first.following.import_file(file)
    assert first.following.export(out) == 2
    second.following.import_file(out)

    def facts(desk: Desk) -> list[tuple[str, str, str, str | None]]:
        return [(feed.url, feed.label, feed.folder, feed.home) for feed in desk.following.feeds()]

    assert facts(first) == facts(second)
    assert facts(first)[1] == ("https://g.example/f", "Gazette", "Asia / Press", None)


def test_a_feed_is_found_by_a_part_of_its_name(desk: Desk, site: FeedSite) -> None:
    desk.following.follow(site.feed("/a", rss(ONE, title="Harbour Gazette")))
    desk.following.follow(site.feed("/b", rss(ONE, title="Harbour Bell")))
    assert desk.following.named("bell").url.endswith("/b")
    for name in ("harbour", "nobody"):
        with pytest.raises(NotFoundError):
            desk.following.named(name)


def test_the_whole_article_of_an_entry_is_fetched(desk: Desk, site: FeedSite) -> None:
    entry = f"<item><title>A lock opens</title><link>{site.base}/lock</link><description>Only the beginning…</description></item>"
    site.feed("/feed", rss(more=entry))
    (short,) = desk.following.follow(f"{site.base}/feed").items
    site.play("/lock", 200, page(), Content_Type="text/html; charset=utf-8")
    captured = fetch_whole(desk.gathering, [short], cancelled=lambda: False, progress=lambda *_: None)
    (whole,) = captured.items
    assert desk.gathering.item(whole).text.split("\n") == ARTICLE
    assert desk.gathering.item(short).text == "Only the beginning…"
    site.play("/lock", 404)
    with pytest.raises(FetchError):
        fetch_whole(desk.gathering, [short], cancelled=lambda: False, progress=lambda *_: None)


def test_a_json_feed_that_is_declared_as_mere_json_is_followed_when_it_is_captured(desk: Desk, site: FeedSite) -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "Lantern", '
    body += b'"items": [{"id": "1", "title": "A", "content_text": "B"}]}'
    url = site.play("/feed.json", 200, body, Content_Type="application/json")
    assert desk.gathering.capture(url).message == "Following “Lantern”: 1 new source."
    with pytest.raises(ReadError):
        desk.gathering.capture(site.play("/data", 200, b'{"a": 1}', Content_Type="application/json"))


def test_a_feed_that_the_program_closes_over_is_none_that_failed(desk: Desk, site: FeedSite, monkeypatch) -> None:
    url = site.feed("/feed", rss(ONE))
    id = desk.following.follow(url).feeds[0]
    site.feed("/feed", rss(ONE, TWO))
    is_closing = threading.Event()

    def ask(*_arguments: object, **_named: object) -> None:
        is_closing.set()
        raise ReadError("Nothing was read", "The program is closing.")

    monkeypatch.setattr(desk.worker, "ask", ask)
    desk.following.refresh([id], cancelled=is_closing.is_set)
    feed = desk.following.feed(id)
    assert (feed.error, feed.failures) == ("", 0)
