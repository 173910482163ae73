"""The rich story in every form: the very bytes that it had when somebody last read them."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.profiles import PROFILES, render

GOLDEN = Path(__file__).parent / "golden"
REWRITE = "WORKSTATION_REWRITE_GOLDEN"
"""With this environment variable set, the golden files are written anew instead of compared; then read the difference."""

_INSIDE = re.compile(rb"base64,[A-Za-z0-9+/]+=*")
"""A picture inside of a text: its bytes are those of whatever library drew it."""

Pictures = Mapping[str, Picture]


def texts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that a person can read; of a zip, what is in it. Pictures are copied, and other tests compare them."""
    read = {
        name: _INSIDE.sub(b"base64,...", data)
        for name, data in files.items()
        if not name.startswith("orrin-lock-files/") and not name.endswith(".zip")
    }
    return read | {f"{name}.txt": listing(data) for name, data in files.items() if name.endswith(".zip")}


def listing(archive: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        lines = [f"{sha256(opened.read(name)).hexdigest()}  {name}\n" for name in opened.namelist()]
    return "".join(lines).encode()


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_the_rich_story_gives_the_golden_bytes(profile: str, story: Story, publication: Publication, pictures: Pictures) -> None:
    for name, data in texts(render(profile, story, publication, pictures).files).items():
        if os.environ.get(REWRITE):
            (GOLDEN / name).write_bytes(data)
        assert data == (GOLDEN / name).read_bytes(), name
