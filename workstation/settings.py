"""Where things are kept on this machine, and the limits that guard it."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

APP_NAME = "signals-workstation"

STORE_VARIABLE = "WORKSTATION_STORE"
"""An environment variable that names the store's file, for people who keep it elsewhere."""


def data_folder() -> Path:
    """The folder of this user's data; made when it is missing."""
    folder = user_data_path(APP_NAME, appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def default_store() -> Path:
    """The store's file when nobody names another."""
    named = os.environ.get(STORE_VARIABLE)
    return Path(named) if named else data_folder() / "desk.db"


def publications_folder() -> Path:
    """The folder in which an editor drops publication files."""
    folder = data_folder() / "publications"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
