from __future__ import annotations

from workstation.workflow.desk import Desk

from .conftest import ARTICLE, MakeDesk, Site, page

URL = "https://harbourgazette.example/lock"


def words_at(desk: Desk, item: str) -> str | None:
    found = desk.gathering.linked_passage(item)
    return desk.gathering.item(item).text[slice(*found)] if found else None


def test_a_link_with_a_text_fragment_leads_to_its_words(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    site.pages["/lock"] = ("text/html; charset=utf-8", page())
    captured = desk.gathering.capture_url(site.url("/lock#:~:text=nobody%20will-,pay%20tolls,September"))
    (item,) = captured.items
    assert captured.passage == desk.gathering.linked_passage(item)
    assert words_at(desk, item) == "pay tolls before September"
    assert desk.gathering.item(item).url == site.url("/lock")


def test_a_link_that_waited_for_the_network_still_leads_to_its_words(make_desk: MakeDesk, site: Site) -> None:
    url = site.url("/lock#:~:text=two%20harvests")
    away = make_desk(offline=True)
    away.gathering.capture_url(url)
    site.pages["/lock"] = ("text/html; charset=utf-8", page())
    away.store.close()
    desk = make_desk(limits=site.limits)
    (item,) = desk.gathering.fetch_waiting().items
    assert words_at(desk, item) == "two harvests"
    assert desk.gathering.waiting() == []


def test_words_that_are_gone_are_told_and_the_page_is_captured(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    site.pages["/lock"] = ("text/html; charset=utf-8", page())
    captured = desk.gathering.capture_url(site.url("/lock#:~:text=seven%20herons"))
    assert captured.passage is None
    assert captured.message.endswith("The words that were named with it are not in its text.")
    assert words_at(desk, captured.items[0]) is None


def test_copied_words_become_an_item_with_the_address_and_their_html(desk: Desk) -> None:
    html = f"<h2>A lock opens</h2><p>{ARTICLE[0]}</p><ul><li>One <script>alert(1)</script>gate</li></ul>"
    captured = desk.gathering.capture_text(f"A lock opens {ARTICLE[0]} One gate", url=f"{URL}#:~:text=gate", html=html)
    (id,) = captured.items
    item = desk.gathering.item(id)
    assert item.text.split("\n")[:2] == ["A lock opens", ARTICLE[0]]
    assert "alert" not in item.text
    assert (item.title, item.url, item.outlet) == ("A lock opens", URL, desk.gathering.summary(id).outlet)
    assert "harbourgazette.example" in item.outlet
    assert (item.origins["url"], item.origins["text"]) == ("clipboard", "copied passage")
    assert desk.gathering.original(id) == (html.encode(), "text/html")
    assert captured.passage is not None


def test_html_that_lost_the_words_gives_way_to_the_plain_text(desk: Desk) -> None:
    (id,) = desk.gathering.capture_text("\n".join(ARTICLE), url=URL, html="<img src=x><p>…</p>").items
    assert desk.gathering.item(id).text.split("\n") == ARTICLE


def test_a_page_that_a_browser_handed_over_keeps_what_was_selected_there(desk: Desk) -> None:
    html = page(head='<meta charset="gb18030">').decode()
    captured = desk.gathering.capture_page(html, URL, words=f"{ARTICLE[1]}\n\n\t{ARTICLE[2][:40]}")
    (id,) = captured.items
    assert desk.gathering.item(id).text.split("\n") == ARTICLE
    assert words_at(desk, id) == f"{ARTICLE[1]}\n{ARTICLE[2][:40]}".rstrip()
