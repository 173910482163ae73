"""Whatever a broken or hostile system answers, a delivery ends in a receipt or a clear sentence without the secret."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.destination import CmsKind, Destination
from workstation.errors import HeldBackError, SendError
from workstation.export.cms.delivery import Handling, Parcel
from workstation.export.cms.systems import SYSTEMS

from . import test_ghost, test_wordpress
from .answering import AnsweringServer, Call, Reply
from .answering_wordpress import WordPress

SEEDS = 24
DELIVERIES = 2
SYSTEM: dict[CmsKind, tuple[Callable[[], Any], Callable[[], Parcel], str]] = {
    CmsKind.WORDPRESS: (WordPress, test_wordpress.parcel, test_wordpress.SECRET),
    CmsKind.GHOST: (test_ghost.Ghost, test_ghost.parcel, test_ghost.KEY),
}
VALUES = (
    *(None, True, -1, 0, 10**30, float("nan"), float("inf"), "", "7", "7/../../users/1", "../../x", [], {}, [1], [None], [[]]),
    *("javascript:alert(1)", "//evil.example", "http://evil.example/", "http://[x/", "<script>alert(1)</script>", "\r\nX: y"),
    *("\x00\ud800", "A" * 5000, {"raw": [1], "rendered": {}}),
)
HEADERS: tuple[dict[str, str], ...] = (
    *({"Link": f'<{at}>; rel="https://api.w.org/"'} for at in ("javascript:x", "//evil.example/", "http://[x/", "http://a:b/")),
    *({"Date": date} for date in ("", "x", "Mon, 01 Jan 0001 00:00:00 +2359", "Fri, 31 Dec 9999 23:59:59 -2359")),
    *({"Retry-After": when} for when in ("9" * 400, "-1", "Mon, 01 Jan 0001 00:00:00 +2359")),
    *({"Content-Encoding": packed} for packed in ("br", "gzip")),
    {"Location": "http://evil.example/\x1b[31m"},
    {},
)
STATUSES = (200, 201, 204, 301, 302, 400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503)


def twisted(value: Any, chance: random.Random) -> Any:
    """A value with some parts gone and others of another kind."""
    if chance.random() < 0.12:
        return chance.choice(VALUES)
    if isinstance(value, dict):
        return {key: twisted(inner, chance) for key, inner in value.items() if chance.random() > 0.05}
    return [twisted(inner, chance) for inner in value] if isinstance(value, list) else value


def hostile(system: Callable[[Call], Reply], chance: random.Random) -> Callable[[Call], Reply]:
    """What answers as ``system`` does, but for one call in three."""

    def answer(call: Call) -> Reply:
        reply = system(call)
        if chance.random() > 0.33:
            return reply
        value = reply.value if isinstance(reply.value, bytes) else twisted(reply.value, chance)
        status = reply.status if chance.random() < 0.7 else chance.choice(STATUSES)
        return Reply(status, value, {**reply.headers, **chance.choice(HEADERS)})

    return answer


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("kind", CmsKind)
def test_whatever_a_system_answers_ends_in_a_receipt_or_a_sentence(kind: CmsKind, seed: int) -> None:
    system, parcel, secret = SYSTEM[kind]
    there, memory = system(), test_ghost.Kept()
    with AnsweringServer(hostile(there, random.Random(seed))) as server:
        there.url = server.url
        house = Destination(name="House", kind=kind, url=server.url, user="ilse")
        for _ in range(DELIVERIES):
            try:
                SYSTEMS[kind].deliver(parcel(), house, secret, memory, Handling())
            except (SendError, HeldBackError) as error:
                told = str(error)
                assert told.isprintable() or "\n" in told
                assert secret.rpartition(":")[2] not in told


@pytest.mark.parametrize("data", [None, 3, [], {}, {"term_id": "7"}])
def test_a_category_that_exists_without_a_number_is_left_out(data: Any) -> None:
    there = WordPress()
    there.odd = lambda call: (
        Reply(400, {"code": "term_exists", "data": data})
        if call.method == "POST" and call.path.endswith(("/categories", "/tags"))
        else None
    )
    with AnsweringServer(there) as server:
        there.url = server.url
        house = Destination(name="House", kind=CmsKind.WORDPRESS, url=server.url, user="ilse")
        parcel = test_wordpress.parcel()
        receipt = SYSTEMS[house.kind].deliver(parcel, house, test_wordpress.SECRET, test_ghost.Kept(), Handling())
    assert any("Harbours" in sentence for sentence in receipt.left_out)


@pytest.mark.parametrize("terms", [True, 3, "1,2", {"a": 1}])
def test_terms_that_are_no_list_are_none(terms: Any) -> None:
    there = WordPress()

    def odd(call: Call) -> Reply | None:
        there.posts = {number: {**post, "categories": terms} for number, post in there.posts.items()}
        return None

    there.odd = odd
    with AnsweringServer(there) as server:
        there.url = server.url
        house, memory = Destination(name="House", kind=CmsKind.WORDPRESS, url=server.url, user="ilse"), test_ghost.Kept()
        for _ in range(DELIVERIES):
            SYSTEMS[house.kind].deliver(test_wordpress.parcel(), house, test_wordpress.SECRET, memory, Handling())
    assert len(there.posts) == 1


@pytest.mark.parametrize("odd", ["http://[x/", "http://a:b/", "javascript:x"])
def test_an_address_of_the_api_that_is_none_is_told(odd: str) -> None:
    there = WordPress()
    there.odd = lambda call: Reply(200, b"", {"Link": f'<{odd}>; rel="https://api.w.org/"'}) if call.path == "/" else None
    with AnsweringServer(there) as server:
        house = Destination(name="House", kind=CmsKind.WORDPRESS, url=server.url, user="ilse")
        with pytest.raises(SendError):
            SYSTEMS[house.kind].deliver(test_wordpress.parcel(), house, test_wordpress.SECRET, test_ghost.Kept(), Handling())
