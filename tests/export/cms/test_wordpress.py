"""WordPress's client against a server that does what a real WordPress does not do on demand."""

from __future__ import annotations

import contextlib
import io
import json
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from workstation.domain.destination import CmsKind, Destination
from workstation.domain.picture import Picture, PictureNote
from workstation.errors import Cancelled, HeldBackError, SendError
from workstation.export.cms import calling
from workstation.export.cms.delivery import Handling, Parcel, Receipt, SentPicture
from workstation.export.cms.wordpress.delivering import check, deliver
from workstation.export.cms.wordpress.pictures import with_pictures
from workstation.export.cms.wordpress.terms import merged

from .answering import AnsweringServer, Call, Reply
from .answering_wordpress import WordPress
from .kept import Kept

SECRET = "abcd EFGH ijkl MNOP qrst UVWX"
MARK = "signals-0011223344556677"
BLOCK = (
    '<!-- wp:image {"sizeSlug":"full","linkDestination":"none"} -->\n'
    '<figure class="wp-block-image size-full"><img src="ferry-files/quay.png" alt="A quay"/></figure>\n<!-- /wp:image -->\n\n'
)
TEXT = "<!-- wp:paragraph -->\n<p>The ferry waits.</p>\n<!-- /wp:paragraph -->\n"


def makes(call: Call, kind: str) -> bool:
    return call.method == "POST" and call.path.endswith(f"/{kind}")


@pytest.fixture
def wordpress() -> Iterator[WordPress]:
    there = WordPress()
    with AnsweringServer(there) as server:
        there.url = server.url
        there.calls = server.calls  # type: ignore[attr-defined]
        yield there


@pytest.fixture
def memory() -> Kept:
    return Kept()


def note() -> PictureNote:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "#204060").save(data, "PNG")
    picture = Picture(data.getvalue(), "image/png", 8, 8)
    return PictureNote(file="ferry-files/quay.png", picture=picture, role="lead image", alternative_text="A quay", caption="Quay")


def parcel(content: str = BLOCK + TEXT, **more: Any) -> Parcel:
    fields = {"title": "The ferry", "slug": "ferry", "excerpt": "It waits.", "terms": {"categories": ["Harbours"], "tags": []}}
    picture = note()
    whole = Parcel(
        mark=MARK, fields=fields, content=content, pictures=(picture,), addresses={picture.file: picture.file}, featured=None
    )
    return replace(whole, **more)


def send(there: WordPress, memory: Kept, whole: Parcel | None = None, **handling: Any) -> Receipt:
    house = Destination(name="House", kind=CmsKind.WORDPRESS, url=there.url, user="ilse")
    return deliver(whole or parcel(), house, SECRET, memory, Handling(**handling))


def test_a_delivery_makes_one_draft_and_names_its_picture_by_its_address(wordpress: WordPress, memory: Kept) -> None:
    receipt = send(wordpress, memory)
    [post] = wordpress.posts.values()
    assert (post["slug"], post["status"], receipt.post) == ("ferry", "draft", "1")
    assert '{"sizeSlug":"full","linkDestination":"none","id":1} -->' in receipt.sent
    assert f'<img src="{wordpress.url}/uploads/1.png" alt="A quay" class="wp-image-1"/>' in receipt.sent
    assert send(wordpress, memory).is_new is False and len(wordpress.posts) == len(wordpress.media) == 1


