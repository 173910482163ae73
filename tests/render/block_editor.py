"""WordPress's block editor itself, in Node: what it makes of texts. Newest from npm, and that of a WordPress installed here.

``npm install --prefix build/cms/editor`` with the package.json of ``tests/cms/editor`` brings the one; a WordPress is looked for
where Debian has it. ``WORKSTATION_EDITOR`` and ``WORKSTATION_WORDPRESS`` name other folders.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "cms" / "editor" / "judge.mjs"
EDITORS = ("newest", "installed")
_MODULES = Path(os.environ.get("WORKSTATION_EDITOR", ROOT / "build" / "cms" / "editor"))
_WORDPRESS = Path(os.environ.get("WORKSTATION_WORDPRESS", "/usr/share/wordpress"))

Texts = Mapping[str, Mapping[str, str]]


def judged(editor: str, texts: Texts) -> dict[str, Any]:
    """What the editor makes of each text, see the script; the test is skipped where there is no such editor."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed: the block editor cannot be asked")
    if not (_MODULES / "node_modules" / "@wordpress" / "block-library").is_dir():
        pytest.skip(f"the block editor is not installed in {_MODULES}: see tests/cms/editor/package.json")
    if editor == "installed" and not (_WORDPRESS / "wp-includes" / "js" / "dist").is_dir():
        pytest.skip(f"there is no WordPress in {_WORDPRESS}")
    command = [node, str(SCRIPT), str(_MODULES), *([str(_WORDPRESS)] if editor == "installed" else [])]
    answer = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, timeout=300, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    return dict(json.loads(answer.stdout))


def all_blocks(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks and those inside of them."""
    for block in blocks:
        yield block
        yield from all_blocks(block["inside"])
