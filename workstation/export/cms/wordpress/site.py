"""A WordPress site: where its REST API is, as whom it knows us, and what that user may do."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from workstation.domain.destination import Destination
from workstation.errors import SendError
from workstation.export.cms.calling import TITLE, Answer, Caller, refusal
from workstation.export.cms.delivery import Handling

_LINKED = re.compile(r'<([^<>]+)>\s*;\s*rel="?https://api\.w\.org/"?')
_CODE = re.compile(r"[a-z0-9_]{1,60}")
_NAMESPACE = "wp/v2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An open site. ``root`` is the address of its API, ``home`` that of its administration; ``user`` our id there."""

    caller: Caller
    root: str
    home: str
    name: str
    user: int
    user_name: str
    roles: tuple[str, ...]
    may: frozenset[str]

    def call(
        self, method: str, route: str, query: Mapping[str, Any] | None = None, fields: Mapping[str, Any] | None = None
    ) -> Answer:
        """A call of ``route`` (like ``posts/7``) with JSON fields. Any status is an answer."""
        return self.caller.call(method, _address(self.root, f"{_NAMESPACE}/{route}", query), fields=fields)

    def upload(self, query: Mapping[str, Any], data: bytes, media_type: str, name: str) -> Answer:
        """Send the bytes of a picture under an ASCII file name."""
        headers = {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
        return self.caller.call("POST", _address(self.root, f"{_NAMESPACE}/media", query), body=data, headers=headers)

    def refused(self, answer: Answer, doing: str) -> SendError:
        """Why the site did not do what it was asked."""
        code = code_of(answer)
        if answer.status in (401, 403) and code:
            return SendError(
                TITLE, f"{self.user_name} may not do this at {answer.host} ({code}) when {doing}. Ask an editor there."
            )
        if code and answer.status < 500:
            return SendError(TITLE, f"{answer.host} refused ({answer.status}, {code}) when {doing}.")
        return refusal(answer, doing)


def open_site(destination: Destination, secret: str, handling: Handling) -> Site:
    """The site of a destination, asked who we are.

    Raises:
        SendError: it is no WordPress, does not answer, or does not know the user with this application password.
        Cancelled: the editor wished so.
    """
    handling.progress(f"Asking {destination.url}")
    caller = Caller(destination.url, partial(_authorization, destination.user, secret), handling)
    root, index = _api(caller, destination.url)
    answer = caller.call("GET", _address(root, f"{_NAMESPACE}/users/me", {"context": "edit"}))
    if answer.status in (401, 403) and _is_wordpress(answer):
        raise _unknown_user(answer, destination, index)
    if not answer.good:
        raise refusal(answer, "asking who we are")
    me = answer.object
    return Site(
        caller=caller,
        root=root,
        home=str(index.get("url") or destination.url).rstrip("/"),
        name=str(index.get("name") or destination.url),
        user=whole(me.get("id")),
        user_name=str(me.get("name") or destination.user),
        roles=tuple(str(role) for role in _list(me.get("roles"))),
        may=frozenset(name for name, granted in _dictionary(me.get("capabilities")).items() if granted),
    )


def code_of(answer: Answer) -> str:
    """WordPress's name for an error, empty where it gives none."""
    value = answer.value
    code = value.get("code") if isinstance(value, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def whole(value: Any) -> int:
    """An id as a whole number, 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def raw(post: Mapping[str, Any], field: str) -> str:
    """A text of a post as its author wrote it."""
    return str(_dictionary(post.get(field)).get("raw") or "")


def rendered(post: Mapping[str, Any], field: str) -> str:
    """A text of a post as readers get it."""
    return str(_dictionary(post.get(field)).get("rendered") or "")


def _authorization(user: str, secret: str) -> str:
    return f"Basic {b64encode(f'{user}:{secret}'.encode()).decode()}"


def _address(root: str, route: str, query: Mapping[str, Any] | None = None) -> str:
    address = f"{root.rstrip('/')}/{route}"
    joint = "&" if "?" in root else "?"
    return f"{address}{joint}{urlencode(query, doseq=True)}" if query else address


def _api(caller: Caller, url: str) -> tuple[str, Mapping[str, Any]]:
    """The address of the API with what stands there; asked without the secret."""
    home = caller.call("HEAD", f"{url}/", with_secret=False)
    linked = _LINKED.search(home.headers.get("link", ""))
    last = home
    for root in [linked.group(1)] if linked else [f"{url}/wp-json/", f"{url}/?rest_route=/"]:
        last = caller.call("GET", root, with_secret=False)
        index = last.value
        if isinstance(index, dict) and _NAMESPACE in _list(index.get("namespaces")):
            return root, index
    for answer in (home, last):
        if answer.tells_nothing:
            raise refusal(answer, "looking for WordPress")
    raise SendError(
        TITLE, f"There is no WordPress at {url}, or its REST API is switched off. Give the address of the site's home page."
    )


def _is_wordpress(answer: Answer) -> bool:
    return bool(code_of(answer))


def _unknown_user(answer: Answer, destination: Destination, index: Mapping[str, Any]) -> SendError:
    if "application-passwords" not in _dictionary(index.get("authentication")):
        return SendError(
            TITLE,
            f"{answer.host} takes no application passwords: they need https, and a plugin may switch them off. Ask who runs it.",
        )
    return SendError(
        f"{answer.host} does not know this user with this password",
        f"Make an application password for “{destination.user}” under Users, Profile, Application Passwords, and give that one,"
        f" not the one to log in with ({code_of(answer)}). If it is right, the server may not hand it on: ask who runs it.",
    )


def _dictionary(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
