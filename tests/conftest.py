"""What holds for every test: none touches the keyring or the folders of whoever runs it, none fails because a machine is busy."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import settings

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

_HOME = tempfile.TemporaryDirectory(prefix="workstation-tests-")
for _kind in ("DATA", "STATE", "CONFIG"):
    os.environ[f"XDG_{_kind}_HOME"] = str(Path(_HOME.name) / _kind.lower())

os.environ["WORKSTATION_RESCUE"] = str(Path(_HOME.name) / "rescued")

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
