"""The door for the editor's browser: switched on and off, with the secret that opens it, and pages that come through it."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from workstation import resources
from workstation.errors import InputError
from workstation.store.files import settle_folder
from workstation.workflow.gathering import Captured, Gathering

if TYPE_CHECKING:
    from workstation.ingest.door import Door, Handed

EXTENSION = "extension"
BOOKMARKLET = "extension/bookmarklet.js"
SECRET_BYTES = 24


@dataclass(frozen=True, slots=True)
class DoorState:
    """Whether the door is wanted, its port (0 before it was ever open), its secret, and the extension's origin in Firefox."""

    is_on: bool = False
    port: int = 0
    token: str = ""
    firefox: str | None = None


class BrowserDoor:
    """Keeps the door's state in ``file``, which nobody but this user may read: never in the desk, which is handed to others.

    ``captured`` is told of a page that came in and ``warned`` of what the editor should know, both in threads of the door.
    """

    def __init__(
        self, gathering: Gathering, file: Path, *, captured: Callable[[Captured], None], warned: Callable[[str], None]
    ) -> None:
        self._gathering = gathering
        self._file = file
        self._captured = captured
        self._warned = warned
        self._door: Door | None = None
        self.state = _read(file)

    @staticmethod
    def file_of(desk: Path) -> Path:
        """Where the state of the door of the desk in file ``desk`` is kept."""
        return desk.with_name(f"{desk.stem}.door.json")

    @property
    def file(self) -> Path:
        """The file that holds the secret."""
        return self._file

    @property
    def is_open(self) -> bool:
        """Whether it listens now."""
        return self._door is not None and self._door.port is not None

    def resume(self) -> None:
        """Open it if it was open when the program ended; where the network is forbidden nothing listens unless it is wanted now.

        Raises:
            InputError: another program has its port.
        """
        if self.state.is_on and not self._gathering.is_offline:
            self.switch_on()

    def switch_on(self) -> None:
        """Open it, on the port that it always had; it gets a port and a secret at the first time.

        Raises:
            InputError: another program has its port, or the state could not be kept.
        """
        self._open(self.state.port)

    def another_port(self) -> None:
        """Open it on a free port; the extension has to be told."""
        self._open(0)

    def switch_off(self) -> None:
        """Close it, at once and until it is switched on again."""
        self.close()
        self._keep(replace(self.state, is_on=False))

    def new_token(self) -> None:
        """Make another secret; the old one opens nothing from now on, and Firefox's extension is met anew."""
        self._keep(replace(self.state, token=_new_secret(), firefox=None))
        if self._door is not None:
            self._door.key = self._key()

    def close(self) -> None:
        """Close it for now, as when the program ends."""
        door, self._door = self._door, None
        if door is not None:
            door.close()

    # --- for the dialog --------------------------------------------------------------------------------------------

    @property
    def pairing(self) -> str:
        """Port and token in one piece, as the extension's options take them."""
        return f"{self.state.port}:{self.state.token}"

    @staticmethod
    def extension_folder() -> Path:
        """The folder that a browser loads the extension from."""
        return resources.path(EXTENSION)

    @staticmethod
    def bookmarklet() -> str:
        """The address of a bookmark that copies the page in front of it, to be pasted into the inbox."""
        lines = resources.path(BOOKMARKLET).read_text(encoding="utf-8").splitlines()
        code = " ".join(line.strip() for line in lines if not line.lstrip().startswith("//"))
        return "javascript:" + quote(code, safe="!*'();:@&=+$,/?~-_.")

    # --- within ----------------------------------------------------------------------------------------------------

    def _open(self, port: int) -> None:
        from workstation.ingest.door import Door  # noqa: PLC0415 - the library's server is only loaded when it is wanted

        state = replace(self.state, is_on=True, token=self.state.token or _new_secret())
        self._keep(state)
        self.close()
        door = Door(self._key(), self._hand, keep_firefox=self._keep_firefox, warn=self._warned)
        opened = door.open(port)
        self._door = door
        self._keep(replace(self.state, port=opened))

    def _key(self) -> Any:
        from workstation.ingest.door import Key  # noqa: PLC0415 - see _open

        return Key(self.state.token, self.state.firefox)

    def _hand(self, handed: Handed) -> str:
        captured = self._gathering.capture_page(handed.html, handed.url, words=handed.words)
        self._captured(captured)
        return captured.message

    def _keep_firefox(self, origin: str) -> None:
        self._keep(replace(self.state, firefox=origin))

    def _keep(self, state: DoorState) -> None:
        if state != self.state:
            _write(self._file, state)
            self.state = state


def _new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def _read(file: Path) -> DoorState:
    """The kept state; a file that is broken or missing is a door that was never open."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        state = DoorState(bool(said["is_on"]), int(said["port"]), str(said["token"]), said["firefox"])
    except (OSError, ValueError, KeyError, TypeError):
        return DoorState()
    is_whole = 0 <= state.port < 65_536 and (state.firefox is None or isinstance(state.firefox, str))
    return state if is_whole and (state.token or not state.is_on) else DoorState()


def _write(file: Path, state: DoorState) -> None:
    """Put the state there whole, readable by this user alone."""
    try:
        handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}-")  # made with mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(asdict(state), out)
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(file)
            settle_folder(file.parent)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            "The door for the browser stays as it was", f"{file} cannot be written: {error.strerror or error}. Free some space."
        ) from error