def test_a_picture_of_two_stories_keeps_the_words_of_each(wordpress: WordPress, memory: Kept) -> None:
    other = Kept(pictures=memory.pictures)
    theirs = parcel(mark="signals-8899aabbccddeeff", pictures=(replace(note(), alternative_text="Un quai"),))
    for _ in range(2):
        send(wordpress, memory)
        send(wordpress, other, theirs)
    assert [media["alt_text"] for media in wordpress.media.values()] == ["A quay", "Un quai"]
    send(wordpress, Kept(pictures=memory.pictures), parcel(mark="signals-0000000000000000"))
    assert len(wordpress.media) == 2


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(500, {"code": "internal_server_error"}), "fault of its own"),
        (Reply(502, b"<html>Bad gateway"), "cannot answer now"),
        (Reply(200, b"<html><form>Log in"), "a page where data was expected"),
        (Reply(200, b"[1, 2]"), "no data"),
        (Reply(401, {"code": "rest_cannot_edit"}), "may not do this"),
        (Reply(403, b"<html>Blocked by a firewall"), "answered 403"),
        (Reply(429, b"slow", {"Retry-After": "30"}), "in 30 seconds"),
        (Reply(429, b"slow", {"Retry-After": "Wed, 21 Oct 2037 07:28:00 GMT"}), "after 07:28:00"),
        (Reply(413, b"<html>"), "too large"),
        (Reply(302, b"", {"Location": "https://elsewhere.example/wp-json/"}), "leads on to https://elsewhere.example"),
        (Reply(200, b"{}", {"Content-Encoding": "br"}), "unusual way"),
    ],
)
@pytest.mark.parametrize("route", ["users/me", "posts/1", "posts"])
def test_what_goes_wrong_is_told_and_another_try_makes_one_post(
    wordpress: WordPress, memory: Kept, reply: Reply, told: str, route: str
) -> None:
    wordpress.odd = lambda call: reply if call.path.endswith(f"/{route}") else None
    with pytest.raises(SendError) as raised:
        send(wordpress, memory)
    assert told in str(raised.value) or route == "users/me"
    assert not any(secret in repr(raised.value) for secret in (SECRET, SECRET.replace(" ", "")))
    wordpress.odd = lambda call: None
    send(wordpress, memory)
    assert [post["slug"] for post in wordpress.posts.values()] == ["ferry"] and len(wordpress.media) == 1


def test_the_secret_follows_no_redirect_and_goes_to_no_other_host(wordpress: WordPress, memory: Kept) -> None:
    with AnsweringServer(lambda call: Reply(200, {})) as thief:
        for move in (
            lambda call: Reply(307, b"", {"Location": f"{thief.url}{call.path}"}),
            lambda call: (
                Reply(200, b"", {"Link": f'<{thief.url}/wp-json/>; rel="https://api.w.org/"'}) if call.path == "/" else None
            ),
        ):
            wordpress.odd = move  # type: ignore[assignment]
            with pytest.raises(SendError, match=thief.url.removeprefix("http://")):
                send(wordpress, memory)
        assert thief.calls == []


def test_a_secret_never_goes_over_http_to_a_public_host(memory: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: public)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("it connected"))
    house = Destination(name="House", kind=CmsKind.WORDPRESS, url="http://house.example", user="ilse")
    with pytest.raises(SendError, match="https"):
        deliver(parcel(), house, SECRET, memory, Handling())


def test_the_site_is_looked_for_without_the_secret(wordpress: WordPress, memory: Kept) -> None:
    send(wordpress, memory)
    bare = [call.path for call in wordpress.calls if "authorization" not in call.headers]  # type: ignore[attr-defined]
    assert bare == ["/", "/wp-json/"]


def test_what_is_no_wordpress_is_told(wordpress: WordPress, memory: Kept) -> None:
    wordpress.odd = lambda call: Reply(404, b"<html>Not here")
    with pytest.raises(SendError, match="no WordPress"):
        send(wordpress, memory)


def test_a_site_without_application_passwords_is_told(wordpress: WordPress, memory: Kept) -> None:
    def odd(call: Call) -> Reply | None:
        if call.path == "/wp-json/":
            return Reply(200, {"namespaces": ["wp/v2"], "authentication": []})
        return Reply(401, {"code": "rest_not_logged_in"}) if call.path.endswith("/users/me") else None

    wordpress.odd = odd
    with pytest.raises(SendError, match="takes no application passwords"):
        send(wordpress, memory)


@pytest.mark.parametrize(
    ("status", "value"),
    [(413, b"<html>"), (500, {"code": "rest_upload_sideload_error"}), (400, {"code": "rest_upload_file_too_big"})],
)
def test_a_picture_that_the_site_never_takes_is_told_and_its_block_left_out(
    wordpress: WordPress, memory: Kept, status: int, value: Any
) -> None:
    wordpress.odd = lambda call: Reply(status, value) if makes(call, "media") else None
    receipt = send(wordpress, memory)
    assert "quay.png” was left out" in receipt.left_out[0] and receipt.sent == TEXT


def test_a_user_who_may_make_no_categories_is_told(wordpress: WordPress, memory: Kept) -> None:
    wordpress.odd = lambda call: Reply(403, {"code": "rest_cannot_create"}) if makes(call, "categories") else None
    assert send(wordpress, memory).left_out == (
        "The category “Harbours” was left out: Ilse may not make it. Ask an editor there.",
    )


def test_a_category_that_somebody_made_meanwhile_is_used(wordpress: WordPress, memory: Kept) -> None:
    exists = Reply(400, {"code": "term_exists", "data": {"status": 400, "term_id": 9}})
    wordpress.odd = lambda call: exists if makes(call, "categories") else None
    send(wordpress, memory)
    assert wordpress.posts[1]["categories"] == [9]


