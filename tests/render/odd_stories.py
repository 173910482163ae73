"""The odd stories that every form is tried with: other scripts, nothing at all, forty cards, marks that end other formats.

They are documents in ``tests/data/handing-over``, their words, outlets and people invented; pictures lie in a folder below,
and some that are named are missing on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from workstation.domain.picture import Picture
from workstation.domain.story import Story
from workstation.domain.story_document import read_json
from workstation.render.pictures.placing import picture_from

FOLDER = Path(__file__).parents[1] / "data" / "handing-over"
NAMES = tuple(sorted(file.stem for file in FOLDER.glob("*.json")))


@cache
def odd_story(name: str) -> Story:
    """The story of this name."""
    reading = read_json((FOLDER / f"{name}.json").read_bytes())
    assert not reading.left_out, reading.left_out
    return reading.story


@cache
def odd_pictures(name: str) -> Mapping[str, Picture]:
    """The pictures that the story names, without those that are missing."""
    return {file: picture for file in odd_story(name).kept_files if (picture := _picture(FOLDER / file))}


def _picture(file: Path) -> Picture | None:
    return picture_from(file.read_bytes()) if file.is_file() else None
