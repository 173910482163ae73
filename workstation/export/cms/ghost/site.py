"""A Ghost site: whether it is one, as whom it knows us, and how it refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from workstation.domain.destination import Destination
from workstation.domain.wording import shortened
from workstation.errors import SendError
from workstation.export.cms.calling import TITLE, Answer, Caller, refusal
from workstation.export.cms.delivery import Handling
from workstation.export.cms.ghost.key import Key

OLDEST = 5
"""The first version of Ghost that makes cards of its own of the markup that it is sent."""

_API = "ghost/api/admin"
_VERSION = re.compile(r"(\d{1,3})\.(\d{1,4})")
_LONGEST_WORDS = 240
_SKEW = 60
"""Seconds by which two clocks may differ without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The member of the staff whose key it is."""

    identity: str
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An open site. ``clock`` is its time; ``member`` whose key it is, None for the key of an integration."""

    caller: Caller
    url: str
    name: str
    version: str
    clock: datetime
    member: Member | None = None
    key: Key = field(repr=False)

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        fields: Mapping[str, Any] | None = None,
    ) -> Answer:
        """A call of ``path`` (like ``posts/ID``) with JSON fields. Any status is an answer."""
        headers = {"Accept-Version": f"v{self.version}"}
        return self.caller.call(method, _address(self.url, path, query), fields=fields, headers=headers)

    def upload(self, path: str, body: bytes, media_type: str) -> Answer:
        """Send bytes as they are."""
        headers = {"Accept-Version": f"v{self.version}", "Content-Type": media_type}
        return self.caller.call("POST", _address(self.url, path), body=body, headers=headers)

    def shows(self, address: str) -> bool:
        """Whether the site shows a picture at an address of its own; asked without the secret."""
        answer = self.caller.call("HEAD", address, with_secret=False)
        return answer.good and answer.headers.get("content-type", "").startswith("image/")

    def lacks(self, address: str) -> bool:
        """Whether the site says that there is nothing at an address of its own."""
        return self.caller.call("HEAD", address, with_secret=False).status in (404, 410)

    def refused(self, answer: Answer, doing: str) -> SendError:
        """Why the site did not do what it was asked; ``doing`` ends a sentence."""
        error = error_of(answer)
        if answer.status in (413, 429) or answer.status >= 500 or 300 <= answer.status < 400:
            return refusal(answer, doing)
        if not error:
            return answer.not_understood()
        words = words_of(error)
        if answer.status == 401:
            return _unknown(answer, words, self.clock)
        if answer.status == 403:
            who = self.member.name if self.member else "The integration"
            return SendError(TITLE, f"{who} may not do this at {answer.host} when {doing}: {words} Ask an editor there.")
        if answer.status == 406:
            return SendError(TITLE, f"{answer.host} runs Ghost {self.version} and does not take this call: {words} Update Ghost.")
        if answer.status == 422:
            return SendError(TITLE, f"{answer.host} did not take the story when {doing}{_field(error)}: {words}")
        return SendError(TITLE, f"{answer.host} refused ({answer.status}) when {doing}: {words}")


def open_site(destination: Destination, secret: str, handling: Handling) -> Site:
    """The site of a destination, asked who we are.

    Raises:
        SendError: it is no Ghost, an old one, does not answer, or does not know the key.
        Cancelled: the editor wished so.
    """
    key = Key.read(secret)
    handling.progress(f"Asking {destination.url}")
    # The first call is open to everybody; it tells the time there, by which the tokens of all others are made.
    answer = Caller(destination.url, lambda: "", handling).call("GET", _address(destination.url, "site/"), with_secret=False)
    told = _site_of(answer, destination.url)
    clock = _clock(answer)
    ahead = round((clock - datetime.now(UTC)).total_seconds())
    key = Key(key.identity, key.secret, ahead if abs(ahead) > _SKEW else 0)
    site = Site(
        caller=Caller(destination.url, key.authorization, handling),
        url=destination.url,
        name=str(told.get("title") or destination.url),
        version=str(told["version"]),
        clock=clock,
        key=key,
    )
    return _known(site)


def error_of(answer: Answer) -> Mapping[str, Any]:
    """The error that Ghost tells of, empty where there is none."""
    value = answer.value
    errors = value.get("errors") if isinstance(value, dict) else None
    first = errors[0] if isinstance(errors, list) and errors else None
    return first if isinstance(first, dict) else {}


def words_of(error: Mapping[str, Any]) -> str:
    """An error in Ghost's words: a sentence or two in one line."""
    parts = [str(error.get(name) or "") for name in ("message", "context")]
    line = " ".join(f"{part.rstrip('.')}." for part in dict.fromkeys(" ".join(part.split()) for part in parts) if part)
    line = "".join(letter for letter in line if letter.isprintable())
    return f"“{shortened(line, _LONGEST_WORDS)}”"


def _address(url: str, path: str, query: Mapping[str, str] | None = None) -> str:
    address = f"{url.rstrip('/')}/{_API}/{path}"
    return f"{address}?{urlencode(query)}" if query else address


def _site_of(answer: Answer, url: str) -> Mapping[str, Any]:
    value = answer.value
    site = value.get("site") if isinstance(value, dict) else None
    version = _VERSION.match(str(site.get("version"))) if isinstance(site, dict) else None
    if site is None or version is None:
        if answer.tells_nothing:
            raise refusal(answer, "looking for Ghost")
        raise SendError(TITLE, f"There is no Ghost at {url}. Give the address that your Ghost is edited at, without /ghost.")
    if int(version[1]) < OLDEST:
        raise SendError(
            TITLE, f"{answer.host} runs Ghost {version[0]}. Stories can be sent to Ghost {OLDEST} and later: update it."
        )
    return {**site, "version": version[0]}


def _clock(answer: Answer) -> datetime:
    try:
        told = parsedate_to_datetime(answer.headers.get("date", ""))
    except (ValueError, OverflowError):
        return datetime.now(UTC)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _known(site: Site) -> Site:
    """The site with whose key it is."""
    answer = site.call("GET", "users/me/", {"include": "roles"})
    if answer.status == 404 and error_of(answer):
        return site  # an integration is no user
    if not answer.good:
        raise site.refused(answer, "asking who we are")
    users = answer.object.get("users")
    me = users[0] if isinstance(users, list) and users else None
    if not isinstance(me, dict):
        raise answer.not_understood()
    roles = [str(role.get("name")) for role in me.get("roles") or () if isinstance(role, dict)]
    member = Member(identity=str(me.get("id")), name=str(me.get("name")), role=roles[0] if roles else "")
    return replace(site, member=member)


def _unknown(answer: Answer, words: str, clock: datetime) -> SendError:
    if "expired" in words or "maxAge" in words or "not active" in words:
        here, there = (f"{moment:%H:%M:%S}" for moment in (datetime.now(UTC), clock))
        return SendError(
            TITLE,
            f"{answer.host} takes our call for an old one: {words} The clocks differ: here it is {here} UTC, there {there}. "
            "Set this computer's clock by the network.",
        )
    return SendError(
        f"{answer.host} does not know this key",
        f"In Ghost, Settings, Integrations, copy the Admin API key again, whole; a regenerated key replaces the old one. {words}",
    )


def _field(error: Mapping[str, Any]) -> str:
    name = error.get("property")
    return f", for its {name.replace('_', ' ')}" if isinstance(name, str) and name.isprintable() and len(name) < 40 else ""
