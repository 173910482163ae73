"""Icons are looked for after a capture, once an outlet, from a real server on loopback."""

from __future__ import annotations

import io
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from workstation.domain.changes import NOTHING, Changes
from workstation.workflow import outlet_icons
from workstation.workflow.desk import Desk

from .conftest import MakeDesk, Site, page, png

HTML = "text/html; charset=utf-8"
WIDE = "#0000ff"


def serve(site: Site, path: str, content: bytes, kind: str = "image/png") -> str:
    site.pages[path] = (kind, content)
    return site.url(path)


def capture(desk: Desk, site: Site, path: str = "/lock", head: str = "", title: str = "A lock opens") -> str:
    return desk.gathering.capture_url(serve(site, path, page(title, head=head), HTML)).items[0]


def icon_of(desk: Desk, item: str) -> Image.Image | None:
    sha256 = desk.gathering.summary(item).icon
    data = desk.outlets.icon(sha256) if sha256 else None
    return Image.open(io.BytesIO(data)).convert("RGB") if data else None


def later(desk: Desk, monkeypatch: pytest.MonkeyPatch, **time: float) -> None:
    """Let the clock of the icons stand that much later."""
    moment = datetime.now(UTC) + timedelta(**time)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment

    monkeypatch.setattr(outlet_icons, "datetime", Clock)


@pytest.fixture
def desk(make_desk: MakeDesk, site: Site) -> Desk:
    return make_desk(limits=site.limits)


def test_an_icon_comes_after_the_item_and_is_told(desk: Desk, site: Site) -> None:
    serve(site, "/touch.png", png(180, 180))
    item = capture(desk, site, head='<link rel="apple-touch-icon" href="/touch.png"><link rel=icon href=/small.ico>')
    told: list[Changes] = []
    changes = desk.outlets.icons.look(found=told.append)
    assert changes.items == {item}
    assert told == [changes]
    assert icon_of(desk, item).size == (64, 64)
    assert site.asked == ["/lock", "/touch.png"]


def test_the_best_of_several_is_taken_and_a_manifest_is_read(desk: Desk, site: Site) -> None:
    serve(site, "/i32.png", png(32, 32, WIDE))
    serve(site, "/m.webmanifest", b'{"icons": [{"src": "/app.png", "sizes": "192x192"}]}', "application/manifest+json")
    serve(site, "/app.png", png(192, 192))
    item = capture(desk, site, head='<link rel="icon" sizes="32x32" href="/i32.png"><link rel=manifest href="/m.webmanifest">')
    desk.outlets.icons.look()
    assert icon_of(desk, item).getpixel((9, 9)) == (122, 46, 29)
    assert "/i32.png" not in site.asked


def test_a_small_square_one_is_better_than_a_wordmark_or_none(desk: Desk, site: Site) -> None:
    serve(site, "/favicon.ico", png(16, 16, WIDE), "image/x-icon")
    serve(site, "/logo.png", png(600, 60))
    item = capture(desk, site, head=f'<meta property="og:logo" content="{site.url("/logo.png")}">')
    desk.outlets.icons.look()
    assert icon_of(desk, item).getpixel((9, 9)) == (0, 0, 255)


def test_a_drawing_becomes_an_icon_and_a_bomb_none(desk: Desk, site: Site) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
    uses = "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 12))
    bomb = svg.format(f'<rect id="a0" width="9" height="9"/>{uses}<use href="#a11"/>')
    serve(site, "/bomb.svg", bomb.encode(), "image/svg+xml")
    serve(site, "/drawn.svg", svg.format('<rect fill="#00f" width="9" height="9"/>').encode(), "image/svg+xml")
    item = capture(desk, site, head="<link rel=icon href=/bomb.svg><link rel=icon href=/drawn.svg>")
    desk.outlets.icons.look()
    assert icon_of(desk, item).getpixel((9, 9)) == (0, 0, 255)