def test_an_update_whose_answer_was_lost_is_no_colleagues_change(wordpress: WordPress, memory: Kept) -> None:
    send(wordpress, memory)
    changed = parcel(BLOCK + TEXT.replace("waits", "leaves"))

    def lost(call: Call) -> Reply | None:
        if call.method != "POST" or not call.path.endswith("/posts/1"):
            return None
        wordpress.odd = lambda call: None
        wordpress(call)
        return Reply(200, b"{", {"Content-Length": "9000"}, write=lambda out: out.write(b"{"))

    wordpress.odd = lost
    with pytest.raises(SendError, match="nothing is doubled"):
        send(wordpress, memory, changed)
    assert "leaves" in wordpress.posts[1]["content"]["raw"]
    send(wordpress, memory, parcel(BLOCK + TEXT.replace("waits", "returns")))
    assert "returns" in wordpress.posts[1]["content"]["raw"]


def test_a_colleagues_change_after_an_update_that_was_lost_is_held_back(wordpress: WordPress, memory: Kept) -> None:
    send(wordpress, memory)
    wordpress.odd = lambda call: Reply(500, b"") if call.method == "POST" and call.path.endswith("/posts/1") else None
    with pytest.raises(SendError):
        send(wordpress, memory, parcel(TEXT))
    wordpress.odd = lambda call: None
    wordpress.posts[1]["content"]["raw"] += "<!-- wp:paragraph --><p>Theirs.</p><!-- /wp:paragraph -->"
    with pytest.raises(HeldBackError, match=r"Theirs\."):
        send(wordpress, memory, parcel(TEXT))
    send(wordpress, memory, parcel(TEXT), force=True)
    assert "Theirs" not in wordpress.posts[1]["content"]["raw"]


def test_a_drip_ends_at_the_deadline(wordpress: WordPress, memory: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def drip(out: Any) -> None:
        with contextlib.suppress(OSError):  # who asked has hung up
            for _ in range(100):
                out.write(b" ")
                out.flush()
                time.sleep(0.1)

    monkeypatch.setattr(calling.Caller.__init__, "__defaults__", (1.0,))
    wordpress.odd = lambda call: Reply(200, write=drip) if call.path.endswith("/users/me") else None
    began = time.monotonic()
    with pytest.raises(SendError, match="within 1 seconds"):
        send(wordpress, memory)
    assert time.monotonic() - began < 4


def test_an_endless_answer_is_cut(wordpress: WordPress, memory: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "LONGEST_ANSWER", 2**20)
    huge = json.dumps("x" * 2**21).encode()
    wordpress.odd = lambda call: Reply(200, huge) if call.path.endswith("/users/me") else None
    with pytest.raises(SendError, match="more than"):
        send(wordpress, memory)


def test_cancelling_sends_no_more(wordpress: WordPress, memory: Kept) -> None:
    steps: list[str] = []
    with pytest.raises(Cancelled):
        send(wordpress, memory, progress=steps.append, cancelled=lambda: len(steps) == 2)
    assert wordpress.posts == {}


def test_a_destination_that_takes_no_connections_is_told(memory: Kept) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    house = Destination(name="House", kind=CmsKind.WORDPRESS, url=f"http://127.0.0.1:{port}", user="ilse")
    with pytest.raises(SendError, match="takes no connections"):
        check(house, SECRET, Handling())


@pytest.mark.parametrize(
    ("there", "wanted", "before", "then"),
    [
        ([1], [5], [1], [5]),
        ([5, 8], [5], [5], [5, 8]),
        ([8], [5], [5], [8]),
        ([5], [6], [5], [6]),
        ([5], [], [5], []),
        ([], [5, 6], [5], [6]),
    ],
)
def test_terms_of_others_stay_as_they_want_them(there: list[int], wanted: list[int], before: list[int], then: list[int]) -> None:
    assert merged(there, wanted, before) == then


def test_a_block_keeps_its_attributes_and_other_pictures_are_left_alone() -> None:
    other = BLOCK.replace("quay", "other").replace('"linkDestination":"none"', '"note":"a -- b"')
    sent = SentPicture(media="7", address="https://house.example/up/quay.png", told="")
    text = with_pictures(parcel(other + BLOCK), {"ferry-files/quay.png": sent})
    assert text.startswith(other) and '"id":7' in text and text.count("wp-image-7") == 1
    assert with_pictures(parcel(other + BLOCK), {}) == other
