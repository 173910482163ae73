"""How the picture library is set before foreign bytes come near it."""

from __future__ import annotations

from contextlib import suppress


def use_one_thread() -> None:
    """AVIF is decoded in the calling thread: the worker's process may start no other."""
    with suppress(ImportError):  # an older Pillow has no decoder of its own
        from PIL import AvifImagePlugin  # noqa: PLC0415 - heavy, and only needed for pictures

        AvifImagePlugin.DEFAULT_MAX_THREADS = 1
