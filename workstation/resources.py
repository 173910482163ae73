"""The files that come with the program: templates, fonts, the sample desk, the shipped publication."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder() -> Path:
    """The resources: beside the package in a checkout, inside it in an installed wheel."""
    beside = _PACKAGE.parent / "resources"
    return beside if beside.is_dir() else _PACKAGE / "_resources"


def path(name: str) -> Path:
    """The file or folder ``name`` among the resources, for example ``"publications/meridian.toml"``."""
    return folder() / name
