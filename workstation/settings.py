"""Where things are kept on this machine, and the limits that guard it."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path, user_log_path, user_state_path

APP_NAME = "signals-workstation"

STORE_VARIABLE = "WORKSTATION_STORE"
"""An environment variable that names the store's file, for people who keep it elsewhere."""


def data_folder() -> Path:
    """The folder of this user's data; what writes into it makes it when it is missing."""
    return user_data_path(APP_NAME, appauthor=False)


def default_store() -> Path:
    """The store's file when nobody names another."""
    named = os.environ.get(STORE_VARIABLE)
    return Path(named) if named else data_folder() / "desk.db"


def publications_folder() -> Path:
    """The folder in which an editor drops publication files; it need not exist."""
    return data_folder() / "publications"


def house_styles_folder() -> Path:
    """The folder in which an editor drops files of house style; it need not exist."""
    return data_folder() / "house-style"


def own_hosts_file() -> Path:
    """The file that remembers which hosts of the editor's own network may be fetched from; it need not exist."""
    return data_folder() / "own-hosts.json"


def state_folder() -> Path:
    """The folder of what the program keeps apart from the editor's data: backups, and words that a disk did not take."""
    return user_state_path(APP_NAME, appauthor=False)


def log_folder() -> Path:
    """The folder of the local log. What is in it never leaves this machine by itself."""
    return user_log_path(APP_NAME, appauthor=False)


def backups_folder(store: Path) -> Path:
    """The folder of the backups of ``store`` (a resolved path): apart from it, so that what takes one leaves the other."""
    mark = sha256(str(store).encode(errors="surrogateescape")).hexdigest()[:8]
    return state_folder() / "backups" / f"{store.stem}-{mark}"


def rescue_folder() -> Path:
    """The folder of stories whose words the store did not take."""
    return state_folder() / "rescued"
