"""WordPress's block editor itself, in Node: what it makes of texts. The newest one from npm, and that of Debian's WordPress."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from .conftest import MODULES
from .wordpress_site import DEBIAN

SCRIPT = Path(__file__).with_name("block_editor.mjs")
EDITORS = ("newest", "debian")

Texts = Mapping[str, Mapping[str, str]]


def judged(editor: str, texts: Texts) -> dict[str, Any]:
    """What the editor makes of each text, see the script; the test is skipped where there is no such editor."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    if not (MODULES / "@wordpress" / "block-library").is_dir():
        pytest.skip("needs the block editor: ./run test-cms")
    if editor == "debian" and not (DEBIAN / "wp-includes" / "js" / "dist").is_dir():
        pytest.skip("Debian's WordPress is not installed")
    command = [node, str(SCRIPT), str(MODULES), *([str(DEBIAN)] if editor == "debian" else [])]
    answer = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, timeout=300, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    return dict(json.loads(answer.stdout))


def all_blocks(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks and those inside of them."""
    for block in blocks:
        yield block
        yield from all_blocks(block["inside"])
