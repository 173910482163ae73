"""As much of a WordPress as a delivery asks for, to go wrong in ways in which a real one does not on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from .answering import Call, Reply

Answers = Callable[[Call], "Reply | None"]


def linked(url: str) -> str:
    return f'<{url}/wp-json/>; rel="https://api.w.org/"'


class WordPress:
    """Answers calls of the REST API. ``odd`` answers first, None where it leaves a call alone."""

    def __init__(self) -> None:
        self.posts: dict[int, dict[str, Any]] = {}
        self.media: dict[int, dict[str, Any]] = {}
        self.terms: dict[str, dict[int, str]] = {"categories": {1: "Uncategorized"}, "tags": {}}
        self.rights = {"edit_posts": True, "upload_files": True, "publish_posts": True, "manage_categories": True}
        self.odd: Answers = lambda call: None
        self.url = ""

    def __call__(self, call: Call) -> Reply:
        odd = self.odd(call)
        if odd is not None:
            return odd
        if call.path == "/":
            return Reply(
                200, b"<html>", {"Link": f'<{self.url}/wp-json/>; rel="https://api.w.org/"', "Content-Type": "text/html"}
            )
        name = call.path.removeprefix("/wp-json/").removeprefix("wp/v2/")
        if not name:
            told = {
                "namespaces": ["wp/v2"],
                "name": "The Lantern",
                "url": self.url,
                "authentication": {"application-passwords": {}},
            }
            return Reply(200, told)
        if name == "users/me":
            return Reply(200, {"id": 3, "name": "Ilse", "roles": ["editor"], "capabilities": self.rights})
        kind, _, number = name.partition("/")
        return getattr(self, f"_{kind}")(call, int(number or 0))

    def _posts(self, call: Call, number: int) -> Reply:
        if call.method == "POST":
            number = number or len(self.posts) + 1
            texts = {name: {"raw": value, "rendered": value} for name, value in call.fields.items() if isinstance(value, str)}
            before = self.posts.get(number, {"id": number, "status": "draft", "slug": "", "featured_media": 0, "categories": [1]})
            texts |= {name: call.fields[name] for name in ("slug", "status") if name in call.fields}
            rest = {name: value for name, value in call.fields.items() if not isinstance(value, str)}
            self.posts[number] = {**before, **texts, **rest, "link": f"{self.url}/?p={number}"}
            return Reply(201, self.posts[number])
        if number:
            there = self.posts.get(number)
            return Reply(200, there) if there else Reply(404, {"code": "rest_post_invalid_id", "data": {"status": 404}})
        slugs = parse_qs(call.query)["slug"][0].split(",")
        return Reply(200, [post for post in self.posts.values() if post["slug"] in slugs])

    def _media(self, call: Call, number: int) -> Reply:
        if call.method == "POST" and not number:
            number = len(self.media) + 1
            [slug] = parse_qs(call.query)["slug"]
            self.media[number] = {"id": number, "slug": slug, "source_url": f"{self.url}/uploads/{number}.png"}
            return Reply(201, self.media[number])
        if number:
            self.media[number] |= call.fields if call.method == "POST" else {}
            return Reply(200, self.media[number])
        return Reply(200, [one for one in self.media.values() if one["slug"] in parse_qs(call.query)["slug"]])

    def _categories(self, call: Call, number: int, kind: str = "categories") -> Reply:
        if call.method == "POST":
            number = len(self.terms[kind]) + 1
            self.terms[kind][number] = call.fields["name"]
            return Reply(201, {"id": number, "name": call.fields["name"]})
        return Reply(200, [{"id": number, "name": name} for number, name in self.terms[kind].items()])

    def _tags(self, call: Call, number: int) -> Reply:
        return self._categories(call, number, "tags")
