"""What holds for every test: none reaches the keyring of whoever runs it, and none fails because the machine is busy."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
