"""The secret of a content system is written nowhere: not in the store, a backup, an export, the log or a report."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from ..cli.conftest import Program
from ..export.cms.answering import AnsweringServer
from ..export.cms.answering_wordpress import WordPress

SECRET = "canary QWER tyui OPAS"
USER = "ilse"
REASON = ("--waive", "a test")

BROKEN = """
import sys
from workstation import app
from workstation.export.cms import calling
def broken(*_, **told):
    raise RuntimeError(repr(told) + {secret!r})
calling.opened = broken
sys.exit(app.run(sys.argv[1:]))
"""


def forms_of(secret: str) -> list[bytes]:
    """What a secret looks like when it is written: plain, without spaces, in an address, in a header."""
    header = base64.b64encode(f"{USER}:{secret}".encode())
    bare = secret.replace(" ", "")
    return [secret.encode(), bare.encode(), quote(secret).encode(), header, base64.b64encode(f"{USER}:{bare}".encode())]


def places_with(folder: Path, secret: str) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and any(form in file.read_bytes() for form in forms_of(secret))]


@pytest.fixture
def wordpress() -> Iterator[WordPress]:
    there = WordPress()
    with AnsweringServer(there) as server:
        there.url = server.url
        yield there


def test_whatever_becomes_of_a_sending_its_secret_is_found_nowhere_afterwards(tmp_path: Path, wordpress: WordPress) -> None:
    home = tmp_path / "home"
    home.mkdir()
    program = Program(home, home / "desk.db")
    program.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    document = home / "story.json"
    story = {"format": "workstation-story/1", "slug": "river-treaty", "headline": "The river", "news": "<p>A treaty.</p>"}
    document.write_text(json.dumps(story))
    assert program("story", "import", document).code == 0
    program.environment["WORKSTATION_SECRET"] = SECRET
    added = program("destinations", "add", "House", "--kind", "wordpress", "--url", wordpress.url, "--user", USER)
    assert added.code == 0, added.err
    gone = program("destinations", "add", "Gone", "--kind", "wordpress", "--url", "http://127.0.0.1:9", "--user", USER)
    assert gone.code == 0, gone.err

    answers = [
        program("send", "river-treaty", "--to", "House", *REASON),
        program("send", "river-treaty", "--to", "Gone", *REASON),
        program("destinations", "test", "House"),
        program("destinations", "test", "Gone"),
        program("export", "river-treaty", "--profile", "all", "--out", home / "out", *REASON),
        program("backup", "--out", home / "copy.db"),
        program("doctor"),
    ]
    assert [answer.code for answer in answers][:2] == [0, 3]
    assert wordpress.posts, "the secret was used"
    call = [
        sys.executable,
        "-c",
        BROKEN.format(secret=SECRET),
        "--store",
        str(program.store),
        "send",
        "river-treaty",
        "--to",
        "House",
    ]
    bug = subprocess.run([*call, *REASON], env=program.environment, capture_output=True, timeout=120, check=False)
    assert bug.returncode == 3 and b"broke down (RuntimeError" in bug.stderr, bug.stderr
    told = b"".join([*(answer.out + answer.err.encode() for answer in answers), bug.stdout, bug.stderr])
    assert not any(form in told for form in forms_of(SECRET))
    assert places_with(home, SECRET) == []


def test_a_secret_that_is_written_somewhere_would_be_found(tmp_path: Path) -> None:
    for at, form in enumerate(forms_of(SECRET)):
        (tmp_path / f"{at}.db").write_bytes(b"x" + form + b"y")
    assert len(places_with(tmp_path, SECRET)) == 5
