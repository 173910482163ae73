"""Secrets of destinations: in the system's keyring, or in memory until the program ends. Never in the store or an answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from workstation.domain.destination import Destination
from workstation.settings import APP_NAME

SECRET_VARIABLE = "WORKSTATION_SECRET"  # noqa: S105 - the name of a variable, not a secret
"""An environment variable that holds the secret of the destination that a call is about."""

_TRUSTED = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
"""The modules whose keyrings are kept by the system under the user's password; others may write plain text."""


class Vault(Protocol):
    """A keyring of the system."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, None when there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""


def system_vault() -> Vault | None:
    """The system's own keyring; None where there is none, or only one that is not known to be safe."""
    import keyring  # noqa: PLC0415 - looks for services, at the first secret
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        chosen: Any = keyring.get_keyring()
    except (KeyringError, OSError, RuntimeError):
        return None
    for backend in getattr(chosen, "backends", [chosen]):  # a chain tries several
        vault: Vault = backend
        if type(backend).__module__.startswith(_TRUSTED):
            return vault
    return None


class Secrets:
    """The secrets of destinations. Each belongs to a user at a site: under another address it is another one.

    Where a secret has no user (Ghost's keys), it belongs to the destination: one site may be sent to with several keys.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self._session: dict[str, str] = {}

    def of(self, destination: Destination) -> str | None:
        """The secret: of the environment, of this session or of the keyring; None when the editor has to be asked."""
        key = _key(destination)
        return self._environment.get(SECRET_VARIABLE) or self._session.get(key) or self._kept(key)

    def keep(self, destination: Destination, secret: str) -> bool:
        """Keep a secret; answers whether the keyring has it, else it is known until the program ends."""
        key = _key(destination)
        self._session[key] = secret
        vault = system_vault()
        if vault is None:
            return False
        return _done(lambda: vault.set_password(APP_NAME, key, secret))

    def forget(self, destination: Destination) -> None:
        """Know the secret no longer."""
        key = _key(destination)
        self._session.pop(key, None)
        vault = system_vault()
        if vault is not None:
            _done(lambda: vault.delete_password(APP_NAME, key))

    def rename(self, before: Destination, after: Destination) -> None:
        """Keep what is known of a destination that has another name now; at another address it is another secret."""
        key = _key(before)
        secret = self._session.get(key) or self._kept(key)
        if secret and replace(before, name=after.name) == after and key != _key(after):
            self.keep(after, secret)
            self.forget(before)

    def _kept(self, key: str) -> str | None:
        vault = system_vault()
        if vault is None:
            return None
        found: list[str | None] = []
        _done(lambda: found.append(vault.get_password(APP_NAME, key)))
        return found[0] if found else None


def _key(destination: Destination) -> str:
    return f"{destination.kind} {destination.user or destination.name.casefold()}@{destination.url}"


def _done(act: Callable[[], object]) -> bool:
    """Whether a keyring did what it was asked: one that is locked, or has lost its service, did not."""
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    try:
        act()
    except (KeyringError, OSError, RuntimeError):
        return False
    return True