def test_an_outlet_is_asked_once_and_again_after_a_month(desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(site, "/touch.png", png(180, 180))
    head = '<link rel="apple-touch-icon" href="/touch.png">'
    items = [capture(desk, site, f"/{number}", head, f"Lock {number}") for number in range(5)]
    assert desk.outlets.icons.look().items == set(items)
    for number in range(5, 8):
        capture(desk, site, f"/{number}", head, f"Lock {number}")
        assert desk.outlets.icons.look() == NOTHING
    assert site.asked.count("/touch.png") == 1
    later(desk, monkeypatch, days=29)
    desk.outlets.icons.look()
    assert site.asked.count("/touch.png") == 1
    later(desk, monkeypatch, days=31)
    serve(site, "/touch.png", png(180, 180, WIDE))
    assert desk.outlets.icons.look().items
    assert icon_of(desk, items[0]).getpixel((9, 9)) == (0, 0, 255)


def test_that_there_is_none_is_remembered_and_an_icon_that_goes_stays(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = capture(desk, site)
    assert desk.outlets.icons.look() == NOTHING
    asked = len(site.asked)
    capture(desk, site, "/two", title="Two")
    desk.outlets.icons.look()
    assert len(site.asked) == asked + 1
    later(desk, monkeypatch, days=31)
    serve(site, "/favicon.ico", png(64, 64))
    assert item in desk.outlets.icons.look().items
    site.pages.pop("/favicon.ico")
    later(desk, monkeypatch, days=62)
    desk.outlets.icons.look()
    assert icon_of(desk, item) is not None


def test_a_server_that_cannot_answer_now_is_asked_again_a_day_later(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(site, "/touch.png", png(180, 180))
    site.faults["/touch.png"] = "503 Service Unavailable"
    item = capture(desk, site, head='<link rel="apple-touch-icon" href="/touch.png">')
    desk.outlets.icons.look()
    assert icon_of(desk, item) is None
    site.faults.clear()
    assert desk.outlets.icons.look() == NOTHING
    later(desk, monkeypatch, hours=25)
    assert desk.outlets.icons.look().items == {item}


def test_a_saved_page_does_not_name_the_icon_of_the_outlet_that_it_claims_to_be_from(
    desk: Desk, site: Site, tmp_path: Path
) -> None:
    serve(site, "/false.png", png(180, 180, WIDE))
    serve(site, "/true.png", png(180, 180))
    serve(site, "/", page(head='<link rel="apple-touch-icon" href="/true.png">'), HTML)
    claimed = f'<link rel="canonical" href="{site.url("/lock")}"><link rel="apple-touch-icon" href="{site.url("/false.png")}">'
    file = tmp_path / "lock.html"
    file.write_bytes(page(head=claimed))
    (item,) = desk.gathering.capture_file(file).items
    desk.outlets.icons.look()
    assert site.asked == ["/", "/true.png"]
    assert icon_of(desk, item).getpixel((9, 9)) == (122, 46, 29)


def test_without_a_network_nothing_is_asked_and_nothing_remembered_for_long(
    make_desk: MakeDesk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(limits=site.limits)
    serve(site, "/touch.png", png(180, 180))
    item = capture(desk, site, head='<link rel="apple-touch-icon" href="/touch.png">')
    desk.store.close()
    offline = make_desk(offline=True)
    assert offline.outlets.icons.look() == NOTHING
    offline.store.close()
    desk = make_desk(limits=site.limits)
    later(desk, monkeypatch, hours=2)
    assert desk.outlets.icons.look().items == {item}


def test_two_runs_do_not_fetch_the_same_icon_twice(desk: Desk, site: Site) -> None:
    serve(site, "/touch.png", png(180, 180))
    capture(desk, site, head='<link rel="apple-touch-icon" href="/touch.png">')
    runs = [threading.Thread(target=desk.outlets.icons.look) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert site.asked.count("/touch.png") == 1


def test_samples_have_nothing_to_be_fetched(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    desk.sampling.load()
    assert desk.store.outlets.without_icon(datetime.now(UTC), 100) == []
