"""A server that answers as Ghost does, as far as a delivery asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from .answering import Call, Reply

API = "/ghost/api/admin/"
Answers = Callable[[Call], "Reply | None"]


def error(status: int, message: str, **more: Any) -> Reply:
    return Reply(status, {"errors": [{"message": message, "context": None, "property": None, **more}]})


class Ghost:
    """As much of a Ghost as a delivery asks for. ``odd`` answers first, None where it leaves a call alone."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[str, Any]] = {}
        self.images: list[str] = []
        self.member: dict[str, Any] | None = None
        self.version = "6.65"
        self.odd: Answers = lambda call: None
        self.url = ""

    def __call__(self, call: Call) -> Reply:
        odd = self.odd(call)
        if odd is not None:
            return odd
        name = call.path.removeprefix(API)
        if call.path.startswith("/content/images/"):
            here = f"{self.url}{call.path}" in self.images
            return Reply(200 if here else 404, b"", {"Content-Type": "image/png" if here else "text/html"})
        if name == "site/":
            return Reply(200, {"site": {"title": "The Lantern", "version": self.version}})
        if name == "users/me/":
            return Reply(200, {"users": [self.member]}) if self.member else error(404, "Resource not found error.")
        if name == "images/upload/":
            file = call.body.split(b'filename="')[1].split(b'"')[0].decode()
            self.images.append(f"{self.url}/content/images/{datetime.now(UTC):%Y/%m}/{file}")
            return Reply(201, {"images": [{"url": self.images[-1], "ref": None}]})
        return self._posts(call, name)

    def _posts(self, call: Call, name: str) -> Reply:
        number = name.removeprefix("posts/").strip("/")
        if call.method == "GET" and not number:
            return Reply(200, {"posts": [post for post in self.posts.values() if post["slug"] in call.query]})
        if call.method == "POST":
            return Reply(201, {"posts": [self.add(**call.fields["posts"][0])]})
        if number not in self.posts:
            return error(404, "Resource not found error, cannot read post.")
        if call.method == "DELETE":
            return Reply(204, b"", {"gone": str(self.posts.pop(number)["id"])})
        if call.method == "PUT":
            self.posts[number] |= call.fields["posts"][0]
        return Reply(200, {"posts": [self.posts[number]]})

    def add(self, **fields: Any) -> dict[str, Any]:
        number = f"{len(self.posts) + 1:024x}"
        self.posts[number] = {"id": number, "html": "", "url": f"{self.url}/p/{number}/", "updated_at": "now", **fields}
        return self.posts[number]
