import json
import mailbox
import os
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from workstation.errors import Cancelled, InputError
from workstation.workflow.desk import Desk
from workstation.workflow.folders import readable_files

from .conftest import ARTICLE, MakeDesk, Site, page, png


def mails(path: Path, count: int) -> Path:
    box = mailbox.mbox(path)
    for number in range(count):
        message = EmailMessage()
        message["From"], message["Subject"], message["Message-ID"] = (
            "a@post.example",
            f"Mail {number}",
            f"<{number}@post.example>",
        )
        message.set_content(f"{number}. {ARTICLE[0]}")
        box.add(message)
    box.close()
    return path


def test_a_mailbox_brings_its_mails_and_says_so_in_one_sentence(desk: Desk, tmp_path: Path) -> None:
    box = mails(tmp_path / "letters.mbox", 3)
    captured = desk.gathering.capture(str(box))
    assert (captured.message, captured.tone, len(captured.items)) == ("Captured 3 sources from letters.mbox.", "good", 3)
    assert sorted(entry.title for entry in desk.gathering.items()) == ["Mail 0", "Mail 1", "Mail 2"]
    assert b"Subject: Mail 0" in desk.gathering.original(captured.items[0])[0]
    again = desk.gathering.capture(str(box))
    assert (again.message, again.tone) == ("All 3 sources of letters.mbox are in the inbox already.", "")


def test_bookmarks_wait_to_be_fetched_with_their_titles(desk: Desk, tmp_path: Path, site: Site) -> None:
    marks = [{"name": f"Lock {number}", "url": f"https://gazette.example/{number}"} for number in range(300)]
    (tmp_path / "Bookmarks").write_text(json.dumps({"roots": {"bookmark_bar": {"children": marks}}}))
    captured = desk.gathering.capture(str(tmp_path / "Bookmarks"))
    assert (captured.items, captured.tone, captured.changes.waiting) == ((), "good", True)
    assert captured.message == "300 addresses from Bookmarks wait in the inbox to be fetched."
    waiting = desk.gathering.waiting()
    assert len(waiting) == 300
    assert (waiting[7].url, waiting[7].reason) == ("https://gazette.example/7", "From Bookmarks: Lock 7")
    assert site.asked == []


def test_a_link_file_leads_to_its_page(make_desk: MakeDesk, tmp_path: Path, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    site.pages["/lock"] = ("text/html; charset=utf-8", page())
    (tmp_path / "lock.url").write_text(f"[InternetShortcut]\r\nURL={site.url('/lock')}\r\n")
    captured = desk.gathering.capture(str(tmp_path / "lock.url"))
    assert captured.message == "Captured “A lock opens” from Harbour Gazette."
    assert desk.gathering.item(captured.items[0]).url == site.url("/lock")


def test_a_document_at_an_address_is_an_item(make_desk: MakeDesk, site: Site) -> None:
    desk = make_desk(limits=site.limits)
    site.pages["/minutes"] = (
        "message/rfc822",
        b"From: a@post.example\r\nMessage-ID: <1>\r\nSubject: Minutes\r\n\r\nThe lock opened.\r\n",
    )
    item = desk.gathering.item(desk.gathering.capture_url(site.url("/minutes")).items[0])
    assert (item.title, item.text, item.media_type) == ("Minutes", "The lock opened.", "message/rfc822")


def test_an_archive_with_a_broken_part_keeps_the_others_and_names_it(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.html", page("One"))
        archive.writestr("b.html", page("Two"))
        archive.writestr("c.pdf", b"%PDF-1.7")
    captured = desk.gathering.capture(str(tmp_path / "all.zip"))
    assert captured.tone == "warn"
    assert captured.message.startswith("Captured 2 sources from all.zip. c.pdf could not be read.")


def test_a_saved_pages_icon_comes_from_the_folder_beside_it_and_the_folder_brings_nothing_else(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "lock.htm").write_bytes(page(head='<link rel="icon" href="lock_files/icon.png">'))
    (tmp_path / "lock_files").mkdir()
    (tmp_path / "lock_files" / "icon.png").write_bytes(png())
    (tmp_path / "lock_files" / "frame.html").write_bytes(page("An advertisement"))
    (tmp_path / ".hidden.html").write_bytes(page("Hidden"))
    (tmp_path / "notes").write_bytes(b"words without an ending, which is no known kind")
    assert readable_files(tmp_path) == [tmp_path / "lock.htm"]
    (id,) = desk.gathering.capture(str(tmp_path)).items
    assert desk.gathering.summary(id).icon is not None


def test_an_icon_outside_the_folder_of_a_saved_page_is_not_read(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    (tmp_path / "lock_files").mkdir()
    (tmp_path / "lock.htm").write_bytes(page(head='<link rel="icon" href="lock_files/../secret.png">'))
    (id,) = desk.gathering.capture(str(tmp_path / "lock.htm")).items
    assert desk.gathering.summary(id).icon is None


def test_a_folder_of_links_alone_is_no_failure(make_desk: MakeDesk, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "a.url").write_text("[InternetShortcut]\nURL=https://gazette.example/a\n")
    (folder / "b.url").write_text("[InternetShortcut]\nURL=https://gazette.example/b\n")
    captured = make_desk(offline=True).gathering.capture(str(folder))
    assert captured.message == "2 links wait in the inbox to be fetched."


def test_a_folder_can_be_cancelled_before_its_first_file(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a.html").write_bytes(page())
    with pytest.raises(Cancelled):
        desk.gathering.capture(str(tmp_path / "f"), cancelled=lambda: True)
    assert desk.gathering.items() == []


def test_what_a_folder_holds_beside_plain_files_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "secret.txt"
    folder.mkdir()
    elsewhere.write_text("Nobody's business", encoding="utf-8")
    own = folder / "own.txt"
    own.write_text(f"Own words\n\n{ARTICLE[0]}", encoding="utf-8")
    (folder / "out.txt").symlink_to(elsewhere)
    (folder / "in.txt").symlink_to(own)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    os.mkfifo(folder / "pipe.txt")
    assert readable_files(folder) == [folder / "in.txt", own]
    with pytest.raises(InputError, match="a pipe"):
        desk.gathering.capture_file(folder / "pipe.txt")
    assert desk.gathering.capture(str(folder)).tone == "good"
    assert len(desk.gathering.items()) == 1
