"""Ghost's client against a server that does what a real Ghost does not do on demand."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import io
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from PIL import Image

from workstation.domain.destination import CmsKind, Destination
from workstation.domain.picture import Picture, PictureNote
from workstation.errors import Cancelled, HeldBackError, SendError
from workstation.export.cms import calling
from workstation.export.cms.delivery import Handling, Parcel, Receipt
from workstation.export.cms.ghost.delivering import check, deliver

from .answering import AnsweringServer, Call, Reply
from .answering_ghost import API, Answers, Ghost, error
from .kept import Kept

IDENTITY, SECRET = "6b0816bd35091d115c129480", "a4c178dd66a2112b1ec9fd3bda6550c3c06712aafa1a4e49d3f1383214032b1e"
KEY = f"{IDENTITY}:{SECRET}"
MARK = "signals-0011223344556677"


@pytest.fixture
def ghost() -> Ghost:
    return Ghost()


@pytest.fixture
def server(ghost: Ghost) -> Iterator[AnsweringServer]:
    with AnsweringServer(ghost) as server:
        ghost.url = server.url
        yield server


def picture(colour: str = "#47636b") -> Picture:
    data = io.BytesIO()
    Image.new("RGB", (64, 40), colour).save(data, "PNG")
    return Picture(data.getvalue(), "image/png", 64, 40)


def parcel(**fields: Any) -> Parcel:
    note = PictureNote(file="quay-files/the quay.png", picture=picture(), role="lead image", alternative_text="A quay")
    content = (
        '<figure><img src="quay-files/the%20quay.png" alt="A quay"><figcaption>Quay.</figcaption></figure>\n<p>It opened.</p>\n'
    )
    return Parcel(
        mark=MARK,
        fields={"posts": [{"title": "A quay opens", "slug": "quay", "tags": ["Trade"], **fields}]},
        content=content,
        pictures=(note,),
        addresses={note.file: "quay-files/the%20quay.png"},
    )


def featured(**fields: Any) -> Parcel:
    plain = parcel(**fields)
    return Parcel(
        mark=MARK,
        fields=plain.fields,
        content="<p>It opened.</p>\n",
        pictures=plain.pictures,
        addresses=plain.addresses,
        featured=plain.pictures[0].file,
    )


def house(server: AnsweringServer) -> Destination:
    return Destination(name="House", kind=CmsKind.GHOST, url=server.url)


def send(server: AnsweringServer, memory: Kept | None = None, what: Parcel | None = None, **handling: Any) -> Receipt:
    return deliver(what or parcel(), house(server), KEY, memory or Kept(), Handling(**handling))


def told(server: AnsweringServer, **handling: Any) -> str:
    """What the editor reads when it does not go through; nothing of the secret."""
    with pytest.raises(SendError) as failure:
        send(server, **handling)
    text = str(failure.value)
    assert SECRET not in text
    assert SECRET[:16] not in text
    assert "ey" + "J" not in text  # how a token begins
    return text


def only(path: str, reply: Reply, method: str = "") -> Answers:
    return lambda call: reply if call.path == API + path and method in ("", call.method) else None


def claims(call: Call) -> dict[str, Any]:
    return json.loads(base64.urlsafe_b64decode(call.headers["authorization"].split(".")[1] + "=="))


# --- the key -------------------------------------------------------------------------------------------------------


def test_each_call_bears_a_fresh_token_that_ghost_can_verify(server: AnsweringServer) -> None:
    send(server)
    signed = [call for call in server.calls if "authorization" in call.headers]
    assert len(signed) == len(server.calls) - 1  # the first asks what everybody may know
    for call in signed:
        scheme, token = call.headers["authorization"].split(" ")
        head, body, mac = token.split(".")
        expected = hmac.digest(bytes.fromhex(SECRET), f"{head}.{body}".encode(), hashlib.sha256)
        assert scheme == "Ghost"
        assert base64.urlsafe_b64decode(mac + "=" * (-len(mac) % 4)) == expected
        assert json.loads(base64.urlsafe_b64decode(head + "=="))["kid"] == IDENTITY
        assert claims(call)["aud"] == "/admin/"
        assert abs(claims(call)["iat"] - time.time()) < 5
        assert claims(call)["exp"] - claims(call)["iat"] <= 300


@pytest.mark.parametrize("key", ["", "a2b9c4", SECRET[:26], f"{IDENTITY}:", f"{IDENTITY}:xyz", f"{IDENTITY}:{SECRET[:-1]}"])
def test_what_is_no_admin_key_is_told_before_anything_is_sent(server: AnsweringServer, key: str) -> None:
    with pytest.raises(SendError, match="Admin API key"):
        check(house(server), key, Handling())
    assert not server.calls


def test_a_key_may_be_copied_with_spaces_and_line_breaks(server: AnsweringServer) -> None:
    assert check(house(server), f" {IDENTITY}:\n{SECRET.upper()} ", Handling()).site == "The Lantern"


def test_a_clock_that_is_wrong_here_is_made_good_by_the_time_there(server: AnsweringServer, ghost: Ghost) -> None:
    there = datetime.now(UTC) + timedelta(minutes=20)
    site = Reply(200, {"site": {"title": "The Lantern", "version": "6.65"}}, {"Date": format_datetime(there, usegmt=True)})
    ghost.odd = only("site/", site)
    send(server)
    assert all(abs(claims(call)["iat"] - there.timestamp()) < 5 for call in server.calls[1:])


def test_a_token_that_is_too_old_there_is_told_with_both_clocks(server: AnsweringServer, ghost: Ghost) -> None:
    ghost.odd = only("users/me/", error(401, "Invalid token: jwt expired", code="INVALID_JWT"))
    assert "clock" in told(server)


# --- what may go wrong ---------------------------------------------------------------------------------------------

PAGE = Reply(200, b"<!doctype html><title>Log in</title>", {"Content-Type": "text/html"})


@pytest.mark.parametrize(
    ("path", "method", "reply", "words"),
    [
        ("site/", "GET", Reply(404, b"<h1>Not found</h1>", {"Content-Type": "text/html"}), "There is no Ghost"),
        ("site/", "GET", PAGE, "There is no Ghost"),
        ("site/", "GET", Reply(200, {"site": {"version": "4.48"}}), "Ghost 4.48"),
        ("site/", "GET", Reply(200, [1]), "There is no Ghost"),
        ("site/", "GET", Reply(503, b"", {"Retry-After": "30"}), "in 30 seconds"),
        ("users/me/", "GET", error(401, "Unknown Admin API Key"), "does not know this key"),
        ("users/me/", "GET", PAGE, "a page"),
        ("users/me/", "GET", Reply(404, b"<h1>Not found</h1>", {"Content-Type": "text/html"}), "404"),
        ("users/me/", "GET", Reply(200, {"users": []}), "no data"),
        ("posts/", "GET", error(403, "Permission error"), "may not"),
        ("posts/", "GET", Reply(200, {"posts": "?"}), ""),
        ("posts/", "POST", error(422, "Validation error", context="Too long.", property="custom_excerpt"), "custom excerpt"),
        ("posts/", "POST", error(406, "Request not acceptable"), "6.65"),
        ("posts/", "POST", error(429, "Too many attempts."), "fewer calls"),
        ("posts/", "POST", error(500, "An unexpected error"), "500"),
        ("posts/", "POST", PAGE, "a page"),
        ("posts/", "POST", Reply(201, {"posts": []}), "no data"),
        ("posts/", "POST", Reply(201, b'{"posts": [{"id": "../x"}]}'), "no data"),
        ("images/upload/", "POST", error(500, "An unexpected error"), "500"),
        ("images/upload/", "POST", Reply(201, {"images": [{"url": "javascript:1"}]}), "where the picture lies"),
        ("images/upload/", "POST", Reply(302, b"", {"Location": "https://other.example/"}), "leads on to"),
    ],
)
def test_a_refusal_is_told_with_its_cause_and_its_mend(
    server: AnsweringServer, ghost: Ghost, path: str, method: str, reply: Reply, words: str
) -> None:
    ghost.odd = only(path, reply, method)
    if words:
        assert words in told(server)
    else:
        send(server)  # a list that is none is no list of posts


def test_a_token_follows_no_redirect_to_another_host(server: AnsweringServer, ghost: Ghost) -> None:
    with AnsweringServer(lambda call: Reply()) as other:
        ghost.odd = lambda call: Reply(301, b"", {"Location": f"{other.url}{call.path}"})
        assert other.url in told(server)
        ghost.odd = only("users/me/", Reply(307, b"", {"Location": f"{other.url}/ghost/api/admin/users/me/"}))
        assert other.url in told(server)
        assert not other.calls


def test_words_of_the_server_are_one_short_line_and_hold_no_secret(server: AnsweringServer, ghost: Ghost) -> None:
    ghost.odd = lambda call: (
        error(422, f"Bad\n\x1b[31m{'so ' * 500}", context=call.headers["authorization"]) if call.method == "POST" else None
    )
    text = told(server)
    assert "\n" not in text
    assert "\x1b" not in text
    assert len(text) < 600


def test_an_answer_that_drips_ends_at_its_deadline(
    server: AnsweringServer, ghost: Ghost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drip(out: Any) -> None:
        with contextlib.suppress(OSError):
            for _ in range(100):
                out.write(b" ")
                time.sleep(0.1)

    monkeypatch.setattr("workstation.export.cms.calling.Caller.__init__.__defaults__", (0.6,))
    ghost.odd = only("users/me/", Reply(write=drip))
    begun = time.monotonic()
    assert "seconds" in told(server)
    assert time.monotonic() - begun < 4


def test_an_answer_without_an_end_is_cut(server: AnsweringServer, ghost: Ghost) -> None:
    def pour(out: Any) -> None:
        with contextlib.suppress(OSError):
            for _ in range(2 * calling.LONGEST_ANSWER // 65_536):
                out.write(b" " * 65_536)

    ghost.odd = only("users/me/", Reply(write=pour))
    assert "MiB" in told(server)


def test_the_editor_can_cancel_and_go_on_later(server: AnsweringServer, ghost: Ghost) -> None:
    memory, steps = Kept(), []
    with pytest.raises(Cancelled):
        send(server, memory, progress=steps.append, cancelled=lambda: "Sending the picture" in steps)
    assert send(server, memory).status == "draft"
    assert len(ghost.posts) == len(ghost.images) == 1


# --- nothing doubled, nothing lost ---------------------------------------------------------------------------------


def test_a_draft_is_made_once_and_updated_ever_after(server: AnsweringServer, ghost: Ghost) -> None:
    memory = Kept()
    first, second = send(server, memory), send(server, memory)
    (post,) = ghost.posts.values()
    assert (first.is_new, second.is_new) == (True, False)
    assert (post["slug"], post["status"], post["title"]) == ("quay", "draft", "A quay opens")
    assert post["html"] == first.sent == second.sent
    assert ghost.images[0] in post["html"]
    assert len(ghost.images) == 1


def test_later_calls_leave_to_the_site_what_is_its_own(server: AnsweringServer, ghost: Ghost) -> None:
    memory = Kept()
    send(server, memory)
    next(iter(ghost.posts.values())).update(slug="another", status="published", tags=[{"name": "Harbour"}], authors=[])
    send(server, memory)
    changed = [call for call in server.calls if call.method == "PUT"][-1].fields["posts"][0]
    assert not changed.keys() & {"slug", "status", "tags", "authors", "visibility", "published_at", "featured"}


def test_a_late_twin_that_is_empty_is_removed_and_a_written_one_stays(server: AnsweringServer, ghost: Ghost) -> None:
    ghost.add(slug=MARK, status="draft", title="A quay opens")
    ghost.add(slug=f"{MARK}-2", status="draft", title="A quay opens")
    written = ghost.add(slug=f"{MARK}-3", status="draft", html="<p>Somebody wrote here.</p>")
    send(server)
    assert [post["slug"] for post in ghost.posts.values()] == ["quay", written["slug"]]


def test_a_picture_whose_answer_was_lost_is_found_where_ghost_put_it(server: AnsweringServer, ghost: Ghost) -> None:
    def lost(call: Call) -> Reply | None:
        if not call.path.endswith("images/upload/") or ghost.images:
            return None
        ghost.odd = lambda call: None
        ghost(call)
        return Reply(502, b"")

    memory = Kept()
    ghost.odd = lost
    with pytest.raises(SendError):
        send(server, memory)
    send(server, memory)
    assert len(ghost.images) == 1
    assert ghost.images[0] in next(iter(ghost.posts.values()))["html"]


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_a_picture_that_ghost_never_takes_is_left_out_and_told(server: AnsweringServer, ghost: Ghost, status: int) -> None:
    ghost.odd = only("images/upload/", error(status, "The image you uploaded was larger than the maximum."))
    receipt = send(server)
    assert receipt.sent == "<p>It opened.</p>\n"
    assert "the quay.png" in receipt.left_out[0]
    receipt = send(server, what=featured(feature_image_alt="A quay", feature_image_caption="Quay."))
    assert not any(list(ghost.posts.values())[-1].get(name) for name in ("feature_image", "feature_image_alt"))


def test_a_featured_picture_goes_with_its_words_and_leaves_with_them(server: AnsweringServer, ghost: Ghost) -> None:
    memory = Kept()
    send(server, memory, featured(feature_image_alt="A quay", feature_image_caption="Quay &amp; ferry."))
    (post,) = ghost.posts.values()
    assert (post["feature_image"], post["feature_image_alt"]) == (ghost.images[0], "A quay")
    assert post["feature_image_caption"] == "Quay &amp; ferry."
    send(server, memory)
    assert not any(post[name] for name in ("feature_image", "feature_image_alt", "feature_image_caption"))


def test_what_is_too_long_for_ghost_is_cut_at_a_word_and_told(server: AnsweringServer, ghost: Ghost) -> None:
    receipt = send(server, what=featured(feature_image_alt="A very long quay, " * 20, custom_excerpt="Ferries " * 60))
    (post,) = ghost.posts.values()
    assert len(post["feature_image_alt"]) <= 191
    assert post["feature_image_alt"].endswith(" very…")
    assert len(post["custom_excerpt"]) <= 300
    assert len(receipt.left_out) == 2


# --- somebody else's work ------------------------------------------------------------------------------------------


def test_a_text_that_somebody_changed_is_held_back_until_the_editor_says_so(server: AnsweringServer, ghost: Ghost) -> None:
    memory = Kept()
    send(server, memory)
    (post,) = ghost.posts.values()
    post["html"] = "<p>It closed.</p>"
    with pytest.raises(HeldBackError, match="It closed"):
        send(server, memory)
    assert post["html"] == "<p>It closed.</p>"
    send(server, memory, force=True)
    assert "It opened." in post["html"]


def test_a_field_that_only_the_site_changed_is_left_as_it_is(server: AnsweringServer, ghost: Ghost) -> None:
    memory = Kept()
    send(server, memory, parcel(custom_excerpt="Ours"))
    (post,) = ghost.posts.values()
    post |= {"custom_excerpt": "Theirs", "meta_title": "Theirs too"}
    send(server, memory, parcel(custom_excerpt="Ours", title="A quay is open"))
    assert (post["custom_excerpt"], post["meta_title"], post["title"]) == ("Theirs", "Theirs too", "A quay is open")
    with pytest.raises(HeldBackError, match="excerpt"):
        send(server, memory, parcel(custom_excerpt="Ours anew"))


def test_an_update_whose_answer_was_lost_is_known_as_our_own(server: AnsweringServer, ghost: Ghost) -> None:
    memory = Kept()
    send(server, memory)

    def lost(call: Call) -> Reply | None:
        if call.method != "PUT":
            return None
        ghost.odd = lambda call: None
        ghost(call)
        return Reply(504, b"")

    ghost.odd = lost
    with pytest.raises(SendError):
        send(server, memory, parcel(title="A quay is open"))
    assert send(server, memory, parcel(title="The quay is open")).status == "draft"
    (post,) = ghost.posts.values()
    assert post["title"] == "The quay is open"


def test_a_change_in_the_same_moment_is_told(server: AnsweringServer, ghost: Ghost) -> None:
    ghost.odd = lambda call: error(409, "Saving failed!", code="UPDATE_COLLISION") if call.method == "PUT" else None
    with pytest.raises(HeldBackError, match="in this very moment"):
        send(server)


def test_a_post_that_was_deleted_is_only_made_anew_when_the_editor_says_so(server: AnsweringServer, ghost: Ghost) -> None:
    memory = Kept()
    send(server, memory)
    ghost.posts.clear()
    with pytest.raises(HeldBackError, match="deleted"):
        send(server, memory)
    assert not ghost.posts
    assert send(server, memory, force=True).is_new
    assert len(ghost.posts) == 1


def test_an_author_is_named_as_such_and_a_contributor_gives_no_tags(server: AnsweringServer, ghost: Ghost) -> None:
    ghost.member = {"id": "ab12", "name": "Ilse Marrow", "roles": [{"name": "Contributor"}]}
    receipt = send(server)
    (post,) = ghost.posts.values()
    assert post["authors"] == [{"id": "ab12"}]
    assert post["tags"] == []
    assert "Trade" in receipt.left_out[0]
    assert "publish" in check(house(server), KEY, Handling()).limits[0]
