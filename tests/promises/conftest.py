"""Promises are tried for real, a few rounds in the ordinary run and many by ``./run test-promises``."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

IS_LARGE = bool(os.environ.get("WORKSTATION_PROMISES"))
"""Set by ``./run test-promises``."""


@pytest.fixture(scope="session")
def rounds() -> Callable[[int, int], int]:
    """``rounds(few, many)``: how often to try, ``few`` in the ordinary run."""
    return lambda few, many: many if IS_LARGE else few
