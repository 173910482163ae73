"""What holds for every test: none of them reaches the keyring of whoever runs it."""

from __future__ import annotations

import os

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
