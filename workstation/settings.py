"""Where things are kept on this machine, and the limits that guard it."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

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
