"""Google's Lighthouse, where it is installed (``npm install --global lighthouse``, on a Node.js that it runs on)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.checkers import chromium_program
from tests.render.odd_stories import odd_pictures, odd_story
from workstation import resources
from workstation.export import write_files
from workstation.render.house.publication_file import read_publication
from workstation.render.profiles import render

CATEGORIES = ("accessibility", "best-practices", "seo")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """No lines between those of the tests."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.browser
@pytest.mark.parametrize(("profile", "name"), [("page", "unknown-keys"), ("single", "arabic")])
def test_lighthouse_gives_full_marks(profile: str, name: str, served: str, tmp_path: Path) -> None:
    lighthouse = shutil.which("lighthouse")
    if lighthouse is None:
        pytest.skip("Lighthouse (npm install --global lighthouse) is not installed")
    folder = resources.path("publications/meridian")
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    house = read_publication(files["publication.toml"], files.get)
    rendering = render(profile, odd_story(name), house, odd_pictures(name))
    write_files(tmp_path, rendering.files)
    flags = "--chrome-flags=--headless --no-sandbox --disable-gpu"
    asked = [
        f"--only-categories={','.join(CATEGORIES)}",
        "--output=json",
        "--quiet",
        flags,
        f"--chrome-path={chromium_program()}",
    ]
    command = [lighthouse, f"{served}/{rendering.main}", *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)
    marks = {name: found["score"] for name, found in json.loads(done.stdout)["categories"].items()}
    assert marks == dict.fromkeys(CATEGORIES, 1)
