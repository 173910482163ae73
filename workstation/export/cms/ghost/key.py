"""The key that Ghost's Admin API is called with: of an integration, or of one member of the staff."""

from __future__ import annotations

import base64
import hmac
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from workstation.errors import SendError
from workstation.export.cms.calling import TITLE

_KEY = re.compile(r"([0-9a-f]{24}):((?:[0-9a-f]{2}){16,64})")
_LIVES = 240
"""Seconds that a token is good for; Ghost takes none that is older than five minutes."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key in its two parts. ``ahead`` is how many seconds the clock of the site is before the one here."""

    identity: str
    secret: bytes = field(repr=False)
    ahead: int = 0

    @classmethod
    def read(cls, text: str) -> Key:
        """The key as Ghost shows it, ``identity:secret``.

        Raises:
            SendError: it is none, such as the key of the Content API, which may only read.
        """
        found = _KEY.fullmatch("".join(text.split()).lower())
        if found is None:
            raise SendError(
                TITLE,
                "The secret is no Admin API key. In Ghost, Settings, Integrations, add a custom integration and copy its "
                "Admin API key whole: two parts with a colon between them. (The Content API key may only read.)",
            )
        return cls(found[1], bytes.fromhex(found[2]))

    def authorization(self) -> str:
        """The value of a call's header: a token that is good for some minutes."""
        now = int(time.time()) + self.ahead
        head = {"alg": "HS256", "typ": "JWT", "kid": self.identity}
        signed = f"{_part(head)}.{_part({'iat': now, 'exp': now + _LIVES, 'aud': '/admin/'})}"
        return f"Ghost {signed}.{_base64(hmac.digest(self.secret, signed.encode(), 'sha256'))}"


def _part(value: Mapping[str, object]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
