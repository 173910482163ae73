"""Dialogs over the browser engine, on a platform that draws nothing."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform says that it has no window manager and no graphics card."""
    for item in items:
        if Path(__file__).parent in item.path.parents and "engine" in item.path.name:
            item.add_marker(
                pytest.mark.qt_log_ignore("This plugin does not", "propagateSizeHints", "Rhi", "RHI", "Vulkan", "GPUInfo")
            )
