"""The content systems that the editor sends stories to: named, tried, changed, forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from workstation.domain.destination import CmsKind, Destination
from workstation.errors import InputError, SendError
from workstation.export.cms.delivery import Handling, Standing
from workstation.export.cms.systems import SYSTEMS
from workstation.store import Store
from workstation.workflow.secrets import SECRET_VARIABLE, Secrets

LONGEST_NAME = 80
_INNER = {CmsKind.WORDPRESS: ("/wp-admin", "/wp-login.php", "/wp-json"), CmsKind.GHOST: ("/ghost",)}
"""Where an editor copies an address from; the site begins before it."""


class Destinations:
    """The verbs of destinations. A secret goes to the keyring, or is known until the program ends where there is none."""

    def __init__(self, store: Store, secrets: Secrets, *, offline: bool = False) -> None:
        self._store = store
        self._secrets = secrets
        self._offline = offline

    def all(self) -> list[Destination]:
        """Every destination, by name."""
        return self._store.destinations.all()

    def named(self, name: str) -> Destination:
        """The destination of this name, whatever its capitals.

        Raises:
            NotFoundError: there is none.
        """
        return self._store.destinations.named(name)

    def add(self, destination: Destination, secret: str | None = None) -> bool:
        """Keep a new destination; answers whether its secret lies in the keyring.

        Raises:
            InputError: the name is empty or taken, the address is none, WordPress lacks the user.
        """
        good = _checked(destination)
        self._require_free(good.name, self.all())
        self._store.destinations.put(good)
        return self._keep(good, secret)

    def change(self, name: str, destination: Destination, secret: str | None = None) -> bool:
        """Put a destination in the place of the one called ``name``; without a secret, the one that is known stays.

        What was sent is remembered by the address of the site: it is neither lost nor doubled by another name.

        Raises:
            InputError: see :meth:`add`.
            NotFoundError: there is none of that name.
        """
        before, good = self.named(name), _checked(destination)
        self._require_free(good.name, [one for one in self.all() if one != before])
        with self._store.together():
            self._store.destinations.remove(before.name)
            self._store.destinations.put(good)
        self._secrets.rename(before, good)
        return self._keep(good, secret)

    def remove(self, name: str) -> None:
        """Forget a destination and its secret; what was sent stays where it is, and is known when the site is named again.

        Raises:
            NotFoundError: there is none of that name.
        """
        destination = self.named(name)
        self._store.destinations.remove(name)
        self._secrets.forget(destination)

    def has_secret(self, name: str) -> bool:
        """Whether a secret is known; else the editor is to be asked for it before sending."""
        return self._secrets.of(self.named(name)) is not None

    def secret(self, destination: Destination, given: str | None = None) -> str:
        """The secret to send with.

        Raises:
            SendError: none is known.
        """
        secret = given or self._secrets.of(destination)
        if not secret:
            raise SendError(
                f"The secret of “{destination.name}” is not known",
                f"Nothing was sent. Give it when you are asked, or in the environment variable {SECRET_VARIABLE}.",
            )
        return secret.strip()

    def test(self, name: str, secret: str | None = None, handling: Handling | None = None) -> Standing:
        """Ask a destination who we are there; nothing is changed.

        Raises:
            NotFoundError: there is none of that name.
            SendError: it does not answer, is another system, or does not know the secret.
        """
        destination = self.named(name)
        self.require_network()
        return SYSTEMS[destination.kind].check(destination, self.secret(destination, secret), handling or Handling())

    def require_network(self) -> None:
        """Raises SendError where the network is forbidden."""
        if self._offline:
            raise SendError("Nothing was sent", "The network is forbidden (--offline). Try again without it.")

    @staticmethod
    def _require_free(name: str, others: Iterable[Destination]) -> None:
        if any(one.name.casefold() == name.casefold() for one in others):
            raise InputError("This name is taken", f"Another destination is called “{name}”. Choose another name.")

    def _keep(self, destination: Destination, secret: str | None) -> bool:
        return self._secrets.keep(destination, secret.strip()) if secret and secret.strip() else False


def _checked(destination: Destination) -> Destination:
    name = " ".join(destination.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InputError("The destination needs a name", f"Give it one of at most {LONGEST_NAME} characters.")
    user = destination.user.strip()
    if destination.kind is CmsKind.WORDPRESS and (not user or ":" in user):
        raise InputError("The destination needs a user", "Name the WordPress user whose application password it is.")
    return replace(destination, name=name, user=user, url=_site(destination))


def _site(destination: Destination) -> str:
    """The address of the site in one spelling, without what an editor copies along."""
    text = destination.url.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    odd = any(character.isspace() or ord(character) < 32 or character == "\\" for character in text)
    if odd or not host or port == 0 or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise InputError("This is no address of a site", f"Write it like https://site.example ({text[:100]}).")
    path = parts.path
    for inner in _INNER[destination.kind]:
        before, found, after = path.partition(inner)
        path = before if found and (not after or after.startswith("/")) else path
    return urlunsplit((parts.scheme, parts.netloc.lower(), path.rstrip("/"), "", ""))
