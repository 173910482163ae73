"""A second start on a desk that is open: the first window is told to come forward, and what the second was given to capture.

The two talk over a local socket that only this user can reach, in one line each way. Any program of this user could write such a
line; all it can ask for is what the user could ask for: raise the window, capture these.
"""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from workstation.errors import StoreError

FORMAT = "workstation-start/1"
LONGEST = 65_536
"""No message is longer, in bytes."""
MOST_TARGETS, LONGEST_TARGET, LONGEST_TOKEN = 200, 8_192, 512
TAKEN, REFUSED = b"taken\n", b"refused\n"
PATIENCE = 10.0
"""So many seconds the first window has to answer: it may be starting itself, or closing."""
_PAUSE = 0.05
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


@dataclass(frozen=True, slots=True)
class Start:
    """What a second start hands over: addresses (http, https) and absolute paths, and the desktop's leave to come forward."""

    targets: tuple[str, ...] = ()
    token: str = ""


def written(start: Start) -> bytes:
    """``start`` as a message."""
    return json.dumps({"format": FORMAT, "targets": list(start.targets), "token": start.token}).encode() + b"\n"


def read_start(message: bytes) -> Start | None:
    """What ``message`` asks for; None for whatever is not exactly such a message."""
    if len(message) > LONGEST:
        return None
    try:
        found = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or set(found) != {"format", "targets", "token"} or found["format"] != FORMAT:
        return None
    targets, token = found["targets"], found["token"]
    if not isinstance(targets, list) or len(targets) > MOST_TARGETS or not all(map(_is_target, targets)):
        return None
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN or not token.isprintable() or not token.isascii():
        return None
    return Start(tuple(targets), token)


def _is_target(found: object) -> bool:
    """Whether it is an address of the web or an absolute path, in one line."""
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_TARGET or any(ord(sign) < 32 for sign in found):
        return False
    return is_address(found) or Path(found).is_absolute()


def is_address(target: str) -> bool:
    """Whether a target is an address of the web."""
    return target.lower().startswith(("http://", "https://"))


def as_target(told: str) -> str:
    """What was named at a start, so that another process understands it: an address as it is, a file by its whole path."""
    return told if is_address(told) else str(Path(told).expanduser().absolute())


def start_of(told: Sequence[str]) -> Start:
    """What this start hands over."""
    token = next((os.environ[name] for name in _TOKENS if os.environ.get(name)), "")
    usable = len(token) <= LONGEST_TOKEN and token.isprintable() and token.isascii()
    return Start(tuple(as_target(one) for one in told), token if usable else "")


def tell_first_window(store: Path, start: Start, *, patience: float = PATIENCE) -> bool:
    """Hand ``start`` over to the window that has ``store`` open; False when none answers in ``patience`` seconds.

    It is tried again only while nothing was handed over, so that nothing is captured twice.

    Raises:
        StoreError: the window does not take it.
    """
    message, deadline = written(start), time.monotonic() + patience
    if len(message) > LONGEST or len(start.targets) > MOST_TARGETS:
        raise StoreError("Too much at once", f"The open window takes {MOST_TARGETS} targets at a time. Name fewer.")
    while True:
        try:
            answer = _asked(address_of(store), message, deadline)
        except OSError:
            if time.monotonic() + _PAUSE >= deadline:
                return False
            time.sleep(_PAUSE)
            continue
        if answer == REFUSED:
            raise StoreError("The open window did not take it", "It may be of another version. Capture it in the window.")
        return answer == TAKEN


def address_of(store: Path) -> str:
    """Where the window over ``store`` listens: a socket in a folder of this user alone, or a pipe on Windows."""
    mark = sha256(os.fsencode(store.expanduser().resolve())).hexdigest()[:20]
    if sys.platform == "win32":
        return rf"\\.\pipe\workstation-{mark}"
    return str(_own_folder() / f"workstation-{mark}")


def _own_folder() -> Path:
    """A folder that no other user can write to, with a short name: that of a socket has to fit into 100 bytes."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given and len(given) < 60 and _is_own(Path(given)):
        return Path(given)
    folder = Path("/tmp" if len(tempfile.gettempdir()) > 40 else tempfile.gettempdir()) / f"workstation-{os.getuid()}"  # noqa: S108 - see _is_own
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if not _is_own(folder):
        raise StoreError("A second start cannot be noticed", f"{folder} belongs to somebody else. Remove it.")
    return folder


def _is_own(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


if sys.platform == "win32":

    def _asked(address: str, message: bytes, _deadline: float) -> bytes:
        import ctypes  # noqa: PLC0415 - of this system only

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
        with open(address, "r+b", buffering=0) as pipe:  # noqa: PTH123 - a pipe is no path
            pipe.write(message)
            return pipe.readline(len(REFUSED))

else:

    def _asked(address: str, message: bytes, deadline: float) -> bytes:
        """Say ``message`` and answer with what comes back: empty when nothing did."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(max(_PAUSE, deadline - time.monotonic()))
            line.connect(address)
            try:
                line.sendall(message)
                return _line_of(line)
            except OSError:
                return b""


def _line_of(line: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\n") and len(answer) < len(REFUSED):
        part = line.recv(len(REFUSED))
        if not part:
            break
        answer += part
    return answer
