from __future__ import annotations

from pathlib import Path

import pytest

from workstation.domain.item import Capture, ItemState
from workstation.domain.outlet import Outlet, OutletKind
from workstation.errors import Cancelled, FetchError, InputError, ReadError, StoreError
from workstation.ingest.fetch import fetch
from workstation.workflow import gathering
from workstation.workflow.desk import Desk

from .conftest import ARTICLE, MakeDesk, Site, page, png

ICON = '<link rel="icon" sizes="32x32" href="/icon.png">'


def serve(site: Site, path: str, content: bytes, kind: str = "text/html; charset=utf-8") -> str:
    site.pages[path] = (kind, content)
    return site.url(path)


# --- addresses -----------------------------------------------------------------------------------------------------


def test_a_page_is_fetched_read_and_kept_and_no_icon_is_waited_for(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    url = serve(site, "/lock", page(head=ICON))
    captured = desk.gathering.capture_url(url)
    (id,) = captured.items
    item, summary = desk.gathering.item(id), desk.gathering.summary(id)
    assert captured.message == "Captured “A lock opens” from Harbour Gazette."
    assert captured.tone == "good"
    assert captured.changes.items == {id}
    assert (item.title, item.outlet, item.url, item.language) == ("A lock opens", "Harbour Gazette", url, "en")
    assert item.text.split("\n") == ARTICLE
    assert desk.gathering.original(id) == (page(head=ICON), "text/html")
    assert summary.icon is None
    assert site.asked == ["/lock"]


def test_a_page_that_was_asked_for_over_https_and_came_over_http_says_so(
    make_desk: MakeDesk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server cannot prove who it is on this machine: what it would redirect to is asked for instead."""
    monkeypatch.setattr(gathering, "fetch", lambda url, **rest: fetch(url.replace("https:", "http:"), **rest))
    desk = make_desk(limits=site.limits)
    url = serve(site, "/lock", page())
    captured = desk.gathering.capture_url(url.replace("http:", "https:"))
    assert captured.tone == "warn"
    assert "led to plain http" in captured.message
    assert "plain http" not in desk.gathering.capture_url(url).message


def test_the_same_page_twice_is_one_item_and_said_so(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    url = serve(site, "/lock", page())
    first, again = desk.gathering.capture_url(url), desk.gathering.capture_url(url)
    assert first.items == again.items
    assert len(desk.gathering.items()) == 1
    assert again.message == "“A lock opens” is in the inbox already."


def test_without_a_network_the_address_waits_and_is_fetched_later(make_desk: MakeDesk, site: Site) -> None:
    url = serve(site, "/lock", page())
    offline = make_desk(offline=True)
    captured = offline.gathering.capture_url(url)
    assert captured.items == ()
    assert captured.tone == "warn"
    assert "waits in the inbox" in captured.message
    assert captured.changes.waiting
    assert [waiting.url for waiting in offline.gathering.waiting()] == [url]
    assert site.asked == []
    offline.store.close()

    online = make_desk(limits=site.limits)
    progress: list[tuple[int, int | None]] = []
    fetched = online.gathering.fetch_waiting(progress=lambda done, total: progress.append((done, total)))
    assert len(fetched.items) == 1
    assert fetched.message == "Fetched 1 of 1 waiting links."
    assert fetched.tone == "good"
    assert progress == [(1, 1)]
    assert online.gathering.waiting() == []


def test_an_address_that_fails_again_goes_on_waiting_with_its_reason_and_its_time(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(offline=True)
    good, bad = serve(site, "/lock", page()), site.url("/gone")
    for url in (bad, good):
        desk.gathering.capture_url(url)
    since = desk.gathering.waiting()[0].since
    desk.store.close()
    fetched = (desk := make_desk(limits=site.limits)).gathering.fetch_waiting()
    assert len(fetched.items) == 1
    assert fetched.tone == "warn"
    assert fetched.message.startswith("Fetched 1 of 2 waiting links.")
    (waiting,) = desk.gathering.waiting()
    assert (waiting.url, waiting.since) == (bad, since)
    assert "404" in waiting.reason


def test_cancelling_the_fetch_of_waiting_links_leaves_them_as_they_were(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(offline=True)
    for name in ("/one", "/two"):
        desk.gathering.capture_url(serve(site, name, page(name)))
    before = desk.gathering.waiting()
    desk.store.close()
    desk = make_desk(limits=site.limits)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 1

    assert desk.gathering.fetch_waiting(cancelled=cancelled).items == ()
    assert desk.gathering.waiting() == before


def test_a_waiting_address_can_be_dropped(make_desk: MakeDesk) -> None:
    desk = make_desk(offline=True)
    desk.gathering.capture_url("https://gazette.example/a")
    assert desk.gathering.drop_waiting("https://gazette.example/a").waiting
    assert desk.gathering.waiting() == []


def test_a_page_that_answers_no_is_not_kept_waiting(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    with pytest.raises(FetchError):
        desk.gathering.capture_url(site.url("/gone"))
    assert desk.gathering.waiting() == []
    assert desk.gathering.items() == []


@pytest.mark.parametrize("status", ["503 Busy", "429 Slow", "408 Timeout"])
def test_a_page_that_cannot_be_had_now_waits_and_is_fetched_later(make_desk: MakeDesk, site: Site, status: str) -> None:
    desk = make_desk(limits=site.limits)
    url = serve(site, "/lock", page())
    site.faults["/lock"] = status
    captured = desk.gathering.capture_url(url)
    assert (captured.items, captured.tone, captured.changes.waiting) == ((), "warn", True)
    assert status[:3] in captured.message
    assert "waits in the inbox" in captured.message
    assert [waiting.url for waiting in desk.gathering.waiting()] == [url]
    site.faults.clear()
    assert len(desk.gathering.fetch_waiting().items) == 1
    assert desk.gathering.waiting() == []


def test_a_server_that_takes_no_connections_keeps_the_address_waiting(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    site.close()
    captured = desk.gathering.capture_url(site.url("/lock"))
    assert captured.tone == "warn"
    assert [waiting.url for waiting in desk.gathering.waiting()] == [site.url("/lock")]


def test_an_address_waits_until_its_item_is_kept(make_desk: MakeDesk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(offline=True)
    url = serve(site, "/lock", page())
    desk.gathering.capture_url(url)
    desk.store.close()
    desk = make_desk(limits=site.limits)

    def failing(_capture: Capture) -> bool:
        raise StoreError("Not kept", "The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(desk.store.items, "keep_all", failing)
        with pytest.raises(StoreError):
            desk.gathering.capture_url(url)
    assert [waiting.url for waiting in desk.gathering.waiting()] == [url]
    desk.gathering.capture_url(url)
    assert desk.gathering.waiting() == []


def test_an_address_of_this_machine_is_refused(desk: Desk, site: Site) -> None:
    serve(site, "/lock", page())
    with pytest.raises(FetchError):
        desk.gathering.capture_url(site.url("/lock"))
    assert site.asked == []


def test_a_cancelled_capture_keeps_nothing(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    with pytest.raises(Cancelled):
        desk.gathering.capture_url(serve(site, "/lock", page()), cancelled=lambda: True)
    assert desk.gathering.items() == []


# --- files, folders, text ------------------------------------------------------------------------------------------


def test_files_of_every_kind_become_items(desk: Desk, tmp_path: Path) -> None:
    files = {
        "lock.html": page(),
        "lock.HTM": page("Another lock"),
        "tide.txt": "Tides of the north\n\nThe water rose twice in one night.".encode("utf-16"),
        "notes.md": b"# Notes on the ice\n\nThe ice came **early** this year.",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    items = [desk.gathering.item(desk.gathering.capture(str(tmp_path / name)).items[0]) for name in files]
    assert [item.title for item in items] == ["A lock opens", "Another lock", "Tides of the north", "Notes on the ice"]
    assert "The ice came early this year." in items[3].text
    assert [desk.gathering.original(item.id)[0] for item in items] == list(files.values())


def test_a_file_can_be_named_by_its_address(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a lock.html"
    file.write_bytes(page())
    assert desk.gathering.capture(file.as_uri()).items


def test_a_folder_is_captured_with_what_can_be_read_in_it(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    (folder / "deeper").mkdir(parents=True)
    (folder / "a.html").write_bytes(page("One"))
    (folder / "copy of a.html").write_bytes(page("One"))
    (folder / "deeper" / "b.md").write_bytes(b"# Two\n\nSome words.")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(png())
    captured = desk.gathering.capture(str(folder))
    assert sorted(item.title for item in desk.gathering.items()) == ["One", "Two"]
    assert captured.message.startswith("Captured 2 sources.")
    assert "empty.txt is empty" in captured.message
    assert captured.tone == "warn"


def test_a_folder_without_a_readable_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="no file that a reader knows"):
        desk.gathering.capture(str(tmp_path / "none"))


def test_cancelling_a_folder_keeps_what_is_in_already(desk: Desk, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        files.append(tmp_path / f"{number}.md")
        files[-1].write_text(f"# Title {number}\n\nWords.")
    captured = desk.gathering.capture_files(files, cancelled=lambda: len(desk.gathering.items()) == 2)
    assert len(captured.items) == 2
    with pytest.raises(Cancelled):
        desk.gathering.capture_files(files, cancelled=lambda: True)


def test_pasted_words_become_an_item_under_their_first_line(desk: Desk) -> None:
    (id,) = desk.gathering.capture_text("The harbour froze\n\nNobody could leave for nine days.").items
    item = desk.gathering.item(id)
    assert item.title == "The harbour froze"
    assert "Nobody could leave for nine days." in item.text
    with pytest.raises(ReadError):
        desk.gathering.capture_text(" \n ")


def test_a_file_that_no_reader_knows_says_which_are_known(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "report.avi"
    file.write_bytes(b"RIFF\x24\x00\x00\x00AVI LIST")
    with pytest.raises(ReadError) as caught:
        desk.gathering.capture(str(file))
    assert "report.avi" in caught.value.title
    assert "web pages" in caught.value.detail


def test_a_file_that_cannot_be_read_says_why(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        desk.gathering.capture_file(tmp_path / "folder.html")
    with pytest.raises(InputError, match="No such file"):
        desk.gathering.capture_file(tmp_path / "gone.html")


def test_a_picture_that_calls_itself_a_page_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(png())
    with pytest.raises(ReadError, match=r"page\.html"):
        desk.gathering.capture(str(tmp_path / "page.html"))
    assert desk.gathering.items() == []


@pytest.mark.parametrize(
    "target", ["", "  ", "nothing", "a sentence. With a dot", "x" * 5000, "~nobody_at_all/x", "file://[bad", "a\0b", "gone.html"]
)
def test_a_target_that_is_neither_an_address_nor_a_file_is_refused(desk: Desk, target: str) -> None:
    with pytest.raises(InputError, match="neither an address nor a file"):
        desk.gathering.capture(target)


@pytest.mark.parametrize("typed", ["gazette.example/lock", "https://gazette.example/lock", " gazette.example/lock "])
def test_an_address_may_be_typed_without_its_scheme(make_desk: MakeDesk, typed: str) -> None:
    desk = make_desk(offline=True)
    desk.gathering.capture(typed)
    assert [waiting.url for waiting in desk.gathering.waiting()] == ["https://gazette.example/lock"]


# --- the inbox -----------------------------------------------------------------------------------------------------


def test_the_editor_sorts_tags_and_notes_items(desk: Desk, item: str) -> None:
    assert desk.gathering.counts()[ItemState.UNREAD] == 1
    assert desk.gathering.triaging.put({item: ItemState.SHORTLISTED}).items == {item}
    assert desk.gathering.triaging.tag({item: ["river", "trade"]}).items == {item}
    assert desk.gathering.triaging.note({item: "call the clerk"}).items == {item}
    summary = desk.gathering.summary(item)
    assert (summary.state, summary.tags, summary.notes) == (ItemState.SHORTLISTED, ("river", "trade"), "call the clerk")
    assert desk.gathering.counts()[ItemState.SHORTLISTED] == 1


def test_a_spiked_item_leaves_the_list_but_not_the_desk(desk: Desk, item: str) -> None:
    desk.gathering.triaging.put({item: ItemState.SPIKED})
    assert desk.gathering.items() == []
    assert [entry.id for entry in desk.gathering.items(state=ItemState.SPIKED)] == [item]
    assert desk.gathering.item(desk.gathering.resolve(item[:5])).text.split("\n") == ARTICLE


def test_items_are_found_by_words_of_their_text(desk: Desk, item: str) -> None:
    assert [entry.id for entry in desk.gathering.items(query="harv barges")] == [item]
    assert desk.gathering.items(query="glacier") == []


def test_what_the_editor_says_of_an_outlet_shows_in_every_list(desk: Desk, item: str) -> None:
    outlet = Outlet(name="Harbour Gazette", domains=("harbourgazette.example",), country="NZ", kind=OutletKind.PUBLIC)
    desk.store.items.set_outlet(outlet)
    assert desk.gathering.summary(item).country == "NZ"
    assert [known.kind for known in desk.store.items.outlets()] == [OutletKind.PUBLIC]
